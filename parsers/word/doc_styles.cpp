#include "parsers/word/doc_styles.hpp"

#include <algorithm>
#include <string>

#include "parsers/ole/little_endian.hpp"
#include "parsers/text/utf8.hpp"
#include "parsers/word/styles.hpp"

namespace baosong::parsers::word {
namespace {

using ole::slice;
using ole::u16;
using ole::u8;

constexpr int kBasedOnDepth = 32;       // based-on chains may be circular
constexpr std::uint16_t kHeadings = 9;  // styles 1 to 9 are the built-in headings, by any name
constexpr std::size_t kNameLength = 64;
constexpr unsigned kOfParagraphs = 1, kOfCharacters = 2;  // stk

std::string name_of(std::string_view definition, std::size_t at, std::size_t length) {
  std::string name;
  for (std::size_t i = 0; i < length; ++i) append_utf8(name, u16(definition, at + 2 * i));
  return name;
}

}  // namespace

DocStyles::DocStyles(std::string_view table_stream, const Fib& fib) {
  const auto sheet = slice(table_stream, fib.styles.offset, fib.styles.size);
  const std::size_t header = u16(sheet, 0);
  const std::size_t count = u16(sheet, 2), base_bytes = u16(sheet, 4);
  std::size_t at = 2 + header;
  for (std::size_t i = 0; i < count && at + 2 <= sheet.size(); ++i) {
    const std::size_t size = u16(sheet, at);
    styles_.push_back(
        read(slice(sheet, at + 2, size), base_bytes, static_cast<std::uint16_t>(styles_.size())));
    at += 2 + size + size % 2;
  }
}

// An unused place in the sheet is empty and gives a style that says nothing.
DocStyles::Style DocStyles::read(std::string_view definition, std::size_t base_bytes,
                                 std::uint16_t number) {
  Style style;
  const unsigned kind = u16(definition, 2) & 0x000FU;
  if (kind != kOfParagraphs && kind != kOfCharacters) return style;
  style.based_on = static_cast<std::uint16_t>(u16(definition, 2) >> 4U);
  std::size_t at = base_bytes;
  const std::size_t length = u16(definition, at);
  const auto name = name_of(definition, at + 2, std::min(length, kNameLength));
  style.named_heading =
      kind == kOfParagraphs && ((number >= 1 && number <= kHeadings) || names_heading(name));
  at += 2 + 2 * length + 2;
  const auto next = [&] {
    const std::size_t size = u16(definition, at);
    const auto list = slice(definition, at + 2, size);
    at += 2 + size + size % 2;
    return list;
  };
  if (kind == kOfParagraphs) {
    ParagraphFormat paragraph;
    const auto list = next();
    apply(paragraph, slice(list, 2, list.size()));
    style.centered = paragraph.centered;
    style.heading = paragraph.heading;
  }
  apply(style.characters, next());
  return style;
}

void DocStyles::add(Look& look, std::uint16_t number, int depth) const {
  if (number >= styles_.size() || depth > kBasedOnDepth) return;
  const Style& style = styles_[number];
  add(look, style.based_on, depth + 1);
  look.hidden = resolve(style.characters.hidden, look.hidden);
  look.bold = resolve(style.characters.bold, look.bold);
  if (style.characters.half_points != 0) look.half_points = style.characters.half_points;
  look.centered = style.centered.value_or(look.centered);
  look.heading = style.heading.value_or(look.heading || style.named_heading);
}

DocStyles::Look DocStyles::of(const CharacterFormat& characters,
                              const ParagraphFormat& paragraph) const {
  Look look;
  add(look, paragraph.style, 0);
  look.centered = paragraph.centered.value_or(look.centered);
  look.heading = paragraph.heading.value_or(look.heading);
  const bool centered = look.centered, heading = look.heading;
  add(look, characters.style, 0);
  look.hidden = characters.deleted || resolve(characters.hidden, look.hidden);
  look.bold = resolve(characters.bold, look.bold);
  if (characters.half_points != 0) look.half_points = characters.half_points;
  look.centered = centered;
  look.heading = heading;
  return look;
}

}  // namespace baosong::parsers::word
