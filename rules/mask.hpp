// The one place where numbers that belong to a person are made unreadable: letters, the digest,
// logs, findings. Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace baosong::rules {

// Replaces by '*', digit for digit:
//   identity numbers    18 digits (the last may be X) or 15, with a possible region and birth date
//   mobile numbers      1[3-9] and nine digits, also after +86
//   bank cards          16 to 19 digits with a valid check digit (ISO/IEC 7812)
// Digits may be full-width and grouped by single blanks or hyphens (138 0000 0000). A digit run
// that is longer than the number, a hash and a time stamp are left as they are.
// `keep`: texts whose numbers stay, such as the office's own signature.
std::string mask(std::string_view utf8, const std::vector<std::string>& keep = {});

}  // namespace baosong::rules
