// jpeglib.h uses FILE and size_t without including what declares them.
// clang-format off
#include <cstddef>
#include <cstdio>
#include <jpeglib.h>
// clang-format on

#include "parsers/photo/encode_jpeg.hpp"

#include <csetjmp>
#include <cstdlib>
#include <memory>
#include <new>

namespace baosong::parsers {
namespace {

constexpr std::size_t kLongestSide = 4096;

// libjpeg leaves by longjmp: what the encoding needs lives in here and is made before.
struct Encoder {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors{};
  std::jmp_buf leave{};
  unsigned char* bytes = nullptr;  // libjpeg's malloc
  unsigned long size = 0;

  Encoder() = default;
  Encoder(const Encoder&) = delete;
  Encoder& operator=(const Encoder&) = delete;
  ~Encoder() {
    jpeg_destroy_compress(&info);
    std::free(bytes);
  }
};

bool encode(Encoder& e, const std::uint8_t* rgb, std::size_t width, std::size_t height,
            std::size_t stride, int quality) {
  if (setjmp(e.leave) != 0) return false;
  e.info.err = jpeg_std_error(&e.errors);
  e.info.client_data = &e;
  e.errors.error_exit = [](j_common_ptr info) {
    std::longjmp(static_cast<Encoder*>(info->client_data)->leave, 1);
  };
  jpeg_create_compress(&e.info);
  jpeg_mem_dest(&e.info, &e.bytes, &e.size);
  e.info.image_width = static_cast<JDIMENSION>(width);
  e.info.image_height = static_cast<JDIMENSION>(height);
  e.info.input_components = 3;
  e.info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&e.info);
  jpeg_set_quality(&e.info, quality, TRUE);
  jpeg_start_compress(&e.info, TRUE);
  while (e.info.next_scanline < e.info.image_height) {
    JSAMPROW row[1] = {const_cast<JSAMPROW>(rgb + e.info.next_scanline * stride)};
    jpeg_write_scanlines(&e.info, row, 1);
  }
  jpeg_finish_compress(&e.info);
  return true;
}

}  // namespace

std::vector<std::uint8_t> encode_jpeg(const std::uint8_t* rgb, std::size_t width,
                                      std::size_t height, std::size_t stride, std::size_t most) {
  if (width == 0 || height == 0 || width > kLongestSide || height > kLongestSide) return {};
  for (const int quality : {85, 65, 40, 20}) {
    const auto encoder = std::make_unique<Encoder>();
    // Pixels of ours can fail for want of memory and for nothing else.
    if (!encode(*encoder, rgb, width, height, stride, quality)) throw std::bad_alloc();
    if (encoder->size <= most) return {encoder->bytes, encoder->bytes + encoder->size};
  }
  return {};
}

}  // namespace baosong::parsers
