// The docx and xlsx readers. Seeds: tests/fixtures/fuzz/docx.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/word/docx.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(read_docx(bytes));
  static_cast<void>(read_xlsx(bytes));
  return 0;
}
