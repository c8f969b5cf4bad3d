#include "parsers/photo/image_header.hpp"

#include <array>

#include "parsers/base/bytes.hpp"
#include "parsers/photo/jpeg_segments.hpp"

namespace baosong::parsers {
namespace {

constexpr int kMostSteps = 1000;  // boxes or directory entries looked at

ImageHeader read_jpeg(std::string_view bytes) {
  const JpegSegments segments = walk_jpeg_segments(bytes);
  return {Format::kJpeg, segments.width, segments.height};
}

ImageHeader read_png(std::string_view bytes) {
  return {Format::kPng, big32(bytes, 16), big32(bytes, 20)};
}

ImageHeader read_bmp(std::string_view bytes) {
  const std::uint32_t height = little32(bytes, 22);
  // A negative height means top-down rows.
  return {Format::kBmp, little32(bytes, 18), height > 0x7FFFFFFF ? ~height + 1 : height};
}

ImageHeader read_tiff(std::string_view bytes) {
  const bool little = bytes.starts_with("II");
  const auto get16 = [&](std::size_t at) {
    return little ? little16(bytes, at) : big16(bytes, at);
  };
  const auto get32 = [&](std::size_t at) {
    return little ? little32(bytes, at) : big32(bytes, at);
  };
  ImageHeader out{Format::kTiff, 0, 0};
  const std::size_t directory = get32(4);
  const int entries = get16(directory);
  for (int i = 0; i < entries && i < kMostSteps; ++i) {
    const std::size_t at = directory + 2 + static_cast<std::size_t>(i) * 12;
    const std::uint32_t value = get16(at + 2) == 3 ? get16(at + 8) : get32(at + 8);
    if (get16(at) == 256) out.width = value;
    if (get16(at) == 257) out.height = value;
  }
  return out;
}

// ISO/IEC 14496-12 boxes: meta > iprp > ipco > ispe. A picture made of tiles has an ispe for the
// tile and one for the whole; the largest is the picture.
void walk_boxes(std::string_view bytes, int depth, int& steps, ImageHeader& out) {
  std::size_t at = 0;
  while (at + 8 <= bytes.size() && ++steps < kMostSteps) {
    std::size_t size = big32(bytes, at);
    const std::string_view type = bytes.substr(at + 4, 4);
    if (size == 0) size = bytes.size() - at;
    if (size < 8 || size > bytes.size() - at) return;
    std::string_view body = bytes.substr(at + 8, size - 8);
    if (type == "ispe") {
      const std::uint32_t width = big32(body, 4), height = big32(body, 8);
      if (std::uint64_t{width} * height > std::uint64_t{out.width} * out.height) {
        out.width = width;
        out.height = height;
      }
    } else if (depth < 3 && (type == "meta" || type == "iprp" || type == "ipco")) {
      if (type == "meta" && body.size() >= 4) body.remove_prefix(4);  // version and flags
      walk_boxes(body, depth + 1, steps, out);
    }
    at += size;
  }
}

ImageHeader read_heic(std::string_view bytes) {
  ImageHeader out{Format::kHeic, 0, 0};
  int steps = 0;
  walk_boxes(bytes, 0, steps, out);
  return out;
}

bool is_heic(std::string_view bytes) {
  constexpr std::array<std::string_view, 10> kBrands{"heic", "heix", "heim", "heis", "hevc",
                                                     "hevx", "mif1", "msf1", "avif", "avis"};
  if (bytes.size() < 12 || bytes.substr(4, 4) != "ftyp") return false;
  for (const std::string_view brand : kBrands) {
    if (bytes.substr(8, 4) == brand) return true;
  }
  return false;
}

}  // namespace

std::optional<ImageHeader> read_image_header(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFF\xD8\xFF")) return read_jpeg(bytes);
  if (bytes.starts_with("\x89PNG\r\n\x1A\n")) return read_png(bytes);
  if (bytes.starts_with("II*\0"sv) || bytes.starts_with("MM\0*"sv)) return read_tiff(bytes);
  if (is_heic(bytes)) return read_heic(bytes);
  // "BM" alone begins many texts: the size of the info header must be one that exists.
  const std::uint32_t info = little32(bytes, 14);
  if (bytes.starts_with("BM") && bytes.size() >= 26 && info >= 40 && info <= 124) {
    return read_bmp(bytes);
  }
  return std::nullopt;
}

}  // namespace baosong::parsers
