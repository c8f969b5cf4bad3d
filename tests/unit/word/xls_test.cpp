#include "parsers/word/xls.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/base/limits.hpp"
#include "tests/support/make_xls.hpp"

namespace baosong::parsers::word {
namespace {

using test::put_little;
using test::xls_record;
using test::xls_shared;

std::string merge(unsigned first_row, unsigned last_row, unsigned first, unsigned last) {
  std::string data;
  for (const unsigned value : {1U, first_row, last_row, first, last}) put_little(data, value, 2);
  return xls_record(0x00E5, data);
}

TEST(Xls, VisibleSheetsAreTables) {
  const std::string sst = test::xls_sst({u"先进个人汇总表", u"序号", u"姓名", u"单位", u"张小禾"});
  const std::string sheet = xls_shared(0, 0, 0) + xls_shared(1, 0, 1) + xls_shared(1, 1, 2) +
                            xls_shared(1, 2, 3) + test::xls_number(3, 0, 1) + xls_shared(3, 1, 4) +
                            merge(0, 0, 0, 2) + merge(1, 3, 2, 2);
  const WordReading reading =
      read_xls(test::make_xls({{u"表", sheet}, {u"hidden", xls_shared(0, 0, 1), 1}}, sst));
  EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
  ASSERT_EQ(reading.facts.tables.size(), 1u);
  const auto& rows = reading.facts.tables[0].rows;
  ASSERT_EQ(rows.size(), 3u);
  ASSERT_EQ(rows[0].size(), 1u);
  EXPECT_EQ(rows[0][0].text, "先进个人汇总表");
  EXPECT_EQ(rows[0][0].span, 3);
  EXPECT_EQ(rows[1][2].text, "单位");
  EXPECT_EQ(rows[2][0].text, "1");
  EXPECT_EQ(rows[2][1].text, "张小禾");
  EXPECT_TRUE(rows[2][2].continues);
  EXPECT_EQ(reading.facts.body.high, 7u + 2u + 2u + 2u + 1u + 3u);
}

TEST(Xls, EveryKindOfCell) {
  std::string rk;
  put_little(rk, (std::uint32_t{86} << 2U) | 2U, 4);  // the integer 86
  std::string hundredths;
  put_little(hundredths, (std::uint32_t{1234} << 2U) | 3U, 4);  // 12.34
  std::string many;
  for (const unsigned value : {2U, 0U, 15U}) put_little(many, value, 2);
  many += rk;
  put_little(many, 15, 2);
  many += hundredths;
  put_little(many, 1, 2);
  std::string formula;
  put_little(formula, 0xFFFF000000000000U, 8);  // a text follows
  formula.append(8, '\0');
  std::string computed;
  put_little(computed, std::bit_cast<std::uint64_t>(0.5), 8);
  computed.append(8, '\0');
  std::string hidden_row;
  for (const unsigned value : {9U, 0U, 1U, 255U, 0U, 0U, 0x20U, 0U}) {
    put_little(hidden_row, value, 2);
  }
  const std::string records = xls_record(0x027E, test::xls_cell(0, 0, rk)) +
                              xls_record(0x027E, test::xls_cell(0, 1, hundredths)) +
                              test::xls_number(0, 2, -1.5) + test::xls_number(0, 3, 19900000001.0) +
                              xls_record(0x00BD, many) +
                              xls_record(0x0006, test::xls_cell(3, 0, formula)) +
                              xls_record(0x0207, test::xls_string(u"合计")) +
                              xls_record(0x0006, test::xls_cell(3, 1, computed)) +
                              xls_record(0x0205, test::xls_cell(3, 2, std::string("\1\0", 2))) +
                              xls_record(0x0205, test::xls_cell(3, 3, std::string("\x2A\1", 2))) +
                              xls_record(0x0204, test::xls_cell(3, 4, test::xls_string(u"plain"))) +
                              xls_record(0x0208, hidden_row) + test::xls_number(9, 0, 7);
  const WordReading reading = read_xls(test::make_xls({{u"a", records}}, ""));
  EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
  ASSERT_EQ(reading.facts.tables.size(), 1u);
  std::string all;
  for (const auto& row : reading.facts.tables[0].rows) {
    for (const auto& cell : row) all += cell.text + "|";
    all += "/";
  }
  EXPECT_EQ(all, "86|12.34|-1.5|19900000001|/86|12.34|/合计|0.5|TRUE||plain|/");
}

// A shared string is cut by the end of a record wherever that falls; what follows may be narrow
// although the beginning was wide.
TEST(Xls, StringsGoOnInTheNextRecord) {
  std::string head;
  put_little(head, 3, 4);
  put_little(head, 3, 4);
  put_little(head, 6, 2);
  head += "\1";
  for (const char16_t c : std::u16string_view(u"报送材")) put_little(head, c, 2);
  std::string next = "\1";
  for (const char16_t c : std::u16string_view(u"料")) put_little(next, c, 2);
  std::string last = std::string("\0ok", 3);
  // With formatting runs and phonetic text behind it.
  put_little(last, 2, 2);
  last += "\x0C";
  put_little(last, 1, 2);
  put_little(last, 3, 4);
  last += "hi" + std::string(4, 'r') + "ppp";
  last += test::xls_string(u"end");
  const std::string sst =
      xls_record(0x00FC, head) + xls_record(0x003C, next) + xls_record(0x003C, last);
  const WordReading reading = read_xls(test::make_xls(
      {{u"a", xls_shared(0, 0, 0) + xls_shared(0, 1, 1) + xls_shared(0, 2, 2)}}, sst));
  ASSERT_EQ(reading.facts.tables.size(), 1u);
  const auto& row = reading.facts.tables[0].rows[0];
  ASSERT_EQ(row.size(), 3u);
  EXPECT_EQ(row[0].text, "报送材料ok");
  EXPECT_EQ(row[1].text, "hi");
  EXPECT_EQ(row[2].text, "end");
}

TEST(Xls, LockedOldAndBrokenAreNamed) {
  const std::string locked = test::make_xls({{u"a", ""}}, "", xls_record(0x002F, "xx"));
  EXPECT_EQ(read_xls(locked).trouble, Trouble::kEncrypted);
  std::string old = test::xls_stream({{u"a", ""}}, "");
  old[5] = 5;
  EXPECT_EQ(read_xls(test::make_ole({{"Workbook", old}})).trouble, Trouble::kUnsupported);
  EXPECT_EQ(read_xls(test::make_ole({{"Workbook", "rubbish"}})).trouble, Trouble::kDamaged);
  EXPECT_EQ(read_xls(test::make_ole({{"Other", "x"}})).trouble, Trouble::kUnsupported);
  EXPECT_EQ(read_xls("").trouble, Trouble::kDamaged);
}

TEST(Xls, EveryTruncationOfTheStreamIsDamage) {
  const std::string stream =
      test::xls_stream({{u"表", xls_shared(0, 0, 0) + merge(0, 0, 0, 1)}}, test::xls_sst({u"甲"}));
  for (std::size_t size = 1; size < stream.size(); ++size) {
    EXPECT_EQ(read_xls(test::make_ole({{"Workbook", stream.substr(0, size)}})).trouble,
              Trouble::kDamaged)
        << size;
  }
  EXPECT_EQ(read_xls(test::make_ole({{"Workbook", stream}})).trouble, Trouble::kNone);
}

TEST(Xls, EveryChangedByteIsSurvived) {
  const std::string whole =
      test::make_xls({{u"表", xls_shared(0, 0, 0) + merge(0, 0, 0, 1)}}, test::xls_sst({u"甲"}));
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char c : {'\0', '\1', '\x7F', '\xFF'}) {
      std::string changed = whole;
      changed[at] = c;
      EXPECT_LE(read_xls(changed).facts.body.non_space, whole.size());
    }
  }
}

