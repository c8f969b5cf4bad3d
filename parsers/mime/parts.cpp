#include "parsers/mime/parts.hpp"

#include "parsers/base/hash.hpp"
#include "parsers/mime/decode.hpp"
#include "parsers/mime/scan.hpp"
#include "parsers/text/charset.hpp"

namespace baosong::parsers::mime {

std::string normalised(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    if (bytes[at] != '\r') {
      out.push_back(bytes[at]);
    } else if (at + 1 == bytes.size() || bytes[at + 1] != '\n') {
      out.push_back('\n');
    }
  }
  out.resize(out.find_last_not_of("\n \t") + 1);
  return out;
}

PartList list_parts(std::string_view mail) {
  Scan scanned = scan(mail);
  PartList list;
  list.problems = std::move(scanned.problems);
  for (const Part& part : scanned.parts) {
    if (!part.is_leaf) continue;
    std::string store;
    const std::string_view content = decode_body(part, store);
    list.parts.push_back({part.path, scrub_utf8(part.type), scrub_utf8(part.disposition), part.name,
                          content.size(), sha256_hex(content), sha256_hex(normalised(content))});
  }
  return list;
}

}  // namespace baosong::parsers::mime
