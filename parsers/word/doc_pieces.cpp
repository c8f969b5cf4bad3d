#include "parsers/word/doc_pieces.hpp"

#include <array>

namespace baosong::parsers::word {
namespace {

using ole::slice;
using ole::u16;
using ole::u32;
using ole::u8;

// 0x80–0x9F, where Windows-1252 is not Latin-1; 0 is unassigned.
constexpr std::array<char16_t, 32> kWindowsPart{
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// Steps over the Prc blocks in front of the piece table.
std::string_view piece_table(std::string_view clx) {
  std::size_t at = 0;
  while (at < clx.size() && u8(clx, at) == 1) at += 3U + u16(clx, at + 1);
  if (u8(clx, at) != 2) return {};
  return slice(clx, at + 5, u32(clx, at + 1));
}

}  // namespace

char32_t windows_1252(std::uint8_t byte) {
  if (byte < 0x80 || byte > 0x9F) return byte;
  const char32_t code = kWindowsPart[byte - 0x80U];
  return code == 0 ? 0xFFFD : code;
}

std::vector<Piece> read_pieces(std::string_view table_stream, const Fib& fib) {
  const auto plc = piece_table(slice(table_stream, fib.pieces.offset, fib.pieces.size));
  std::vector<Piece> pieces;
  if (plc.size() < 16) return pieces;
  const std::size_t count = (plc.size() - 4) / 12;
  for (std::size_t i = 0; i < count; ++i) {
    Piece piece;
    piece.first = u32(plc, 4 * i);
    piece.last = u32(plc, 4 * (i + 1));
    const std::uint32_t where = u32(plc, 4 * (count + 1) + 8 * i + 2);
    piece.compressed = (where & 0x40000000U) != 0;
    piece.offset = where & 0x3FFFFFFFU;
    if (piece.compressed) piece.offset /= 2;
    if (piece.last <= piece.first) continue;
    if (!pieces.empty() && piece.first < pieces.back().last) return {};
    pieces.push_back(piece);
  }
  return pieces;
}

}  // namespace baosong::parsers::word
