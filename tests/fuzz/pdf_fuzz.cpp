// The PDF reader as the worker calls it. Seeds: tests/fixtures/fuzz/pdf.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/pdf/pdf.hpp"
#include "parsers/pdf/seal_pages.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  PdfReading reading = read_pdf(bytes);
  look_for_seal(bytes, reading.facts, {});
  return 0;
}
