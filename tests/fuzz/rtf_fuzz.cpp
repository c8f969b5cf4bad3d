// The RTF reader. Seeds: tests/fixtures/fuzz/rtf.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/word/rtf.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto reading = baosong::parsers::word::read_rtf(bytes);
  // Nothing is counted that the file has no bytes for.
  if (reading.facts.body.non_space > size) std::abort();
  return 0;
}
