#include "parsers/mime/date.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "parsers/mime/ascii.hpp"
#include "parsers/mime/header.hpp"

namespace baosong::parsers::mime {
namespace {

namespace chr = std::chrono;

constexpr std::array<std::string_view, 12> kMonths{"jan", "feb", "mar", "apr", "may", "jun",
                                                   "jul", "aug", "sep", "oct", "nov", "dec"};
struct ZoneName {
  std::string_view name;
  int minutes;
};
constexpr std::array kZoneNames{ZoneName{"gmt", 0},    ZoneName{"ut", 0},     ZoneName{"utc", 0},
                                ZoneName{"z", 0},      ZoneName{"cst", 480},  ZoneName{"edt", -240},
                                ZoneName{"est", -300}, ZoneName{"cdt", -300}, ZoneName{"mst", -420},
                                ZoneName{"mdt", -360}, ZoneName{"pst", -480}, ZoneName{"pdt", -420},
                                ZoneName{"jst", 540},  ZoneName{"hkt", 480}};
constexpr int kChina = 480;

int number(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 8)) value = value * 10 + (c - '0');
  return value;
}
bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

// What has been understood so far; -1 is not yet.
struct Moment {
  int year = -1, month = -1, day = -1, hour = 0, minute = 0, second = 0;
  std::optional<int> zone;  // minutes east of Greenwich
};

// "10:00", "10:00:00", "10.00.00" is left alone.
bool take_clock(std::string_view word, Moment& m) {
  const std::size_t first = word.find(':');
  if (first == std::string_view::npos || !all_digits(word.substr(0, first))) return false;
  const std::size_t second = std::min(word.find(':', first + 1), word.size());
  const std::string_view minutes = word.substr(first + 1, second - first - 1);
  std::string_view seconds = second < word.size() ? word.substr(second + 1) : "0";
  seconds = seconds.substr(0, seconds.find('.'));
  if (!all_digits(minutes) || !all_digits(seconds)) return false;
  m.hour = number(word.substr(0, first));
  m.minute = number(minutes);
  m.second = std::min(number(seconds), 60) == 60 ? 59 : number(seconds);
  return true;
}

bool take_offset(std::string_view word, Moment& m) {
  if (word.size() < 2 || (word[0] != '+' && word[0] != '-')) return false;
  std::string digits(word.substr(1));
  std::erase(digits, ':');
  if (!all_digits(digits) || digits.size() > 4) return false;
  const int value = number(digits);
  const int minutes = digits.size() <= 2 ? value * 60 : value / 100 * 60 + value % 100;
  if (minutes > 15 * 60) return false;
  m.zone = word[0] == '-' ? -minutes : minutes;
  return true;
}

// 2022-10-25, 2022/10/25
bool take_iso(std::string_view word, Moment& m) {
  if (word.size() < 8 || !all_digits(word.substr(0, 4)) || (word[4] != '-' && word[4] != '/'))
    return false;
  const std::size_t mark = word.find(word[4], 5);
  if (mark == std::string_view::npos) return false;
  const std::string_view month = word.substr(5, mark - 5), day = word.substr(mark + 1);
  if (!all_digits(month) || !all_digits(day)) return false;
  m.year = number(word.substr(0, 4));
  m.month = number(month);
  m.day = number(day);
  return true;
}

int month_of(std::string_view word) {
  const std::string small = lower(word.substr(0, 3));
  const auto row = std::ranges::find(kMonths, small);
  return row == kMonths.end() ? -1 : static_cast<int>(row - kMonths.begin()) + 1;
}

// RFC 5322, 4.3: two digits below 50 are this century; three count from 1900.
int full_year(std::string_view digits) {
  const int year = number(digits);
  if (digits.size() >= 4) return year;
  return digits.size() == 2 && year < 50 ? 2000 + year : 1900 + year;
}

void take_word(std::string_view word, Moment& m) {
  if (take_clock(word, m) || take_offset(word, m)) return;
  if (m.day < 0 && take_iso(word, m)) return;
  if (all_digits(word)) {
    if (m.day < 0 && word.size() <= 2) {
      m.day = number(word);
    } else if (m.year < 0) {
      m.year = full_year(word);
    }
    return;
  }
  if (m.month < 0 && month_of(word) > 0) {
    m.month = month_of(word);
    return;
  }
  const std::string small = lower(word);
  const auto zone = std::ranges::find(kZoneNames, small, &ZoneName::name);
  if (zone != kZoneNames.end() && !m.zone) m.zone = zone->minutes;
}

// Words without comments. "25-Oct-2022" and "2022-10-25T10:00:00Z" are taken apart.
std::vector<std::string> words_of(std::string_view text) {
  constexpr std::size_t kMostWords = 16;
  std::vector<std::string> words(1);
  int depth = 0;
  for (std::size_t at = 0; at < text.size() && words.size() <= kMostWords; ++at) {
    const char c = text[at];
    if (c == '(') ++depth;
    if (c == ')' && depth > 0) {
      --depth;
      continue;
    }
    if (depth > 0) continue;
    std::string& word = words.back();
    const bool letter_follows_digit = !word.empty() && is_digit(word.back()) && !is_digit(c) &&
                                      (c == 'T' || c == 'Z' || c == 't');
    const bool dash_beside_letter =
        c == '-' && !word.empty() &&
        (!is_digit(word.back()) || (at + 1 < text.size() && to_lower(text[at + 1]) >= 'a'));
    const bool sign_after_clock = (c == '+' || c == '-') && word.find(':') != std::string::npos;
    if (is_blank(c) || c == ',' || dash_beside_letter || (letter_follows_digit && c != 'Z')) {
      if (!word.empty()) words.emplace_back();
    } else {
      if (sign_after_clock || (letter_follows_digit && c == 'Z')) words.emplace_back();
      words.back().push_back(c);
    }
  }
  return words;
}

}  // namespace

std::optional<Time> parse_date_time(std::string_view raw) {
  Moment m;
  for (const std::string& word : words_of(unfold(raw.substr(0, 512)))) {
    if (!word.empty()) take_word(word, m);
  }
  const chr::year_month_day date{chr::year{m.year},
                                 chr::month{static_cast<unsigned>(std::max(m.month, 0))},
                                 chr::day{static_cast<unsigned>(std::max(m.day, 0))}};
  if (m.year < 1970 || m.year > 9999 || !date.ok()) return std::nullopt;
  if (m.hour > 23 || m.minute > 59 || m.second > 59) return std::nullopt;
  return Time{chr::sys_days{date}} + chr::hours{m.hour} + chr::minutes{m.minute} +
         chr::seconds{m.second} - chr::minutes{m.zone.value_or(kChina)};
}

std::optional<Time> parse_received(std::string_view raw) {
  const std::size_t mark = raw.rfind(';');
  return mark == std::string_view::npos ? std::nullopt : parse_date_time(raw.substr(mark + 1));
}

}  // namespace baosong::parsers::mime
