#include "parsers/word/rtf.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/base/hash.hpp"
#include "parsers/base/limits.hpp"
#include "tests/support/make_image.hpp"

namespace baosong::parsers::word {
namespace {

// "报送材料" in GBK, as programs of Windows write it.
constexpr std::string_view kHexTitle = R"(\'b1\'a8\'cb\'cd\'b2\'c4\'c1\'cf)";

std::string rtf(std::string_view body) {
  return R"({\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;})"
         R"({\f1\fswiss\fcharset0 Arial;}{\f2\froman\fcharset136 MingLiU;}})" +
         std::string(body) + "}";
}

std::string first_paragraph(std::string_view body) {
  const WordReading answer = read_rtf(rtf(body));
  EXPECT_EQ(answer.trouble, Trouble::kNone) << answer.detail;
  return answer.facts.paragraphs.empty() ? "" : answer.facts.paragraphs[0].text;
}

TEST(Rtf, AStarCountsAtTheBeginningOfItsGroupOnly) {
  EXPECT_EQ(first_paragraph(R"({\f1\*\cs7\unknownword Quick fox}\par)"), "Quick fox");
  EXPECT_EQ(first_paragraph(R"(a{\*\unknownword Quick fox}b\par)"), "ab");
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  for (const char c : bytes) {
    const auto u = static_cast<unsigned char>(c);
    out += kDigits[u >> 4U];
    out += kDigits[u & 15U];
    if (out.size() % 65 == 64) out += '\n';
  }
  return out;
}

TEST(Rtf, ReadsBytesInTheCharsetOfTheFont) {
  EXPECT_EQ(first_paragraph(R"(\pard\f0 )" + std::string(kHexTitle) + R"(\par)"), "报送材料");
  // Big5 for 中文.
  EXPECT_EQ(first_paragraph(R"(\pard\f2 \'a4\'a4\'a4\'e5\par)"), "中文");
  // The second byte of 隆 … written as the letter that it is: 0x8840 is 園 in none, 0xC241 is 翧.
  EXPECT_EQ(first_paragraph(R"(\f0 \'c2A\par)"), "翧");
}

TEST(Rtf, AWesternFontDoesNotMakeChineseWestern) {
  EXPECT_EQ(first_paragraph(R"(\f1 )" + std::string(kHexTitle) + R"(\par)"), "报送材料");
  EXPECT_EQ(first_paragraph(R"(\f1 caf\'e9 \'b7 x\par)"), "café · x");
  // The font for East Asian text is named beside it, the text's own is Western.
  EXPECT_EQ(first_paragraph(R"({\loch\af1\hich\af1\dbch\af0\f1 \'b1\'a8})"), "报");
  EXPECT_EQ(first_paragraph(R"({\loch\f1 (2022)\hich\f1\dbch\f0 \'c4\'ea})"), "(2022)年");
}

TEST(Rtf, RawBytesAreTakenToo) {
  EXPECT_EQ(first_paragraph("\\f0 \xB1\xA8\xCB\xCD\\par"), "报送");
  // 臷 is C5 5C in GBK: its second byte is a backslash.
  EXPECT_EQ(first_paragraph("\\f0 \xB1\xA8\xC5\x5C"
                            "end\\par"),
            "报臷end");
}

TEST(Rtf, UnicodeWinsOverItsFallback) {
  EXPECT_EQ(first_paragraph(R"(\uc1\u25253?\u-28217?x\par)"), "报采x");
  EXPECT_EQ(first_paragraph(R"(\uc2\u25253\'b1\'a8x\par)"), "报x");
  EXPECT_EQ(first_paragraph(R"(\uc0\u25253 x\par)"), "报x");
  EXPECT_EQ(first_paragraph(R"({\uc2 \u25253 ab}{\u36865 ?}x)"), "报送x");
  EXPECT_EQ(first_paragraph(R"(\uc1\u-10179?\u-8704?)"), "\U0001F600");
  // A fallback that is missing swallows no control word.
  EXPECT_EQ(first_paragraph(R"(\uc1\u25253\b \u36865\b0 x)"), "报送x");
  EXPECT_EQ(first_paragraph(R"(\uc1\u8212\emdash x)"), "—x");
  EXPECT_EQ(first_paragraph(R"({\upr{ansi}{\*\ud\uc0\u25253 }}x)"), "报x");
}

TEST(Rtf, TellsTheLayoutOfATitle) {
  const WordReading answer = read_rtf(
      rtf(R"({\stylesheet{\ql Normal;}{\s1\b heading 1;}{\s5\outlinelevel2 own;}})"
          R"(\pard\qc{\b\fs44 \'b1\'a8}\b\fs32 \'cb\'cd\par\pard\plain\fs24 \'b2\'c4\par)"
          R"(\pard\plain\s1 a\par\pard\plain\s5 b\par\pard\outlinelevel0 c\par\pard{\b d}e\par)"));
  ASSERT_EQ(answer.facts.paragraphs.size(), 6u);
  const auto& p = answer.facts.paragraphs;
  EXPECT_TRUE(p[0].centered);
  EXPECT_TRUE(p[0].bold);
  EXPECT_EQ(p[0].half_points, 44);
  EXPECT_FALSE(p[1].centered);
  EXPECT_FALSE(p[1].bold);
  EXPECT_FALSE(p[1].heading);
  EXPECT_EQ(p[1].half_points, 24);
  EXPECT_TRUE(p[2].heading);
  EXPECT_TRUE(p[3].heading);
  EXPECT_TRUE(p[4].heading);
  EXPECT_FALSE(p[5].bold);
}

TEST(Rtf, LeavesOutWhatIsNotSeen) {
  EXPECT_EQ(first_paragraph(R"({\header up}{\footerl down}{\info{\title t}}a{\v hidden}b)"
                            R"({\deleted gone}{\revised new}{\*\generator x;}{\*\unknown y{z}})"
                            R"({\listtext 1.\tab}{\field{\*\fldinst PAGE}{\fldrslt 7}}c\par)"),
            "abnew7c");
  EXPECT_EQ(first_paragraph(R"(a\v b\v0 c\v\plain d\par)"), "acd");
  EXPECT_EQ(first_paragraph(R"({\*\annotation note}{\*\bkmkstart _x}{\object{\result o}}a\~b\_c)"),
            "a\u00A0b-c");
}

TEST(Rtf, NotesAndBoxesAreTotalsOfTheirOwn) {
  const WordReading answer = read_rtf(
      rtf(R"(\pard ab{\footnote \pard\plain cd ef\par}gh{\*\footnote\ftnalt one})"
          R"({\shp{\*\shpinst\shpleft0{\sp{\sn shapeType}{\sv 202}}{\shptxt \pard in box\par }})"
          R"({\shprslt{\*\do\dptxbx{\dptxbxtext in box}}}}\par)"
          R"( a{\deleted b{\footnote gone}}c\par)"));
  ASSERT_EQ(answer.facts.paragraphs.size(), 2u);
  EXPECT_EQ(answer.facts.paragraphs[0].text, "abgh");
  EXPECT_EQ(answer.facts.paragraphs[1].text, "ac");
  EXPECT_EQ(answer.facts.body.high, 2u);
  EXPECT_EQ(answer.facts.notes.high, 3u);
  EXPECT_EQ(answer.facts.text_boxes.high, 2u);
  ASSERT_EQ(answer.facts.box_texts.size(), 1u);
  EXPECT_EQ(answer.facts.box_texts[0], "in box");
}

TEST(Rtf, ReadsTables) {
  const WordReading answer = read_rtf(rtf(
      R"(before\par\trowd\trleft0\cellx1000\cellx2000\cellx3000\pard\intbl a\cell b\par b2\cell c\cell\row)"
      R"(\trowd\trleft0\cellx1000\clvmrg\cellx3005\pard\intbl\cell\cell\row\pard between\par)"
      R"(\trowd\clmgf\cellx500\clmrg\cellx900\pard\intbl x\cell\cell\row\pard)"));
  ASSERT_EQ(answer.facts.paragraphs.size(), 2u);
  ASSERT_EQ(answer.facts.tables.size(), 2u);
  const auto& first = answer.facts.tables[0];
  EXPECT_EQ(first.after_paragraph, 1u);
  ASSERT_EQ(first.rows.size(), 2u);
  ASSERT_EQ(first.rows[0].size(), 3u);
  EXPECT_EQ(first.rows[0][1].text, "b\nb2");
  EXPECT_EQ(first.rows[0][1].span, 1);
  ASSERT_EQ(first.rows[1].size(), 2u);
  EXPECT_EQ(first.rows[1][1].span, 2);
  EXPECT_TRUE(first.rows[1][1].continues);
  const auto& second = answer.facts.tables[1];
  EXPECT_EQ(second.after_paragraph, 2u);
  ASSERT_EQ(second.rows.size(), 1u);
  ASSERT_EQ(second.rows[0].size(), 1u);
  EXPECT_EQ(second.rows[0][0].text, "x");
  EXPECT_EQ(answer.facts.body.high, 7u);  // the cells count
}

TEST(Rtf, TablesInsideTables) {
  const WordReading answer = read_rtf(rtf(
      R"(\trowd\cellx1000\cellx2000\pard\intbl\itap1 out\cell\pard\intbl\itap2 in1\nestcell in2\nestcell)"
      R"({\*\nesttableprops\trowd\cellx400\cellx800\nestrow}{\nonesttables\par}\pard\intbl\itap1 after\cell\row\pard end\par)"));
  ASSERT_EQ(answer.facts.tables.size(), 2u);
  ASSERT_EQ(answer.facts.tables[0].rows.size(), 1u);
  ASSERT_EQ(answer.facts.tables[0].rows[0].size(), 2u);
  EXPECT_EQ(answer.facts.tables[0].rows[0][1].text, "after");
  ASSERT_EQ(answer.facts.tables[1].rows.size(), 1u);
  ASSERT_EQ(answer.facts.tables[1].rows[0].size(), 2u);
  EXPECT_EQ(answer.facts.tables[1].rows[0][1].text, "in2");
  ASSERT_EQ(answer.facts.paragraphs.size(), 1u);
}

TEST(Rtf, CountsPictures) {
  const std::string jpeg = test::make_jpeg(64, 48);
  const std::string other = test::make_jpeg(32, 32);
  const WordReading answer = read_rtf(
      rtf(R"({\*\shppict{\pict{\*\picprop{\sp{\sn x}{\sv 1}}}\jpegblip\picw1 )" + hex(jpeg) +
          R"(}}{\nonshppict{\pict\wmetafile8 0100}}{\pict\jpegblip\bin)" +
          std::to_string(other.size()) + " " + other + R"(}{\pict\jpegblip )" + hex(jpeg) +
          R"(}{\deleted{\pict\jpegblip )" + hex(test::make_jpeg(16, 16)) + R"(}}text\par)"));
  ASSERT_EQ(answer.facts.images.size(), 2u);
  EXPECT_EQ(answer.facts.images[0].width, 64u);
  EXPECT_EQ(answer.facts.images[0].size, jpeg.size());
  EXPECT_EQ(answer.facts.images[0].sha256, sha256_hex(jpeg));
  EXPECT_EQ(answer.facts.images[1].sha256, sha256_hex(other));
  ASSERT_EQ(answer.facts.paragraphs.size(), 1u);
  EXPECT_EQ(answer.facts.paragraphs[0].text, "text");
}

TEST(Rtf, WhatFollowsTheLastBraceIsNoText) {
  EXPECT_EQ(read_rtf(rtf("a") + std::string(8, '\0') + "rest").facts.body.high, 1u);
}

TEST(Rtf, DepthBelowAtAndAboveTheLimit) {
  const auto nested = [](std::size_t depth) {
    // rtf() is a group itself.
    return read_rtf(rtf(std::string(depth - 1, '{') + "x" + std::string(depth - 1, '}')));
  };
  EXPECT_EQ(nested(limits::kRtfDepth - 1).trouble, Trouble::kNone);
  EXPECT_EQ(nested(limits::kRtfDepth).trouble, Trouble::kNone);
  EXPECT_EQ(nested(limits::kRtfDepth + 1).trouble, Trouble::kTooLarge);
}

TEST(Rtf, AMillionCellsStayWithinTheLimits) {
  std::string row = R"(\trowd)";
  for (int i = 1; i <= 60; ++i) row += R"(\cellx)" + std::to_string(i * 100);
  for (int i = 0; i < 60; ++i) row += R"(\intbl\cell)";
  row += R"(\row)";
  std::string body;
  for (int i = 0; i < 5000; ++i) body += row;
  const WordReading answer = read_rtf(rtf(body));
  EXPECT_TRUE(answer.facts.cut);
  ASSERT_EQ(answer.facts.tables.size(), 1u);
  EXPECT_LE(answer.facts.tables[0].rows.size(), limits::kFactRows);
}

TEST(Rtf, TruncationIsNamedAndKeepsWhatWasRead) {
  const std::string whole =
      rtf(R"(\pard )" + std::string(kHexTitle) +
          R"(\par\trowd\cellx100\pard\intbl a\cell\row{\footnote b}\pard c\par)");
  for (std::size_t size = 6; size < whole.size(); ++size) {
    EXPECT_EQ(read_rtf(std::string_view(whole).substr(0, size)).trouble, Trouble::kDamaged) << size;
  }
  const WordReading most = read_rtf(std::string_view(whole).substr(0, whole.size() - 1));
  EXPECT_EQ(most.facts.paragraphs.size(), 2u);
  EXPECT_EQ(most.facts.tables.size(), 1u);
}

TEST(Rtf, EveryChangedByteIsSurvived) {
  const std::string whole = rtf(
      R"({\upr{a}{\*\ud b}}\u-1?\bin5 {}}}}{\shp{\*\shpinst{\shptxt q}}}{\pict 00}\itap99\nestcell\nestrow\cell\row)");
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char c : {'{', '}', '\\', '\'', '9', '\xFF', '\0'}) {
      std::string changed = whole;
      changed[at] = c;
      EXPECT_LE(read_rtf(changed).facts.body.non_space, whole.size());
    }
  }
}

}  // namespace
}  // namespace baosong::parsers::word
