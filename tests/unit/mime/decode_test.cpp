#include <gtest/gtest.h>

#include "parsers/mime/base64.hpp"
#include "parsers/mime/quoted_printable.hpp"
#include "parsers/mime/uuencode.hpp"
#include "tests/unit/mime/sample.hpp"

namespace baosong::parsers::mime {
namespace {

struct Case {
  std::string_view encoded, decoded;
};

TEST(Base64, AsItArrives) {
  for (const Case& c : {
           Case{"", ""},
           Case{"\r\n\r\n", ""},
           Case{"TQ==", "M"},
           Case{"TWE=", "Ma"},
           Case{"TWFu", "Man"},
           Case{"TQ", "M"},
           Case{"TWE", "Ma"},       // no padding
           Case{"TWFuT", "Man"},    // six bits left over
           Case{"TWE=====", "Ma"},  // too much padding
           Case{"TWFu\r\nTWFu\r\n", "ManMan"},
           Case{"TWFu\rTWFu", "ManMan"},
           Case{"TW\nFu", "Man"},
           Case{"  TWFu \r\n\tTWFu", "ManMan"},
           Case{"TWFu\r\n\r\nTWFu\r\n", "ManMan"},
           Case{"TW*F\xE4u|\x01", "Man"},           // dirt
           Case{"TQ==\r\nTWE=\r\nTWFu", "MMaMan"},  // several runs
           Case{"TQ==TWE=TWFu", "MMaMan"},
           Case{"TWFu=TWFu", "ManMan"},
           Case{"T=WFu", "Man"},
           Case{"=TWFu", "Man"},                                            // stray signs
           Case{"TWE=\r\n\r\n-- \r\nThis mail was scanned: OK\r\n", "Ma"},  // trailers
           Case{"TWFu\r\n\r\n-- \r\nscanned by x\r\n", "Man"},
           Case{"TWE=\r\nScanned by x.\r\n", "Ma"},
           Case{"TWFu\r\nThis mail was scanned: OK\r\n", "Man"},
           Case{"TWFu\r\nTW Fu TW Fu\r\n", "ManManMan"},
           Case{"TWFu\r\nT*W\xE4"
                "Fu*\r\n",
                "ManMan"},
       }) {
    EXPECT_EQ(decode_base64(c.encoded), c.decoded) << testing::PrintToString(c.encoded);
  }
}

// An encoder that shares no table with the decoder.
std::string encode(std::string_view bytes, std::size_t line) {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned triple = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      triple =
          triple << 8U | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      out += i + k <= bytes.size() ? kAlphabet[triple >> (18 - 6 * k) & 63U] : '=';
      if (line != 0 && (out.size() + 2) % (line + 2) == 0) out += "\r\n";
    }
  }
  return out;
}

TEST(Base64, EveryLengthAndEveryLine) {
  std::string bytes;
  for (unsigned i = 0; i < 300; ++i) {
    for (const std::size_t line : {0U, 76U, 64U, 32U, 30U, 7U}) {
      ASSERT_EQ(decode_base64(encode(bytes, line)), bytes) << i << " bytes, lines of " << line;
    }
    bytes.push_back(static_cast<char>(i * 73 + i / 7));
  }
}

TEST(Base64, BothLoopsAgree) {
  std::string bytes;
  for (unsigned i = 0; i < 4096; ++i) bytes.push_back(static_cast<char>(i * 151 + i / 256));
  const std::string text = encode(bytes, 0);
  for (unsigned bad = 0; bad < 256; ++bad) {
    std::string dirty = text;
    dirty[bad * 7] = static_cast<char>(bad);
    std::string fast(dirty.size() + 40, 'x'), slow(dirty.size() + 40, 'x');
    const char *from_fast = dirty.data(), *from_slow = dirty.data();
    const char* const end = dirty.data() + dirty.size();
    char *to_fast = fast.data(), *to_slow = slow.data();
    if (!detail::decode_clean_avx2(from_fast, end, to_fast)) GTEST_SKIP() << "no AVX2 here";
    detail::decode_clean_scalar(from_fast, end, to_fast);
    detail::decode_clean_scalar(from_slow, end, to_slow);
    ASSERT_EQ(from_fast, from_slow) << bad;
    ASSERT_EQ(fast.substr(0, static_cast<std::size_t>(to_fast - fast.data())),
              slow.substr(0, static_cast<std::size_t>(to_slow - slow.data())));
  }
}

TEST(QuotedPrintable, AsItArrives) {
  for (const Case& c : {
           Case{"", ""},
           Case{"a=3Db", "a=b"},
           Case{"=e4=BD=A0", "你"},
           Case{"l1\r\nl2\nl3", "l1\r\nl2\nl3"},  // line ends stay
           Case{"abc \t\r\ndef", "abc\r\ndef"},
           Case{"abc \t", "abc"},  // blanks at the end go
           Case{"abc=\r\ndef=\nghi", "abcdefghi"},
           Case{"abc= \t\r\ndef", "abcdef"},
           Case{"abc=", "abc"},
           Case{"abc=\r\n", "abc"},  // a soft break at the end
           Case{"a=XYb=4", "a=XYb=4"},
           Case{"=", ""},
           Case{"==41", "=A"},
           Case{"=20=09\r\n", " \t\r\n"},
           Case{"a\fb\x1B\xC4\xE3", "a\fb\x1B\xC4\xE3"},
       }) {
    EXPECT_EQ(decode_quoted_printable(c.encoded), c.decoded) << testing::PrintToString(c.encoded);
  }
}

TEST(Uuencode, AsItArrives) {
  for (const Case& c : {
           Case{"begin 644 a.txt\r\n#0V%T\r\n`\r\nend\r\n", "Cat"},
           Case{"begin 644 a.txt\n#0V%T\n \nend\n", "Cat"},
           Case{"text\nbegin 644 a.txt\n$0V%T(0\n`\nend\n", "Cat!"},  // trailing characters cut
           Case{"#0V%T\n", "Cat"},                                    // no begin
           Case{"begin 644 a.txt\n#0V%T\n", "Cat"},                   // no end
           Case{"", ""},
       }) {
    EXPECT_EQ(decode_uuencode(c.encoded), c.decoded) << testing::PrintToString(c.encoded);
  }
}

TEST(Uuencode, FilesInsideTheText) {
  const auto found = sample::leaves(sample::mail(
      "Content-Type: text/plain|",
      "hello|begin 644 a b.txt|#0V%T|`|end|more|begin 644 none|begin 600 c|#0V%T|`|end|"));
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found[1], (sample::Leaf{"a b.txt", "Cat"}));
  EXPECT_EQ(found[2], (sample::Leaf{"c", "Cat"}));
  EXPECT_EQ(
      sample::leaves(sample::mail("", "Let us begin 644 times|or begin 100 things|well|")).size(),
      1U);
}

TEST(Encoding, Spellings) {
  for (const std::string_view text :
       {"base64", " BASE64 ", "base64;", "\"base64\"", "\r\n base64", "base64 (x)", "Base-64"}) {
    EXPECT_EQ(parse_encoding(text), Encoding::kBase64) << text;
  }
  EXPECT_EQ(parse_encoding("Quoted-Printable"), Encoding::kQuotedPrintable);
  EXPECT_EQ(parse_encoding("x-uuencode"), Encoding::kUuencode);
  for (const std::string_view text : {"", "7bit", "8BIT", "binary", "nonsense"}) {
    EXPECT_EQ(parse_encoding(text), Encoding::kIdentity) << text;
  }
}

}  // namespace
}  // namespace baosong::parsers::mime
