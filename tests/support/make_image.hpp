// Photos for tests, drawn and encoded in memory.
#pragma once

// jpeglib.h uses FILE and size_t without including what declares them.
// clang-format off
#include <cstddef>
#include <cstdio>
#include <jpeglib.h>
#include <png.h>
// clang-format on

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/make_zip.hpp"

namespace baosong::test {

// Brightness of a pixel, 0 to 255; x and y from 0 to 1.
using Scene = std::function<int(double x, double y)>;

// A picture with sharp edges everywhere; `seed` makes another one.
inline Scene sharp_scene(int seed = 1) {
  return [seed](double x, double y) {
    const auto cell = [](double at) { return static_cast<unsigned>(static_cast<int>(at * 96)); };
    const unsigned mix =
        cell(x) * 73856093U ^ cell(y) * 19349663U ^ static_cast<unsigned>(seed) * 83492791U;
    const double broad = std::sin((x * (seed % 5 + 1) + y * (seed % 3 + 1)) * 5 + seed);
    return static_cast<int>(128 + 60 * broad + static_cast<int>(mix % 120U) - 60);
  };
}
// The same broad shapes out of focus.
inline Scene blurred_scene(int seed = 1) {
  return [seed](double x, double y) {
    return static_cast<int>(128 +
                            100 * std::sin((x * (seed % 5 + 1) + y * (seed % 3 + 1)) * 5 + seed));
  };
}

struct Jpeg {
  unsigned width = 640, height = 480;
  Scene scene = sharp_scene();
  int orientation = 0;  // 0: no EXIF at all
  std::string taken;    // "2022:10:20 09:30:12"
  int quality = 85;
  bool progressive = false;
  int components = 3;  // 1 grey, 3 colour, 4 CMYK

  [[nodiscard]] std::string exif() const {
    const bool time = !taken.empty();
    std::string out("Exif\0\0II*\0\x08\0\0\0", 14);
    put_little(out, 2, 2);
    put_little(out, 0x0112, 2);
    put_little(out, 3, 2);
    put_little(out, 1, 4);
    put_little(out, static_cast<unsigned>(orientation), 4);
    put_little(out, 0x8769, 2);
    put_little(out, 4, 2);
    put_little(out, 1, 4);
    put_little(out, 38, 4);
    put_little(out, 0, 4);
    put_little(out, time ? 1 : 0, 2);  // at 38
    if (time) {
      put_little(out, 0x9003, 2);
      put_little(out, 2, 2);
      put_little(out, 20, 4);
      put_little(out, 38 + 2 + 12 + 4, 4);
      put_little(out, 0, 4);
      out += taken;
      out.push_back('\0');
    }
    return out;
  }

  [[nodiscard]] std::string bytes() const {
    jpeg_compress_struct info{};
    jpeg_error_mgr errors{};
    info.err = jpeg_std_error(&errors);
    jpeg_create_compress(&info);
    unsigned char* buffer = nullptr;
    unsigned long size = 0;
    jpeg_mem_dest(&info, &buffer, &size);
    info.image_width = width;
    info.image_height = height;
    info.input_components = components;
    info.in_color_space = components == 1 ? JCS_GRAYSCALE : components == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_set_defaults(&info);
    jpeg_set_quality(&info, quality, TRUE);
    if (progressive) jpeg_simple_progression(&info);
    jpeg_start_compress(&info, TRUE);
    if (orientation > 0) {
      const std::string app1 = exif();
      jpeg_write_marker(&info, JPEG_APP0 + 1, reinterpret_cast<const JOCTET*>(app1.data()),
                        static_cast<unsigned>(app1.size()));
    }
    std::vector<JSAMPLE> row(std::size_t{width} * static_cast<unsigned>(components));
    for (unsigned y = 0; y < height; ++y) {
      for (unsigned x = 0; x < width; ++x) {
        const int value = scene((x + 0.5) / width, (y + 0.5) / height);
        const auto grey = static_cast<JSAMPLE>(value < 0 ? 0 : value > 255 ? 255 : value);
        for (int c = 0; c < components; ++c) {
          row[std::size_t{x} * static_cast<unsigned>(components) + static_cast<unsigned>(c)] = grey;
        }
      }
      JSAMPROW rows[1] = {row.data()};
      jpeg_write_scanlines(&info, rows, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    std::string out(reinterpret_cast<const char*>(buffer), size);
    std::free(buffer);
    return out;
  }
};

inline std::string make_jpeg(unsigned width = 640, unsigned height = 480, int seed = 1) {
  Jpeg jpeg;
  jpeg.width = width;
  jpeg.height = height;
  jpeg.scene = sharp_scene(seed);
  return jpeg.bytes();
}

inline std::string make_png(unsigned width, unsigned height, const Scene& scene,
                            bool grey = false) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = grey ? PNG_FORMAT_GRAY : PNG_FORMAT_RGBA;
  const std::size_t channels = grey ? 1 : 4;
  std::vector<png_byte> pixels(std::size_t{width} * height * channels, 255);
  for (unsigned y = 0; y < height; ++y) {
    for (unsigned x = 0; x < width; ++x) {
      const int value = scene((x + 0.5) / width, (y + 0.5) / height);
      for (std::size_t c = 0; c < (grey ? 1U : 3U); ++c) {
        pixels[(std::size_t{y} * width + x) * channels + c] =
            static_cast<png_byte>(value < 0     ? 0
                                  : value > 255 ? 255
                                                : value);
      }
    }
  }
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string out(size, '\0');
  if (png_image_write_to_memory(&image, out.data(), &size, 0, pixels.data(), 0, nullptr) == 0) {
    throw std::runtime_error(image.message);
  }
  out.resize(size);
  return out;
}

}  // namespace baosong::test
