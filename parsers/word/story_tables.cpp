// The part of Story that reads tables.
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/word/story.hpp"

namespace baosong::parsers {
namespace {

constexpr std::size_t kCellCost = 16;  // so that a million empty cells reach the text limit

}  // namespace

void Story::open_table(const Attributes&) {
  TableState& state = tables_.emplace_back();
  state.index = out_.facts.tables.size();
  state.kept = state.index < limits::kFactTables;
  if (!state.kept) {
    out_.facts.cut = true;
    return;
  }
  out_.facts.tables.emplace_back().after_paragraph =
      static_cast<std::uint32_t>(out_.facts.paragraphs.size());
}
void Story::close_table() { tables_.pop_back(); }

void Story::open_row(const Attributes&) {
  if (tables_.empty()) return;
  tables_.back().row.clear();
  tables_.back().row_deleted = false;
}

void Story::open_row_properties(const Attributes&) { in_row_properties_ = !tables_.empty(); }
void Story::close_row_properties() { in_row_properties_ = false; }

// "del" marks a deleted row inside trPr; anywhere else it wraps deleted runs.
void Story::open_row_deletion(const Attributes&) {
  if (in_row_properties_) tables_.back().row_deleted = true;
  skip_this_ = true;
}

void Story::open_grid_before(const Attributes& attributes) {
  const auto columns = to_int(attributes.find(Ns::kWord, "val").value_or(""));
  if (!in_row_properties_ || !columns || *columns < 1 || *columns > 100) return;
  tables_.back().row.emplace_back().span = static_cast<std::uint16_t>(*columns);
}

void Story::close_row() {
  if (tables_.empty()) return;
  TableState& table = tables_.back();
  if (!table.kept || table.row_deleted || table.row.empty()) return;
  if (out_.rows >= limits::kFactRows) {
    out_.facts.cut = true;
    return;
  }
  ++out_.rows;
  out_.facts.tables[table.index].rows.push_back(std::exchange(table.row, {}));
}

void Story::open_cell(const Attributes&) {
  if (tables_.empty()) return;
  tables_.back().cell = {};
  containers_.push_back({Container::Kind::kCell, {}, {}});
}

void Story::close_cell() {
  if (tables_.empty()) return;
  Container content = std::move(containers_.back());
  containers_.pop_back();
  TableState& table = tables_.back();
  Cell cell = std::exchange(table.cell, {});
  cell.placeholder = content.text.empty() && !content.prompt.empty();
  cell.text = std::move(cell.placeholder ? content.prompt : content.text);
  if (table.kept && keep(cell.text.size() + kCellCost)) table.row.push_back(std::move(cell));
}

void Story::open_span(const Attributes& attributes) {
  const auto span = to_int(attributes.find(Ns::kWord, "val").value_or(""));
  if (tables_.empty() || !span || *span < 1 || *span > 1000) return;
  tables_.back().cell.span = static_cast<std::uint16_t>(*span);
}

void Story::open_merge(const Attributes& attributes) {
  if (tables_.empty()) return;
  tables_.back().cell.continues = attributes.find(Ns::kWord, "val").value_or("") != "restart";
}

}  // namespace baosong::parsers
