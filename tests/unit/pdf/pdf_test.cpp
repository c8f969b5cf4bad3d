#include "parsers/pdf/pdf.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/base/limits.hpp"
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
  EXPECT_TRUE(reading.facts.seal_looked_for);
  EXPECT_EQ(reading.facts.seal_pages, 2U);
  EXPECT_FALSE(reading.facts.seal);
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
