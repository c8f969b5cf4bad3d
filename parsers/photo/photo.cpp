#include "parsers/photo/photo.hpp"

#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/photo/decode.hpp"
#include "parsers/photo/image_header.hpp"
#include "parsers/photo/jpeg_segments.hpp"

namespace baosong::parsers {
namespace {

constexpr std::size_t kSmallestHeader = 16;

void measure(const DecodedImage& image, int orientation, PhotoFacts& facts) {
  if (!image.grey) return;
  const GreyImage shown = orient(*image.grey, orientation);
  facts.sharpness = sharpness(shown);
  facts.dhash = dhash(shown);
  facts.turned = turned_dhashes(shown);
  facts.measured = true;
}

// An end-of-image marker among the last bytes; some programs put padding or data of their own
// behind it.
bool has_jpeg_end(std::string_view bytes) {
  using namespace std::string_view_literals;
  return bytes.rfind("\xFF\xD9"sv) != std::string_view::npos;
}

}  // namespace

PhotoReading read_photo(std::string_view bytes, Format format) {
  PhotoReading out;
  const auto fail = [&](Trouble trouble, std::string detail) {
    out.trouble = trouble;
    out.detail = std::move(detail);
  };
  const auto header = read_image_header(bytes);
  if (!header || bytes.size() < kSmallestHeader) {
    fail(Trouble::kDamaged, "no image header");
    return out;
  }
  out.facts.width = header->width;
  out.facts.height = header->height;
  if (std::uint64_t{header->width} * header->height > limits::kPhotoPixels) {
    fail(Trouble::kTooLarge, "more pixels than the limit");
    return out;
  }
  if (format != Format::kJpeg && format != Format::kPng) return out;

  int orientation = 1;
  DecodedImage image;
  if (format == Format::kJpeg) {
    const JpegSegments segments = walk_jpeg_segments(bytes);
    if (!segments.exif.empty()) {
      Exif exif = read_exif(segments.exif);
      out.facts.has_exif = true;
      out.facts.taken = std::move(exif.taken);
      orientation = exif.orientation;
    }
    image = decode_jpeg(bytes);
    if (image.fault.empty() && !image.grey && !has_jpeg_end(bytes)) image.fault = "no end of image";
  } else {
    image = decode_png(bytes);
  }
  if (image.width != 0) {
    out.facts.width = static_cast<std::uint32_t>(image.width);
    out.facts.height = static_cast<std::uint32_t>(image.height);
  }
  if (orientation >= 5) std::swap(out.facts.width, out.facts.height);
  if (!image.fault.empty()) fail(Trouble::kDamaged, image.fault);
  measure(image, orientation, out.facts);
  return out;
}

}  // namespace baosong::parsers
