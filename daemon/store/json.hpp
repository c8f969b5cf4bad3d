// The few lists that the store keeps as JSON text inside a column.
#pragma once

#include <string>
#include <vector>

#include "rules/finding.hpp"
#include "rules/judge.hpp"

namespace baosong::daemon::store_json {

// What comes back is what went in. Text that is not ours to read (a damaged file) throws.
std::string from_texts(const std::vector<std::string>& texts);
std::vector<std::string> to_texts(const std::string& json);

std::string from_findings(const std::vector<rules::Finding>& findings);
std::vector<rules::Finding> to_findings(const std::string& json);

std::string from_evidence(const std::vector<rules::Evidence>& evidence);
std::vector<rules::Evidence> to_evidence(const std::string& json);

}  // namespace baosong::daemon::store_json
