// docs/RULES.md and docs/SETTINGS.md, written from the tables. A test fails when the committed
// files differ.
#pragma once

#include <string>

#include "rules/notice.hpp"

namespace baosong::daemon {

// `notice` gives the sentences.
std::string rules_markdown(const rules::Notice& notice);
std::string settings_markdown();

// "form, table", or "mail" for a rule that is not set for single items.
std::string kinds_of(std::string_view code);
std::string_view type_name(rules::ParamType type);  // "whole number"

}  // namespace baosong::daemon
