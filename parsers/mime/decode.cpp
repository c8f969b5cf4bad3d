#include "parsers/mime/decode.hpp"

#include <algorithm>
#include <array>

#include "parsers/mime/ascii.hpp"
#include "parsers/mime/base64.hpp"
#include "parsers/mime/quoted_printable.hpp"
#include "parsers/mime/uuencode.hpp"

namespace baosong::parsers::mime {
namespace {

struct EncodingRow {
  std::string_view name;  // letters and digits only
  Encoding encoding;
};
constexpr std::array kEncodings{
    EncodingRow{"base64", Encoding::kBase64},
    EncodingRow{"b64", Encoding::kBase64},
    EncodingRow{"quotedprintable", Encoding::kQuotedPrintable},
    EncodingRow{"qp", Encoding::kQuotedPrintable},
    EncodingRow{"xuuencode", Encoding::kUuencode},
    EncodingRow{"uuencode", Encoding::kUuencode},
    EncodingRow{"xuue", Encoding::kUuencode},
    EncodingRow{"uue", Encoding::kUuencode},
};

}  // namespace

Encoding parse_encoding(std::string_view raw) {
  std::string plain;
  for (const char c : parse_structured(raw.substr(0, 256)).value) {
    if (is_digit(c) || (c >= 'a' && c <= 'z')) plain.push_back(c);
  }
  const auto row = std::ranges::find(kEncodings, plain, &EncodingRow::name);
  return row == kEncodings.end() ? Encoding::kIdentity : row->encoding;
}

std::string_view decode_body(const Part& part, std::string& store) {
  switch (part.encoding) {
    case Encoding::kIdentity:
      return part.body;
    case Encoding::kBase64:
      store = decode_base64(part.body);
      break;
    case Encoding::kQuotedPrintable:
      store = decode_quoted_printable(part.body);
      break;
    case Encoding::kUuencode:
      store = decode_uuencode(part.body);
      break;
  }
  return store;
}

std::string decode_body(const Part& part) {
  std::string store;
  const std::string_view content = decode_body(part, store);
  return part.encoding == Encoding::kIdentity ? std::string(content) : store;
}

}  // namespace baosong::parsers::mime
