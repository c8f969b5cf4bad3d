// One setting's value: read from the text that stands in baosong.toml or after --set KEY=.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "daemon/settings.hpp"

namespace baosong::daemon {

using SettingValue =
    std::variant<std::string, std::chrono::seconds, std::int64_t, std::vector<std::string>>;

// "60s", "5min", "2h", "1d"; nothing else.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

// The value, or what is wrong with the text. Lists are separated by commas.
struct SettingAdvice {
  std::string wrong, right;  // Chinese
};
std::variant<SettingValue, SettingAdvice> read_setting(const SettingRow& row,
                                                       std::string_view text);
std::optional<SettingAdvice> check_element(const SettingRow& row, std::string_view element);

}  // namespace baosong::daemon
