#include "parsers/text/utf8.hpp"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>

namespace baosong::parsers {
namespace {

struct Range {
  char32_t first, last;
};

// Script=Han of the Unicode Character Database, private and unassigned tails of the planes
// included.
constexpr std::array kHan{Range{0x2E80, 0x2FD5},  Range{0x3005, 0x3005}, Range{0x3007, 0x3007},
                          Range{0x3021, 0x3029},  Range{0x3038, 0x303B}, Range{0x3400, 0x4DBF},
                          Range{0x4E00, 0x9FFF},  Range{0xF900, 0xFAFF}, Range{0x16FF0, 0x16FF1},
                          Range{0x20000, 0x3FFFD}};

// East_Asian_Width W and F without pictographs, and the half-width kana and hangul.
constexpr std::array kEastAsian{
    Range{0x1100, 0x11FF},   Range{0x2E80, 0x2FFF},   Range{0x3001, 0xA4CF},
    Range{0xA960, 0xA97F},   Range{0xAC00, 0xD7FF},   Range{0xF900, 0xFAFF},
    Range{0xFE10, 0xFE1F},   Range{0xFE30, 0xFE6F},   Range{0xFF01, 0xFFDC},
    Range{0xFFE0, 0xFFE6},   Range{0x16FE0, 0x18DFF}, Range{0x1AFF0, 0x1B2FF},
    Range{0x1F200, 0x1F2FF}, Range{0x20000, 0x3FFFD}};

constexpr std::array kSpace{Range{0x09, 0x0D},     Range{0x20, 0x20},     Range{0x85, 0x85},
                            Range{0xA0, 0xA0},     Range{0x1680, 0x1680}, Range{0x2000, 0x200B},
                            Range{0x2028, 0x2029}, Range{0x202F, 0x202F}, Range{0x205F, 0x205F},
                            Range{0x3000, 0x3000}, Range{0xFEFF, 0xFEFF}};

bool within(std::span<const Range> table, char32_t c) {
  const auto row = std::ranges::lower_bound(table, c, {}, &Range::last);
  return row != table.end() && row->first <= c;
}

// Lead bytes by RFC 3629: how many bytes follow, and what the first of them may be.
struct Lead {
  std::uint8_t follow = 0;  // 0: not a lead byte
  std::uint8_t low = 0x80, high = 0xBF;
  std::uint8_t bits = 0;
};
constexpr std::array<Lead, 256> lead_table() {
  std::array<Lead, 256> table{};
  for (unsigned byte = 0xC2; byte <= 0xF4; ++byte) {
    Lead& row = table[byte];
    row.follow = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
    row.bits = static_cast<std::uint8_t>(byte & (byte < 0xE0   ? 0x1FU
                                                 : byte < 0xF0 ? 0x0FU
                                                               : 0x07U));
  }
  table[0xE0].low = 0xA0;
  table[0xED].high = 0x9F;
  table[0xF0].low = 0x90;
  table[0xF4].high = 0x8F;
  return table;
}
constexpr std::array<Lead, 256> kLead = lead_table();

std::uint8_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

// Marks that people use for one another. Brackets become ( and ), quotation marks become ".
constexpr std::u32string_view kOpening = U"[{〔【〖⟨⟪⦅";
constexpr std::u32string_view kClosing = U"]}〕】〗⟩⟫⦆";
constexpr std::u32string_view kQuotes = U"'`´‘’‚‛“”„‟′″‹›«»《》〈〉「」『』〝〞〟";

// PDF files often hold Kangxi radicals and compatibility ideographs where the unified one is meant.
bool is_compatibility_han(char32_t c) {
  return (c >= 0x2F00 && c <= 0x2FD5) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x2F800 && c <= 0x2FA1F);
}
char32_t unified(char32_t c) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfkc = unorm2_getNFKCInstance(&status);
  if (U_FAILURE(status) != 0) return c;
  std::array<UChar, 4> out{};
  const auto length = unorm2_getDecomposition(nfkc, static_cast<UChar32>(c), out.data(),
                                              static_cast<std::int32_t>(out.size()), &status);
  if (U_FAILURE(status) != 0 || length < 1) return c;
  if (length == 1) return out[0];
  if (length == 2 && U16_IS_LEAD(out[0])) {
    return static_cast<char32_t>(U16_GET_SUPPLEMENTARY(out[0], out[1]));
  }
  return c;
}

char32_t fold_character(char32_t c) {
  if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
  if (c >= U'a' && c <= U'z') return c;
  if (c >= U'A' && c <= U'Z') return c + 32;
  if (c >= 0x3400 && c <= 0x9FFF) return c;
  if (kOpening.find(c) != std::u32string_view::npos) return U'(';
  if (kClosing.find(c) != std::u32string_view::npos) return U')';
  if (kQuotes.find(c) != std::u32string_view::npos) return U'"';
  if (is_compatibility_han(c)) return unified(c);
  return c < 0x80 ? c : static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
}

}  // namespace

char32_t next_character(std::string_view text, std::size_t& at) {
  const std::uint8_t first = byte_at(text, at++);
  if (first < 0x80) return first;
  const Lead& lead = kLead[first];
  if (lead.follow == 0 || text.size() - at < lead.follow) return kReplacement;
  char32_t c = lead.bits;
  for (std::size_t i = 0; i < lead.follow; ++i) {
    const std::uint8_t byte = byte_at(text, at + i);
    if (byte < (i == 0 ? lead.low : 0x80) || byte > (i == 0 ? lead.high : 0xBF))
      return kReplacement;
    c = c << 6U | (byte & 0x3FU);
  }
  at += lead.follow;
  return c;
}

void append_utf8(std::string& out, char32_t c) {
  if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = kReplacement;
  const auto put = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6U);
    put(0x80 | (c & 0x3FU));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12U);
    put(0x80 | (c >> 6U & 0x3FU));
    put(0x80 | (c & 0x3FU));
  } else {
    put(0xF0 | c >> 18U);
    put(0x80 | (c >> 12U & 0x3FU));
    put(0x80 | (c >> 6U & 0x3FU));
    put(0x80 | (c & 0x3FU));
  }
}

bool is_valid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (byte_at(text, at) < 0x80) {
      ++at;
      continue;
    }
    const std::size_t start = at;
    if (next_character(text, at) == kReplacement && at - start == 1) return false;
  }
  return true;
}

bool is_han(char32_t c) { return c >= 0x2E80 && within(kHan, c); }
bool is_east_asian(char32_t c) { return c >= 0x1100 && within(kEastAsian, c); }
bool is_space(char32_t c) {
  return c < 0x80 ? c == 0x20 || (c >= 0x09 && c <= 0x0D) : within(kSpace, c);
}

std::string fold(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_character(utf8, at);
    if (!is_space(c)) append_utf8(out, fold_character(c));
  }
  return out;
}

std::string_view cut_utf8(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  std::size_t end = bytes;
  while (end > 0 && bytes - end < 3 && (byte_at(text, end) & 0xC0U) == 0x80) --end;
  return text.substr(0, end);
}

std::string_view trim(std::string_view text) {
  std::size_t first = 0;
  while (first < text.size()) {
    std::size_t next = first;
    if (!is_space(next_character(text, next))) break;
    first = next;
  }
  std::size_t last = text.size();
  while (last > first) {
    std::size_t start = last - 1;
    while (start > first && last - start < 4 && (byte_at(text, start) & 0xC0U) == 0x80) --start;
    std::size_t at = start;
    if (!is_space(next_character(text, at)) || at != last) break;
    last = start;
  }
  return text.substr(first, last - first);
}

}  // namespace baosong::parsers
