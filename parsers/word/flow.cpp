#include "parsers/word/flow.hpp"

#include <algorithm>
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::word {
namespace {

constexpr std::size_t kCellCost = 16;  // so that a million empty cells reach the text limit
constexpr std::size_t kTableDepth = 20;
constexpr int kSameEdge = 20;  // twips: a point is no column

void join(std::string& lines, std::string_view line) {
  line = trim(line);
  if (line.empty()) return;
  if (!lines.empty()) lines.push_back('\n');
  lines += line;
}

// The right edges of all cells of a table: its columns.
std::vector<int> columns_of(const std::vector<FlowRow>& rows) {
  std::vector<int> edges;
  for (const FlowRow& row : rows) {
    for (const auto& cell : row.cells) edges.push_back(cell.right);
  }
  std::ranges::sort(edges);
  std::vector<int> columns;
  for (const int edge : edges) {
    if (columns.empty() || edge - columns.back() > kSameEdge) columns.push_back(edge);
  }
  return columns;
}

// A wide cell is one cell to these formats: how many columns it covers only the other rows tell.
void span_cells(Table& table, const std::vector<FlowRow>& layouts) {
  const std::vector<int> columns = columns_of(layouts);
  for (std::size_t i = 0; i < table.rows.size() && i < layouts.size(); ++i) {
    int left = layouts[i].left;
    for (std::size_t c = 0; c < table.rows[i].size() && c < layouts[i].cells.size(); ++c) {
      const int right = layouts[i].cells[c].right;
      const auto covered = std::ranges::upper_bound(columns, right) -
                           std::ranges::upper_bound(columns, left + kSameEdge);
      table.rows[i][c].span = static_cast<std::uint16_t>(std::clamp<long>(covered, 1, 1000));
      left = right;
    }
  }
}

// Applies what the row says of its cells; joined cells become one.
void shape(std::vector<Cell>& cells, FlowRow& layout) {
  layout.cells.resize(std::min(layout.cells.size(), cells.size()));
  for (std::size_t i = 0; i < layout.cells.size();) {
    cells[i].continues = layout.cells[i].continues;
    if (layout.cells[i].joined && i > 0) {
      join(cells[i - 1].text, cells[i].text);
      layout.cells[i - 1].right = layout.cells[i].right;
      cells.erase(cells.begin() + static_cast<std::ptrdiff_t>(i));
      layout.cells.erase(layout.cells.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

}  // namespace

bool FlowOutput::keep(std::size_t bytes) {
  if (bytes > limits::kFactTextBytes - text_bytes) {
    facts.cut = true;
    return false;
  }
  text_bytes += bytes;
  return true;
}

Count& Flow::counter() {
  WordFacts& facts = out_->facts;
  return kind_ == Kind::kBody ? facts.body : kind_ == Kind::kBox ? facts.text_boxes : facts.notes;
}

void Flow::put(std::string_view utf8, bool bold, std::uint16_t half_points) {
  text_ += utf8;
  if (trim(utf8).empty()) return;
  any_ = true;
  bold_ = bold_ && bold;
  half_points_ = std::max(half_points_, half_points);
}

void Flow::clear_paragraph() {
  text_.clear();
  any_ = false;
  bold_ = true;
  half_points_ = 0;
}

void Flow::end_paragraph(const FlowLayout& layout) {
  counter() += count_characters(text_);
  if (kind_ == Kind::kBox) {
    join(box_, text_);
  } else if (kind_ == Kind::kBody) {
    reach(layout.depth);
    if (tables_.empty()) {
      add_paragraph(layout);
    } else {
      join(tables_.back().cell, text_);
    }
  }
  clear_paragraph();
}

void Flow::add_paragraph(const FlowLayout& layout) {
  const std::string_view text = trim(text_);
  if (text.empty()) return;
  WordFacts& facts = out_->facts;
  if (facts.paragraphs.size() >= limits::kFactParagraphs || !out_->keep(text.size())) {
    facts.cut = true;
    return;
  }
  facts.paragraphs.push_back({std::string(text), count_characters(text), layout.heading,
                              layout.centered, any_ && bold_, half_points_});
}

void Flow::end_cell(const FlowLayout& layout) {
  end_paragraph(layout);
  if (kind_ != Kind::kBody || tables_.empty()) return;
  Open& table = tables_.back();
  std::string text = std::exchange(table.cell, {});
  if (table.kept && out_->keep(text.size() + kCellCost)) {
    table.row.push_back(Cell{std::move(text), false, 1, false});
  }
}

void Flow::end_row(std::size_t depth, const FlowRow& row) {
  depth = std::min(depth, kTableDepth);
  if (kind_ != Kind::kBody || depth == 0 || tables_.size() < depth) return;
  if (!trim(text_).empty()) end_cell({false, false, depth});
  reach(depth);
  Open& table = tables_.back();
  std::vector<Cell> cells = std::exchange(table.row, {});
  if (!table.kept || cells.empty()) return;
  if (out_->rows >= limits::kFactRows) {
    out_->facts.cut = true;
    return;
  }
  ++out_->rows;
  FlowRow& layout = table.layouts.emplace_back(row);
  shape(cells, layout);
  out_->facts.tables[table.index].rows.push_back(std::move(cells));
}

// Opens and closes tables until `depth` are open.
void Flow::reach(std::size_t depth) {
  depth = std::min(depth, kTableDepth);
  while (tables_.size() > depth) close_table();
  while (tables_.size() < depth) {
    WordFacts& facts = out_->facts;
    Open& table = tables_.emplace_back();
    table.index = facts.tables.size();
    table.kept = table.index < limits::kFactTables;
    if (!table.kept) {
      facts.cut = true;
      continue;
    }
    facts.tables.emplace_back().after_paragraph =
        static_cast<std::uint32_t>(facts.paragraphs.size());
  }
}

void Flow::close_table() {
  Open table = std::move(tables_.back());
  tables_.pop_back();
  if (!table.kept) return;
  Table& out = out_->facts.tables[table.index];
  // A row whose end is missing: the file was cut short, or badly written.
  if (!table.row.empty() && out_->rows < limits::kFactRows) {
    ++out_->rows;
    out.rows.push_back(std::move(table.row));
  }
  span_cells(out, table.layouts);
}

void Flow::finish() {
  if (!text_.empty()) end_paragraph({false, false, tables_.size()});
  reach(0);
  if (kind_ == Kind::kBox && !box_.empty() && out_->keep(box_.size())) {
    out_->facts.box_texts.push_back(std::move(box_));
  }
}

}  // namespace baosong::parsers::word
