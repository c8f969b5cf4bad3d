#include <gtest/gtest.h>

#include "rules/judge.hpp"
#include "tests/support/load_notice.hpp"
#include "tests/support/mail_facts.hpp"
#include "tests/support/word_facts.hpp"

namespace baosong::rules {
namespace {

using parsers::Facts;
using testing::document;
using testing::Look;
using testing::MailBuilder;
using testing::pdf_text;
using testing::WordBuilder;

const Time kOctober = *parse_rfc3339("2022-10-24T16:00:00+08:00");
const Time kLateOctober = *parse_rfc3339("2022-10-26T09:00:00+08:00");
const Time kDecember = *parse_rfc3339("2022-12-08T10:00:00+08:00");
const Time kJanuary = *parse_rfc3339("2023-01-08T10:00:00+08:00");

std::vector<Recognition> all(const parsers::Reading& reading, Time received = kOctober) {
  return recognise(test::shipped_notice(), reading, received);
}
// "unit-forms title", "unit-forms+unit-table title" or "-".
std::string shown(const Recognition& r) {
  if (r.item.empty()) return "-";
  std::string out = r.item;
  for (const auto& also : r.also) out += "+" + also;
  return out + " " + r.why;
}
std::string only(std::string name, Facts facts = {}, Time received = kOctober) {
  return shown(all(MailBuilder().file(std::move(name), std::move(facts)), received).front());
}

const std::string kUnitForm = "2022年吉林省全民终身学习活动周工作先进单位申报表";
const std::string kPersonForm = "2022年吉林省全民终身学习活动周工作先进个人申报表";
const std::string kUnitTable = "2022年吉林省全民终身学习活动周工作先进单位汇总表";
const std::string kPersonTable = "2022年吉林省全民终身学习活动周工作先进个人汇总表";
const std::string kDemo = "2022年“长春市全民终身学习示范活动”汇总表";

using Rows = std::vector<std::vector<std::string>>;
const Rows kUnitFormRows{{"单位名称", "青河社区教育学校", "负责人", "王小川"},
                         {"单位地址", "某路1号", "联系人", "赵小舟"},
                         {"主要事迹", "3:十年如一日。"}};
const Rows kPersonFormRows{{"姓名", "张小禾", "性别", "女", "民族", "汉"},
                           {"出生年月", "1980.01", "政治面貌", "群众", "学历", "本科"},
                           {"主要事迹", "5:热心。"}};
const Rows kUnitTableRows{{"序号", "县（市）区", "单位名称", "负责人", "联系电话", "备注"},
                          {"1", "朝阳区", "青河社区教育学校", "王小川", "", ""}};
const Rows kPersonTableRows{{"序号", "县（市）区", "姓名", "性别", "工作单位", "备注"},
                            {"1", "朝阳区", "张小禾", "女", "社区学院", ""}};
const Rows kDemoRows{{"序号", "活动名称", "时间", "地点", "主办单位", "联系人"},
                     {"1", "书香润万家", "10月20日", "社区学院", "教育局", "张小禾"}};

WordBuilder titled(const std::string& title, const Rows& rows) {
  WordBuilder out;
  out.line(title, Look::kCentered).table(rows);
  return out;
}

struct Case {
  std::string name, file;
  Facts facts;
  std::string expected;
};
class Recognises : public ::testing::TestWithParam<Case> {};
TEST_P(Recognises, TheItem) {
  EXPECT_EQ(only(GetParam().file, GetParam().facts), GetParam().expected);
}
std::string name_of_case(const ::testing::TestParamInfo<Case>& test) { return test.param.name; }

Facts word(const WordBuilder& builder) { return builder.facts(); }

INSTANTIATE_TEST_SUITE_P(
    Titles, Recognises,
    ::testing::Values(
        Case{"demo", "a.docx", word(titled(kDemo, kDemoRows)), "demo-activities title"},
        Case{"unit_form", "a.docx", word(titled(kUnitForm, kUnitFormRows)), "unit-forms title"},
        Case{"unit_table", "a.docx", word(titled(kUnitTable, kUnitTableRows)), "unit-table title"},
        Case{"person_form", "a.docx", word(titled(kPersonForm, kPersonFormRows)),
             "person-forms title"},
        Case{"person_table", "a.docx", word(titled(kPersonTable, kPersonTableRows)),
             "person-table title"},
        Case{"title_beats_wrong_annex", "附件3.docx", word(titled(kPersonTable, kPersonTableRows)),
             "person-table title"},
        Case{"title_beats_wrong_name", "先进单位申报表.docx",
             word(titled(kPersonTable, kPersonTableRows)), "person-table title"},
        Case{"annex_line_above", "a.docx",
             word(WordBuilder().line("附件 2").line(kUnitForm).table(kUnitFormRows)),
             "unit-forms title"},
        Case{"annex_on_the_title_line", "a.docx",
             word(WordBuilder().line("附件2：" + kUnitForm).table(kUnitFormRows)),
             "unit-forms title"},
        Case{"broken_over_two_lines", "a.docx",
             word(WordBuilder()
                      .line("2022年吉林省全民终身学习活动周工作先进单位")
                      .line("申 报 表")
                      .table(kUnitFormRows)),
             "unit-forms title"},
        Case{"spaced_out", "a.docx", word(titled("先　进　个　人　申　报　表", kPersonFormRows)),
             "person-forms title"},
        Case{"recommendation_is_an_application", "a.docx",
             word(titled("全民终身学习活动周先进集体推荐表", kUnitFormRows)), "unit-forms title"},
        Case{"approval_form", "a.docx", word(titled("先进个人审批表", kPersonFormRows)),
             "person-forms title"},
        Case{"list_is_a_table", "a.docx", word(titled("先进个人推荐一览表", kPersonTableRows)),
             "person-table title"},
        Case{"application_table", "a.docx", word(titled("先进单位申报汇总表", kUnitTableRows)),
             "unit-table title"},
        Case{"unit_behind_the_title", "a.docx",
             word(titled(kUnitTable + "（朝阳区）", kUnitTableRows)), "unit-table title"},
        Case{"in_a_merged_row", "a.docx",
             word(WordBuilder().table(
                 {{"6:先进个人汇总表"}, kPersonTableRows[0], kPersonTableRows[1]})),
             "person-table title"},
        Case{"last_year", "a.docx",
             word(titled("2021年吉林省全民终身学习活动周工作先进单位申报表", kUnitFormRows)),
             "unit-forms title"},
        Case{"blank_annex", "a.docx",
             word(titled(kUnitForm, {{"单位名称", "", "负责人", ""}, {"主要事迹", "3:"}})),
             "unit-forms title"},
        Case{
            "workbook", "名单.xlsx",
            word(WordBuilder().table({{"5:先进单位汇总表"}, kUnitTableRows[0], kUnitTableRows[1]})),
            "unit-table title"},
        Case{"pdf", "a.pdf", pdf_text("附件5\n" + kPersonTable + "\n序号 姓名"),
             "person-table title"},
        Case{"pdf_broken_title", "a.pdf",
             pdf_text("附件2\n2022年吉林省全民终身学习活动周工作先进单位\n申报表\n单位名称"),
             "unit-forms title"},
        Case{"pdf_bundle", "a.pdf", pdf_text(kUnitForm + "\n单位名称\f" + kUnitTable + "\n序号"),
             "unit-forms+unit-table title"},
        Case{"pdf_title_beats_name", "附件2盖章.pdf", pdf_text(kPersonForm + "\n姓名"),
             "person-forms title"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Heads, Recognises,
    ::testing::Values(
        Case{"demo", "a.docx", word(WordBuilder().table(kDemoRows)), "demo-activities table-heads"},
        Case{"unit_form", "a.docx", word(WordBuilder().table(kUnitFormRows)),
             "unit-forms table-heads"},
        Case{"unit_table", "a.docx", word(WordBuilder().table(kUnitTableRows)),
             "unit-table table-heads"},
        Case{"person_form", "a.docx", word(WordBuilder().table(kPersonFormRows)),
             "person-forms table-heads"},
        Case{"person_table", "a.docx", word(WordBuilder().table(kPersonTableRows)),
             "person-table table-heads"},
        Case{"heads_beat_the_name", "附件3.docx", word(WordBuilder().table(kPersonTableRows)),
             "person-table table-heads"},
        Case{"blank_form", "a.docx",
             word(WordBuilder().table(
                 {{"姓名", "", "性别", ""}, {"民族", "", "学历", ""}, {"主要事迹", "3:"}})),
             "person-forms table-heads"},
        Case{"foreign_table", "a.docx",
             word(WordBuilder().table({{"商品", "单价", "数量"}, {"纸", "1", "2"}})), "-"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Names, Recognises,
    ::testing::Values(
        Case{"scan",
             "附件2：" + kUnitForm + "（农安县教育局，盖章）.pdf",
             {},
             "unit-forms file-name"},
        Case{"annex_alone", "附件5.pdf", {}, "person-table file-name"},
        Case{"annex_in_words", "附件三（盖章）.pdf", {}, "unit-table file-name"},
        Case{"words_beat_annex", "附件3 先进个人汇总表.pdf", {}, "person-table file-name"},
        Case{"table_of_applications", "先进单位申报汇总表盖章.pdf", {}, "unit-table file-name"},
        Case{"several", "先进单位申报表及汇总表.pdf", {}, "unit-forms+unit-table file-name"},
        Case{"scanner", "扫描全能王 2022-10-24 16.20.pdf", {}, "-"},
        Case{"image_of_a_form", "附件2盖章.jpg", {}, "unit-forms file-name"},
        Case{
            "image_of_a_form_in_words", "先进个人汇总表（盖章）.jpg", {}, "person-table file-name"},
        Case{"image_of_a_scene", "先进单位表彰现场.jpg", {}, "exhibit-photos open-batch"},
        Case{"numbered_photo", "附件1：社区书法课堂.jpg", {}, "exhibit-photos open-batch"},
        Case{"exhibit_photo", "展板照片1.jpg", {}, "exhibit-photos file-name"},
        Case{"activity_photo", "规模与特色照片1.jpg", {}, "activity-photos file-name"},
        Case{"exhibit_pdf", "展板素材.pdf", {}, "exhibit-text file-name"},
        Case{"locked_archive", "先进单位申报表.rar", {}, "unit-forms file-name"},
        Case{"locked_archive_of_all", "材料.rar", {}, "-"},
        Case{"locked_archive_of_one_kind", "先进单位材料.rar", {}, "-"},
        Case{"locked_archive_of_photos", "展板照片.rar", {}, "exhibit-photos file-name"},
        Case{"locked_archive_of_several", "先进单位申报表及汇总表.rar", {}, "-"},
        Case{"summary_pdf", "朝阳区活动周年度工作总结.pdf", {}, "annual-summary file-name"},
        Case{"case_pdf", "典型活动案例1.pdf", {}, "cases file-name"},
        Case{"legacy_word", "附件1.doc", {}, "demo-activities file-name"},
        Case{"notice", "关于举办2022年长春市全民终身学习活动周的预通知.pdf", {}, "-"},
        Case{"letter", "关于报送先进单位申报表的函.pdf", {}, "-"},
        Case{"id_photo", "张小禾一寸照.jpg", {}, "-"}, Case{"logo", "logo.png", {}, "-"},
        Case{"scanned_page", "扫描全能王 2022-10-24 16.20_1.jpg", {}, "-"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Folders, Recognises,
    ::testing::Values(
        Case{"photos",
             "材料.zip/第一批/展板照片/微信图片_20221020093012.jpg",
             {},
             "exhibit-photos folder-name"},
        Case{"batch", "材料.zip/第二批/照片/IMG_0001.jpg", {}, "activity-photos folder-name"},
        Case{"form_scan",
             "材料.zip/先进单位申报表盖章/扫描全能王 2022-10-24.jpg",
             {},
             "unit-forms folder-name"},
        Case{"pdf", "材料.zip/先进个人申报表/1.pdf", {}, "person-forms folder-name"},
        Case{"word_in_exhibit", "展板素材.zip/1.docx",
             word(WordBuilder().line("书香浸润社区").prose(300)), "exhibit-text folder-name"},
        Case{"photo_in_exhibit", "展板素材.zip/书法课堂.jpg", {}, "exhibit-photos folder-name"},
        Case{
            "inner_beats_outer", "先进个人.zip/先进单位申报表/1.pdf", {}, "unit-forms folder-name"},
        Case{"several", "先进单位申报表和汇总表.zip/1.pdf", {}, "-"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Texts, Recognises,
    ::testing::Values(
        Case{"caption", "1.docx",
             word(WordBuilder().line("展板素材").line("书香浸润社区").prose(300)),
             "exhibit-text title"},
        Case{"exhibit_name", "朝阳区展板素材.docx",
             word(WordBuilder().line("书香浸润社区").prose(300)), "exhibit-text file-name"},
        Case{"about_300", "书香浸润社区.docx", word(WordBuilder().line("书香浸润社区").prose(300)),
             "exhibit-text content"},
        Case{"summary_title", "1.docx",
             word(WordBuilder().line("朝阳区2022年全民终身学习活动周工作总结").prose(1600)),
             "annual-summary title"},
        Case{"summary_name", "年度总结.docx",
             word(WordBuilder().line("同心共筑学习型城市").prose(1600)),
             "annual-summary file-name"},
        Case{"summary_as_report", "1.docx",
             word(WordBuilder().line("关于报送2022年活动周工作总结的报告").prose(1600)),
             "annual-summary title"},
        Case{"case_title", "1.docx",
             word(WordBuilder().line("典型活动案例一：银龄课堂").prose(900)), "cases title"},
        Case{"case_name", "案例1.docx", word(WordBuilder().line("银龄课堂").prose(900)),
             "cases file-name"},
        Case{"case_that_calls_itself_summary", "典型活动案例1.docx",
             word(WordBuilder().line("银龄课堂活动总结").prose(900)), "cases file-name"},
        Case{"poster_that_says_summary", "展板素材.docx",
             word(WordBuilder().line("社区教育工作总结").prose(300)), "exhibit-text file-name"},
        Case{"captions_of_photos", "展板照片说明.docx",
             word(WordBuilder().line("照片说明").prose(300)), "-"},
        Case{"text_with_photos", "展板文稿及照片.docx",
             word(WordBuilder().line("书香浸润社区").prose(300).image()), "exhibit-text file-name"},
        Case{"form_without_its_table", "先进单位申报表.docx",
             word(WordBuilder().line("某校").prose(300)), "unit-forms file-name"},
        Case{"deeds_are_no_form", "先进个人事迹.docx",
             word(WordBuilder().line("一生坚守").prose(1200)), "-"},
        Case{"letter", "1.docx",
             word(WordBuilder()
                      .line("关于报送全民终身学习活动周材料的函")
                      .line("长春开放大学：")
                      .prose(200)),
             "-"},
        Case{"notice", "1.docx",
             word(WordBuilder()
                      .line("关于举办2022年长春市全民终身学习活动周的预通知")
                      .prose(3000)
                      .line("附件1")
                      .line(kDemo)
                      .table(kDemoRows)),
             "-"},
        Case{"list_of_annexes", "1.docx",
             word(WordBuilder()
                      .line("关于报送材料的报告")
                      .line("附件：1." + kDemo)
                      .line("2." + kUnitForm)
                      .line("3." + kUnitTable)),
             "-"},
        Case{"letter_with_annexes", "1.docx",
             word(WordBuilder()
                      .line("关于报送材料的函")
                      .prose(100)
                      .line(kUnitTable)
                      .table(kUnitTableRows)),
             "unit-table title"},
        Case{"letter_without_its_title", "1.docx",
             word(WordBuilder().line("活动周工作").line("现将有关材料报上，请审阅。").prose(250)),
             "-"},
        Case{"too_short", "1.docx", word(WordBuilder().line("请查收")), "-"},
        Case{"long_stranger", "1.docx", word(WordBuilder().line("某某制度").prose(2500)), "-"}),
    name_of_case);

TEST(Bundles, OneDocxWithAllAnnexesIsLinkedToEach) {
  WordBuilder b;
  b.line("附件1").line(kDemo).table(kDemoRows).line("附件2").line(kUnitForm).table(kUnitFormRows);
  b.line("附件3")
      .line(kUnitTable)
      .table(kUnitTableRows)
      .line("附件4")
      .line(kPersonForm)
      .table(kPersonFormRows);
  b.line("附件5").line(kPersonTable).table(kPersonTableRows);
  EXPECT_EQ(only("全部附件.docx", b.facts()),
            "demo-activities+unit-forms+unit-table+person-forms+person-table title");
}

TEST(Bundles, SeveralFormsOfOneKindAreOneItem) {
  WordBuilder b;
  for (int i = 0; i < 3; ++i) b.line(kPersonForm).table(kPersonFormRows);
  EXPECT_EQ(only("附件4.docx", b.facts()), "person-forms title");
}

TEST(Bundles, TablesWithoutTitlesAreTold) {
  EXPECT_EQ(only("a.docx", WordBuilder().table(kUnitTableRows).table(kPersonTableRows).facts()),
            "unit-table+person-table table-heads");
}

TEST(Photos, GoByTheBatchThatIsOpen) {
  EXPECT_EQ(only("书法课堂.jpg", {}, kOctober), "exhibit-photos open-batch");
  EXPECT_EQ(only("书法课堂.jpg", {}, kDecember), "activity-photos open-batch");
  EXPECT_EQ(only("书法课堂.jpg", {}, kJanuary), "activity-photos open-batch");
}

TEST(Photos, GoWithTheirCompanions) {
  const auto late = all(MailBuilder()
                            .file("书法课堂.jpg")
                            .file("附件3.docx", titled(kUnitTable, kUnitTableRows).facts()),
                        kLateOctober);
  EXPECT_EQ(shown(late[0]), "exhibit-photos companions");
  const auto early =
      all(MailBuilder()
              .file("书法课堂.jpg")
              .file("年度工作总结.docx", WordBuilder().line("年度工作总结").prose(1600).facts()));
  EXPECT_EQ(shown(early[0]), "activity-photos companions");
}

TEST(Photos, GoWithTheWordsOfTheMail) {
  EXPECT_EQ(
      shown(all(MailBuilder().subject("朝阳区补报展板照片").file("书法课堂.jpg"), kLateOctober)[0]),
      "exhibit-photos companions");
  EXPECT_EQ(shown(all(MailBuilder().subject("朝阳区第二批材料").file("书法课堂.jpg"), kOctober)[0]),
            "activity-photos companions");
}

TEST(Photos, OfZeroBytesAreStillPhotosByTheirName) {
  parsers::Document empty = document("书法课堂.jpg");
  empty.format = parsers::Format::kUnknown;
  empty.trouble = parsers::Trouble::kEmpty;
  empty.facts = {};
  empty.size = 0;
  EXPECT_EQ(shown(all(MailBuilder().add(empty))[0]), "exhibit-photos open-batch");
}

TEST(Texts, BesideASummaryAreCases) {
  const auto r =
      all(MailBuilder()
              .file("活动周工作总结.docx", WordBuilder().line("活动周工作总结").prose(1600).facts())
              .file("银龄课堂.docx", WordBuilder().line("银龄课堂").prose(900).facts()),
          kDecember);
  EXPECT_EQ(shown(r[1]), "cases companions");
}

TEST(Recognition, TitlesAndHeadsAreCertainNamesAreNot) {
  const auto r =
      all(MailBuilder().file("a.docx", titled(kUnitForm, kUnitFormRows).facts()).file("附件2.pdf"));
  EXPECT_TRUE(r[0].certain);
  EXPECT_FALSE(r[1].certain);
}

TEST(Recognition, AnswersForEachDocumentInOrder) {
  MailBuilder mail;
  for (int i = 0; i < 50; ++i) mail.file("书法课堂" + std::to_string(i) + ".jpg");
  EXPECT_EQ(all(mail).size(), 50U);
  EXPECT_TRUE(all(MailBuilder()).empty());
}

// A mail as an office that takes its time sends it: nothing is left over, nothing is guessed twice.
TEST(Recognition, OfAWholeSubmission) {
  const auto r =
      all(MailBuilder()
              .file("附件1.docx", titled(kDemo, kDemoRows).facts())
              .file("展板素材.docx", WordBuilder().line("书香浸润社区").prose(300).facts())
              .file("展板照片/书法课堂.jpg")
              .file("展板照片/智能手机培训.jpg")
              .file("附件2.docx", titled(kUnitForm, kUnitFormRows).facts())
              .file("附件2盖章.pdf")
              .file("附件5.pdf", pdf_text(kPersonTable)));
  std::vector<std::string> items;
  for (const auto& one : r) items.push_back(one.item);
  EXPECT_EQ(items, (std::vector<std::string>{"demo-activities", "exhibit-text", "exhibit-photos",
                                             "exhibit-photos", "unit-forms", "unit-forms",
                                             "person-table"}));
}

}  // namespace
}  // namespace baosong::rules
