#include <gtest/gtest.h>

#include <algorithm>

#include "rules/meaning/meaning.hpp"
#include "tests/support/word_facts.hpp"
#include "tests/unit/meaning/notice.hpp"

namespace baosong::rules {
namespace {

using testing::Look;
using testing::small_notice;
using testing::WordBuilder;

struct TitleCase {
  std::string name;
  parsers::WordFacts facts;
  std::string title;         // empty: none
  std::uint32_t body = 300;  // 字数 that are left
};

class Titles : public ::testing::TestWithParam<TitleCase> {};

TEST_P(Titles, AreFoundAndCountedApart) {
  const Notice notice = small_notice();
  const auto title = title_of(GetParam().facts, notice, notice.item("exhibit-text"));
  if (GetParam().title.empty()) {
    EXPECT_FALSE(title.has_value()) << title->text;
    return;
  }
  ASSERT_TRUE(title.has_value());
  EXPECT_EQ(title->text, GetParam().title);
  EXPECT_EQ(title->count.high, parsers::count_characters(GetParam().title).high);
  EXPECT_EQ(title->body.high, GetParam().body);
}

const std::string kTitle = "书香浸润社区学习点亮生活";

INSTANTIATE_TEST_SUITE_P(
    Meaning, Titles,
    ::testing::Values(
        TitleCase{"first_line", WordBuilder().line(kTitle).prose(300), kTitle},
        TitleCase{"centred", WordBuilder().line(kTitle, Look::kCentered).prose(300), kTitle},
        TitleCase{"below_annex_line",
                  WordBuilder().line("附件1").line(kTitle, Look::kCentered).prose(300), kTitle},
        TitleCase{"below_caption",
                  WordBuilder().line("展板素材").line(kTitle, Look::kBold).prose(300), kTitle},
        TitleCase{"below_long_caption",
                  WordBuilder()
                      .line("2022年吉林省全民终身学习成果展展板素材", Look::kCentered)
                      .line(kTitle)
                      .prose(300),
                  kTitle},
        TitleCase{"below_annex_with_caption",
                  WordBuilder().line("附件1：展板素材").line(kTitle).prose(300), kTitle},
        TitleCase{"below_unit",
                  WordBuilder().line("朝阳区教育局", Look::kCentered).line(kTitle).prose(300),
                  kTitle},
        TitleCase{"below_unit_in_brackets",
                  WordBuilder().line("（长春市朝阳区）").line(kTitle).prose(300), kTitle},
        TitleCase{"label_before", WordBuilder().line("题目：" + kTitle).prose(300), kTitle},
        TitleCase{"label_with_remark",
                  WordBuilder().line("文稿题目（20字内）：" + kTitle).prose(300), kTitle},
        TitleCase{"label_alone", WordBuilder().line("题目：").line(kTitle).prose(300), kTitle},
        TitleCase{"in_title_marks",
                  WordBuilder().line("《" + kTitle + "》", Look::kCentered).prose(300), kTitle},
        TitleCase{"over_two_lines",
                  WordBuilder()
                      .line("整合资源强服务", Look::kCentered, 44)
                      .line("数智赋能惠民生", Look::kCentered, 44)
                      .prose(300),
                  "整合资源强服务数智赋能惠民生"},
        TitleCase{"subtitle_is_no_title",
                  WordBuilder()
                      .line(kTitle, Look::kCentered)
                      .line("——朝阳区社区教育侧记", Look::kCentered)
                      .prose(300),
                  kTitle},
        TitleCase{"unit_line_below_is_no_title",
                  WordBuilder()
                      .line(kTitle, Look::kCentered)
                      .line("朝阳区教育局", Look::kCentered)
                      .prose(294),
                  kTitle, 300},
        TitleCase{"heading_below_is_no_title",
                  WordBuilder().line(kTitle).line("一、主要做法").prose(294), kTitle, 300},
        TitleCase{"too_long_but_marked",
                  WordBuilder()
                      .line("朝阳区大力整合各类教育资源不断完善社区教育机制努力丰富学习内容",
                            Look::kCentered)
                      .prose(300),
                  "朝阳区大力整合各类教育资源不断完善社区教育机制努力丰富学习内容"},
        TitleCase{"sentence_is_body",
                  WordBuilder().line("朝阳区社区学院坚持以人民为中心的发展思想。").prose(300), ""},
        TitleCase{"only_body", WordBuilder().prose(300), ""},
        TitleCase{"caption_and_body", WordBuilder().line("展板素材").prose(300), ""},
        TitleCase{"empty", WordBuilder(), ""},
        TitleCase{"in_text_box", WordBuilder().box("展板素材\n" + kTitle).prose(300), kTitle},
        TitleCase{"in_table", WordBuilder().table({{"题目", kTitle}, {"内容", "学习活动。"}}),
                  kTitle, 5},
        TitleCase{"broken_by_hand", WordBuilder().line(kTitle + "\n社区教育学习。"), kTitle, 7}),
    [](const auto& test) { return test.param.name; });

TEST(TitleOf, ASummaryMayEndInTheWordsOfItsCaption) {
  const Notice notice = small_notice();
  const auto facts = WordBuilder()
                         .line("朝阳区2022年全民终身学习活动周工作总结", Look::kCentered)
                         .prose(300)
                         .facts();
  const auto title = title_of(facts, notice, notice.item("annual-summary"));
  ASSERT_TRUE(title.has_value());
  EXPECT_EQ(title->text, "朝阳区2022年全民终身学习活动周工作总结");
  EXPECT_EQ(title->body.high, 300U);
}

TEST(TitleOf, ATablesOwnNameMayBeTheSecondLine) {
  const Notice notice = small_notice();
  const auto facts = WordBuilder()
                         .line("附件5")
                         .line("2022年吉林省全民终身学习活动周工作", Look::kCentered)
                         .line("先进个人汇总表", Look::kCentered)
                         .table({{"序号", "姓名", "备注"}, {"1", "张小禾", ""}})
                         .facts();
  const auto title = title_of(facts, notice, notice.item("person-table"));
  ASSERT_TRUE(title.has_value());
  EXPECT_EQ(title->text, "2022年吉林省全民终身学习活动周工作先进个人汇总表");
}

TEST(TitleLines, JoinATitleThatIsBrokenOverTwoLines) {
  const auto lines =
      title_lines(WordBuilder()
                      .line("附件2")
                      .line("2022年吉林省全民终身学习活动周工作先进单位", Look::kCentered)
                      .line("申 报 表", Look::kCentered)
                      .facts());
  EXPECT_NE(std::ranges::find(lines, "2022年吉林省全民终身学习活动周工作先进单位申报表"),
            lines.end());
}

TEST(TitleLines, TakeMergedRowsAboveTheLabels) {
  const auto lines = title_lines(
      WordBuilder().table({{"4:先进个人汇总表"}, {"序号", "姓名", "性别", "备注"}}).facts());
  EXPECT_EQ(lines, std::vector<std::string>{"先进个人汇总表"});
}

TEST(TitleLines, OfAPdfComeFromItsTextLayer) {
  parsers::PdfFacts pdf;
  pdf.text = "附件 4\n2022 年吉林省全民终身学习活动周工作先进个人\n申报表\n姓名 张小禾";
  const auto lines = title_lines(pdf);
  EXPECT_NE(std::ranges::find(lines, "2022年吉林省全民终身学习活动周工作先进个人申报表"),
            lines.end());
}

}  // namespace
}  // namespace baosong::rules
