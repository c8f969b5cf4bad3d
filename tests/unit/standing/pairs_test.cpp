// Pairs, bundles, elimination, tables against forms, photos across mails.
#include <gmock/gmock.h>

#include "rules/standing.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/load_notice.hpp"

namespace baosong::test {
namespace {

using rules::evaluate;
using rules::Severity;
using rules::Standing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

Standing judge(std::vector<LedgerMail> mails, Time now = kOct24) {
  return evaluate(shipped_notice(), ledger(std::move(mails)), now);
}
Standing judge(std::vector<LedgerDocument> documents) {
  return judge({mail(kOct20, std::move(documents))});
}

std::vector<LedgerDocument> two_people() {
  return {person_form(kPerson, "附件4-张小禾.docx"), person_form(kPerson2, "附件4-李小麦.docx")};
}

TEST(Pairs, ByNominee) {
  auto files = two_people();
  files.push_back(scan("先进个人申报表李小麦盖章.pdf", "person-forms"));
  const auto half = judge(files);
  EXPECT_EQ(state(half, "person-forms"), "partial");
  ASSERT_THAT(said(half, "person-forms"), ElementsAre("item.pair-missing error 0/1"));
  EXPECT_THAT(half.item("person-forms")->findings.front().message, HasSubstr("张小禾"));
  EXPECT_EQ(half.item("person-forms")->have, 1);
  EXPECT_EQ(half.item("person-forms")->want, 2);
  files.push_back(scan("扫描/张小禾.pdf", "person-forms"));
  EXPECT_EQ(state(judge(files), "person-forms"), "complete");
}

LedgerDocument scan_with(std::string path, std::string item, std::string head) {
  LedgerDocument out = scan(std::move(path), std::move(item));
  std::get<parsers::PdfFacts>(out.document.facts).head = parsers::ScanHead{std::move(head), 74};
  return out;
}

TEST(Pairs, ByTheNameThatWasReadOnAScan) {
  auto files = two_people();
  files.push_back(scan_with("扫描2.pdf", "person-forms", "先进个人申报表\n姓 名 张小禾 性别 女"));
  const auto s = judge(files);
  EXPECT_EQ(state(s, "person-forms"), "partial");
  ASSERT_THAT(said(s, "person-forms"), ElementsAre("item.pair-missing error 0/1"));
  EXPECT_THAT(s.item("person-forms")->findings.front().message, HasSubstr("李小麦"));
}

TEST(Pairs, AScanThatIsTitledOtherwiseIsForPeopleToLookAt) {
  const auto with = [](std::string head) {
    return judge({unit_form(kSchool, "附件2.docx"),
                  scan_with("附件2盖章.pdf", "unit-forms", std::move(head))});
  };
  const auto wrong = with("先进个人申报表");
  EXPECT_EQ(state(wrong, "unit-forms"), "complete");  // a hint turns nobody away
  ASSERT_THAT(said(wrong, "unit-forms"),
              ElementsAre("item.pair-differs warning 先进个人申报表 74%/先进单位申报表"));
  EXPECT_THAT(wrong.item("unit-forms")->findings.front().message, HasSubstr("“先进个人申报表”"));
  EXPECT_THAT(said(with("先进单位申报表"), "unit-forms"), IsEmpty());
  EXPECT_THAT(said(with("ECZONICIN 各国天"), "unit-forms"), IsEmpty());
}

TEST(Pairs, ScansThatCountByNameAloneAreMarked) {
  const auto marked = [](const LedgerDocument& pdf) {
    std::vector<std::string> out;
    const auto s = judge({unit_form(kSchool, "附件2.docx"), pdf});
    for (const auto& d : s.item("unit-forms")->documents) {
      if (d.by_name_only) out.push_back(d.name);
    }
    return out;
  };
  EXPECT_THAT(marked(scan("附件2盖章.pdf", "unit-forms")), ElementsAre("附件2盖章.pdf"));
  EXPECT_THAT(marked(scan_with("附件2盖章.pdf", "unit-forms", "各国天")),
              ElementsAre("附件2盖章.pdf"));
  EXPECT_THAT(marked(scan_with("附件2盖章.pdf", "unit-forms", "先进单位申报表")), IsEmpty());
  EXPECT_THAT(
      marked(text_pdf("附件2盖章.pdf", "unit-forms",
                      "先进单位申报表 单位名称 " + kSchool + " 负责人 王小川 主要事迹 如下")),
      IsEmpty());
}

TEST(Pairs, SomebodyElsesPdfIsNoPair) {
  const auto s = judge({person_form(kPerson, "附件4-张小禾.docx"),
                        scan("附件4-李小麦（盖章）.pdf", "person-forms")});
  EXPECT_EQ(state(s, "person-forms"), "partial");
  EXPECT_THAT(said(s, "person-forms"),
              ElementsAre("item.pair-missing error 0/1", "item.pair-missing error 0/1"));
}

TEST(Pairs, ByStemAndByElimination) {
  EXPECT_EQ(state(judge({unit_form(kSchool, "附件2.docx"), scan("附件2盖章.pdf", "unit-forms")}),
                  "unit-forms"),
            "complete");
  EXPECT_EQ(state(judge({unit_form(kSchool, "附件2.docx"), scan("先进单位PDF.pdf", "unit-forms")}),
                  "unit-forms"),
            "complete");
  EXPECT_EQ(state(judge({unit_form(kSchool, "附件2.docx"), unit_form(kSchool2, "附件2 (2).docx"),
                         scan("1盖章.pdf", "unit-forms"), scan("2盖章.pdf", "unit-forms")}),
                  "unit-forms"),
            "complete");
}

TEST(Pairs, ByTheTextLayer) {
  auto files = two_people();
  files.push_back(text_pdf("盖章1.pdf", "person-forms",
                           "先进个人申报表 姓名 李 小 麦 主要事迹 "
                           "李小麦长期组织居民读书会，热心辅导老年学员使用智能手机。"));
  const auto s = judge(files);
  ASSERT_THAT(said(s, "person-forms"), ElementsAre("item.pair-missing error 0/1"));
  EXPECT_THAT(s.item("person-forms")->findings.front().message, HasSubstr("张小禾"));
}

TEST(Pairs, ABundleCoversAsManyFormsAsItHasPages) {
  auto files = two_people();
  EXPECT_EQ(
      state(judge(with(files, scan("先进个人申报表盖章.pdf", "person-forms", 2))), "person-forms"),
      "complete");
  EXPECT_EQ(
      state(judge(with(files, scan("先进个人申报表盖章.pdf", "person-forms", 1))), "person-forms"),
      "partial");
}

TEST(Pairs, OneWordMayHoldSeveralForms) {
  auto facts = person_form_facts(kPerson).facts();
  const auto second = person_form_facts(kPerson2).facts();
  facts.tables.push_back(second.tables.front());
  const auto both = file("先进个人申报表.docx", Format::kDocx, "person-forms", facts);
  const auto s = judge({both, scan("先进个人申报表盖章.pdf", "person-forms", 2),
                        person_table({kPerson, kPerson2}), scan("附件5.pdf", "person-table")});
  EXPECT_EQ(state(s, "person-forms"), "complete");
  EXPECT_EQ(s.item("person-forms")->have, 2);
  EXPECT_EQ(state(s, "person-table"), "complete");
}

TEST(Pairs, HalvesThatSpeakOfDifferentThings) {
  const std::string other =
      "先进单位申报表 单位名称 星河镇老年大学 单位地址 星河镇二号 负责人 马小川 主要事迹 "
      "星河镇老年大学开设国画、声乐、摄影等课程，年培训学员八百人次，举办展览十二场，深受好评。";
  const auto s =
      judge({unit_form(kSchool, "附件2.docx"), text_pdf("附件2.pdf", "unit-forms", other)});
  EXPECT_EQ(state(s, "unit-forms"), "needs-correction");
  EXPECT_EQ(s.item("unit-forms")->findings.front().rule, "item.pair-differs");
  std::string same;
  const parsers::WordFacts form = unit_form_facts(kSchool).facts();
  for (const auto& row : form.tables.front().rows) {
    for (const auto& cell : row) same += cell.text + "\n";
  }
  EXPECT_EQ(
      state(judge({unit_form(kSchool, "附件2.docx"), text_pdf("附件2.pdf", "unit-forms", same)}),
            "unit-forms"),
      "complete");
}

// The same form, the same deeds word for word, but another person's.
TEST(Pairs, TheFormOfAnotherPersonIsNoHalf) {
  const auto text = [](const std::string& name) {
    std::string out = "2022年先进个人申报表\n";
    const parsers::WordFacts form = person_form_facts(name).facts();
    for (const auto& row : form.tables.front().rows) {
      for (const auto& cell : row) out += cell.text + "\n";
    }
    return out;
  };
  const auto state_with = [&](const std::string& name) {
    return state(judge({person_form(kPerson, "附件4 先进个人申报表.docx"),
                        text_pdf("附件4 先进个人申报表.pdf", "person-forms", text(name))}),
                 "person-forms");
  };
  EXPECT_EQ(state_with(kPerson), state(judge({person_form(kPerson, "附件4 先进个人申报表.docx"),
                                              scan("附件4 先进个人申报表.pdf", "person-forms")}),
                                       "person-forms"));
  EXPECT_EQ(state_with("欧阳青竹"), "needs-correction");
  // One character that a reader of the scan got wrong makes no other person.
  EXPECT_EQ(state_with("张小采"), state_with(kPerson));
}

TEST(Pairs, APhotoOfTheSealedPageIsNamedOnce) {
  const auto s =
      judge({unit_form(kSchool, "附件2.docx"),
             file("附件2盖章页.jpg", Format::kJpeg, "unit-forms", parsers::PhotoFacts{})});
  EXPECT_EQ(state(s, "unit-forms"), "needs-correction");
  EXPECT_THAT(said(s, "unit-forms"), ElementsAre("file.wrong-format error jpeg/pdf"));
}

TEST(Pairs, ATableWhosePdfShowsItsNamesIsAPair) {
  // Layout cuts columns and mixes lines; the names are what counts.
  const auto s =
      judge({person_table({kPerson, kPerson2}),
             text_pdf("附件5盖章.pdf", "person-table",
                      "附件5\n工作先进个人汇总表\n填报单位：\n序号\n姓名\n1\n张小禾\n2\n李 小 "
                      "麦\n填表人：周某某 2022年10月20日（盖章）"
                      "本表一式两份，由各县（市）区、开发区汇总后统一报送领导小组办公室留存。")});
  EXPECT_EQ(state(s, "person-table"), "complete");
}

TEST(Pairs, AnArchiveNobodyCanOpenIsNoHalf) {
  const auto pack = broken(file("先进单位材料.zip", Format::kZip, "unit-forms"), Trouble::kDamaged);
  const auto s = judge({pack});
  EXPECT_EQ(state(s, "unit-forms"), "needs-correction");
  EXPECT_THAT(said(s, "unit-forms"), ElementsAre("file.unreadable error"));
  EXPECT_EQ(state(judge(with(october(), pack)), "unit-forms"), "complete");
}

TEST(Pairs, OldWordFilesAreWordsByName) {
  const auto doc =
      broken(file("附件4-张小禾.doc", Format::kDoc, "person-forms"), Trouble::kUnsupported);
  const auto s = judge({doc, scan("附件4-张小禾盖章.pdf", "person-forms")});
  EXPECT_EQ(state(s, "person-forms"), "complete");
  EXPECT_THAT(said(s, "person-forms"), IsEmpty());
  const auto text =
      judge({broken(file("展板素材.doc", Format::kDoc, "exhibit-text"), Trouble::kUnsupported)});
  EXPECT_EQ(state(text, "exhibit-text"), "needs-staff");
  EXPECT_THAT(text.item("exhibit-text")->note, HasSubstr("字数"));
}

TEST(Pairs, OnePdfOfEverything) {
  auto all = scan("附件2-5盖章.pdf", "unit-forms", 4);
  all.recognition.also = {"unit-table", "person-forms", "person-table"};
  const auto s = judge({unit_form(kSchool, "附件2.docx"), unit_table({kSchool}),
                        person_form(kPerson, "附件4.docx"), person_table({kPerson}), all});
  for (const char* item : {"unit-forms", "unit-table", "person-forms", "person-table"})
    EXPECT_EQ(state(s, item), "complete") << item;
}

TEST(Scans, AsManyAsThereArePlacesAreTheOnes) {
  const auto s = judge({unit_form(kSchool, "附件2.docx"), unit_table({kSchool}),
                        scan("扫描全能王 2022-10-24 16.20.pdf", ""),
                        scan("扫描全能王 2022-10-24 16.22.pdf", "")});
  EXPECT_EQ(state(s, "unit-forms"), "complete");
  EXPECT_EQ(state(s, "unit-table"), "complete");
  EXPECT_THAT(said(s.findings), IsEmpty());
  for (const auto& a : s.assignments)
    EXPECT_EQ(a.why, a.path.find("扫描") == 0 ? "elimination" : "title");
}

TEST(Scans, OtherwisePeopleLook) {
  const auto s = judge({unit_form(kSchool, "附件2.docx"), unit_table({kSchool}),
                        scan("扫描全能王 2022-10-24 16.20.pdf", "", 2)});
  EXPECT_EQ(state(s, "unit-forms"), "needs-staff");
  EXPECT_EQ(state(s, "unit-table"), "needs-staff");
  EXPECT_THAT(said(s, "unit-table"), ElementsAre("item.pair-missing warning 0/1"));
  EXPECT_THAT(s.item("unit-table")->findings.front().message, HasSubstr("由工作人员核实"));
}

TEST(Rows, ARowWithoutAFormAndAFormWithoutARow) {
  const auto missing =
      judge({person_form(kPerson, "附件4-张小禾.docx"), person_table({kPerson, kPerson2}),
             scan("附件5.pdf", "person-table")});
  EXPECT_EQ(state(missing, "person-table"), "needs-correction");
  ASSERT_THAT(said(missing, "person-table"), ElementsAre("table.rows-mismatch error 1/2"));
  EXPECT_THAT(missing.item("person-table")->findings.front().message, HasSubstr(kPerson2));
  auto files = two_people();
  files.push_back(person_table({kPerson}));
  files.push_back(scan("附件5.pdf", "person-table"));
  const auto more = judge(files);
  EXPECT_EQ(state(more, "person-table"), "complete");
  EXPECT_THAT(said(more, "person-table"), ElementsAre("table.rows-mismatch warning 2/1"));
}

TEST(Rows, NamesAreComparedAsPeopleWould) {
  const auto s = judge(
      {unit_form("朝阳区清和街道社区教育学校", "附件2.docx"), scan("附件2盖章.pdf", "unit-forms"),
       unit_table({"长春市清和街道 社区教育学校"}), scan("附件3.pdf", "unit-table")});
  EXPECT_THAT(said(s, "unit-table"), IsEmpty());
}

TEST(Rows, OnlyWhenBothAreIn) {
  EXPECT_THAT(said(judge({person_table({kPerson, kPerson2}), scan("附件5.pdf", "person-table")}),
                   "person-table"),
              IsEmpty());
}

TEST(Photos, BetterNamesMendAndBytesCountOnce) {
  const std::vector<LedgerDocument> machine{
      same_bytes(photo("IMG_0001.jpg"), "a"), same_bytes(photo("IMG_0002.jpg"), "b"),
      same_bytes(photo("IMG_0003.jpg"), "c"), same_bytes(photo("IMG_0004.jpg"), "d")};
  std::vector<LedgerDocument> named{
      same_bytes(photo("社区书法课堂.jpg"), "a"), same_bytes(photo("老年智能手机培训.jpg"), "b"),
      same_bytes(photo("居民读书分享会.jpg"), "c"), same_bytes(photo("剪纸技艺体验.jpg"), "d")};
  const auto s = judge({mail(kOct20, machine), mail(kOct24, named)});
  EXPECT_EQ(state(s, "exhibit-photos"), "complete");
  EXPECT_THAT(said(s, "exhibit-photos"), IsEmpty());
  EXPECT_EQ(s.item("exhibit-photos")->have, 4);
  // A better name is a correction; the sender is not told that he repeats himself.
  for (const auto& finding : s.findings) EXPECT_NE(finding.rule, "file.duplicate");
  // After the deadline, when the second batch is open, they are still the same photos.
  for (auto& row : named) row.recognition = {"activity-photos", {}, "open-batch", false};
  const auto late = judge({mail(kOct20, machine), mail(kOct26, named)}, kOct26);
  EXPECT_EQ(state(late, "exhibit-photos"), "late");
  EXPECT_EQ(state(late, "activity-photos"), "missing");
}

TEST(Photos, TheSamePictureTwiceInAMail) {
  auto files = four_photos();
  files[3] = same_bytes(photo("剪纸技艺体验课程.jpg"), files[0].document.sha256);
  const auto s = judge(files);
  EXPECT_EQ(state(s, "exhibit-photos"), "partial");
  EXPECT_THAT(said(s, "exhibit-photos"),
              ::testing::UnorderedElementsAre("item.count error 3/4", "photo.duplicate warning"));
}

TEST(Photos, ReusedInTheSecondBatch) {
  auto later = december();
  later[0] = same_bytes(photo("社区书法课堂展示.jpg", "activity-photos"),
                        four_photos()[0].document.sha256);
  const auto s = judge({mail(kOct20, october()), mail(kDec5, later)}, kDec5);
  EXPECT_EQ(state(s, "activity-photos"), "complete");
  EXPECT_THAT(said(s, "activity-photos"), ElementsAre("photo.reused warning"));
}

TEST(Photos, OnlyInsideTheWord) {
  auto text = exhibit_text();
  auto& images = std::get<parsers::WordFacts>(text.document.facts).images;
  for (const char* sha : {"1", "2", "3", "4"}) images.push_back({sha, 200'000, 1200, 900});
  const auto s = judge({text});
  EXPECT_THAT(said(s, "exhibit-photos"), ElementsAre("photo.embedded-only warning 4/4"));
  images.pop_back();
  EXPECT_THAT(said(judge({text}), "exhibit-photos"),
              ElementsAre("item.count error 3/4", "photo.embedded-only warning 3/4"));
  images.resize(1);
  EXPECT_EQ(state(judge({text}), "exhibit-photos"), "missing") << "one picture is an illustration";
  for (const char* sha : {"2", "3", "4"}) images.push_back({sha, 200'000, 1200, 900});
  auto files = four_photos();
  files.push_back(text);
  EXPECT_THAT(said(judge(files), "exhibit-photos"), IsEmpty());
}

TEST(Photos, ADamagedOneIsSaidOnce) {
  auto files = four_photos();
  files[2] = broken(files[2], Trouble::kDamaged);
  const auto s = judge(files);
  EXPECT_EQ(state(s, "exhibit-photos"), "needs-correction");
  EXPECT_THAT(said(s, "exhibit-photos"), ElementsAre("file.unreadable error"));
}

TEST(Cases, TwoFilesOrOneFileWithTwo) {
  const auto one =
      judge({mail(kDec5, {case_text("案例.docx", "银龄学堂进社区", "每周二为老年居民开设手机课")})},
            kDec5);
  EXPECT_EQ(state(one, "cases"), "partial");
  EXPECT_THAT(said(one, "cases"), ElementsAre("item.count warning 1/2"));
  WordBuilder w;
  w.line("案例一：银龄学堂进社区", Look::kBold)
      .prose(300)
      .line("案例二：非遗剪纸传承计划", Look::kBold)
      .prose(300);
  const auto both =
      judge({mail(kDec5, {file("典型案例.docx", Format::kDocx, "cases", w.facts())})}, kDec5);
  EXPECT_EQ(state(both, "cases"), "complete");
  EXPECT_THAT(said(both, "cases"), IsEmpty());
}

TEST(Cases, ACorrectedCaseReplacesItsFirstVersion) {
  const auto first = case_text("案例一.docx", "银龄学堂进社区", "每周二为老年居民开设手机课");
  const auto second = case_text("案例二.docx", "非遗剪纸传承计划", "请民间艺人走进课堂教授剪纸");
  auto again = same_bytes(
      case_text("案例一（修改）.docx", "银龄学堂进社区", "每周二、周四为老年居民开设手机课"),
      "new");
  const auto s = judge({mail(kOct20, {first, second}), mail(kDec5, {again})}, kDec5);
  EXPECT_EQ(state(s, "cases"), "complete");
  EXPECT_EQ(s.item("cases")->have, 2);
}

TEST(Summary, APdfAloneIsAHint) {
  std::string text;
  for (int i = 0; i < 170; ++i) text += "社区教育深入开展学习\n";
  const auto s =
      judge({mail(kDec5, {text_pdf("年度工作总结.pdf", "annual-summary", text, 3)})}, kDec5);
  EXPECT_EQ(state(s, "annual-summary"), "complete");
  EXPECT_THAT(said(s, "annual-summary"), ElementsAre("file.wrong-format warning pdf/docx"));
  EXPECT_EQ(state(judge({mail(kDec5, {scan("年度工作总结.pdf", "annual-summary", 3)})}, kDec5),
                  "annual-summary"),
            "needs-staff");
}

}  // namespace
}  // namespace baosong::test
