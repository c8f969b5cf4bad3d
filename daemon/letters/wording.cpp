#include "daemon/letters/wording.hpp"

#include <fmt/format.h>

#include <array>

#include "parsers/text/utf8.hpp"

namespace baosong::daemon {
namespace {

std::string day_of_year(const Civil& day, int current_year) {
  const auto month = static_cast<unsigned>(day.date.month());
  const auto number = static_cast<unsigned>(day.date.day());
  const int year = static_cast<int>(day.date.year());
  if (year == current_year) return fmt::format("{}月{}日", month, number);
  return fmt::format("{}年{}月{}日", year, month, number);
}

int year_of(Time now, const Zone& zone) { return static_cast<int>(civil(now, zone).date.year()); }

// Marks that change the direction of what follows could make a name read as another.
bool is_direction_mark(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
}
bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

}  // namespace

std::string chinese_day(Time time, const Zone& zone, Time now) {
  return day_of_year(civil(time, zone), year_of(now, zone));
}

std::string chinese_moment(Time time, const Zone& zone, Time now) {
  const Civil at = civil(time, zone);
  return fmt::format("{} {:02}:{:02}", day_of_year(at, year_of(now, zone)), at.hour, at.minute);
}

std::string_view chinese_weekday(Time time, const Zone& zone) {
  static constexpr std::array<std::string_view, 7> kDays{"周日", "周一", "周二", "周三",
                                                         "周四", "周五", "周六"};
  return kDays.at(civil(time, zone).weekday);
}

std::string chinese_deadline(const rules::Batch& batch, const Zone& zone, Time now) {
  const Civil last = civil(batch.closes, zone);
  const Civil end = civil(batch.closes + std::chrono::seconds(1), zone);
  const std::string clock = end.hour == 0 && end.minute == 0 && end.second == 0
                                ? "24:00"
                                : fmt::format("{:02}:{:02}", end.hour, end.minute);
  return fmt::format("{}（{}）{}", day_of_year(last, year_of(now, zone)),
                     chinese_weekday(batch.closes, zone), clock);
}

std::string chinese_deadline_day(const rules::Batch& batch, Time now, const Zone& zone) {
  return chinese_day(batch.closes, zone, now);
}

std::string short_moment(Time time, const Zone& zone) {
  const Civil at = civil(time, zone);
  return fmt::format("{:02}-{:02} {:02}:{:02}", static_cast<unsigned>(at.date.month()),
                     static_cast<unsigned>(at.date.day()), at.hour, at.minute);
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  return fmt::format("{}", fmt::join(parts, between));
}

std::string one_line(std::string_view utf8) {
  std::string out;
  bool space = false;
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t from = at;
    const char32_t c = parsers::next_character(utf8, at);
    if (is_direction_mark(c)) continue;
    if (is_control(c) || c == U' ') {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out.append(utf8.substr(from, at - from));
  }
  return out;
}

std::string shorten(std::string_view utf8, std::size_t characters) {
  std::size_t at = 0, kept = 0, count = 0;
  while (at < utf8.size()) {
    parsers::next_character(utf8, at);
    if (++count < characters) kept = at;
  }
  if (count <= characters) return std::string(utf8);
  return std::string(utf8.substr(0, kept)) + "…";
}

std::size_t display_width(std::string_view utf8) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = parsers::next_character(utf8, at);
    // Marks that Chinese fonts draw in full width although Unicode calls them ambiguous.
    const bool wide = parsers::is_east_asian(c) || (c >= 0x2010 && c <= 0x2026) || c == 0x00B7;
    width += wide ? 2 : 1;
  }
  return width;
}

std::string pad(std::string_view utf8, std::size_t width) {
  const std::size_t have = display_width(utf8);
  return std::string(utf8) + std::string(have < width ? width - have : 0, ' ');
}

}  // namespace baosong::daemon
