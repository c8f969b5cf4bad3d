// What `check` and `status` say to people, in Chinese, for a terminal.
#pragma once

#include <string>
#include <string_view>

#include "daemon/digest.hpp"
#include "daemon/intake.hpp"

namespace baosong::daemon {

// One mail or document: who, what came, what is to be said, the letter. Personal numbers masked.
std::string check_text(const rules::Notice& notice, const DryRun& run, std::string_view file);

// The table of units; with `only`, the items and findings of that unit.
std::string status_text(const DigestInput& input, std::string_view only);

}  // namespace baosong::daemon
