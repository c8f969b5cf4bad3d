#include "parsers/text/utf8.hpp"

#include <gtest/gtest.h>

namespace baosong::parsers {
namespace {

TEST(Utf8, DecodesAndEncodesEveryLength) {
  for (const char32_t c : {U'a', U'é', U'中', U'𠮷', U'\U0010FFFF'}) {
    std::string text;
    append_utf8(text, c);
    std::size_t at = 0;
    EXPECT_EQ(next_character(text, at), c);
    EXPECT_EQ(at, text.size());
  }
}

TEST(Utf8, OverlongSurrogatesAndTooHighAreInvalid) {
  EXPECT_TRUE(is_valid_utf8("报送 ok"));
  EXPECT_TRUE(is_valid_utf8("\xEF\xBF\xBD"));  // the replacement character itself is fine
  for (const std::string_view bad : {"\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                                     "\xF0\x80\x80\x80", "\xE4\xBD", "\x80", "\xFF"}) {
    EXPECT_FALSE(is_valid_utf8(bad));
  }
}

TEST(Utf8, InvalidBytesAreStepsOfOne) {
  std::size_t at = 0;
  EXPECT_EQ(next_character("\xE4\xBD", at), kReplacement);
  EXPECT_EQ(at, 1U);
}

TEST(Utf8, Classes) {
  EXPECT_TRUE(is_han(U'长') && is_han(U'𠮷') && is_han(U'〇') && is_han(U'⼯'));
  EXPECT_FALSE(is_han(U'（') || is_han(U'あ') || is_han(U'A') || is_han(U'①'));
  EXPECT_TRUE(is_east_asian(U'，') && is_east_asian(U'あ') && is_east_asian(U'한') &&
              is_east_asian(U'Ａ'));
  EXPECT_FALSE(is_east_asian(U'“') || is_east_asian(U'　') || is_east_asian(U'·'));
  EXPECT_TRUE(is_space(U'　') && is_space(U'\u00A0') && is_space(U'\u200B') && is_space(U'\uFEFF'));
  EXPECT_FALSE(is_space(U'_') || is_space(U'。'));
}

TEST(Fold, BringsSpellingsTogether) {
  EXPECT_EQ(fold("【附件１】 ＡＢＣ（盖章）"), "(附件1)abc(盖章)");
  EXPECT_EQ(fold("“先进”"), fold("《先进》"));
  EXPECT_EQ(fold("姓　　名"), "姓名");
  EXPECT_EQ(fold("⼯作总结"), "工作总结");  // Kangxi radical from a PDF
}

TEST(Fold, IsIdempotent) {
  for (const std::string_view text : {"ＡｂＣ【】〔〕『“’", "ΣİÀ", "\xff中", "⼯豈"}) {
    EXPECT_EQ(fold(fold(text)), fold(text)) << text;
  }
}

TEST(Cut, NeverSplitsACharacter) {
  EXPECT_EQ(cut_utf8("中文", 6), "中文");
  EXPECT_EQ(cut_utf8("中文", 5), "中");
  EXPECT_EQ(cut_utf8("中文", 3), "中");
  EXPECT_EQ(cut_utf8("中文", 2), "");
  EXPECT_EQ(cut_utf8("𠮷", 3), "");
  EXPECT_EQ(cut_utf8("abc", 0), "");
}

TEST(Trim, EveryKindOfSpace) {
  EXPECT_EQ(trim(" 　\t中 文\r\n\xC2\xA0"), "中 文");
  EXPECT_EQ(trim("　"), "");
  EXPECT_EQ(trim(""), "");
  EXPECT_EQ(trim("\x80\x80"), "\x80\x80");
}

}  // namespace
}  // namespace baosong::parsers
