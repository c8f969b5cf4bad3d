#include "parsers/text/count.hpp"

#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

// Word takes the font's word for whether these are East Asian; see count.hpp.
bool is_ambiguous(char32_t c) {
  return c == 0xB7 || c == 0x2014 || c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D ||
         c == 0x2026;
}

// One of the two counts: a run counts when it begins.
struct Runs {
  std::uint32_t total = 0;
  bool inside = false;

  void space() { inside = false; }
  void mark() {
    ++total;
    inside = false;
  }
  void letter() {
    total += inside ? 0 : 1;
    inside = true;
  }
};

}  // namespace

Count count_characters(std::string_view utf8) {
  Count count;
  Runs high, low;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_character(utf8, at);
    if (is_space(c)) {
      high.space();
      low.space();
      continue;
    }
    ++count.non_space;
    if (is_east_asian(c)) {
      high.mark();
      low.mark();
      if (is_han(c)) ++count.han;
    } else if (is_ambiguous(c)) {
      high.mark();
      low.letter();
    } else {
      high.letter();
      low.letter();
    }
  }
  count.high = high.total;
  count.low = low.total;
  return count;
}

}  // namespace baosong::parsers
