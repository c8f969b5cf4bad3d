#include "parsers/base/time.hpp"

#include <fmt/format.h>

#include <array>

namespace baosong {
namespace {

namespace chr = std::chrono;

struct ZoneRow {
  std::string_view name;
  int minutes;
};
constexpr std::array kZones{ZoneRow{"Asia/Shanghai", 480}, ZoneRow{"UTC", 0}, ZoneRow{"Z", 0}};

// Reads exactly `digits` digits at `at` and moves past them.
std::optional<int> number(std::string_view text, std::size_t& at, std::size_t digits) {
  if (text.size() < at + digits) return std::nullopt;
  int value = 0;
  for (std::size_t end = at + digits; at < end; ++at) {
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    value = value * 10 + (text[at] - '0');
  }
  return value;
}

bool skip(std::string_view text, std::size_t& at, std::string_view any_of) {
  if (at >= text.size() || any_of.find(text[at]) == std::string_view::npos) return false;
  ++at;
  return true;
}

std::optional<chr::minutes> offset(std::string_view text) {
  if (text == "Z" || text == "z") return chr::minutes{0};
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  std::size_t at = 1;
  const auto hours = number(text, at, 2);
  at = 4;
  const auto minutes = number(text, at, 2);
  if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  const chr::minutes sum{*hours * 60 + *minutes};
  return text[0] == '-' ? -sum : sum;
}

std::optional<chr::year_month_day> date_at(std::string_view text, std::size_t& at) {
  const auto year = number(text, at, 4);
  if (!year || !skip(text, at, "-")) return std::nullopt;
  const auto month = number(text, at, 2);
  if (!month || !skip(text, at, "-")) return std::nullopt;
  const auto day = number(text, at, 2);
  if (!day) return std::nullopt;
  const chr::year_month_day date{chr::year{*year}, chr::month{static_cast<unsigned>(*month)},
                                 chr::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  return date;
}

}  // namespace

std::optional<Zone> find_zone(std::string_view name) {
  for (const auto& row : kZones) {
    if (row.name == name) return Zone{std::string(name), chr::minutes{row.minutes}};
  }
  if (const auto minutes = offset(name)) return Zone{std::string(name), *minutes};
  return std::nullopt;
}

std::optional<Time> parse_rfc3339(std::string_view text) {
  std::size_t at = 0;
  const auto date = date_at(text, at);
  if (!date || !skip(text, at, "Tt ")) return std::nullopt;
  const auto hour = number(text, at, 2);
  if (!hour || !skip(text, at, ":")) return std::nullopt;
  const auto minute = number(text, at, 2);
  if (!minute || !skip(text, at, ":")) return std::nullopt;
  const auto second = number(text, at, 2);
  if (!second || *hour > 23 || *minute > 59 || *second > 60) return std::nullopt;
  if (skip(text, at, ".")) {
    const std::size_t first = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == first) return std::nullopt;
  }
  const auto shift = offset(text.substr(at));
  if (!shift) return std::nullopt;
  // A leap second reads as the last second before it: clocks here do not have it.
  return chr::sys_days{*date} + chr::hours{*hour} + chr::minutes{*minute} +
         chr::seconds{*second == 60 ? 59 : *second} - *shift;
}

std::string format_rfc3339(Time time, const Zone& zone) {
  const Civil c = civil(time, zone);
  std::string out =
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(c.date.year()),
                  static_cast<unsigned>(c.date.month()), static_cast<unsigned>(c.date.day()),
                  c.hour, c.minute, c.second);
  const auto minutes = zone.offset.count();
  const auto size = minutes < 0 ? -minutes : minutes;
  return minutes == 0
             ? out + "Z"
             : out + fmt::format("{}{:02}:{:02}", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

std::optional<chr::year_month_day> parse_date(std::string_view text) {
  std::size_t at = 0;
  const auto date = date_at(text, at);
  if (at != text.size()) return std::nullopt;
  return date;
}

Civil civil(Time time, const Zone& zone) {
  const Time local = time + zone.offset;
  const auto day = chr::floor<chr::days>(local);
  const chr::hh_mm_ss clock{local - day};
  return Civil{chr::year_month_day{day}, static_cast<int>(clock.hours().count()),
               static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
               chr::weekday{day}.c_encoding()};
}

Time from_civil(const Civil& c, const Zone& zone) {
  return chr::sys_days{c.date} + chr::hours{c.hour} + chr::minutes{c.minute} +
         chr::seconds{c.second} - zone.offset;
}

}  // namespace baosong
