// winmail.dat. Seeds: tests/fixtures/fuzz/tnef.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/outlook/packed.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto packed = baosong::parsers::outlook::read_tnef(bytes);
  // Attachments are copies of what lies in the file.
  std::size_t total = 0;
  for (const auto& file : packed.files) total += file.bytes.size();
  if (total > size) std::abort();
  return 0;
}
