#include "parsers/word/sheet.hpp"

#include <algorithm>
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

constexpr std::size_t kMerges = 5000;
constexpr std::size_t kHiddenRows = 100'000;
constexpr std::size_t kCellCost = 16;  // so that a million empty cells reach the text limit

}  // namespace

void SheetGrid::put(std::size_t row, std::size_t column, std::string_view text) {
  text = trim(text);
  if (column >= kSheetColumns || text.empty() || hidden_.contains(row)) return;
  if (text.size() + kCellCost > limits::kFactTextBytes - text_bytes_) {
    facts_.cut = true;
    return;
  }
  if (rows_.size() >= limits::kFactRows && !rows_.contains(row)) {
    facts_.cut = true;
    return;
  }
  text_bytes_ += text.size() + kCellCost;
  auto& cells = rows_[row];
  if (cells.size() <= column) cells.resize(column + 1);
  cells[column].text = text;
}

void SheetGrid::hide(std::size_t row) {
  rows_.erase(row);
  if (hidden_.size() < kHiddenRows) hidden_.insert(row);
}

void SheetGrid::merge(std::size_t first_row, std::size_t first_column, std::size_t last_row,
                      std::size_t last_column) {
  if (merges_++ >= kMerges || last_row < first_row || last_column < first_column ||
      last_column >= kSheetColumns) {
    return;
  }
  const std::size_t span = last_column - first_column + 1;
  for (auto row = rows_.lower_bound(first_row); row != rows_.end() && row->first <= last_row;
       ++row) {
    auto& cells = row->second;
    if (cells.size() < last_column + 1) cells.resize(last_column + 1);
    cells[first_column].span = static_cast<std::uint16_t>(span);
    cells[first_column].continues = row->first != first_row;
  }
}

Table SheetGrid::take() {
  Table table;
  for (auto& [number, cells] : rows_) {
    std::vector<Cell> kept;
    for (std::size_t column = 0; column < cells.size();) {
      const std::size_t span = std::max<std::size_t>(cells[column].span, 1);
      facts_.body += count_characters(cells[column].text);
      kept.push_back(std::move(cells[column]));
      column += span;  // cells that a merge hides go
    }
    table.rows.push_back(std::move(kept));
  }
  rows_.clear();
  return table;
}

}  // namespace baosong::parsers
