#include "rules/param_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace baosong::rules {
namespace {

template <class T>
std::optional<std::vector<T>> list_of(const toml::node& node) {
  const auto* array = node.as_array();
  if (array == nullptr) return std::nullopt;
  std::vector<T> out;
  for (const auto& element : *array) {
    const auto value = element.value_exact<T>();
    if (!value) return std::nullopt;
    out.push_back(*value);
  }
  return out;
}

template <class T>
std::optional<ParamValue> as_param(std::optional<T> value) {
  if (!value) return std::nullopt;
  return ParamValue{std::move(*value)};
}

// Limits of the numbers themselves, where nonsense could be written.
struct RangeRow {
  std::string_view param;
  double least, most;
};
constexpr std::array kRanges{
    RangeRow{"max", 1, 100'000},       RangeRow{"min", 0, 1'000'000},
    RangeRow{"target", 0, 1'000'000},  RangeRow{"likeness", 0, 1},
    RangeRow{"year", 2000, 2100},      RangeRow{"min_han", 0, 100},
    RangeRow{"long_side", 0, 100'000}, RangeRow{"short_side", 0, 100'000},
    RangeRow{"bytes", 0, 1e12},        RangeRow{"below", 0, 1e9},
    RangeRow{"distance", 0, 64},       RangeRow{"pages", 1, 10'000},
};

}  // namespace

std::string_view name_of(ParamType type) {
  constexpr std::array<std::string_view, 7> kNames{"true 或 false", "整数",     "数",      "文字",
                                                   "整数数组",      "文字数组", "严重程度"};
  return kNames[static_cast<std::size_t>(type)];
}
std::string_view example_of(ParamType type) {
  constexpr std::array<std::string_view, 7> kExamples{
      "true", "20", "0.35", "\"…\"", "[240, 360]", "[\"…\", \"…\"]", "\"warning\""};
  return kExamples[static_cast<std::size_t>(type)];
}

std::optional<Severity> severity_of(std::string_view name) {
  const auto* at = std::ranges::find(kSeverityNames, name);
  if (at == kSeverityNames.end()) return std::nullopt;
  return static_cast<Severity>(at - kSeverityNames.begin());
}

std::optional<ParamValue> param_of(const toml::node& node, ParamType type) {
  switch (type) {
    case ParamType::kBool:
      return as_param(node.value_exact<bool>());
    case ParamType::kInt:
      return as_param(node.value_exact<std::int64_t>());
    case ParamType::kNumber:
      return node.is_number() ? as_param(node.value<double>()) : std::nullopt;
    case ParamType::kText:
      return as_param(node.value_exact<std::string>());
    case ParamType::kInts:
      return as_param(list_of<std::int64_t>(node));
    case ParamType::kTexts:
      return as_param(list_of<std::string>(node));
    case ParamType::kSeverity: {
      const auto name = node.value_exact<std::string>();
      return name && severity_of(*name) ? std::optional(ParamValue{*name}) : std::nullopt;
    }
  }
  return std::nullopt;
}

ParamValue zero_param(ParamType type) {
  switch (type) {
    case ParamType::kBool:
      return false;
    case ParamType::kInt:
      return std::int64_t{0};
    case ParamType::kNumber:
      return 0.0;
    case ParamType::kInts:
      return std::vector<std::int64_t>{};
    case ParamType::kTexts:
      return std::vector<std::string>{};
    case ParamType::kText:
    case ParamType::kSeverity:
      break;
  }
  return std::string{};
}

ParamValue default_param(const ParamRow& row) {
  if (row.fallback.empty()) return zero_param(row.type);
  const auto table = toml::parse(fmt::format("x = {}", row.fallback));
  const auto value = param_of(*table.get("x"), row.type);
  if (!value)
    throw std::logic_error("rule table: fallback of another type: " + std::string(row.name));
  return *value;
}

bool needs_setting(const RuleRow& row) {
  return std::ranges::any_of(row.params, [](const ParamRow& p) { return p.fallback.empty(); });
}

std::optional<ParamAdvice> out_of_range(const ParamRow& param, const ParamValue& value) {
  double number = 0;
  if (const auto* whole = std::get_if<std::int64_t>(&value)) {
    number = static_cast<double>(*whole);
  } else if (const auto* real = std::get_if<double>(&value)) {
    number = *real;
  } else {
    return std::nullopt;
  }
  const auto* range = std::ranges::find(kRanges, param.name, &RangeRow::param);
  if (range == kRanges.end() || (number >= range->least && number <= range->most))
    return std::nullopt;
  return ParamAdvice{fmt::format("“{}”是 {}，超出了范围", param.name, number),
                     fmt::format("{} 到 {} 之间", range->least, range->most)};
}

}  // namespace baosong::rules
