// What an IMAP server says: responses with and without literals, read as a session reads them.
// Seeds: tests/fixtures/fuzz/imap.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "daemon/mailbox/imap_syntax.hpp"

namespace {

using namespace baosong::daemon::imap;

void must(bool holds) {
  if (!holds) std::abort();
}

std::string_view line_of(std::string_view& stream) {
  const auto end = std::min(stream.find('\n'), stream.size());
  std::string_view line = stream.substr(0, end);
  stream.remove_prefix(std::min(end + 1, stream.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// Returns when the response is over, however it ended.
void read_fetch(std::string_view fragment, std::string_view& stream, FetchParser::Body body) {
  FetchParser parser(body);
  bool literal = false;
  while (parser.feed(fragment) == FetchParser::Step::kLiteral) {
    must(!literal);  // one mail has one body
    literal = true;
    must(parser.mail.has_body && !parser.mail.body_nil && parser.mail.quoted_body.empty());
    if (parser.literal > stream.size()) return;
    stream.remove_prefix(static_cast<std::size_t>(parser.literal));
    fragment = line_of(stream);
  }
  must(!literal || parser.mail.quoted_body.empty());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view all(reinterpret_cast<const char*>(data), size);
  for (const auto body : {FetchParser::Body::kWhole, FetchParser::Body::kHeaderFields}) {
    for (std::string_view stream = all; !stream.empty();) {
      const std::string_view line = line_of(stream);
      std::string_view rest;
      if (FetchParser::starts(line, rest)) read_fetch(rest, stream, body);
      if (const auto listed = listed_of(line)) must(!listed->literal || listed->name.empty());
      static_cast<void>(exists_of(line));
      static_cast<void>(code_of(line, "UIDVALIDITY"));
      static_cast<void>(parse_date_time(line));
      // What we send is one line, whatever a name holds.
      if (const auto quoted = quote(modified_utf7(line))) {
        must(std::ranges::all_of(*quoted, [](char c) { return c >= 0x20 && c < 0x7F; }));
      } else {
        must(false);
      }
    }
  }
  return 0;
}
