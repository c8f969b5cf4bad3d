// Where the configuration lies and how its files are read. Internal to load_settings() and
// load_config().
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rules/load.hpp"

namespace baosong::daemon {

// `given` as --config has it (a directory means its baosong.toml). When it is empty:
// /etc/baosong/baosong.toml if there is one; else the shipped configuration, installed beside the
// program (../share/baosong/config) or in the source tree that the program was built from.
std::string find_settings_file(const std::string& given);
std::string directory_of(const std::string& path);

// Adds a fault and answers nullopt when the file cannot be read or is no config by its size.
std::optional<rules::ConfigFile> read_config_file(const std::string& path,
                                                  std::vector<rules::Fault>& faults);

// Names (without the folder) of the files with this ending, sorted; empty when there is no folder.
std::vector<std::string> files_ending_in(const std::string& folder, std::string_view ending);

}  // namespace baosong::daemon
