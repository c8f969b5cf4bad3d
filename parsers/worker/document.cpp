#include "parsers/worker/document.hpp"

#include <array>
#include <exception>
#include <new>
#include <utility>

#include "parsers/archive/entry_name.hpp"
#include "parsers/base/hash.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/pdf/pdf.hpp"
#include "parsers/pdf/seal_pages.hpp"
#include "parsers/photo/photo.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/html_text.hpp"
#include "parsers/text/utf8.hpp"
#include "parsers/word/doc.hpp"
#include "parsers/word/docx.hpp"
#include "parsers/word/rtf.hpp"
#include "parsers/word/xls.hpp"

namespace baosong::parsers {
namespace {

// All readers answer with facts, a trouble and a detail; this puts them into the document.
template <auto kRead>
void take(std::string_view bytes, Document& document) {
  auto reading = kRead(bytes);
  document.facts = std::move(reading.facts);
  document.trouble = reading.trouble;
  document.trouble_detail = std::move(reading.detail);
}

template <Format kFormat>
PhotoReading photo(std::string_view bytes) {
  return read_photo(bytes, kFormat);
}

void read_text(std::string_view bytes, Document& document) {
  std::string text = guess_utf8(bytes.substr(0, limits::kFactTextBytes));
  if (document.kind == Kind::kWebPage) text = html_to_text(text);
  text.resize(cut_utf8(text, limits::kFactTextBytes).size());
  document.facts = TextFacts{std::move(text)};
}

struct Reader {
  Format format;
  void (*read)(std::string_view bytes, Document& document);
};
// Adding a document format: its name in facts.hpp, its test in sniff.cpp, its reader here.
constexpr std::array kReaders{
    Reader{Format::kDocx, &take<&read_docx>},
    Reader{Format::kXlsx, &take<&read_xlsx>},
    Reader{Format::kXls, &take<&word::read_xls>},
    Reader{Format::kDoc, &take<&word::read_doc>},
    Reader{Format::kWps, &take<&word::read_doc>},
    Reader{Format::kRtf, &take<&word::read_rtf>},
    Reader{Format::kPdf, &take<&read_pdf>},
    Reader{Format::kJpeg, &take<&photo<Format::kJpeg>>},
    Reader{Format::kPng, &take<&photo<Format::kPng>>},
    Reader{Format::kHeic, &take<&photo<Format::kHeic>>},
    Reader{Format::kTiff, &take<&photo<Format::kTiff>>},
    Reader{Format::kBmp, &take<&photo<Format::kBmp>>},
    Reader{Format::kText, &read_text},
};
void read_by_format(std::string_view bytes, Document& document) {
  for (const auto& row : kReaders) {
    if (row.format == document.format) return row.read(bytes, document);
  }
}

}  // namespace

Document name_document(std::string_view bytes, std::string path, Format format, Trouble trouble,
                       std::string detail) {
  Document document;
  document.name = last_step(path);
  document.path = std::move(path);
  document.size = bytes.size();
  document.sha256 = sha256_hex(bytes);
  document.format = format;
  document.trouble = trouble;
  document.trouble_detail = std::move(detail);
  return document;
}

Document read_document(std::string_view bytes, std::string path, const Sniffed& kind) {
  Document document = name_document(bytes, std::move(path), kind.format, kind.trouble, kind.detail);
  document.kind = kind.kind;
  if (kind.trouble != Trouble::kNone) return document;
  const auto broken = [&](Trouble trouble, std::string why) {
    document.facts = {};
    document.trouble = trouble;
    document.trouble_detail = std::move(why);
  };
  try {
    read_by_format(bytes, document);
  } catch (const std::bad_alloc&) {
    broken(Trouble::kTooLarge, "out of memory");
  } catch (const std::exception& error) {
    broken(Trouble::kDamaged, error.what());
  }
  return document;
}

void look_at_pages(std::string_view bytes, Document& document, Guide* guide, TitleReader* titles) {
  auto* facts = std::get_if<PdfFacts>(&document.facts);
  if (facts == nullptr || facts->pages == 0) return;
  const auto look = [&](auto&& at) {
    if (guide != nullptr && guide->enter()) return;
    try {
      at();
    } catch (const std::exception&) {
      // The picture of a page: the document itself has been read.
    }
  };
  if (titles != nullptr && is_scan(*facts)) look([&] { read_scan_head(bytes, *titles, *facts); });
  look([&] { look_for_seal(bytes, *facts, [&] { return guide != nullptr && guide->hurry(); }); });
}

}  // namespace baosong::parsers
