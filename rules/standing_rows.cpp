// Summary tables against forms (Q6): only when both are in.
#include <algorithm>

#include "rules/likeness.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/standing_work.hpp"

namespace baosong::rules::work {
namespace {

struct Row {
  std::string nominee;
  const Candidate* from = nullptr;
};

// Rows of every table that counts; nullopt when one of them could not be read.
std::optional<std::vector<Row>> rows_of(const ItemWork& table) {
  std::vector<Row> rows;
  bool any = false;
  for (const Candidate& c : table.candidates) {
    if (c.half != Half::kWord || c.fate != Fate::kCurrent) continue;
    const auto* word = c.word();
    if (word == nullptr || c.broken) return std::nullopt;
    const SummaryTable read = read_summary(*word, *table.item);
    if (!read.head_found) return std::nullopt;
    any = true;
    for (const auto& row : read.rows) {
      // A row without a name is somebody nobody can look for.
      if (!row.nominee.empty()) rows.push_back({row.nominee, &c});
    }
  }
  if (!any || rows.empty()) return std::nullopt;
  return rows;
}

}  // namespace

bool says_nil(const ItemWork& table) {
  bool nil = false;
  for (const Candidate& c : table.candidates) {
    if (c.half != Half::kWord || c.fate != Fate::kCurrent || c.broken || c.word() == nullptr)
      continue;
    if (!read_summary(*c.word(), *table.item).nil) return false;
    nil = true;
  }
  return nil;
}

void compare_rows(const Notice& notice, ItemWork& table, const ItemWork& forms) {
  const RuleSetting& rule = notice.rule(table.item, "table.rows-mismatch");
  if (rule.severity == Severity::kOff || forms.slots.empty()) return;
  const auto rows = rows_of(table);
  if (!rows) return;

  std::vector<bool> used(forms.slots.size(), false);
  std::vector<const Row*> alone;
  for (const int exact : {1, 0}) {
    std::vector<const Row*> todo = std::move(alone);
    alone.clear();
    if (exact == 1) {
      for (const Row& row : *rows) todo.push_back(&row);
    }
    for (const Row* row : todo) {
      bool found = false;
      for (std::size_t s = 0; s < forms.slots.size() && !found; ++s) {
        const std::string& nominee = forms.slots[s].nominee;
        found = exact == 1 ? same_name(row->nominee, nominee)
                           : !used[s] && (name_hints_at(row->nominee, nominee) ||
                                          name_hints_at(nominee, row->nominee));
        if (found) used[s] = true;
      }
      if (!found) alone.push_back(row);
    }
  }
  // A form whose nominee nobody could read may be the one of any row.
  const auto nameless =
      std::ranges::count_if(forms.slots, [](const Slot& s) { return s.nominee.empty(); });
  if (std::ssize(alone) > nameless) {
    for (const Row* row : alone) {
      say(notice, table.item, {row->from->entry->mail, &row->from->document()}, rule.severity,
          {.code = "table.rows-mismatch",
           .variant = "row-without-form",
           .measured = std::to_string(forms.slots.size()),
           .limit = std::to_string(rows->size()),
           .fields = {{"nominee", row->nominee}}},
          table.findings);
    }
  }
  for (std::size_t s = 0; s < forms.slots.size(); ++s) {
    const Slot& slot = forms.slots[s];
    if (used[s] || slot.nominee.empty() || slot.words.empty()) continue;
    const Candidate& c = forms.candidates[slot.words.back()];
    // A name that only the file name tells may be shortened beyond recognition.
    if (c.word() == nullptr || c.broken) continue;
    say(notice, table.item, {c.entry->mail, &c.document()},
        rule.severity_param("form_without_row_severity"),
        {.code = "table.rows-mismatch",
         .variant = "form-without-row",
         .measured = std::to_string(forms.slots.size()),
         .limit = std::to_string(rows->size()),
         .fields = {{"nominee", slot.nominee}}},
        table.findings);
  }
}

}  // namespace baosong::rules::work
