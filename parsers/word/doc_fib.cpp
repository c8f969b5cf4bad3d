#include "parsers/word/doc_fib.hpp"

#include <algorithm>
#include <array>

#include "parsers/ole/little_endian.hpp"

namespace baosong::parsers::word {
namespace {

using ole::u16;
using ole::u32;

constexpr std::uint16_t kWord97 = 0x00C1;  // nFib; WPS writes it too
// wIdent of what came before: Word 2, Word 6 and 95, and the editions for Japan, Korea and China.
constexpr std::array<std::uint16_t, 5> kOlder{0xA5DB, 0xA5DC, 0xA697, 0xA698, 0xA699};

Extent extent_at(std::string_view bytes, std::size_t at) {
  return {u32(bytes, at), u32(bytes, at + 4)};
}

}  // namespace

Fib read_fib(std::string_view bytes) {
  Fib fib;
  const std::uint16_t ident = u16(bytes, 0);
  const std::uint16_t version = u16(bytes, 2);
  fib.too_old = std::ranges::find(kOlder, ident) != kOlder.end() ||
                (ident == 0xA5EC && version < kWord97 && version != 0);
  fib.is_word = ident == 0xA5EC && !fib.too_old;
  const std::uint16_t flags = u16(bytes, 0x0A);
  fib.encrypted = (flags & 0x0100U) != 0;
  fib.second_table = (flags & 0x0200U) != 0;
  fib.text = u32(bytes, 0x4C);
  fib.footnotes = u32(bytes, 0x50);
  fib.headers = u32(bytes, 0x54);
  fib.macros = u32(bytes, 0x58);
  fib.annotations = u32(bytes, 0x5C);
  fib.endnotes = u32(bytes, 0x60);
  fib.text_boxes = u32(bytes, 0x64);
  fib.styles = extent_at(bytes, 0xA2);
  fib.drawings = extent_at(bytes, 0x22A);
  fib.boxes = extent_at(bytes, 0x25A);
  fib.character_pages = extent_at(bytes, 0xFA);
  fib.paragraph_pages = extent_at(bytes, 0x102);
  fib.pieces = extent_at(bytes, 0x1A2);
  return fib;
}

}  // namespace baosong::parsers::word
