// Points in time and the one zone table. Nothing here reads a clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace baosong {

// Seconds since the epoch, UTC. Every instant in the project is one of these.
using Time = std::chrono::sys_seconds;

// A fixed offset from UTC. China has kept +08:00 without summer time since 1991, so an offset is
// all that a notice needs.
struct Zone {
  std::string name = "Asia/Shanghai";
  std::chrono::minutes offset{480};
};

// The zones a notice may name ("Asia/Shanghai", "UTC", "+08:00"); nullopt for any other.
std::optional<Zone> find_zone(std::string_view name);

// RFC 3339, section 5.6. The parser also takes a blank instead of T; no offset is an error.
std::optional<Time> parse_rfc3339(std::string_view text);
std::string format_rfc3339(Time time, const Zone& zone);

// A civil date "2022-10-25"; nullopt when there is no such day.
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

// The day and the time of day that a clock on the wall of `zone` shows.
struct Civil {
  std::chrono::year_month_day date;
  int hour = 0, minute = 0, second = 0;
  unsigned weekday = 0;  // 0 is Sunday
};
Civil civil(Time time, const Zone& zone);
Time from_civil(const Civil& civil, const Zone& zone);

}  // namespace baosong
