#include <gtest/gtest.h>

#include <algorithm>

#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"
#include "tests/support/word_facts.hpp"
#include "tests/unit/meaning/notice.hpp"

namespace baosong::rules {
namespace {

using testing::Look;
using testing::small_notice;
using testing::WordBuilder;

std::string value(const Form& form, std::string_view label) {
  const auto at = std::ranges::find(form.cells, label, &LabelledCell::label);
  return at == form.cells.end() ? "(no such label)" : at->value;
}

std::vector<Form> forms(const parsers::WordFacts& facts, std::string_view item) {
  const Notice notice = small_notice();
  return read_forms(facts, *notice.item(item));
}

TEST(Labels, AreComparedNormalised) {
  EXPECT_EQ(normalise_label("姓　　名"), "姓名");
  EXPECT_EQ(normalise_label("联 系 电 话："), "联系电话");
  EXPECT_EQ(normalise_label("主\n要\n事\n迹"), "主要事迹");
  EXPECT_EQ(normalise_label("填报单位（盖章）："), "填报单位");
  EXPECT_EQ(normalise_label("县（市）区"), "县市区");
  EXPECT_EQ(normalise_label("县（市、区）"), "县市区");
  EXPECT_EQ(normalise_label("出生年月（岁）"), "出生年月");
  EXPECT_EQ(normalise_label("1.单位名称"), "单位名称");
  EXPECT_EQ(normalise_label("职务/职称"), "职务职称");
}

TEST(Blanks, AreSeenAsBlanks) {
  for (const char* text :
       {"", "　", "____", "（盖章）", "年　　月　　日", "（盖章）\n年 月 日", "/", "——"}) {
    EXPECT_TRUE(is_blank_value(text)) << text;
  }
  for (const char* text : {"无", "张小禾", "2022年10月20日", "同意推荐"})
    EXPECT_FALSE(is_blank_value(text)) << text;
}

TEST(Forms, PairLabelsWithTheCellsBehindThem) {
  const auto read =
      forms(WordBuilder()
                .line("附件4")
                .line("先进个人申报表", Look::kCentered)
                .table({{"姓　　名", "张小禾", "性别", "女", "民族", "汉"},
                        {"出生年月\n（岁）", "1980.01", "工作单位", "3:青河社区教育学校"},
                        {"主\n要\n事\n迹", "5:十年如一日。\n热心社区教育。"}})
                .facts(),
            "person-forms");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].nominee, "张小禾");
  EXPECT_EQ(value(read[0], "性别"), "女");
  EXPECT_EQ(value(read[0], "工作单位"), "青河社区教育学校");
  EXPECT_EQ(value(read[0], "主要事迹"), "十年如一日。\n热心社区教育。");
}

TEST(Forms, TakeAValueBehindAColonInTheSameCell) {
  const auto read =
      forms(WordBuilder()
                .table({{"单位名称：青河社区教育学校"}, {"负责人：李小满", "联系电话："}})
                .facts(),
            "unit-forms");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].nominee, "青河社区教育学校");
  EXPECT_EQ(value(read[0], "负责人"), "李小满");
  EXPECT_EQ(value(read[0], "联系电话"), "");
}

TEST(Forms, TakeAValueFromTheRowBelowItsLabel) {
  const auto read =
      forms(WordBuilder()
                .table({{"单位名称", "3:青河社区教育学校"}, {"4:主要事迹"}, {"4:广泛开展活动。"}})
                .facts(),
            "unit-forms");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(value(read[0], "主要事迹"), "广泛开展活动。");
}

TEST(Forms, LeavePromptsAndUnderscoresBlank) {
  const auto read =
      forms(WordBuilder()
                .table({{"单位名称", "?点击输入单位"}, {"负责人", "______"}, {"联系人", "王小川"}})
                .facts(),
            "unit-forms");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].nominee, "");
  EXPECT_EQ(value(read[0], "负责人"), "");
}

