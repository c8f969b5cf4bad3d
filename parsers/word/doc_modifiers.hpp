// Single property modifiers ([MS-DOC] 2.2.5, 2.6): lists of them say how characters, paragraphs and
// rows of a Word 97–2003 document look.
#pragma once

#include <cstdint>
#include <string_view>

#include "parsers/ole/little_endian.hpp"

namespace baosong::parsers::word {

enum Sprm : std::uint16_t {
  kRevisionDeleted = 0x0800,
  kIsData = 0x0806,
  kIsObject = 0x080A,
  kBold = 0x0835,
  kVanish = 0x083C,
  kCharacterStyle = 0x4A30,
  kFontSize = 0x4A43,
  kPicture = 0x6A03,
  kSymbol = 0x6A09,
  kJustifyOld = 0x2403,
  kInTable = 0x2416,
  kRowEnd = 0x2417,
  kInnerCellEnd = 0x244B,
  kInnerRowEnd = 0x244C,
  kJustify = 0x2461,
  kOutlineLevel = 0x2640,
  kHugePapx = 0x6645,
  kHugePapxToo = 0x6646,
  kTableDepth = 0x6649,
  kTableDefinition = 0xD608,
  kChangeTabs = 0xC615,
};

// Bytes of the operand that stands at `at`.
inline std::size_t operand_size(std::uint16_t sprm, std::string_view list, std::size_t at) {
  switch (sprm >> 13U) {
    case 0:
    case 1:
      return 1;
    case 3:
      return 4;
    case 6:
      if (sprm == kTableDefinition) return 1U + ole::u16(list, at);
      if (sprm == kChangeTabs && ole::u8(list, at) == 255) return list.size();
      return 1U + ole::u8(list, at);
    case 7:
      return 3;
    default:
      return 2;
  }
}

// Calls sink(sprm, position of the operand) for each modifier of a list.
template <class Sink>
void for_each_modifier(std::string_view list, Sink&& sink) {
  std::size_t at = 0;
  while (at + 2 < list.size()) {
    const std::uint16_t sprm = ole::u16(list, at);
    at += 2;
    sink(sprm, at);
    at += operand_size(sprm, list, at);
  }
}

}  // namespace baosong::parsers::word
