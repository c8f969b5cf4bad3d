#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace baosong::rules {

// kOff is for the config alone: the rule says nothing.
enum class Severity : std::uint8_t { kOff, kInfo, kWarning, kError };
inline constexpr std::array<std::string_view, 4> kSeverityNames{"off", "info", "warning", "error"};
constexpr std::string_view name_of(Severity s) {
  return kSeverityNames[static_cast<std::size_t>(s)];
}

}  // namespace baosong::rules
