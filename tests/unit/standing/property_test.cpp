// What must hold of every ledger.
#include <gmock/gmock.h>

#include <algorithm>
#include <random>

#include "rules/standing.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/load_notice.hpp"

namespace baosong::test {
namespace {

using rules::evaluate;
using rules::Standing;

std::string dump(const Standing& s) {
  std::string out = std::string(name_of(s.state)) + "\n";
  const auto add = [&](const rules::Finding& f) {
    out += f.rule + "|" + std::string(name_of(f.severity)) + "|" + f.item + "|" + f.document + "|" +
           f.measured + "|" + f.limit + "|" + f.message + "\n";
  };
  for (const auto& item : s.items) {
    out += item.item + "=" + std::string(name_of(item.state)) + " " + std::to_string(item.have) +
           "/" + std::to_string(item.want) + "\n";
    std::ranges::for_each(item.findings, add);
  }
  std::ranges::for_each(s.findings, add);
  return out;
}

std::vector<LedgerDocument> october_of_two() {
  auto files = without(without(october(), "附件3先进单位汇总表.docx"), "附件5先进个人汇总表.docx");
  files.push_back(unit_form(kSchool2, "附件2-东惠街道老年学校.docx"));
  files.push_back(scan("附件2-东惠街道老年学校盖章.pdf", "unit-forms"));
  files.push_back(person_form(kPerson2, "附件4先进个人申报表-李小麦.docx"));
  files.push_back(scan("附件4先进个人申报表-李小麦（盖章）.pdf", "person-forms"));
  files.push_back(unit_table({kSchool, kSchool2}));
  files.push_back(person_table({kPerson, kPerson2}));
  return files;
}

std::vector<LedgerDocument> faulty() {
  auto files = october_of_two();
  files = without(files, "展板素材.docx");
  files.push_back(exhibit_text("展板素材.docx", 700));
  files.push_back(photo("IMG_0007.jpg"));
  files.push_back(broken(person_form("王小石", "附件4.docx"), Trouble::kDamaged));
  files.push_back(scan("扫描全能王 2022-10-24 16.20.pdf", "", 3));
  files.push_back(file("说明.txt", Format::kText, "", parsers::TextFacts{"说明"}));
  return without(files, "附件3先进单位汇总表（盖章）.pdf");
}

TEST(Property, TheSameLedgerGivesTheSameStanding) {
  const auto l = ledger({mail(kOct20, faulty()), mail(kOct26, october())});
  EXPECT_EQ(dump(evaluate(shipped_notice(), l, kOct26)),
            dump(evaluate(shipped_notice(), l, kOct26)));
}

TEST(Property, TheOrderOfDocumentsInAMailDoesNotMatter) {
  std::mt19937 random(7);
  for (auto files : {october(), october_of_two(), faulty(), december()}) {
    const auto expected = dump(evaluate(shipped_notice(), ledger({mail(kOct20, files)}), kOct24));
    for (int i = 0; i < 20; ++i) {
      std::ranges::shuffle(files, random);
      ASSERT_EQ(dump(evaluate(shipped_notice(), ledger({mail(kOct20, files)}), kOct24)), expected);
    }
  }
}

TEST(Property, TheOrderOfMailsInTheLedgerDoesNotMatter) {
  const auto a = mail(kOct20, october()), b = mail(kOct24, faulty()),
             c = mail(kOct26, october_of_two());
  EXPECT_EQ(dump(evaluate(shipped_notice(), ledger({a, b, c}), kOct26)),
            dump(evaluate(shipped_notice(), ledger({c, a, b}), kOct26)));
  EXPECT_EQ(dump(evaluate(shipped_notice(), ledger({a, b}), kOct26)),
            dump(evaluate(shipped_notice(), ledger({a, b, a}), kOct26)));
}

TEST(Property, PartialSubmissionsAddUpInAnySplit) {
  std::mt19937 random(11);
  for (const auto& files : {october(), october_of_two()}) {
    const auto expected = states(evaluate(shipped_notice(), ledger({mail(kOct20, files)}), kOct24));
    for (int i = 0; i < 60; ++i) {
      std::vector<std::vector<LedgerDocument>> parts(1 + random() % 5);
      for (const auto& row : files) parts[random() % parts.size()].push_back(row);
      std::vector<LedgerMail> mails;
      for (std::size_t p = 0; p < parts.size(); ++p)
        mails.push_back(mail(kOct20 + std::chrono::hours(p), parts[p]));
      ASSERT_EQ(states(evaluate(shipped_notice(), ledger(mails), kOct24)), expected);
    }
  }
}

TEST(Property, ABadLaterMailNeverLowersACompleteItem) {
  const auto good = mail(kOct20, october_of_two());
  const auto before = evaluate(shipped_notice(), ledger({good}), kOct24);
  std::vector<LedgerDocument> bad{
      exhibit_text("展板素材.docx", 900),
      exhibit_text("展板素材（最终版）.docx", 900),
      photo("IMG_0001.jpg"),
      broken(photo("社区合唱团排练.jpg"), Trouble::kDamaged),
      unit_table({}),
      broken(demo_table(), Trouble::kEmpty),
      broken(person_form("王小石", "附件4.docx"), Trouble::kDamaged),
      broken(person_form("王小石", "附件4-王小石.docx"), Trouble::kEncrypted),
      broken(scan("附件2盖章.pdf", "unit-forms"), Trouble::kEncrypted),
      broken(scan("附件3盖章.pdf", "unit-table"), Trouble::kDamaged),
      file("附件5.jpg", Format::kJpeg, "person-table", parsers::PhotoFacts{}),
      file("附件2先进单位申报表.docx", Format::kText, "unit-forms", parsers::TextFacts{"x"}),
      file("照片.rar", Format::kCloudLink, "exhibit-photos", parsers::CloudLink{}),
  };
  std::mt19937 random(13);
  for (int i = 0; i < 120; ++i) {
    std::ranges::shuffle(bad, random);
    std::vector<LedgerDocument> some(
        bad.begin(), bad.begin() + 1 + static_cast<std::ptrdiff_t>(random() % bad.size()));
    for (auto& row : some) row.document.sha256 += "-bad";
    const auto after = evaluate(shipped_notice(), ledger({good, mail(kOct24, some)}), kOct24);
    for (const auto& item : before.items) {
      if (item.state != rules::ItemState::kComplete) continue;
      std::string names;
      for (const auto& row : some) names += row.document.name + " ";
      ASSERT_EQ(state(after, item.item), "complete")
          << item.item << " after " << names << dump(after);
    }
  }
}

TEST(Property, ManyDocumentsStayCheap) {
  std::vector<LedgerDocument> files;
  for (int i = 0; i < 600; ++i)
    files.push_back(photo("社区书法课堂第" + std::to_string(i) + "课.jpg"));
  for (int i = 0; i < 120; ++i) {
    const std::string name =
        "张小" +
        std::string("禾麦石川河海山林云雨").substr(static_cast<std::size_t>(i % 10) * 3, 3);
    files.push_back(person_form(name, "附件4-" + name + std::to_string(i) + ".docx"));
    files.push_back(scan("扫描" + std::to_string(i) + ".pdf", ""));
  }
  const auto start = std::chrono::steady_clock::now();
  const auto s = evaluate(shipped_notice(), ledger({mail(kOct20, files)}), kOct24);
  EXPECT_EQ(state(s, "exhibit-photos"), "complete");
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

}  // namespace
}  // namespace baosong::test
