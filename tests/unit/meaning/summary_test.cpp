#include <gtest/gtest.h>

#include <algorithm>

#include "rules/meaning/meaning.hpp"
#include "tests/support/word_facts.hpp"
#include "tests/unit/meaning/notice.hpp"

namespace baosong::rules {
namespace {

using testing::small_notice;
using testing::WordBuilder;

SummaryTable summary(const parsers::WordFacts& facts, std::string_view item) {
  const Notice notice = small_notice();
  return read_summary(facts, *notice.item(item));
}
std::vector<std::string> nominees(const SummaryTable& table) {
  std::vector<std::string> out;
  for (const auto& row : table.rows) out.push_back(row.nominee);
  return out;
}
using Nominees = std::vector<std::string>;

TEST(Summary, ReadsTheRowsBelowTheHead) {
  const auto table =
      summary(WordBuilder()
                  .line("先进个人汇总表")
                  .table({{"序号", "县（市）区", "姓 名", "性别", "工作单位", "备注"},
                          {"1", "朝阳区", "张小禾", "女", "青河社区教育学校", ""},
                          {"2", "朝阳区", "李小满", "男", "社区学院", ""}})
                  .facts(),
              "person-table");
  EXPECT_TRUE(table.head_found);
  EXPECT_EQ(nominees(table), (Nominees{"张小禾", "李小满"}));
  EXPECT_EQ(table.rows[1].cells[4], (std::pair<std::string, std::string>{"工作单位", "社区学院"}));
  EXPECT_EQ(table.rows[0].row, 1U);
}

TEST(Summary, SkipsTitleAndUnitRowsAboveTheHead) {
  const auto table = summary(WordBuilder()
                                 .table({{"4:先进单位汇总表"},
                                         {"4:填报单位（盖章）：朝阳区教育局"},
                                         {"序号", "单位名称", "负责人", "备注"},
                                         {"1", "青河社区教育学校", "王小川", ""}})
                                 .facts(),
                             "unit-table");
  EXPECT_EQ(nominees(table), Nominees{"青河社区教育学校"});
}

TEST(Summary, DropsTemplateSampleTotalAndBlankRows) {
  const auto table = summary(WordBuilder()
                                 .table({{"序号", "单位名称", "负责人", "联系电话", "备注"},
                                         {"例：", "某某学校", "某某", "1990000", ""},
                                         {"1", "青河社区教育学校", "王小川", "", ""},
                                         {"2", "", "", "", ""},
                                         {"", "", "", "", ""},
                                         {"合计", "1", "", "", ""},
                                         {"5:注：本表一式两份"}})
                                 .facts(),
                             "unit-table");
  EXPECT_EQ(nominees(table), Nominees{"青河社区教育学校"});
}

TEST(Summary, EndsAtTheLineOfTheOneWhoFilledItIn) {
  const auto table = summary(WordBuilder()
                                 .table({{"序号", "单位名称", "负责人", "备注"},
                                         {"1", "青河社区教育学校", "王小川", ""},
                                         {"2:填表人：赵小舟", "2:联系电话："},
                                         {"x", "不该读到", "y", ""}})
                                 .facts(),
                             "unit-table");
  EXPECT_EQ(nominees(table), Nominees{"青河社区教育学校"});
}

TEST(Summary, ReadsAHeadOfTwoRows) {
  const auto table =
      summary(WordBuilder()
                  .table({{"序号", "活动名称", "2:时间地点", "主办单位", "参与人数"},
                          {"^", "^", "时间", "地点", "^", "^"},
                          {"1", "书香润万家", "10月20日", "社区学院", "朝阳区教育局", "200"}})
                  .facts(),
              "demo-activities");
  EXPECT_EQ(nominees(table), Nominees{"书香润万家"});
  EXPECT_EQ(table.heads,
            (std::vector<std::string>{"序号", "活动名称", "时间", "地点", "主办单位", "参与人数"}));
  EXPECT_EQ(table.rows[0].cells[2].second, "10月20日");
}

TEST(Summary, RepeatsAMergedDistrictForEveryRow) {
  const auto table = summary(WordBuilder()
                                 .table({{"序号", "县（市）区", "单位名称", "负责人"},
                                         {"1", "朝阳区", "青河社区教育学校", "王小川"},
                                         {"2", "^", "湖西社区学校", "赵小舟"}})
                                 .facts(),
                             "unit-table");
  ASSERT_EQ(table.rows.size(), 2U);
  EXPECT_EQ(table.rows[1].cells[1].second, "朝阳区");
}

TEST(Summary, GoesOnInATableBrokenOverPages) {
  const auto table = summary(
      WordBuilder()
          .table({{"序号", "单位名称", "负责人", "备注"}, {"1", "青河社区教育学校", "王小川", ""}})
          .table({{"2", "湖西社区学校", "赵小舟", ""}})
          .table({{"序号", "单位名称", "负责人", "备注"}, {"3", "东岭社区学校", "孙小鸥", ""}})
          .facts(),
      "unit-table");
  EXPECT_EQ(nominees(table), (Nominees{"青河社区教育学校", "湖西社区学校", "东岭社区学校"}));
}

TEST(Summary, PicksItsOwnTableOutOfSeveral) {
  WordBuilder all;
  all.table({{"序号", "单位名称", "单位性质", "负责人", "联系电话"},
             {"1", "青河社区教育学校", "事业", "王小川", ""}})
      .line("附件5")
      .table(
          {{"序号", "姓名", "性别", "民族", "工作单位"}, {"1", "张小禾", "女", "汉", "社区学院"}});
  EXPECT_EQ(nominees(summary(all.facts(), "unit-table")), Nominees{"青河社区教育学校"});
  EXPECT_EQ(nominees(summary(all.facts(), "person-table")), Nominees{"张小禾"});
}

TEST(Summary, TellsATableThatSaysNone) {
  const auto none = summary(
      WordBuilder()
          .table({{"序号", "单位名称", "负责人", "备注"}, {"1", "无", "无", ""}, {"2", "", "", ""}})
          .facts(),
      "unit-table");
  EXPECT_TRUE(none.nil);
  EXPECT_TRUE(none.rows.empty());
  const auto blank = summary(
      WordBuilder().table({{"序号", "单位名称", "负责人", "备注"}, {"1", "", "", ""}}).facts(),
      "unit-table");
  EXPECT_FALSE(blank.nil);
  EXPECT_TRUE(blank.rows.empty());
  // 无 in a remark is no nil statement.
  const auto filled = summary(WordBuilder()
                                  .table({{"序号", "单位名称", "负责人", "备注"},
                                          {"1", "青河社区教育学校", "王小川", "无"}})
                                  .facts(),
                              "unit-table");
  EXPECT_FALSE(filled.nil);
  EXPECT_EQ(filled.rows.size(), 1U);
}

TEST(Summary, HasNoHeadInAFormOrAText) {
  EXPECT_FALSE(summary(WordBuilder().prose(300).facts(), "unit-table").head_found);
  EXPECT_FALSE(summary(WordBuilder().table({{"题目", "书香"}}).facts(), "unit-table").head_found);
}

struct DeclaredCase {
  std::string name;
  parsers::WordFacts facts;
  std::string label, value;  // empty: nothing is declared
};
class Declared : public ::testing::TestWithParam<DeclaredCase> {};
TEST_P(Declared, UnitsAreRead) {
  const auto cells = declared_units(GetParam().facts);
  if (GetParam().label.empty()) {
    EXPECT_TRUE(cells.empty()) << cells.front().label << ' ' << cells.front().value;
    return;
  }
  ASSERT_FALSE(cells.empty());
  EXPECT_EQ(cells.front().label, GetParam().label);
  EXPECT_EQ(cells.front().value, GetParam().value);
}
INSTANTIATE_TEST_SUITE_P(
    Meaning, Declared,
    ::testing::Values(
        DeclaredCase{"line", WordBuilder().line("填报单位（盖章）：朝阳区教育局　　填报人：张小禾"),
                     "填报单位", "朝阳区教育局"},
        DeclaredCase{"ascii_colon", WordBuilder().line("报送单位:朝阳区教育局"), "报送单位",
                     "朝阳区教育局"},
        DeclaredCase{"blank_line", WordBuilder().line("填报单位（盖章）：　　　　　填报人："), "",
                     ""},
        DeclaredCase{"cell", WordBuilder().table({{"推荐单位", "朝阳区教育局"}}), "推荐单位",
                     "朝阳区教育局"},
        DeclaredCase{"cell_with_colon", WordBuilder().table({{"3:填报单位：朝阳区教育局（盖章）"}}),
                     "填报单位", "朝阳区教育局"},
        DeclaredCase{
            "column",
            WordBuilder().table({{"序号", "县（市）区", "姓名"}, {"1", "朝阳区", "张小禾"}}),
            "县市区", "朝阳区"},
        DeclaredCase{
            "opinion",
            WordBuilder().table({{"县（市）区教育局意见", "同意推荐\n朝阳区教育局（盖章）"}}),
            "县市区教育局意见", "同意推荐"},
        DeclaredCase{"nominee",
                     WordBuilder().table({{"单位名称", "青河社区教育学校", "负责人", "王小川"}}),
                     "单位名称", "青河社区教育学校"},
        DeclaredCase{"prompt", WordBuilder().table({{"推荐单位", "?请填写"}}), "", ""},
        DeclaredCase{"nothing", WordBuilder().line("书香社区").prose(200), "", ""}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace baosong::rules
