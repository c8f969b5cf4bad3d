#include <png.h>

#include <algorithm>
#include <array>
#include <csetjmp>
#include <cstring>
#include <memory>
#include <vector>

#include "parsers/base/limits.hpp"
#include "parsers/photo/decode.hpp"

namespace baosong::parsers {
namespace {

constexpr std::size_t kInterlacedBytes = 64 * limits::kMiB;  // these must be held whole
constexpr png_alloc_size_t kChunkBytes = 8 * limits::kMiB;

// As with libjpeg: the library leaves by longjmp, so what it works on is made before.
struct Decoder {
  png_structp png = nullptr;
  png_infop info = nullptr;
  std::string_view rest;
  std::array<char, 200> fault{};
  bool broken = false;

  Decoder() = default;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  ~Decoder() {
    if (png != nullptr) png_destroy_read_struct(&png, &info, nullptr);
  }
};

[[noreturn]] void on_error(png_structp png, png_const_charp message) {
  auto& d = *static_cast<Decoder*>(png_get_error_ptr(png));
  d.broken = true;
  std::strncpy(d.fault.data(), message, d.fault.size() - 1);
  png_longjmp(png, 1);
}

void on_warning(png_structp /*png*/, png_const_charp /*message*/) {}

void on_read(png_structp png, png_bytep out, std::size_t size) {
  auto& d = *static_cast<Decoder*>(png_get_io_ptr(png));
  if (size > d.rest.size()) png_error(png, "ends too early");
  std::memcpy(out, d.rest.data(), size);
  d.rest.remove_prefix(size);
}

bool open(Decoder& d) {
  if (setjmp(png_jmpbuf(d.png)) != 0) return false;
  png_set_read_fn(d.png, &d, &on_read);
  png_set_user_limits(d.png, 1'000'000, 1'000'000);
  png_set_chunk_malloc_max(d.png, kChunkBytes);
  png_set_chunk_cache_max(d.png, 100);
  png_read_info(d.png, d.info);
  return true;
}

// Sets the transformations to 8-bit grey; returns the number of passes, 0 on damage.
int start(Decoder& d) {
  if (setjmp(png_jmpbuf(d.png)) != 0) return 0;
  png_set_expand(d.png);
  png_set_scale_16(d.png);
  png_set_strip_alpha(d.png);
  const auto color = png_get_color_type(d.png, d.info);
  if ((color & PNG_COLOR_MASK_COLOR) != 0)
    png_set_rgb_to_gray(d.png, PNG_ERROR_ACTION_NONE, -1, -1);
  const int passes = png_set_interlace_handling(d.png);
  png_read_update_info(d.png, d.info);
  return passes;
}

bool read_row(Decoder& d, png_bytep row) {
  if (setjmp(png_jmpbuf(d.png)) != 0) return false;
  png_read_row(d.png, row, nullptr);
  return true;
}

bool finish(Decoder& d) {
  if (setjmp(png_jmpbuf(d.png)) != 0) return false;
  png_read_end(d.png, nullptr);
  return true;
}

}  // namespace

DecodedImage decode_png(std::string_view bytes) {
  Decoder d;
  d.rest = bytes;
  d.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &d, &on_error, &on_warning);
  if (d.png == nullptr) throw std::bad_alloc();
  d.info = png_create_info_struct(d.png);
  if (d.info == nullptr) throw std::bad_alloc();

  DecodedImage out;
  const auto broken = [&] {
    out.fault = d.broken ? d.fault.data() : "not a PNG";
    out.grey.reset();
    return out;
  };
  if (!open(d)) return broken();
  out.width = png_get_image_width(d.png, d.info);
  out.height = png_get_image_height(d.png, d.info);
  const std::uint64_t pixels = std::uint64_t{out.width} * out.height;
  const bool interlaced = png_get_interlace_type(d.png, d.info) != PNG_INTERLACE_NONE;
  if (pixels > limits::kPhotoPixels || (interlaced && pixels > kInterlacedBytes)) return out;
  const int passes = start(d);
  if (passes == 0) return broken();
  const std::size_t row_bytes = png_get_rowbytes(d.png, d.info);
  if (row_bytes < out.width) return broken();

  Shrinker shrinker(out.width, out.height, kMeasuredSide);
  std::vector<std::uint8_t> rows(row_bytes * (passes > 1 ? out.height : 1));
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t y = 0; y < out.height; ++y) {
      std::uint8_t* row = rows.data() + (passes > 1 ? y * row_bytes : 0);
      if (!read_row(d, row)) return broken();
      if (pass == passes - 1) shrinker.row({row, out.width});
    }
  }
  if (!finish(d)) return broken();
  out.grey = shrinker.take();
  return out;
}

}  // namespace baosong::parsers
