// What a ledger amounts to: the kinds of submission that an office sees, as a table of states.
#include <gmock/gmock.h>

#include "rules/standing.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/load_notice.hpp"

namespace baosong::test {
namespace {

using rules::evaluate;
using rules::Severity;
using rules::Standing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Standing judge(std::vector<LedgerMail> mails, Time now = kOct24) {
  return evaluate(shipped_notice(), ledger(std::move(mails)), now);
}

std::vector<std::string> all_said(const Standing& standing) {
  auto out = said(standing.findings);
  for (const auto& item : standing.items) {
    for (auto& line : said(item.findings)) out.push_back(item.item + ": " + line);
  }
  return out;
}

TEST(States, EverythingOfTheFirstBatchIsCompleteAndNothingIsSaid) {
  const auto s = judge({mail(kOct20, october())}, kOct20);
  EXPECT_EQ(
      states(s),
      "demo-activities=complete\nexhibit-text=complete\nexhibit-photos=complete\nunit-forms="
      "complete\n"
      "unit-table=complete\nperson-forms=complete\nperson-table=complete\nannual-summary=missing\n"
      "activity-photos=missing\ncases=missing\n");
  EXPECT_THAT(all_said(s), IsEmpty());
  EXPECT_EQ(s.state, rules::UnitState::kComplete);
}

TEST(States, EverythingOfTheSecondBatch) {
  const auto s = judge({mail(kOct20, october()), mail(kDec5, december())}, kDec5);
  for (const auto& item : s.items) EXPECT_EQ(state(s, item.item), "complete") << item.item;
  EXPECT_THAT(all_said(s), IsEmpty());
}

TEST(States, NothingAtAll) {
  const auto early = judge({}, kOct20);
  EXPECT_EQ(early.state, rules::UnitState::kNothing);
  EXPECT_THAT(said(early, "unit-forms", Severity::kInfo), IsEmpty());
  const auto due = judge({}, kOct26);
  EXPECT_EQ(due.state, rules::UnitState::kNothing);
  EXPECT_THAT(said(due, "unit-forms"), ElementsAre("item.missing error 0/1"));
  EXPECT_THAT(said(due, "exhibit-photos"), ElementsAre("item.missing error 0/4"));
  EXPECT_FALSE(due.item("unit-forms")->findings.front().about_sent);
  EXPECT_THAT(said(due, "cases", Severity::kInfo), IsEmpty());
}

TEST(States, WhatHasNotComeIsSaidOnceTheBatchWasTouched) {
  const auto s = judge({mail(kOct20, {demo_table()})}, kOct20);
  EXPECT_EQ(state(s, "demo-activities"), "complete");
  EXPECT_THAT(said(s, "unit-table", Severity::kInfo), ElementsAre("item.missing info 0/1"));
  EXPECT_THAT(said(s, "cases", Severity::kInfo), IsEmpty());
  EXPECT_EQ(s.state, rules::UnitState::kPartial);
}

TEST(States, HalfAPair) {
  const auto s = judge({mail(kOct20, without(october(), "附件3先进单位汇总表（盖章）.pdf"))});
  EXPECT_EQ(state(s, "unit-table"), "partial");
  EXPECT_THAT(all_said(s), ElementsAre("unit-table: item.pair-missing error 0/1"));
  EXPECT_EQ(s.item("unit-table")->findings.front().document, "附件3先进单位汇总表.docx");
  const auto other = judge({mail(kOct20, without(october(), "附件4先进个人申报表-张小禾.docx"))});
  EXPECT_EQ(state(other, "person-forms"), "partial");
  EXPECT_THAT(said(other, "person-forms"), ElementsAre("item.pair-missing error 0/1"));
  EXPECT_THAT(other.item("person-forms")->findings.front().message,
              ::testing::HasSubstr("缺Word版"));
}

TEST(States, TooLongATitleAndTooLongABody) {
  auto files = without(october(), "展板素材.docx");
  files.push_back(
      exhibit_text("展板素材.docx", 512, "整合社区教育资源完善终身学习机制全面提升居民生活品质"));
  const auto s = judge({mail(kOct20, files)});
  EXPECT_EQ(state(s, "exhibit-text"), "needs-correction");
  EXPECT_THAT(all_said(s), ElementsAre("exhibit-text: text.title-length error 26/20",
                                       "exhibit-text: text.body-length error 512/240-360"));
}

TEST(States, MachineNamedPhotos) {
  auto files = without(without(october(), "社区书法课堂.jpg"), "剪纸技艺体验.jpg");
  files.push_back(photo("微信图片_20221020093012.jpg"));
  files.push_back(photo("IMG_20221020_093012.jpg"));
  const auto s = judge({mail(kOct20, files)});
  EXPECT_EQ(state(s, "exhibit-photos"), "needs-correction");
  EXPECT_THAT(all_said(s), ElementsAre("exhibit-photos: photo.name-machine error",
                                       "exhibit-photos: photo.name-machine error"));
}

TEST(States, TooFewPhotos) {
  const auto s = judge({mail(kOct20, without(october(), "社区书法课堂.jpg"))});
  EXPECT_EQ(state(s, "exhibit-photos"), "partial");
  EXPECT_THAT(all_said(s), ElementsAre("exhibit-photos: item.count error 3/4"));
}

TEST(States, Late) {
  const auto s = judge({mail(kOct26, october())}, kOct26);
  EXPECT_EQ(state(s, "unit-forms"), "late");
  EXPECT_EQ(state(s, "exhibit-photos"), "late");
  EXPECT_THAT(all_said(s),
              ElementsAre("mail.late warning 2022-10-26T09:12:00+08:00/2022-10-25T23:59:59+08:00"));
  EXPECT_EQ(s.state, rules::UnitState::kLate);
}

TEST(States, TheLastSecondIsInTime) {
  const auto last = at("2022-10-25T23:59:59+08:00");
  EXPECT_EQ(state(judge({mail(last, october())}, last), "unit-forms"), "complete");
  const auto next = last + std::chrono::seconds(1);
  EXPECT_EQ(state(judge({mail(next, october())}, next), "unit-forms"), "late");
}

TEST(States, CompleteInTimeStaysCompleteWhateverComesLater) {
  const auto s = judge(
      {mail(kOct20, october()), mail(kOct26, {demo_table("附件1示范活动汇总表（更正）.docx")})},
      kOct26);
  EXPECT_EQ(state(s, "demo-activities"), "complete");
  EXPECT_THAT(all_said(s),
              ElementsAre("mail.late warning 2022-10-26T09:12:00+08:00/2022-10-25T23:59:59+08:00"));
}

TEST(States, IdenticalResubmissionIsNoOp) {
  const auto once = judge({mail(kOct20, october())}, kOct24);
  const auto twice = judge({mail(kOct20, october()), mail(kOct24, october())}, kOct24);
  EXPECT_EQ(states(once), states(twice));
  EXPECT_THAT(all_said(twice), IsEmpty());
  EXPECT_EQ(said(twice.findings, Severity::kInfo).size(), october().size());
  EXPECT_THAT(twice.findings.front().message, ::testing::HasSubstr("10月20日 09:00收到"));
  const auto late = judge({mail(kOct20, october()), mail(kOct26, october())}, kOct26);
  EXPECT_EQ(states(once), states(late));
  EXPECT_THAT(all_said(late), IsEmpty()) << "the same bytes are not late";
}

TEST(States, ACorrectionCompletes) {
  auto first = without(without(october(), "展板素材.docx"), "附件5先进个人汇总表（盖章）.pdf");
  first.push_back(exhibit_text("展板素材.docx", 600));
  const auto before = judge({mail(kOct20, first)});
  EXPECT_EQ(state(before, "exhibit-text"), "needs-correction");
  EXPECT_EQ(state(before, "person-table"), "partial");
  const auto after = judge(
      {mail(kOct20, first), mail(kOct24, {same_bytes(exhibit_text("展板素材（修改）.docx"), "new"),
                                          scan("附件5盖章.pdf", "person-table")})});
  EXPECT_EQ(state(after, "exhibit-text"), "complete");
  EXPECT_EQ(state(after, "person-table"), "complete");
  EXPECT_THAT(all_said(after), IsEmpty());
}

TEST(States, Damaged) {
  auto files = without(october(), "附件2先进单位申报表.docx");
  files.push_back(broken(unit_form(kSchool, "附件2先进单位申报表.docx"), Trouble::kDamaged));
  const auto s = judge({mail(kOct20, files)});
  EXPECT_EQ(state(s, "unit-forms"), "needs-correction");
  EXPECT_THAT(all_said(s), ElementsAre("unit-forms: file.unreadable error"));
  const auto mended =
      judge({mail(kOct20, files),
             mail(kOct24, {same_bytes(unit_form(kSchool, "先进单位申报表.docx"), "good")})});
  EXPECT_EQ(state(mended, "unit-forms"), "complete");
  EXPECT_THAT(all_said(mended), IsEmpty());
}

TEST(States, DamagedTroublesHaveTheirOwnWords) {
  const std::vector<std::pair<Trouble, std::string>> kinds{
      {Trouble::kEmpty, "file.unreadable error 0/"},
      {Trouble::kDamaged, "file.unreadable error"},
      {Trouble::kEncrypted, "file.encrypted error"},
      {Trouble::kTooLarge, "file.unreadable error"}};
  for (const auto& [trouble, line] : kinds) {
    const auto s = judge({mail(kOct20, {broken(demo_table(), trouble)})});
    EXPECT_EQ(state(s, "demo-activities"), "needs-correction");
    EXPECT_THAT(said(s, "demo-activities"), ElementsAre(line));
  }
}

TEST(States, NobodyToNominate) {
  auto nil = mail(kOct20, {demo_table()});
  nil.nil_statements.push_back({"person-forms", "我区今年无先进个人推荐。"});
  const auto s = judge({nil});
  EXPECT_EQ(state(s, "person-forms"), "none-to-nominate");
  EXPECT_EQ(state(s, "person-table"), "none-to-nominate");
  EXPECT_EQ(state(s, "unit-forms"), "missing");
  EXPECT_EQ(s.item("person-forms")->note, "我区今年无先进个人推荐。");
  EXPECT_THAT(said(s, "person-forms", Severity::kInfo), IsEmpty());
}

TEST(States, DocumentsOutweighANilStatement) {
  auto both = mail(kOct20, october());
  both.nil_statements.push_back({"person-forms", "无先进个人推荐"});
  EXPECT_EQ(state(judge({both}), "person-forms"), "complete");
}

TEST(States, ALaterBadFileTakesNothingAway) {
  const auto s =
      judge({mail(kOct20, october()), mail(kOct24, {exhibit_text("展板素材新.docx", 900)})});
  EXPECT_EQ(state(s, "exhibit-text"), "complete");
  EXPECT_THAT(said(s, "exhibit-text"), ElementsAre("text.body-length warning 900/240-360"));
  EXPECT_THAT(s.item("exhibit-text")->findings.front().message, ::testing::HasSubstr("继续有效"));
}

TEST(States, OfTwoVersionsInOneMailTheFinalOneCounts) {
  auto files = without(october(), "展板素材.docx");
  files.push_back(exhibit_text("展板素材.docx", 600));
  files.push_back(exhibit_text("展板素材（最终版）.docx", 310));
  const auto s = judge({mail(kOct20, files)});
  EXPECT_EQ(state(s, "exhibit-text"), "complete");
  EXPECT_THAT(all_said(s), IsEmpty());
  for (const auto& d : s.item("exhibit-text")->documents)
    EXPECT_EQ(d.current, d.name == "展板素材（最终版）.docx");
}

TEST(States, TwoDifferentTextsAreMoreThanAsked) {
  const auto s = judge(
      {mail(kOct20, with(october(), exhibit_text("展板素材二.docx", 290, "银龄课堂乐享晚年")))});
  EXPECT_EQ(state(s, "exhibit-text"), "complete");
  EXPECT_THAT(said(s, "exhibit-text", Severity::kInfo), ElementsAre("item.count info 2/1"));
}

TEST(States, StaffHaveTheLastWord) {
  auto l = ledger({mail(kOct20, {demo_table()})});
  l.marks.push_back({"unit-table", rules::ItemState::kSetByStaff, "已交纸质版", kOct24});
  const auto s = evaluate(shipped_notice(), l, kOct26);
  EXPECT_EQ(state(s, "unit-table"), "set-by-staff");
  EXPECT_EQ(s.item("unit-table")->note, "已交纸质版");
  EXPECT_THAT(said(s, "unit-table", Severity::kInfo), IsEmpty());
}

TEST(States, DutyAndQuota) {
  auto notice = shipped_notice();
  for (auto& item : notice.items) {
    if (item.id == "cases") item.duty["chaoyang"] = rules::Duty::kNotApplicable;
    if (item.id == "annual-summary") item.duty["chaoyang"] = rules::Duty::kOptional;
    if (item.id == "person-forms") item.quota_max["chaoyang"] = 1;
  }
  auto files = october();
  files.push_back(person_form(kPerson2, "附件4先进个人申报表-李小麦.docx"));
  files.push_back(scan("附件4先进个人申报表-李小麦（盖章）.pdf", "person-forms"));
  files = with(without(files, "附件5先进个人汇总表.docx"), person_table({kPerson, kPerson2}));
  const auto s = evaluate(notice, ledger({mail(kOct20, files)}), at("2022-12-20T00:00:00+08:00"));
  EXPECT_EQ(state(s, "cases"), "not-required");
  EXPECT_EQ(state(s, "annual-summary"), "not-required");
  EXPECT_EQ(state(s, "person-forms"), "complete");
  EXPECT_THAT(said(s, "person-forms", Severity::kInfo), ElementsAre("item.count info 2/1"));
}

TEST(States, ACloudLinkIsForStaff) {
  auto link = file("先进个人申报表.rar", Format::kCloudLink, "person-forms",
                   parsers::CloudLink{"mail.163.com", "30M", "2022-11-09T12:00"});
  const auto s = judge({mail(kOct20, {link})});
  EXPECT_EQ(state(s, "person-forms"), "needs-staff");
  EXPECT_THAT(said(s, "person-forms"), ElementsAre("file.cloud-link error"));
  EXPECT_EQ(state(judge({mail(kOct20, with(october(), link))}), "person-forms"), "complete");
}

TEST(States, UnrecognisedFilesAndSilence) {
  const auto s = judge(
      {mail(kOct20, {file("说明.docx", Format::kDocx, "", WordBuilder().line("说明").facts())})});
  EXPECT_THAT(said(s.findings), ElementsAre("file.unrecognised warning"));
  EXPECT_EQ(s.state, rules::UnitState::kNeedsStaff);
  EXPECT_THAT(said(s, "unit-table", Severity::kInfo), IsEmpty());
}

}  // namespace
}  // namespace baosong::test
