// The one table of rules. The config checker, `baosong rules`, docs/RULES.md, the checks and a
// coverage test read the same rows.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "rules/severity.hpp"

namespace baosong::rules {

using ParamValue = std::variant<bool, std::int64_t, double, std::string, std::vector<std::int64_t>,
                                std::vector<std::string>>;
using Params = std::map<std::string, ParamValue, std::less<>>;

enum class ParamType : std::uint8_t { kBool, kInt, kNumber, kText, kInts, kTexts, kSeverity };

struct ParamRow {
  std::string_view name;
  ParamType type;
  std::string_view fallback;  // as it would stand in TOML; "" means: none, the rule needs it set
  std::string_view summary;   // one line of English
};

// Where a rule may be configured.
enum class Scope : std::uint8_t { kItem, kDocument, kMail };

// A sentence the rule may say. Its text stands in config/replies/findings.toml under
// "code" or "code.variant"; `fields` are the {{fields}} the text may use besides the common ones
// (item, document, measured, limit).
struct SentenceRow {
  std::string_view variant;  // "" for the plain one
  std::span<const std::string_view> fields;
};

struct RuleRow {
  std::string_view code;     // fixed: "text.title-length"
  std::string_view summary;  // one line of English
  Scope scope;
  Severity severity;  // default
  std::span<const ParamRow> params;
  std::span<const SentenceRow> sentences;
};

std::span<const RuleRow> rule_table();
const RuleRow* find_rule(std::string_view code);

}  // namespace baosong::rules
