#include "worker/warm.hpp"

#include <iconv.h>
#include <poppler-document.h>

#include <string>
#include <string_view>

#include "parsers/worker/read.hpp"

namespace baosong::worker {
namespace {

// One page, one Chinese character by a predefined encoding: poppler opens its tables for it.
constexpr std::string_view kPdf =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R"
    "/Resources<</Font<</F 5 0 R>>>>>>endobj\n"
    "4 0 obj<</Length 31>>stream\nBT /F 12 Tf 9 9 Td <D6D0> Tj ET\nendstream endobj\n"
    "5 0 obj<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/GBK-EUC-H"
    "/DescendantFonts[6 0 R]>>endobj\n"
    "6 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/SimSun"
    "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    "/FontDescriptor 7 0 R>>endobj\n"
    "7 0 obj<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 0 1 1]/ItalicAngle 0"
    "/Ascent 1/Descent 0/CapHeight 1/StemV 1>>endobj\n"
    "trailer<</Root 1 0 R/Size 8>>\nstartxref\n0\n%%EOF\n";

// One stored entry: libarchive wants its tables and a locale.
constexpr std::string_view kZip(
    "PK\3\4\x14\0\0\0\0\0\0\0\x21\0\x83\x16\xDC\x8C\1\0\0\0\1\0\0\0\1\0\0\0ax"
    "PK\1\2\x14\0\x14\0\0\0\0\0\0\0\x21\0\x83\x16\xDC\x8C\1\0\0\0\1\0\0\0\1\0\0\0"
    "\0\0\0\0\0\0\0\0\0\0\0\0\0\0a"
    "PK\5\6\0\0\0\0\1\0\1\0\x2F\0\0\0\x20\0\0\0\0\0",
    32 + 47 + 22);

constexpr std::string_view kMail =
    "From: =?gb18030?B?1tA=?= <a@example.com>\r\nSubject: =?utf-8?B?5Lit?=\r\n"
    "Content-Type: text/plain; charset=gbk\r\n\r\n\xD6\xD0\r\n";

}  // namespace

void warm_up() {
  using parsers::InputKind;
  // As long as one document is open poppler keeps what it has found on the disk, and as long as a
  // converter is open glibc keeps its module: a child could not load it.
  static const auto* const kOpen =
      poppler::document::load_from_raw_data(kPdf.data(), static_cast<int>(kPdf.size()));
  static_cast<void>(kOpen);
  for (const char* charset : {"UTF-16", "UTF-16LE", "UTF-16BE", "UCS-2"}) {
    static_cast<void>(::iconv_open("UTF-8", charset));
    static_cast<void>(::iconv_open(charset, "UTF-8"));
  }
  static_cast<void>(parsers::read(kPdf, "a.pdf", InputKind::kDetect));
  static_cast<void>(parsers::read(kZip, "a.zip", InputKind::kDetect));
  static_cast<void>(parsers::read(kMail, "a.eml", InputKind::kMail));
}

}  // namespace baosong::worker