TEST(Forms, OfABlankTemplateAreOneWithoutNominee) {
  const auto read = forms(
      WordBuilder().table({{"姓名", "", "性别", ""}, {"主要事迹", "3:"}}).facts(), "person-forms");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].nominee, "");
}

TEST(Forms, SeveralInOneFileAreTold) {
  const auto read = forms(WordBuilder()
                              .table({{"姓名", "张小禾", "性别", "女"}, {"民族", "汉", "手机", ""}})
                              .table({{"姓名", "李小满", "性别", "男"}, {"民族", "满", "手机", ""}})
                              .facts(),
                          "person-forms");
  ASSERT_EQ(read.size(), 2U);
  EXPECT_EQ(read[0].nominee, "张小禾");
  EXPECT_EQ(read[1].nominee, "李小满");
}

TEST(Forms, BrokenOverTwoTablesAreOne) {
  const auto read = forms(WordBuilder()
                              .table({{"姓名", "张小禾", "性别", "女"}, {"民族", "汉", "手机", ""}})
                              .table({{"主要事迹", "热心。"}, {"单位意见", "同意"}})
                              .facts(),
                          "person-forms");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(value(read[0], "主要事迹"), "热心。");
}

TEST(Forms, MayNameTheNomineeOnTheCover) {
  const auto read = forms(
      WordBuilder().line("申报单位：青河社区教育学校").line("填报时间：2022年10月20日").facts(),
      "unit-forms");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].nominee, "青河社区教育学校");
}

TEST(Names, FoldToOneForm) {
  EXPECT_EQ(fold_name("长春市青河社区教育学校"), fold_name("青河社区教育学校 "));
  EXPECT_EQ(fold_name("李　明"), "李明");
  EXPECT_EQ(fold_name("欧阳小禾同志"), "欧阳小禾");
  EXPECT_EQ(fold_name("张小禾.docx"), "张小禾");
}

struct NameCase {
  std::string file, item, nominee;
};
class NomineeNames : public ::testing::TestWithParam<NameCase> {};
TEST_P(NomineeNames, AreTakenFromFileNames) {
  const Notice notice = small_notice();
  EXPECT_EQ(nominee_from_name(GetParam().file, notice, *notice.item(GetParam().item)),
            GetParam().nominee);
}
INSTANTIATE_TEST_SUITE_P(
    Meaning, NomineeNames,
    ::testing::Values(
        NameCase{"附件4-李明-先进个人申报表（盖章）.pdf", "person-forms", "李明"},
        NameCase{"附件4：2022年吉林省全民终身学习活动周工作先进个人申报表（张小禾）.docx",
                 "person-forms", "张小禾"},
        NameCase{"先进个人申报表 朝阳区 张小禾.pdf", "person-forms", "张小禾"},
        NameCase{"先进个人申报表-朝阳区张小禾.pdf", "person-forms", "张小禾"},
        NameCase{"张小禾.pdf", "person-forms", "张小禾"}, NameCase{"附件4.pdf", "person-forms", ""},
        NameCase{"扫描件.pdf", "person-forms", ""},
        NameCase{"扫描全能王 2022-10-24 16.20.pdf", "person-forms", ""},
        NameCase{"CamScanner 10-24-2022 16.20.pdf", "person-forms", ""},
        NameCase{"微信图片_20221020093012.pdf", "person-forms", ""},
        NameCase{"2022年吉林省全民终身学习活动周工作先进个人申报表（朝阳区教育局，盖章）.pdf",
                 "person-forms", ""},
        NameCase{"附件2-青河社区教育学校-先进单位申报表.docx", "unit-forms", "青河社区教育学校"},
        NameCase{"2022年吉林省全民终身学习活动周工作先进单位申报表.pdf", "unit-forms", ""},
        NameCase{"先进单位申报表（盖章版）.pdf", "unit-forms", ""}));

}  // namespace
}  // namespace baosong::rules
