// What `baosong parts` prints: every leaf part of a mail with the hash of its content.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::parsers::mime {

struct LeafPart {
  std::string path;               // "1.2"
  std::string type;               // lower case
  std::string disposition;        // "attachment", "inline" or empty
  std::string name;               // decoded; empty when the part has none
  std::uint64_t size = 0;         // decoded bytes
  std::string sha256;             // of the decoded bytes
  std::string sha256_normalised;  // of normalised() of them
};

struct PartList {
  std::vector<LeafPart> parts;
  std::vector<std::string> problems;
};

PartList list_parts(std::string_view mail);

// CRLF and CR become LF, then trailing LF, blanks and tabs are cut: what is left when the transport
// and the taste of parsers are taken away.
std::string normalised(std::string_view bytes);

}  // namespace baosong::parsers::mime
