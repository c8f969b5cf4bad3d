// Each rule speaks when it should and is silent when it should be.
#include <gmock/gmock.h>

#include <set>

#include "rules/checks/check.hpp"
#include "rules/rule_table.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/load_notice.hpp"

namespace baosong::test {
namespace {

using rules::Notice;
using rules::Severity;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

rules::Findings check(const LedgerDocument& row, const Notice& notice = shipped_notice(),
                      bool word_beside = false) {
  const auto m = mail(kOct20, {});
  return rules::check_document({notice, notice.item(row.recognition.item), m, row, word_beside});
}
std::vector<std::string> lines(const LedgerDocument& row, const Notice& notice = shipped_notice(),
                               bool word_beside = false) {
  return said(check(row, notice, word_beside), Severity::kInfo);
}

TEST(Registry, HasARowForEveryRuleAndNoOther) {
  std::set<std::string_view> rules, homes;
  for (const auto& row : rules::rule_table()) rules.insert(row.code);
  for (const auto& home : rules::rule_homes()) {
    EXPECT_TRUE(homes.insert(home.code).second) << home.code;
    EXPECT_EQ(home.check != nullptr, home.home == "checks") << home.code;
  }
  EXPECT_EQ(rules, homes);
}

TEST(Title, UpToTheLimitIsFine) {
  const std::string twenty = "整合社区资源完善学习机制提升居民生活品质";
  EXPECT_THAT(lines(exhibit_text("展板素材.docx", 300, twenty)), IsEmpty());
  EXPECT_THAT(lines(exhibit_text("展板素材.docx", 300, twenty + "量")),
              ElementsAre("text.title-length error 21/20"));
}
TEST(Title, TooLongByPunctuationAloneIsAHint) {
  EXPECT_THAT(
      lines(exhibit_text("展板素材.docx", 300, "整合社区资源，完善学习机制，提升居民生活品质")),
      ElementsAre("text.title-length warning 22/20"));
}
TEST(Title, MissingIsSaid) {
  WordBuilder w;
  w.prose(300);
  const auto found = lines(file("展板素材.docx", Format::kDocx, "exhibit-text", w.facts()));
  EXPECT_THAT(found, ::testing::Contains("text.title-missing error 0/1"));
}

struct Length {
  std::size_t characters;
  const char* line;  // null: nothing is said
};
class Body : public ::testing::TestWithParam<Length> {};
TEST_P(Body, IsHeldAgainstTheBands) {
  const auto found = lines(exhibit_text("展板素材.docx", GetParam().characters));
  if (GetParam().line == nullptr) {
    EXPECT_THAT(found, IsEmpty());
  } else {
    EXPECT_THAT(found, ElementsAre(GetParam().line));
  }
}
INSTANTIATE_TEST_SUITE_P(Bands, Body,
                         ::testing::Values(Length{149, "text.body-length error 149/240-360"},
                                           Length{150, "text.body-length warning 150/240-360"},
                                           Length{239, "text.body-length warning 239/240-360"},
                                           Length{240, nullptr}, Length{300, nullptr},
                                           Length{360, nullptr},
                                           Length{361, "text.body-length warning 361/240-360"},
                                           Length{450, "text.body-length warning 450/240-360"},
                                           Length{451, "text.body-length error 451/240-360"}));

TEST(BodyMinimum, IsGenerous) {
  EXPECT_THAT(lines(summary_text("总结.docx", 1500)), IsEmpty());
  EXPECT_THAT(lines(summary_text("总结.docx", 1400)),
              ElementsAre("text.body-length error 1400/1500"));
  // Enough as every character counts, too short as Word counts the Latin words.
  WordBuilder w;
  w.line("2022年全民终身学习活动周工作情况", Look::kCentered, 36)
      .prose(1450)
      .line("Lifelong Learning Community Education Center Changchun");
  EXPECT_THAT(lines(file("总结.docx", Format::kDocx, "annual-summary", w.facts())),
              ElementsAre("text.body-length warning 1456/1500"));
}
TEST(BodyMinimum, APdfThatStandsForTheWordIsCountedToo) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "社区教育深入开展学习\n";
  EXPECT_THAT(
      lines(text_pdf("总结.pdf", "annual-summary", text)),
      ElementsAre("file.wrong-format warning pdf/docx", "text.body-length error 1000/1500"));
}

TEST(WrongFormat, SaysWhatItIs) {
  const parsers::PhotoFacts picture;
  EXPECT_THAT(lines(file("附件2盖章.jpg", Format::kJpeg, "unit-forms", picture)),
              ElementsAre("file.wrong-format error jpeg/pdf"));
  EXPECT_THAT(lines(file("展板.png", Format::kPng, "exhibit-text", picture)),
              ElementsAre("file.wrong-format error png/docx"));
  EXPECT_THAT(lines(scan("展板素材.pdf", "exhibit-text")),
              ElementsAre("file.wrong-format error pdf/docx"));
  EXPECT_THAT(lines(scan("附件1.pdf", "demo-activities"), shipped_notice(), true),
              ElementsAre("file.wrong-format info pdf/docx"));
  EXPECT_THAT(lines(file("附件2.wps", Format::kWps, "unit-forms")),
              ElementsAre("file.wrong-format warning wps/docx"));
  EXPECT_THAT(lines(file("附件5.xlsx", Format::kXlsx, "person-table")),
              ElementsAre("file.wrong-format warning xlsx/docx"));
  EXPECT_THAT(lines(file("附件4.xlsx", Format::kXlsx, "person-forms")),
              ElementsAre("file.wrong-format error xlsx/docx"));
  EXPECT_THAT(lines(scan("照片.pdf", "exhibit-photos")),
              ElementsAre("file.wrong-format error pdf/jpeg"));
}
TEST(WrongFormat, ARenamedFileIsNamedForWhatItIs) {
  const auto found =
      check(file("附件2先进单位申报表.docx", Format::kText, "unit-forms", parsers::TextFacts{"x"}));
  ASSERT_EQ(found.size(), 1U);
  EXPECT_THAT(found.front().message, HasSubstr("后缀不一致"));
  EXPECT_THAT(lines(file("附件2（盖章）.pdf", Format::kDocx, "unit-forms",
                         unit_form_facts(kSchool).facts())),
              ElementsAre("file.wrong-format error docx/pdf"));
}
TEST(WrongFormat, WordAndPhotosUnderSiblingNamesAreFine) {
  EXPECT_THAT(
      lines(file("附件2.doc", Format::kDocx, "unit-forms", unit_form_facts(kSchool).facts())),
      IsEmpty());
  EXPECT_THAT(lines(broken(file("附件2.doc", Format::kDoc, "unit-forms"), Trouble::kUnsupported)),
              IsEmpty());
  auto png = photo("社区书法课堂.jpg");
  png.document.format = Format::kPng;
  EXPECT_THAT(lines(png), IsEmpty());
  auto heic = broken(photo("社区书法课堂.jpg"), Trouble::kUnsupported);
  heic.document.format = Format::kHeic;
  EXPECT_THAT(lines(heic), IsEmpty());
}
TEST(WrongFormat, ThePolicyMayTakeAPhotoOfThePage) {
  auto notice = shipped_notice();
  notice.policies.accept_image_scan = true;
  EXPECT_THAT(
      lines(file("附件2盖章.jpg", Format::kJpeg, "unit-forms", parsers::PhotoFacts{}), notice),
      IsEmpty());
}

TEST(Form, BlankCellsAreAHint) {
  WordBuilder w;
  w.line("2022年吉林省全民终身学习活动周工作先进个人申报表", Look::kCentered)
      .table({{"姓名", kPerson, "性别", ""},
              {"民族", "汉族", "工作单位", "清和社区教育学校"},
              {"主要事迹", "3:"},
              {"备注", "3:"},
              {"所在单位意见", "3:"}});
  const auto found = check(file("附件4.docx", Format::kDocx, "person-forms", w.facts()));
  ASSERT_THAT(said(found), ElementsAre("form.blank-fields warning 2/0"));
  EXPECT_THAT(found.front().message, HasSubstr("“性别”“主要事迹”"));
  EXPECT_THAT(lines(person_form(kPerson, "附件4.docx")), IsEmpty());
}
TEST(Form, LastYearsFormIsAHint) {
  WordBuilder w = unit_form_facts(kSchool);
  parsers::WordFacts facts = w.facts();
  facts.paragraphs[1].text = "2021年吉林省全民终身学习活动周工作先进单位申报表";
  EXPECT_THAT(lines(file("附件2.docx", Format::kDocx, "unit-forms", facts)),
              ElementsAre("form.year warning 2021/2022"));
}

TEST(Table, EmptyIsSaidAndFilledIsNot) {
  EXPECT_THAT(lines(unit_table({})), ElementsAre("table.empty error 0/1"));
  EXPECT_THAT(lines(unit_table({kSchool})), IsEmpty());
}
struct When {
  const char* text;
  bool outside;
};
class Dates : public ::testing::TestWithParam<When> {};
TEST_P(Dates, AreHeldAgainstThePeriod) {
  const auto found = lines(demo_table("附件1.docx", GetParam().text));
  if (GetParam().outside) {
    EXPECT_THAT(found, ElementsAre("table.date-outside info 1/0"));
  } else {
    EXPECT_THAT(found, IsEmpty());
  }
}
INSTANTIATE_TEST_SUITE_P(Cells, Dates,
                         ::testing::Values(When{"2022年10月1日", false}, When{"11月30日", false},
                                           When{"2022.11.5", false}, When{"2022-10-18", false},
                                           When{"10月-11月", false}, When{"9月20日—10月8日", false},
                                           When{"每周三下午", false}, When{"待定", false},
                                           When{"2022年9月30日", true}, When{"12月1日", true},
                                           When{"2022/8/15", true}, When{"2021年10月20日", true},
                                           When{"9月上旬", true}));

TEST(Seal, IsAdviceUntilOneIsSeen) {
  auto row = scan("附件2盖章.pdf", "unit-forms");
  EXPECT_THAT(lines(row), IsEmpty());
  std::get<parsers::PdfFacts>(row.document.facts).seal.reset();
  EXPECT_THAT(lines(row), ElementsAre("pdf.seal-not-seen warning 0/1"));
  // A black ring is a reason to look, and still no seal.
  std::get<parsers::PdfFacts>(row.document.facts).grey_seal = parsers::Seal{1, 100, 200, 42, 1, {}};
  EXPECT_THAT(lines(row), ElementsAre("pdf.seal-not-seen warning 0/1"));
  EXPECT_THAT(check(row).front().message, HasSubstr("黑白扫描，疑似有印章"));
  std::get<parsers::PdfFacts>(row.document.facts).grey_seal.reset();
  // The pages could not be shown.
  std::get<parsers::PdfFacts>(row.document.facts).seal_looked_for = false;
  EXPECT_THAT(lines(row), ElementsAre("pdf.seal-not-seen warning 0/1"));
  std::get<parsers::PdfFacts>(row.document.facts).seal = parsers::Seal{1, 100, 200, 42, 0.9, {}};
  EXPECT_THAT(lines(row), IsEmpty());
}

TEST(Photo, ResolutionAndSize) {
  auto row = photo("社区书法课堂.jpg");
  auto& facts = std::get<parsers::PhotoFacts>(row.document.facts);
  facts.width = 900, facts.height = 1200;
  EXPECT_THAT(lines(row), ElementsAre("photo.resolution warning 1200/1600"));
  facts.height = 1600;
  EXPECT_THAT(lines(row), IsEmpty());
  row.document.size = 200'000;
  EXPECT_THAT(lines(row), ElementsAre("photo.resolution warning 200000/300000"));
}
TEST(Photo, BlurNeedsAMeasurement) {
  auto row = photo("社区书法课堂.jpg");
  EXPECT_THAT(lines(row), IsEmpty());
  auto& facts = std::get<parsers::PhotoFacts>(row.document.facts);
  facts.measured = true, facts.sharpness = 12;
  EXPECT_THAT(lines(row), ElementsAre("photo.blurred warning 12/50"));
}
TEST(Photo, NamesOfTheSecondBatchAreOnlyANote) {
  EXPECT_THAT(lines(photo("IMG_0001.jpg", "activity-photos")),
              ElementsAre("photo.name-machine info"));
  EXPECT_THAT(lines(photo("活动照片1.jpg", "activity-photos")), IsEmpty());
  EXPECT_THAT(lines(photo("活动照片1.jpg")), ElementsAre("photo.name-generic warning"));
}

TEST(Switch, ARuleThatIsOffIsSilent) {
  auto notice = shipped_notice();
  for (auto& item : notice.items) {
    for (auto& [code, setting] : item.rules) setting.severity = Severity::kOff;
  }
  for (auto& [code, setting] : notice.rules) setting.severity = Severity::kOff;
  EXPECT_THAT(lines(exhibit_text("展板素材.docx", 900,
                                 "整合社区教育资源完善终身学习机制全面提升居民生活品质"),
                    notice),
              IsEmpty());
  EXPECT_THAT(lines(broken(demo_table(), Trouble::kDamaged), notice), IsEmpty());
  EXPECT_THAT(lines(file("附件4.xlsx", Format::kXlsx, "person-forms"), notice), IsEmpty());
  EXPECT_THAT(lines(photo("IMG_0001.jpg"), notice), IsEmpty());
}

}  // namespace
}  // namespace baosong::test
