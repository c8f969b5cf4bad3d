#include "parsers/pdf/pdf.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>

#include "parsers/base/limits.hpp"
#include "parsers/pdf/scan_head.hpp"
#include "parsers/pdf/seal_pages.hpp"
#include "parsers/pdf/signature.hpp"
#include "tests/support/make_pdf.hpp"

namespace baosong::parsers {
namespace {

using test::make_pdf;
using test::Pdf;

TEST(Pdf, PagesAndTextLayer) {
  const PdfReading reading = read_pdf(make_pdf({"终身学习先进单位申报表\n单位名称 ABC", "第二页"}));
  EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
  EXPECT_EQ(reading.facts.pages, 2U);
  EXPECT_NE(reading.facts.text.find("终身学习先进单位申报表"), std::string::npos)
      << reading.facts.text;
  EXPECT_NE(reading.facts.text.find('\f'), std::string::npos);
  EXPECT_EQ(reading.facts.text_characters, 11U + 4U + 3U + 3U);
  EXPECT_EQ(reading.facts.producer, "test");
  EXPECT_FALSE(reading.facts.signature);
}

TEST(Pdf, PagesAreLookedAtUntilItHurries) {
  const std::string bytes = make_pdf({"一", "二", "三"});
  PdfFacts all;
  look_for_seal(bytes, all, {});
  EXPECT_TRUE(all.seal_looked_for);
  EXPECT_EQ(all.seal_pages, 3U);
  EXPECT_FALSE(all.seal);
  PdfFacts some;
  look_for_seal(bytes, some, [&] { return some.seal_pages == 2; });
  EXPECT_EQ(some.seal_pages, 2U);
  PdfFacts none;
  look_for_seal("no pdf", none, {});
  EXPECT_FALSE(none.seal_looked_for);
}

class Scripted final : public TitleReader {
 public:
  explicit Scripted(std::optional<ScanHead> answer) : answer_(std::move(answer)) {}
  std::optional<ScanHead> read(const GreyView& picture) override {
    seen = picture;
    darkest = 255;
    for (std::size_t y = 0; y < picture.height; ++y) {
      const auto* row = picture.data + y * picture.stride;
      darkest = std::min(darkest, *std::min_element(row, row + picture.width));
    }
    return answer_;
  }
  GreyView seen;
  std::uint8_t darkest = 255;