TEST(Xls, RowsAtAndAboveTheLimit) {
  const auto rows = [](std::size_t count) {
    std::string records;
    for (std::size_t i = 0; i < count; ++i) {
      records += test::xls_number(static_cast<unsigned>(i), 0, 1);
    }
    return read_xls(test::make_xls({{u"a", records}}, ""));
  };
  EXPECT_FALSE(rows(limits::kFactRows).facts.cut);
  const WordReading above = rows(limits::kFactRows + 1);
  EXPECT_TRUE(above.facts.cut);
  EXPECT_EQ(above.facts.tables.at(0).rows.size(), limits::kFactRows);
}

// Two hundred sheets that are all the same records.
TEST(Xls, SheetsThatShareRecordsDoNotMultiplyTheWork) {
  std::vector<test::XlsSheet> sheets(200, {u"a", ""});
  for (int i = 0; i < 2000; ++i) sheets[0].records += test::xls_number(0, 0, 1);
  std::string stream = test::xls_stream(sheets, "");
  const std::size_t first = stream.find(xls_record(0x0085, "").substr(0, 2));
  const std::string where = stream.substr(first + 4, 4);
  for (std::size_t at = first, i = 0; i < 200; ++i, at += 4 + 6 + 3)
    stream.replace(at + 4, 4, where);
  const WordReading reading = read_xls(test::make_ole({{"Workbook", stream}}));
  EXPECT_EQ(reading.trouble, Trouble::kDamaged);
  EXPECT_LE(reading.facts.tables.size(), 3u);  // the last of them cut short
}

}  // namespace
}  // namespace baosong::parsers::word
