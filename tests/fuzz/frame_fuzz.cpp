// What the daemon does with bytes out of the answer pipe, from the first frame to the last door.
// Seeds: tests/fixtures/fuzz/frame.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "daemon/worker/admit.hpp"
#include "daemon/worker/answer.hpp"
#include "parsers/worker/protocol.hpp"
#include "parsers/worker/wire.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(parsers::protocol::decode_hello(bytes));
  static_cast<void>(parsers::protocol::decode_done(bytes));
  static_cast<void>(parsers::protocol::decode_request(bytes));

  // Whole, and in pieces as a pipe gives them: the same.
  daemon::AnswerParser whole;
  const bool taken = whole.feed(bytes);
  daemon::AnswerParser pieces;
  bool all = true;
  for (std::size_t at = 0; at < bytes.size(); at += 7)
    all = pieces.feed(bytes.substr(at, 7)) && all;
  if (taken != all || whole.complete() != pieces.complete()) std::abort();
  if (!taken || !whole.complete()) return 0;
  const std::string answer = whole.take();
  if (auto reading = parsers::decode_reading(answer)) {
    const auto said = reading->size;
    if (daemon::admit(*reading, said)) {
      for (const auto& document : reading->documents) {
        if (document.path.empty() || document.path.front() == '/') std::abort();
      }
      if (!parsers::decode_reading(encode(*reading))) std::abort();
    }
  }
  if (auto parts = parsers::decode_parts(answer)) static_cast<void>(daemon::admit(*parts));
  return 0;
}
