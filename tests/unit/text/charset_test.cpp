#include "parsers/text/charset.hpp"

#include <gtest/gtest.h>

namespace baosong::parsers {
namespace {

constexpr std::string_view kGb = "\xB1\xA8\xB8\xE6";  // 报告

TEST(Charset, TheWholeGbFamilyIsGb18030) {
  for (const std::string_view label :
       {"gb2312", "GB2312", "gbk", "GBK", "x-gbk", "gb18030", "cp936", "GB_2312-80", "chinese",
        "euc-cn", "csGB2312", "zh-cn"}) {
    EXPECT_EQ(to_utf8(kGb, label), "报告") << label;
    EXPECT_EQ(to_utf8("\x95\x34\xB2\x35\xFE\x9F", label), "𠮷䶮") << label;
  }
}

TEST(Charset, OtherCharsetsOfMail) {
  EXPECT_EQ(to_utf8("\xB3\x5C\xA5\x5C\xBB\x5C", "big5"), "許功蓋");
  EXPECT_EQ(to_utf8("\x1b$B%A%c\x1b(B", "iso-2022-jp"), "チャ");
  EXPECT_EQ(to_utf8("+YqVUSg-.doc", "utf-7"), "报告.doc");
  EXPECT_EQ(to_utf8("~{1(8f~}", "hz-gb-2312"), "报告");
  EXPECT_EQ(to_utf8("\x93\xFA\x96\x7B", "Shift_JIS"), "日本");
  EXPECT_EQ(to_utf8("\xC7\xD1", "ks_c_5601-1987"), "한");
  EXPECT_EQ(to_utf8("caf\xE9", "iso-8859-1"), "café");
  EXPECT_EQ(to_utf8("\x80", "windows-1252"), "€");
}

TEST(Charset, Utf16WithAndWithoutBom) {
  using namespace std::string_view_literals;
  EXPECT_EQ(to_utf8("\xFE\xFF\x62\xA5\x54\x4A"sv, "utf-16"), "报告");
  EXPECT_EQ(to_utf8("\xFF\xFE\xA5\x62\x4A\x54"sv, "utf-16"), "报告");
  EXPECT_EQ(to_utf8("a\0b\0"sv, "utf-16"), "ab");
  EXPECT_EQ(to_utf8("\0a\0b"sv, "utf-16"), "ab");
  EXPECT_EQ(to_utf8("\xFE\xFF\x62\xA5\xFE\xFF\x54\x4A"sv, "utf-16"), "报告");  // joined words
}

TEST(Charset, LabelsThatSayNothing) {
  for (const std::string_view label :
       {"", "us-ascii", "unknown-8bit", "x-unknown", "no-such-charset", "8bit"}) {
    EXPECT_EQ(to_utf8(kGb, label), "报告") << label;
    EXPECT_EQ(to_utf8("报告", label), "报告") << label;
  }
  EXPECT_FALSE(is_known_charset("no-such-charset"));
  EXPECT_TRUE(is_known_charset("Big5-HKSCS"));
}

TEST(Charset, LabelsThatAreWrong) {
  EXPECT_EQ(to_utf8(kGb, "utf-8"), "报告");
  EXPECT_EQ(to_utf8("caf\xE9 x", "utf-8"), "caf\uFFFD x");
  EXPECT_EQ(to_utf8("报告", "iso-8859-1"), "报告");
  EXPECT_EQ(to_utf8(kGb, "iso-8859-1"), "报告");
}

TEST(Charset, Utf8CutInsideACharacterStaysUtf8) {
  EXPECT_EQ(guess_utf8("终身学\xE4\xB9.docx"), "终身学\uFFFD.docx");
  EXPECT_EQ(guess_utf8("\xEF\xBB\xBF报告"), "报告");
}

TEST(Charset, Big5WithoutALabel) {
  EXPECT_EQ(guess_utf8("\xB3\x5C\xA5\x5C\xBB\x5C.doc"), "許功蓋.doc");
  EXPECT_EQ(guess_utf8("\xD5\x5C\xDC\x7C\x88\xF3"), "誠軀報");  // GBK beyond GB 2312
}

TEST(Charset, LongTextsCrossTheBuffers) {
  std::string gb, utf8;
  for (int i = 0; i < 5000; ++i) {
    gb += "\x95\x34\xB2\x35";
    utf8 += "𠮷";
    gb += i % 3 == 0 ? "a" : "";
    utf8 += i % 3 == 0 ? "a" : "";
  }
  EXPECT_EQ(to_utf8(gb, "gbk"), utf8);
}

TEST(Charset, AlwaysValidUtf8) {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes.push_back(static_cast<char>(i));
  for (const std::string_view label :
       {"gbk", "utf-8", "big5", "utf-16", "utf-7", "iso-2022-cn", "", "koi8-r"}) {
    const std::string text = to_utf8(bytes, label);
    EXPECT_EQ(scrub_utf8(text), text) << label;
  }
}

}  // namespace
}  // namespace baosong::parsers
