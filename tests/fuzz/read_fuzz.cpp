// The whole reader on anything. Seeds: those of all others.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/worker/read.hpp"
#include "parsers/worker/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto kind = size % 2 == 0 ? InputKind::kMail : InputKind::kDetect;
  if (!decode_reading(encode(read(bytes, "a.eml", kind)))) std::abort();
  return 0;
}
