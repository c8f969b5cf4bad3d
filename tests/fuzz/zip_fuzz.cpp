// Archives of every kind, opened in place. Seeds: tests/fixtures/fuzz/zip.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/worker/walk.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Reading reading;
  Walk(reading).file(bytes, "a.zip");
  return 0;
}
