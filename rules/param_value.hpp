// Values of rule parameters as TOML writes them. Internal to the loader.
#pragma once

#include <toml++/toml.h>

#include <optional>
#include <string>
#include <string_view>

#include "rules/load.hpp"
#include "rules/rule_table.hpp"

namespace baosong::rules {

std::string_view name_of(ParamType type);     // Chinese
std::string_view example_of(ParamType type);  // as TOML would write it
std::optional<Severity> severity_of(std::string_view name);

// nullopt when the node is of another type.
std::optional<ParamValue> param_of(const toml::node& node, ParamType type);
// What stands in for a parameter that nobody set and that has no default.
ParamValue zero_param(ParamType type);
ParamValue default_param(const ParamRow& row);
bool needs_setting(const RuleRow& row);  // a parameter has no default

// nullopt, or what is wrong with a number that is out of its range.
struct ParamAdvice {
  std::string wrong, right;
};
std::optional<ParamAdvice> out_of_range(const ParamRow& param, const ParamValue& value);

}  // namespace baosong::rules
