#include "parsers/outlook/properties.hpp"

#include <fmt/format.h>

#include "parsers/base/bytes.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::outlook {

std::string utf16_text(std::string_view bytes) {
  std::string out;
  char32_t high = 0;
  for (std::size_t at = 0; at + 1 < bytes.size(); at += 2) {
    char32_t unit = little16(bytes, at);
    if (unit == 0) break;
    const bool low = unit >= 0xDC00 && unit < 0xE000;
    if (low && high != 0) unit = 0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00);
    if (high != 0 && !low) append_utf8(out, kReplacement);
    high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
    if (high != 0) continue;
    append_utf8(out, unit >= 0xDC00 && unit < 0xE000 ? kReplacement : unit);
  }
  return out;
}

std::string codepage_text(std::string_view bytes, std::uint32_t codepage) {
  bytes = bytes.substr(0, bytes.find('\0'));
  if (codepage == 936 || codepage == 54936) return to_utf8(bytes, "gb18030");
  const std::string label = fmt::format("windows-{}", codepage);
  return is_known_charset(label) ? to_utf8(bytes, label) : guess_utf8(bytes);
}

}  // namespace baosong::parsers::outlook
