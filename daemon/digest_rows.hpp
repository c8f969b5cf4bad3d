// The rows of the digest's list of what staff are asked to do. Internal to daemon/digest*.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/digest.hpp"

namespace baosong::daemon {

using NeedRows = std::vector<NeedRow>;

// Empty for a unit that the notice does not know.
std::string unit_name(const DigestInput& input, std::string_view id);

// One row for each file.
NeedRows cloud_links(const DigestInput& input);
NeedRows unreadable(const DigestInput& input);
NeedRows unrecognised(const DigestInput& input);
NeedRows seals(const DigestInput& input);
NeedRows doubtful_scans(const DigestInput& input);  // their titles speak of another item
// Scans that count by their file names alone, a row for each unit.
NeedRows scans_by_name(const DigestInput& input);

// A sentence about the links that end within the days that the notice's rule names.
std::optional<std::string> links_that_end(const DigestInput& input);

}  // namespace baosong::daemon
