// Photos: headers, EXIF, both decoders. Seeds: tests/fixtures/fuzz/jpeg.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/photo/photo.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const Format format : {Format::kJpeg, Format::kPng, Format::kHeic}) {
    static_cast<void>(read_photo(bytes, format));
  }
  return 0;
}
