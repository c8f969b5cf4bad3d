// Which rules speak of which kinds of item. One table: the loader fills Item::rules from it and
// docs/RULES.md shows it.
#pragma once

#include <string_view>

#include "rules/notice.hpp"

namespace baosong::rules {

// Whether a rule may be set for single items at all; the others (unit.unknown, mail.late,
// file.unrecognised …) speak of a mail or of a file that belongs to no item.
bool set_per_item(std::string_view code);
bool applies_to(std::string_view code, ItemKind kind);

}  // namespace baosong::rules
