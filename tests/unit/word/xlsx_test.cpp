#include <gtest/gtest.h>

#include <string>

#include "parsers/word/docx.hpp"
#include "tests/support/make_docx.hpp"

namespace baosong::parsers {
namespace {

TEST(Xlsx, VisibleSheetsAreTables) {
  test::Xlsx book;
  book.sheets = {
      {"表",
       "visible",
       {{"先进个人汇总表", "", ""}, {"序号", "姓名", "工作单位"}, {}, {"1", "张小禾", "某校"}},
       "<mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"C2:C4\"/></mergeCells>"},
      {"藏", "hidden", {{"旧"}}, ""}};
  const WordReading reading = read_xlsx(book.bytes());
  EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
  ASSERT_EQ(reading.facts.tables.size(), 1U);
  const auto& rows = reading.facts.tables[0].rows;
  ASSERT_EQ(rows.size(), 3U);
  ASSERT_EQ(rows[0].size(), 1U);
  EXPECT_EQ(rows[0][0].text, "先进个人汇总表");
  EXPECT_EQ(rows[0][0].span, 3);
  EXPECT_EQ(rows[1][2].text, "工作单位");
  EXPECT_FALSE(rows[1][2].continues);
  EXPECT_EQ(rows[2][0].text, "1");
  EXPECT_EQ(rows[2][1].text, "张小禾");
  EXPECT_TRUE(rows[2][2].continues);
  EXPECT_EQ(reading.facts.body.high, 7U + 2U + 2U + 4U + 1U + 3U + 2U);
}

TEST(Xlsx, EveryTruncationIsDamage) {
  test::Xlsx book;
  book.sheets = {{"表", "visible", {{"甲", "乙"}}, ""}};
  const std::string bytes = book.bytes();
  for (std::size_t size = 4; size < bytes.size(); size += 13) {
    EXPECT_NE(read_xlsx(bytes.substr(0, size)).trouble, Trouble::kNone) << size;
  }
}

}  // namespace
}  // namespace baosong::parsers
