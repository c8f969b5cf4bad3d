// Dates, lists and names as a Chinese office writes them. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/base/time.hpp"
#include "rules/notice.hpp"

namespace baosong::daemon {

// "10月25日"; another year than that of `now` is written out: "2023年1月5日".
std::string chinese_day(Time time, const Zone& zone, Time now);
// "10月24日 15:20"
std::string chinese_moment(Time time, const Zone& zone, Time now);
// "周二"
std::string_view chinese_weekday(Time time, const Zone& zone);
// The end of a batch: "10月25日（周二）24:00"; the last second of a day is its 24:00.
std::string chinese_deadline(const rules::Batch& batch, const Zone& zone, Time now);
// The day of the deadline alone: "10月25日".
std::string chinese_deadline_day(const rules::Batch& batch, Time now, const Zone& zone);
// "10-24 09:12", for tables.
std::string short_moment(Time time, const Zone& zone);

std::string join(const std::vector<std::string>& parts, std::string_view between);

// One line without control and direction-changing characters, which a file name or a subject from
// outside may hold; runs of white space become one blank.
std::string one_line(std::string_view utf8);

// Cut to `characters`, with … at the end when something was cut.
std::string shorten(std::string_view utf8, std::size_t characters);

// Columns that a fixed-width terminal or mail takes: East Asian characters two.
std::size_t display_width(std::string_view utf8);
// Padded with blanks on the right to `width` columns.
std::string pad(std::string_view utf8, std::size_t width);

}  // namespace baosong::daemon
