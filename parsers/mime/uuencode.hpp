// Uuencode (IEEE Std 1003.1, uuencode), as a transfer encoding and as files inside a text body.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::parsers::mime {

// A block "begin 644 name ... end" inside text. Views into the text.
struct UuBlock {
  std::string_view name;   // raw bytes
  std::string_view block;  // from "begin" to behind "end"
};
std::vector<UuBlock> find_uuencoded(std::string_view text);

// Decodes the first block in `text`; text without a "begin" line is taken for its data lines.
std::string decode_uuencode(std::string_view text);

}  // namespace baosong::parsers::mime
