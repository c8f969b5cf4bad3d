#include "rules/rule_scope.hpp"

#include <algorithm>
#include <array>

namespace baosong::rules {
namespace {

using Kinds = unsigned;
constexpr Kinds bit(ItemKind kind) { return 1U << static_cast<unsigned>(kind); }
constexpr Kinds kForms = bit(ItemKind::kForm);
constexpr Kinds kTables = bit(ItemKind::kTable);
constexpr Kinds kTexts = bit(ItemKind::kText);
constexpr Kinds kPhotos = bit(ItemKind::kPhotos);
constexpr Kinds kWritten = kForms | kTables | kTexts;
constexpr Kinds kAll = kWritten | kPhotos;

struct ScopeRow {
  std::string_view code;
  Kinds kinds;
};
constexpr std::array kScopes{
    ScopeRow{"file.unreadable", kAll},
    ScopeRow{"file.encrypted", kAll},
    ScopeRow{"file.wrong-format", kAll},
    ScopeRow{"file.cloud-link", kAll},
    ScopeRow{"file.duplicate", kAll},
    ScopeRow{"item.missing", kAll},
    ScopeRow{"item.count", kAll},
    ScopeRow{"item.pair-missing", kWritten},
    ScopeRow{"item.pair-differs", kWritten},
    ScopeRow{"text.title-missing", kTexts},
    ScopeRow{"text.title-length", kTexts},
    ScopeRow{"text.body-length", kTexts},
    ScopeRow{"form.blank-fields", kForms},
    ScopeRow{"form.year", kForms | kTables},
    ScopeRow{"table.empty", kTables},
    ScopeRow{"table.rows-mismatch", kForms | kTables},
    ScopeRow{"table.date-outside", kTables},
    ScopeRow{"pdf.seal-not-seen", kWritten},
    ScopeRow{"photo.name-machine", kPhotos},
    ScopeRow{"photo.name-generic", kPhotos},
    ScopeRow{"photo.resolution", kPhotos},
    ScopeRow{"photo.blurred", kPhotos},
    ScopeRow{"photo.duplicate", kPhotos},
    ScopeRow{"photo.reused", kPhotos},
    ScopeRow{"photo.embedded-only", kTexts | kPhotos},
};

const ScopeRow* find(std::string_view code) {
  const auto* row = std::ranges::find(kScopes, code, &ScopeRow::code);
  return row == kScopes.end() ? nullptr : row;
}

}  // namespace

bool set_per_item(std::string_view code) { return find(code) != nullptr; }

bool applies_to(std::string_view code, ItemKind kind) {
  const auto* row = find(code);
  return row != nullptr && (row->kinds & bit(kind)) != 0;
}

}  // namespace baosong::rules
