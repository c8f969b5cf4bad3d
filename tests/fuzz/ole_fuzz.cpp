// What lies in compound files: old Word, old workbooks, Outlook messages. Seeds:
// tests/fixtures/fuzz/ole.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/outlook/packed.hpp"
#include "parsers/word/doc.hpp"
#include "parsers/word/xls.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(word::read_doc(bytes));
  static_cast<void>(word::read_xls(bytes));
  static_cast<void>(outlook::read_msg(bytes));
  return 0;
}
