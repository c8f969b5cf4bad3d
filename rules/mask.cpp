#include "rules/mask.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "parsers/text/utf8.hpp"

namespace baosong::rules {
namespace {

// A digit of the text: its value ('0'..'9', 'X' for a final X) and the bytes it takes.
struct Digit {
  char value;
  std::size_t at, bytes;
};

// Digits with at most one blank or hyphen between two of them.
struct Run {
  std::vector<Digit> digits;
  std::vector<std::size_t> groups;  // how many digits each group has; one group: no separators
};

constexpr std::size_t kHashDigits = 64;

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }

// A SHA-256 or a part of one is no number, though eleven of its digits may look like one.
bool inside_hash(std::string_view text, std::size_t at) {
  std::size_t from = at, to = at;
  while (from > 0 && at - from < kHashDigits && is_hex(text[from - 1])) --from;
  while (to < text.size() && to - at < kHashDigits && is_hex(text[to])) ++to;
  const auto word = text.substr(from, to - from);
  return word.size() >= 32 && std::ranges::any_of(word, [](char c) { return c >= 'a'; });
}

char digit_value(char32_t c) {
  if (c >= U'0' && c <= U'9') return static_cast<char>('0' + (c - U'0'));
  if (c >= U'０' && c <= U'９') return static_cast<char>('0' + (c - U'０'));
  return 0;
}
bool is_x(char32_t c) { return c == U'x' || c == U'X' || c == U'ｘ' || c == U'Ｘ'; }
bool is_separator(char32_t c) {
  return c == U' ' || c == U'-' || c == U'　' || c == U'\u00A0' || c == U'－';
}

bool grouped_as(const Run& run, std::initializer_list<std::size_t> groups) {
  return std::ranges::equal(run.groups, groups);
}

int two(std::string_view digits, std::size_t at) {
  return (digits[at] - '0') * 10 + (digits[at + 1] - '0');
}

// Leading two digits of GB/T 2260: the provinces that there are.
bool is_region(std::string_view digits) {
  static constexpr std::array<int, 34> kRegions{11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34,
                                                35, 36, 37, 41, 42, 43, 44, 45, 46, 50, 51, 52,
                                                53, 54, 61, 62, 63, 64, 65, 71, 81, 82};
  return std::ranges::find(kRegions, two(digits, 0)) != kRegions.end();
}
bool is_day(std::string_view digits, std::size_t at) {
  const int month = two(digits, at), day = two(digits, at + 2);
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// The check digit is not asked for: a mistyped identity number still gives a person away.
bool is_identity(std::string_view digits) {
  if (digits.size() == 18) {
    const int century = two(digits, 6);
    return is_region(digits) && century >= 18 && century <= 20 && is_day(digits, 10);
  }
  return digits.size() == 15 && is_region(digits) && is_day(digits, 8);
}

bool is_mobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

bool is_card(std::string_view digits) {
  if (digits.size() < 16 || digits.size() > 19 || digits.back() == 'X') return false;
  if (digits[0] < '3' || digits[0] > '6') return false;  // 3-6: payment cards
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int value = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1 && (value *= 2) > 9) value -= 9;
    sum += value;
  }
  return sum % 10 == 0;
}

std::string values(const Run& run) {
  std::string out;
  for (const auto& digit : run.digits) out += digit.value;
  return out;
}

// How many leading digits to step over (a country code); npos: no number of a person.
std::size_t personal_from(const Run& run) {
  const std::string all = values(run);
  const bool plain = run.groups.size() == 1;
  if (plain && (is_identity(all) || is_mobile(all) || is_card(all))) return 0;
  if (is_mobile(all) &&
      (grouped_as(run, {3, 4, 4}) || grouped_as(run, {3, 8}) || grouped_as(run, {7, 4})))
    return 0;
  if (is_identity(all) &&
      (grouped_as(run, {6, 8, 4}) || grouped_as(run, {6, 4, 4, 4}) || grouped_as(run, {6, 6, 3})))
    return 0;
  const bool fours =
      std::all_of(run.groups.begin(), run.groups.end() - 1, [](auto n) { return n == 4; });
  if (!plain && fours && is_card(all)) return 0;
  if (all.starts_with("86") && is_mobile(std::string_view(all).substr(2)) &&
      (plain || grouped_as(run, {2, 11}) || grouped_as(run, {2, 3, 4, 4})))
    return 2;
  return std::string_view::npos;
}

// The run that starts at `at`. When grouping does not make a number the caller tries the first
// group alone, so "10月24日 13800000000" and "2022-13800000000" are both found.
Run read_run(std::string_view text, std::size_t at, bool with_groups) {
  Run run;
  run.groups.push_back(0);
  while (at < text.size()) {
    std::size_t next = at;
    const char32_t c = parsers::next_character(text, next);
    if (const char value = digit_value(c); value != 0) {
      run.digits.push_back({value, at, next - at});
      ++run.groups.back();
      at = next;
      continue;
    }
    if (is_x(c) && run.digits.size() == 17) {
      run.digits.push_back({'X', at, next - at});
      ++run.groups.back();
      break;
    }
    if (!with_groups || !is_separator(c) || next >= text.size()) break;
    std::size_t after = next;
    if (digit_value(parsers::next_character(text, after)) == 0 || run.digits.size() > 19) break;
    run.groups.push_back(0);
    at = next;
  }
  return run;
}

std::set<std::string> numbers_of(const std::vector<std::string>& texts) {
  std::set<std::string> numbers;
  for (const auto& text : texts) {
    for (std::size_t at = 0; at < text.size();) {
      std::size_t next = at;
      if (digit_value(parsers::next_character(text, next)) == 0) {
        at = next;
        continue;
      }
      for (const bool groups : {true, false}) numbers.insert(values(read_run(text, at, groups)));
      const auto run = read_run(text, at, false);
      at = run.digits.back().at + run.digits.back().bytes;
    }
  }
  return numbers;
}

}  // namespace

std::string mask(std::string_view text, const std::vector<std::string>& keep) {
  const auto kept = numbers_of(keep);
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::size_t next = at;
    if (digit_value(parsers::next_character(text, next)) == 0) {
      out.append(text.substr(at, next - at));
      at = next;
      continue;
    }
    Run run = read_run(text, at, true);
    std::size_t from = personal_from(run);
    if (from == std::string_view::npos) {
      run = read_run(text, at, false);
      from = personal_from(run);
    }
    if (from != std::string_view::npos && !kept.contains(values(run)) && !inside_hash(text, at)) {
      std::size_t copied = at;
      for (std::size_t i = 0; i < run.digits.size(); ++i) {
        const Digit& digit = run.digits[i];
        out.append(text.substr(copied, digit.at - copied));
        out.append(i < from ? text.substr(digit.at, digit.bytes) : std::string_view("*"));
        copied = digit.at + digit.bytes;
      }
      at = copied;
      continue;
    }
    const std::size_t end = run.digits.back().at + run.digits.back().bytes;
    out.append(text.substr(at, end - at));
    at = end;
  }
  return out;
}

}  // namespace baosong::rules
