#include "rules/mask.hpp"

#include <cstdint>
#include <vector>

#include "parsers/text/utf8.hpp"

namespace baosong::rules {
namespace {

struct Character {
  char32_t code;   // as written
  int digit = -1;  // 0..9, full-width ones too
};

int digit_of(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<int>(c - U'0');
  if (c >= U'０' && c <= U'９') return static_cast<int>(c - U'０');
  return -1;
}

bool is_check_letter(char32_t c) { return c == U'x' || c == U'X' || c == U'ｘ' || c == U'Ｘ'; }
bool is_gap(char32_t c) {
  return c == U' ' || c == U'-' || c == U'\u00A0' || c == U'－' || c == U'　';
}

class Masker {
 public:
  explicit Masker(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const auto c = parsers::next_character(text, at);
      text_.push_back({c, digit_of(c)});
    }
  }

  std::string run() {
    for (std::size_t at = 0; at < text_.size();) {
      if (text_[at].digit < 0) {
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < text_.size() && text_[end].digit >= 0) ++end;
      if (identity(at, end)) {
        star(at, end + (end < text_.size() && end - at == 17 ? 1 : 0));
      } else if (const auto phone_end = mobile(at)) {
        star(at, phone_end);
        end = phone_end;
      }
      at = end;
    }
    std::string out;
    for (const auto& c : text_) parsers::append_utf8(out, c.code);
    return out;
  }

 private:
  int number(std::size_t at, std::size_t digits) const {
    int value = 0;
    for (std::size_t i = at; i < at + digits; ++i) value = value * 10 + text_[i].digit;
    return value;
  }
  bool plausible_day(std::size_t at) const {
    const int month = number(at, 2), day = number(at + 2, 2);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
  }

  bool identity(std::size_t at, std::size_t end) const {
    const auto size = end - at;
    if (text_[at].digit == 0) return false;
    if (size == 15) return plausible_day(at + 8);
    const bool letter = size == 17 && end < text_.size() && is_check_letter(text_[end].code);
    if (size != 18 && !letter) return false;
    const int century = number(at + 6, 2);
    return (century == 19 || century == 20) && plausible_day(at + 10);
  }

  // The end of a mobile number that starts at `at`, gaps included; 0 when there is none.
  std::size_t mobile(std::size_t at) const {
    std::size_t i = at;
    std::vector<int> digits;
    std::size_t end = at;
    while (i < text_.size()) {
      if (text_[i].digit >= 0) {
        digits.push_back(text_[i].digit);
        end = ++i;
      } else if (!digits.empty() && is_gap(text_[i].code) && i + 1 < text_.size() &&
                 text_[i + 1].digit >= 0 &&
                 (digits.size() == 3 || digits.size() == 7 ||
                  (digits.size() == 2 && digits[0] == 8 && digits[1] == 6) || digits.size() == 5 ||
                  digits.size() == 9)) {
        ++i;
      } else {
        break;
      }
      if (digits.size() > 13) return 0;
    }
    std::size_t first = 0;
    if (digits.size() == 13 && digits[0] == 8 && digits[1] == 6) first = 2;
    if (digits.size() == 12 && digits[0] == 0) first = 1;  // as dialled from another city
    if (digits.size() - first != 11 || digits[first] != 1 || digits[first + 1] < 3) return 0;
    return end;
  }

  void star(std::size_t at, std::size_t end) {
    for (std::size_t i = at; i < end; ++i) text_[i].code = U'*';
  }

  std::vector<Character> text_;
};

}  // namespace

std::string mask_personal(std::string_view utf8) { return Masker(utf8).run(); }

}  // namespace baosong::rules
