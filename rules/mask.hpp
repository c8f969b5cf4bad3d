// Identity and mobile numbers must not reach a letter, a log or a file name.
#pragma once

#include <string>
#include <string_view>

namespace baosong::rules {

// Replaces every identity number (18 or 15 digits with a date of birth in its place) and every
// mainland mobile number (11 digits from 13 to 19, blanks or hyphens between the groups and +86
// before it allowed, full-width digits too) by stars, one a character. Longer runs of digits, such
// as the milliseconds of mmexport1666236612345, are left alone.
std::string mask_personal(std::string_view utf8);

}  // namespace baosong::rules