 private:
  std::optional<ScanHead> answer_;
};

TEST(ScanHead, IsTheUpperThirdOfThePageAt200Dpi) {
  Scripted reader(ScanHead{"先进单位申报表", 74});
  PdfFacts facts;
  read_scan_head(make_pdf({"先进单位申报表"}), reader, facts);
  EXPECT_NEAR(static_cast<double>(reader.seen.width), 1654, 1);
  EXPECT_NEAR(static_cast<double>(reader.seen.height), 2340 * 0.3, 2);
  EXPECT_EQ(reader.seen.dots_per_inch, 200);
  EXPECT_LT(reader.darkest, 128);  // the title stands on it
  ASSERT_TRUE(facts.head);
  EXPECT_EQ(facts.head->text, "先进单位申报表");
  EXPECT_EQ(facts.head->confidence, 74U);
}

TEST(ScanHead, WhatTheReaderSaysIsCutAndMended) {
  for (const std::size_t size :
       {limits::kScanHeadBytes - 1, limits::kScanHeadBytes, limits::kScanHeadBytes + 1}) {
    Scripted reader(ScanHead{std::string(size, 'a'), 1000});
    PdfFacts facts;
    read_scan_head(make_pdf({""}), reader, facts);
    ASSERT_TRUE(facts.head);
    EXPECT_EQ(facts.head->text.size(), std::min(size, limits::kScanHeadBytes));
    EXPECT_EQ(facts.head->confidence, 100U);
  }
  Scripted broken(ScanHead{"\xE4\xB8", 5});
  PdfFacts facts;
  read_scan_head(make_pdf({""}), broken, facts);
  EXPECT_EQ(facts.head->text, "\xEF\xBF\xBD");
}

TEST(ScanHead, NobodyCouldReadIt) {
  Scripted reader(std::nullopt);
  PdfFacts facts;
  read_scan_head(make_pdf({""}), reader, facts);
  EXPECT_GT(reader.seen.width, 0U);
  EXPECT_FALSE(facts.head);
  Scripted never(ScanHead{});
  for (const std::string& bytes : {std::string(), std::string("%PDF-1.4")}) {
    read_scan_head(bytes, never, facts);
    EXPECT_EQ(never.seen.width, 0U);
  }
}

TEST(Pdf, AScanHasNoText) {
  const PdfReading reading = read_pdf(make_pdf({"", ""}));
  EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
  EXPECT_EQ(reading.facts.pages, 2U);
  EXPECT_EQ(reading.facts.text_characters, 0U);
  EXPECT_TRUE(reading.facts.text.empty());
}

TEST(Pdf, ReadsTheTextOfTheFirstPagesOnly) {
  std::vector<std::string> pages(static_cast<std::size_t>(limits::kPdfTextPages) + 1, "页");
  const PdfReading reading = read_pdf(make_pdf(pages));
  EXPECT_EQ(reading.facts.pages, pages.size());
  EXPECT_EQ(reading.facts.text_characters, static_cast<std::uint32_t>(limits::kPdfTextPages));
}

TEST(Pdf, LockedIsNotDamaged) {
  Pdf pdf;
  pdf.pages = {"密"};
  EXPECT_EQ(read_pdf(pdf.encrypted("open", "owner")).trouble, Trouble::kEncrypted);
  const PdfReading open = read_pdf(pdf.encrypted("", "owner"));
  EXPECT_EQ(open.trouble, Trouble::kNone) << open.detail;
  EXPECT_EQ(open.facts.text_characters, 1U);
}

TEST(Pdf, SignatureFieldsCountOnceSigned) {
  Pdf pdf;
  pdf.pages = {"签"};
  pdf.signature_field = true;
  EXPECT_FALSE(read_pdf(pdf.bytes()).facts.signature);
  pdf.signed_field = true;
  EXPECT_TRUE(read_pdf(pdf.bytes()).facts.signature);
}

TEST(Pdf, TheNameAloneIsNoSignature) {
  EXPECT_FALSE(has_signature(make_pdf({"x"}) + "% /ByteRange [0 1 2 3]"));
  EXPECT_FALSE(has_signature("/ByteRange"));
}

TEST(Pdf, FieldsThatContainEachOtherEnd) {
  Pdf pdf;
  pdf.pages = {"x"};
  pdf.signature_field = true;
  std::string bytes = pdf.bytes();
  // The widget gets its parent for a kid.
  const std::size_t kids = bytes.rfind("/Kids [");
  const std::size_t widget = bytes.find("/Subtype /Widget /Rect [0 0 0 0]");
  const std::string parent = std::to_string(std::stoi(bytes.substr(kids + 7)) + 1) + " 0 R";
  std::string loop = "/Kids [" + parent + "]";
  loop.resize(std::string_view("/Subtype /Widget /Rect [0 0 0 0]").size(), ' ');
  bytes.replace(widget, loop.size(), loop);
  EXPECT_FALSE(has_signature(bytes + "% /ByteRange"));
  EXPECT_EQ(read_pdf(bytes).facts.pages, 1U);
}

TEST(Pdf, EveryTruncationIsDamage) {
  Pdf pdf;
  pdf.pages = {"第一页的文字", "第二页"};
  pdf.signed_field = true;
  const std::string bytes = pdf.bytes();
  const std::size_t end = bytes.rfind("startxref");
  for (std::size_t size = 0; size < end; size += 23) {
    EXPECT_EQ(read_pdf(bytes.substr(0, size)).trouble, Trouble::kDamaged) << size;
  }
}

TEST(Pdf, RubbishIsDamage) {
  EXPECT_EQ(read_pdf("%PDF-1.4\nthis is not one").trouble, Trouble::kDamaged);
  EXPECT_EQ(read_pdf("").trouble, Trouble::kDamaged);
}

}  // namespace
}  // namespace baosong::parsers
