#include "parsers/pdf/seal_pages.hpp"

#include <poppler-image.h>
#include <poppler-page-renderer.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "parsers/base/limits.hpp"
#include "parsers/pdf/open.hpp"
#include "parsers/photo/encode_jpeg.hpp"
#include "parsers/seal/seal.hpp"

namespace baosong::parsers {
namespace {

constexpr double kShortSide = 800;  // pixels; 97 dpi on A4
constexpr double kLongSide = 3200;  // a page longer than four times its width is shown smaller
constexpr double kSure = 0.9;       // nothing better will come on a later page
constexpr double kPointsPerInch = 72;
constexpr double kPaperWidth = 210, kA3Width = 297;  // millimetres
constexpr double kCutOut = 1.25;                     // side of the cut-out, in diameters

struct Sheet {
  double dots = 0;         // per inch, for the renderer
  double millimetres = 0;  // the shorter side, in the world
};

// Scanning programs write any size at all into a page, so its shape is believed and its size is
// not; but a sheet of A3 with two pages side by side is common, and comes out to the point.
Sheet sheet_of(const poppler::page& page) {
  const poppler::rectf box = page.page_rect();
  const double shorter = std::min(box.width(), box.height());
  const double longer = std::max(box.width(), box.height());
  if (!(shorter >= 1) || !std::isfinite(longer)) return {};
  const double scale = std::min(kShortSide / shorter, kLongSide / longer);
  const bool a3 = std::abs(shorter - 842) < 6 && std::abs(longer - 1191) < 9;
  return {scale * kPointsPerInch, a3 ? kA3Width : kPaperWidth};
}

seal::RgbView view_of(const poppler::image& image) {
  return {reinterpret_cast<const std::uint8_t*>(image.const_data()),
          static_cast<std::size_t>(image.width()), static_cast<std::size_t>(image.height()),
          static_cast<std::size_t>(image.bytes_per_row())};
}

std::vector<std::uint8_t> cut_out(const seal::RgbView& page, const seal::Found& found) {
  const double half = found.diameter * kCutOut / 2;
  const auto place = [](double at, std::size_t end) {
    return static_cast<std::size_t>(std::clamp(at, 0.0, static_cast<double>(end)));
  };
  const std::size_t x0 = place(found.x - half, page.width), x1 = place(found.x + half, page.width);
  const std::size_t y0 = place(found.y - half, page.height);
  const std::size_t y1 = place(found.y + half, page.height);
  if (x0 >= x1 || y0 >= y1) return {};
  return encode_jpeg(page.row(y0) + 3 * x0, x1 - x0, y1 - y0, page.stride,
                     limits::kSealPictureBytes);
}

void keep_better(const seal::RgbView& page, const seal::Found& found, double millimetres,
                 int number, std::optional<Seal>& best) {
  if (best && best->confidence >= found.confidence) return;
  best = Seal{static_cast<std::uint32_t>(number), found.x * millimetres, found.y * millimetres,
              found.diameter * millimetres,       found.confidence,      cut_out(page, found)};
}

}  // namespace

void look_for_seal(std::string_view bytes, PdfFacts& facts, const std::function<bool()>& hurry) {
  const auto document = open_pdf(bytes);
  if (!document || document->is_locked()) return;
  poppler::page_renderer renderer;
  renderer.set_image_format(poppler::image::format_rgb24);
  renderer.set_render_hint(poppler::page_renderer::antialiasing);
  renderer.set_render_hint(poppler::page_renderer::text_antialiasing);
  const int pages = std::min(document->pages(), limits::kSealPages);
  for (int i = 0; i < pages; ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    if (!page) continue;
    const Sheet sheet = sheet_of(*page);
    if (sheet.dots <= 0) continue;
    const poppler::image image = renderer.render_page(page.get(), sheet.dots, sheet.dots);
    if (!image.is_valid()) continue;
    facts.seal_looked_for = true;
    ++facts.seal_pages;
    const seal::RgbView view = view_of(image);
    const double millimetres =
        sheet.millimetres / static_cast<double>(std::min(view.width, view.height));
    const seal::Search found = seal::find_seals(view, millimetres);
    if (!found.seals.empty())
      keep_better(view, found.seals.front(), millimetres, i + 1, facts.seal);
    if (found.greyish) keep_better(view, *found.greyish, millimetres, i + 1, facts.grey_seal);
    if (facts.seal && facts.seal->confidence >= kSure) break;
    if (hurry && hurry()) break;
  }
}

}  // namespace baosong::parsers
