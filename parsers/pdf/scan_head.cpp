#include "parsers/pdf/scan_head.hpp"

#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>

#include "parsers/base/limits.hpp"
#include "parsers/pdf/open.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

constexpr double kShortSide = 1654;  // pixels; 200 dpi on A4
constexpr double kLongSide = 4 * kShortSide;
constexpr double kTop = 0.3;  // of the page's height: what measuring found enough for every title
constexpr double kPointsPerInch = 72;
constexpr int kDotsPerInch = 200;

}  // namespace

void read_scan_head(std::string_view bytes, TitleReader& reader, PdfFacts& facts) {
  const auto document = open_pdf(bytes);
  if (!document || document->is_locked() || document->pages() <= 0) return;
  const std::unique_ptr<poppler::page> page(document->create_page(0));
  if (!page) return;
  const poppler::rectf box = page->page_rect();
  const double shorter = std::min(box.width(), box.height());
  const double longer = std::max(box.width(), box.height());
  if (!(shorter >= 1) || !std::isfinite(longer)) return;
  const double scale = std::min(kShortSide / shorter, kLongSide / longer);
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_gray8);
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  const poppler::image image = renderer.render_page(
      page.get(), scale * kPointsPerInch, scale * kPointsPerInch, 0, 0,
      static_cast<int>(box.width() * scale), static_cast<int>(box.height() * scale * kTop));
  if (!image.is_valid()) return;
  facts.head = reader.read({reinterpret_cast<const std::uint8_t*>(image.const_data()),
                            static_cast<std::size_t>(image.width()),
                            static_cast<std::size_t>(image.height()),
                            static_cast<std::size_t>(image.bytes_per_row()), kDotsPerInch});
  if (!facts.head) return;
  std::string text = scrub_utf8(facts.head->text);
  text.resize(cut_utf8(text, limits::kScanHeadBytes).size());
  facts.head->text = std::move(text);
  facts.head->confidence = std::min(facts.head->confidence, 100U);
}

}  // namespace baosong::parsers
