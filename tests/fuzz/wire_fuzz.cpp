// What a compromised worker could send. Seeds: tests/fixtures/fuzz/wire.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/worker/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  // Strict: what is taken is exactly what an encoder would have written.
  if (const auto reading = decode_reading(bytes); reading && encode(*reading) != bytes)
    std::abort();
  if (const auto document = decode_document(bytes); document && encode(*document) != bytes) {
    std::abort();
  }
  return 0;
}
