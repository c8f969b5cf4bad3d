#include "parsers/text/count.hpp"

#include <gtest/gtest.h>

namespace baosong::parsers {
namespace {

struct Case {
  std::string_view text;
  std::uint32_t high, low;
};

TEST(Count, WordsExamples) {
  for (const Case& c : {Case{"", 0, 0}, Case{"你好，世界。", 6, 6}, Case{"2022年10月20日", 6, 6},
                        Case{"ABC中文DEF", 4, 4}, Case{"hello , world", 3, 3}, Case{"（一）", 3, 3},
                        Case{"　　全角　空格", 4, 4}, Case{"ｱｲｳ", 3, 3}, Case{"a\tb\nc", 3, 3}}) {
    const Count count = count_characters(c.text);
    EXPECT_EQ(count.high, c.high) << c.text;
    EXPECT_EQ(count.low, c.low) << c.text;
  }
}

TEST(Count, AmbiguousMarksMakeTheTwoCountsDiffer) {
  const Count dashes = count_characters("终身学习——长春");
  EXPECT_EQ(dashes.high, 8U);
  EXPECT_EQ(dashes.low, 7U);
  const Count apostrophe = count_characters("don’t");
  EXPECT_EQ(apostrophe.high, 3U);
  EXPECT_EQ(apostrophe.low, 1U);
}

TEST(Count, HanAndNonSpace) {
  const Count count = count_characters("第1批 𠮷 OK。");
  EXPECT_EQ(count.han, 3U);
  EXPECT_EQ(count.non_space, 7U);
}

TEST(Count, InvalidBytesAreOneCharacterEach) {
  EXPECT_EQ(count_characters("\xff\xfe\xe4\xbd").non_space, 4U);
}

}  // namespace
}  // namespace baosong::parsers
