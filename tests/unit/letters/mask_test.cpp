#include "daemon/letters/mask.hpp"

#include <gtest/gtest.h>

namespace baosong::daemon {
namespace {

struct Row {
  const char *in, *out;
};

class Masked : public testing::TestWithParam<Row> {};
TEST_P(Masked, Number) { EXPECT_EQ(mask(GetParam().in), GetParam().out); }

// The numbers are invented: region 220199 does not exist, mobile numbers count up.
INSTANTIATE_TEST_SUITE_P(
    Personal, Masked,
    testing::Values(Row{"身份证220199199001019876。", "身份证******************。"},
                    Row{"22019919900101987X", "******************"},
                    Row{"22019919900101987x，", "******************，"},
                    Row{"220199 19900101 9876", "****** ******** ****"},
                    Row{"220199900101987", "***************"},
                    Row{"２２０１９９１９９００１０１９８７６", "******************"},
                    Row{"李某13900001234.jpg", "李某***********.jpg"},
                    Row{"电话:139-0000-1234", "电话:***-****-****"},
                    Row{"139 0000 1234 转", "*** **** **** 转"},
                    Row{"+8613900001234", "+86***********"},
                    Row{"+86 139-0000-1234", "+86 ***-****-****"},
                    Row{"１３９００００１２３４", "***********"},
                    Row{"10-24 13900001234", "10-24 ***********"},
                    Row{"卡号6222020000000000000", "卡号*******************"},
                    Row{"4111 1111 1111 1111", "**** **** **** ****"}));

INSTANTIATE_TEST_SUITE_P(
    Harmless, Masked,
    testing::Values(Row{"微信图片_20221020093012.jpg", "微信图片_20221020093012.jpg"},
                    Row{"mmexport1666236612345.jpg", "mmexport1666236612345.jpg"},
                    Row{"0431-82857798", "0431-82857798"},
                    Row{"2022-10-24 15:20:00", "2022-10-24 15:20:00"},
                    Row{"12900001234", "12900001234"}, Row{"139000012345", "139000012345"},
                    Row{"20221020093012345", "20221020093012345"},
                    Row{"0f13900001234aabbccddeeff00112233445566778899aabbccddeeff0011223344",
                        "0f13900001234aabbccddeeff00112233445566778899aabbccddeeff0011223344"},
                    Row{"6222020000000000009", "6222020000000000009"}, Row{"", ""}, Row{"-", "-"},
                    Row{"1", "1"}));

TEST(Mask, KeepsWhatTheOfficeWritesItself) {
  const std::vector<std::string> office{"电话：0431-82857798、19900001234"};
  EXPECT_EQ(mask("请拨19900001234或19900005678", office), "请拨19900001234或***********");
}

TEST(Mask, IsIdempotentAndKeepsBrokenBytes) {
  const std::string text = "\xff 13900001234 \xe6\x9c";
  EXPECT_EQ(mask(text), "\xff *********** \xe6\x9c");
  EXPECT_EQ(mask(mask(text)), mask(text));
}

TEST(Mask, LongTextsTakeLinearTime) {
  std::string text;
  for (int i = 0; i < 200000; ++i) text += "1 ";
  EXPECT_EQ(mask(text), text);
  EXPECT_EQ(mask(std::string(400000, '1')), std::string(400000, '1'));
  EXPECT_EQ(mask(std::string(400000, 'a')), std::string(400000, 'a'));
}

}  // namespace
}  // namespace baosong::daemon
