#include "parsers/word/rtf_fonts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::word {
namespace {

constexpr std::size_t kMostFonts = 10'000;

struct Charset {
  int charset, codepage;
};
constexpr std::array kCharsets{
    Charset{0, 1252},   Charset{77, 10000}, Charset{128, 932},  Charset{129, 949},
    Charset{130, 1361}, Charset{134, 936},  Charset{136, 950},  Charset{161, 1253},
    Charset{162, 1254}, Charset{163, 1258}, Charset{177, 1255}, Charset{178, 1256},
    Charset{186, 1257}, Charset{204, 1251}, Charset{222, 874},  Charset{238, 1250},
    Charset{255, 437},
};

struct Label {
  int codepage;
  std::string_view label;
};
// Those that are not called "windows-N".
constexpr std::array kLabels{
    Label{936, "gb18030"},     Label{54936, "gb18030"}, Label{950, "big5"},
    Label{932, "shift_jis"},   Label{949, "euc-kr"},    Label{65001, "utf-8"},
    Label{10000, "macintosh"}, Label{437, "ibm437"},    Label{850, "ibm850"},
};

std::string label_of(int codepage) {
  const auto* row = std::ranges::find(kLabels, codepage, &Label::codepage);
  return row == kLabels.end() ? fmt::format("windows-{}", codepage) : std::string(row->label);
}

bool is_ascii(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Pairs, every one of them an East Asian character.
bool reads_as_pairs(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_character(utf8, at);
    if (c == kReplacement || (c >= 0x80 && !is_east_asian(c) && c < 0x2000)) return false;
  }
  return true;
}

}  // namespace

int codepage_of_charset(int charset) {
  const auto* row = std::ranges::find(kCharsets, charset, &Charset::charset);
  return row == kCharsets.end() ? kNoCodepage : row->codepage;
}

bool is_double_byte(int codepage) {
  return codepage == 936 || codepage == 950 || codepage == 932 || codepage == 949 ||
         codepage == 54936;
}

void RtfFonts::font(int number, int codepage) {
  if (fonts_.size() < kMostFonts) fonts_[number] = codepage;
}

int RtfFonts::of(int font) const {
  const auto found = fonts_.find(font);
  return found == fonts_.end() ? kNoCodepage : found->second;
}

int RtfFonts::codepage(int font, int east_asian) const {
  const int own = of(font);
  if (own != kNoCodepage && own != 1252) return own;
  if (is_double_byte(of(east_asian))) return of(east_asian);
  if (own == kNoCodepage || is_double_byte(document_)) return document_;
  return own;
}

std::string RtfFonts::decode(std::string_view bytes, int font, int east_asian) const {
  if (is_ascii(bytes)) return std::string(bytes);
  const int wanted = codepage(font, east_asian);
  std::string out = to_utf8(bytes, label_of(wanted));
  // The Western font was right after all: these are no pairs.
  if (wanted != 1252 && of(font) == 1252 && !reads_as_pairs(out)) {
    return to_utf8(bytes, label_of(1252));
  }
  return out;
}

}  // namespace baosong::parsers::word
