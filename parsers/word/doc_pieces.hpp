// The piece table ([MS-DOC] 2.4.1): where in the WordDocument stream each character of the text
// lies. A character position (CP) counts characters of the text; a file position counts bytes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "parsers/ole/little_endian.hpp"
#include "parsers/word/doc_fib.hpp"

namespace baosong::parsers::word {

struct Piece {
  std::uint32_t first = 0, last = 0;  // CPs, half open
  std::uint32_t offset = 0;           // of the first character, in bytes
  bool compressed = false;            // one byte a character (Windows-1252), else UTF-16LE
};

// In order of CP, never overlapping; empty when the table is damaged.
std::vector<Piece> read_pieces(std::string_view table_stream, const Fib& fib);

struct Character {
  char32_t code = 0;
  std::uint32_t position = 0;  // in the WordDocument stream
};

char32_t windows_1252(std::uint8_t byte);

// Calls sink(Character) for each character of CPs [first, last) that the file really has. Lone
// surrogates are dropped.
template <class Sink>
void for_each_character(std::string_view word_document, const std::vector<Piece>& pieces,
                        std::uint32_t first, std::uint32_t last, Sink&& sink) {
  char32_t high = 0;
  for (const Piece& piece : pieces) {
    const std::uint32_t from = std::max(first, piece.first);
    const std::uint32_t to = std::min(last, piece.last);
    const std::uint32_t width = piece.compressed ? 1 : 2;
    for (std::uint32_t cp = from; cp < to; ++cp) {
      const std::uint64_t at = piece.offset + std::uint64_t{cp - piece.first} * width;
      if (at + width > word_document.size()) break;
      const auto position = static_cast<std::uint32_t>(at);
      if (piece.compressed) {
        sink(Character{windows_1252(ole::u8(word_document, position)), position});
        continue;
      }
      const char32_t unit = ole::u16(word_document, position);
      if (unit >= 0xD800 && unit < 0xDC00) {
        high = unit;
      } else if (unit >= 0xDC00 && unit < 0xE000) {
        if (high != 0) {
          sink(Character{0x10000 + ((high - 0xD800) << 10U) + (unit - 0xDC00), position});
        }
        high = 0;
      } else {
        high = 0;
        sink(Character{unit, position});
      }
    }
  }
}

}  // namespace baosong::parsers::word
