// The steps of load_notice(), one file each. Internal to the loader.
#pragma once

#include "rules/notice.hpp"
#include "rules/toml_reader.hpp"

namespace baosong::rules {

// rule_table()'s own settings. A rule that needs a parameter without a default is off until
// somebody sets it; its parameters are complete nevertheless.
RuleSettings default_rules();
// The settings of one `rules` table (null: nothing is set there) on top of `base`. `item` is null
// for the notice's own table; for an item the rules that do not apply to it are off.
RuleSettings read_rules(const TomlFile& file, const toml::table* table, const Item* item,
                        const RuleSettings& base);

// In this order: items name units and batches, findings name nothing.
void load_units(const TomlFile& file, Notice& notice);
// `units_complete`: the roster could be read in full, so an id that is not in it is a fault.
void load_items(const TomlFile& file, const TableReader& root, bool units_complete, Notice& notice);
void load_findings(const TomlFile& file, Notice& notice);

inline constexpr std::array<std::string_view, 3> kDutyNames{"required", "optional",
                                                            "not-applicable"};

// Ids are used in file names, URLs and on the command line.
bool is_id(std::string_view text);
inline constexpr std::string_view kIdForm = "小写字母、数字和 -，以字母或数字开头";

}  // namespace baosong::rules
