// Dates of Date and Received (RFC 5322, sections 3.3 and 4.3), and what programs write instead.
#pragma once

#include <optional>
#include <string_view>

#include "parsers/base/time.hpp"

namespace baosong::parsers::mime {

// "Tue, 25 Oct 2022 10:00:00 +0800 (CST)", "25 Oct 22 10:00", "Tue Oct 25 10:00:00 2022",
// "2022-10-25 10:00:00 +0800", "2022/10/25 10:00". A date without a zone, and "CST", are Chinese
// time: that is where our mail comes from. nullopt when there is no such moment.
std::optional<Time> parse_date_time(std::string_view raw);

// The moment in a Received field: what follows its last semicolon.
std::optional<Time> parse_received(std::string_view raw);

}  // namespace baosong::parsers::mime
