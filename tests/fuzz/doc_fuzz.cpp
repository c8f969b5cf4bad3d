// The reader of old Word files and the compound files they lie in. Seeds: tests/fixtures/fuzz/doc.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/word/doc.hpp"
#include "parsers/worker/sniff.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(sniff(bytes, "a.doc"));
  static_cast<void>(word::read_doc(bytes));
  return 0;
}
