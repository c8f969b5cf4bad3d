// The open multiparts of a mail and the lines that part them (RFC 2046, section 5.1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::parsers::mime {

// An open container: a multipart, or the inner mail of a message/rfc822 (no boundary of its own).
struct Level {
  std::int32_t part = 0;  // index in Scan::parts
  std::string dashes;     // "--" and the boundary; empty for a message
  std::uint32_t children = 0;
  bool closed = false;  // its closing delimiter was seen; parts may still follow it
};

struct Delimiter {
  std::size_t level = 0;  // index in the stack
  bool close = false;
  std::size_t next = 0;  // the first byte behind the line
};

// The delimiter whose line begins at `at`, if one does. Levels below `floor` are not looked at.
// The innermost open level wins, then the innermost closed one: so a boundary that two nested
// multiparts share, or that begins with another one, does what its sender meant.
std::optional<Delimiter> delimiter_at(std::string_view mail, std::size_t at,
                                      const std::vector<Level>& levels, std::size_t floor);

// The next line start at or behind `at` where two dashes stand; mail.size() when there is none.
std::size_t find_dashes(std::string_view mail, std::size_t at);

// The boundary that a multipart without a usable one seems to have: the first line that starts with
// two dashes and is followed by a Content-* field.
std::optional<std::string> guess_boundary(std::string_view body);

}  // namespace baosong::parsers::mime
