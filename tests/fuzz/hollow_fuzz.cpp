// A target that stops at its first line, as one does whose reader refuses everything. scripts/fuzz
// proves on it that it would notice.
#include <cstddef>
#include <cstdint>

#include "parsers/worker/read.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size <= 65536) return 0;  // -max_len of scripts/fuzz
  static_cast<void>(baosong::parsers::read({reinterpret_cast<const char*>(data), size}, "a.eml",
                                           baosong::parsers::InputKind::kMail));
  return 0;
}
