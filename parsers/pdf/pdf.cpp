#include "parsers/pdf/pdf.hpp"

#include <poppler-page.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <new>
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/pdf/open.hpp"
#include "parsers/pdf/signature.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

constexpr std::size_t kTail = 16 * limits::kKiB;
constexpr std::size_t kProducerBytes = 200;

std::string utf8_of(const poppler::ustring& text) {
  const poppler::byte_array bytes = text.to_utf8();
  return scrub_utf8({bytes.data(), bytes.size()});
}

// Viewers find everything from the end of the file. poppler repairs one that was cut short and says
// nothing, so its last bytes are looked at.
bool has_end(std::string_view bytes) {
  const std::string_view tail = bytes.substr(bytes.size() - std::min(bytes.size(), kTail));
  return tail.find("startxref") != std::string_view::npos ||
         tail.find("%%EOF") != std::string_view::npos;
}

std::uint32_t visible_characters(std::string_view utf8) {
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_character(utf8, at);
    if (!is_space(c) && c >= 0x20) ++count;
  }
  return count;
}

void read_text(const poppler::document& document, PdfFacts& facts) {
  const int pages = std::min(document.pages(), limits::kPdfTextPages);
  for (int i = 0; i < pages && facts.text.size() < limits::kFactTextBytes; ++i) {
    const std::unique_ptr<poppler::page> page(document.create_page(i));
    if (i > 0) facts.text.push_back('\f');
    if (!page) continue;
    // In the order of the content stream: the layout of forms is boxes, not columns, and this way
    // costs no more than linear time.
    std::string text = utf8_of(page->text(poppler::rectf(), poppler::page::raw_order_layout));
    std::replace(text.begin(), text.end(), '\f', '\n');
    facts.text_characters += visible_characters(text);
    facts.text += text;
  }
  facts.text.resize(cut_utf8(facts.text, limits::kFactTextBytes).size());
  // A scan has nothing but the form feeds.
  if (facts.text_characters == 0) facts.text.clear();
}

void read(std::string_view bytes, PdfReading& out) {
  const auto fail = [&](Trouble trouble, const char* detail) {
    out.trouble = trouble;
    out.detail = detail;
  };
  const auto document = open_pdf(bytes);
  if (!document) return fail(Trouble::kDamaged, "poppler cannot open it");
  if (document->is_locked()) return fail(Trouble::kEncrypted, "a password is needed to open it");
  if (document->pages() <= 0) return fail(Trouble::kDamaged, "no page");
  out.facts.pages = static_cast<std::uint32_t>(document->pages());
  out.facts.producer = cut_utf8(utf8_of(document->get_producer()), kProducerBytes);
  read_text(*document, out.facts);
  if (!has_end(bytes)) fail(Trouble::kDamaged, "ends before its cross-reference table");
}

}  // namespace

PdfReading read_pdf(std::string_view bytes) {
  PdfReading out;
  try {
    read(bytes, out);
    out.facts.signature = has_signature(bytes);
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    out.trouble = Trouble::kDamaged;
    out.detail = scrub_utf8(error.what());
  }
  return out;
}

}  // namespace baosong::parsers
