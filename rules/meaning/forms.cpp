// Filled forms: label cells and the values that belong to them (forms.md hints 3 and 5).
#include <algorithm>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/grid.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::trim;

class FormReader {
 public:
  FormReader(const parsers::WordFacts& facts, const Item& item) : facts_(facts), labels_(&item) {
    for (const auto& label : item.nominee_labels) nominee_.push_back(normalise_label(label));
  }

  std::vector<Form> read() {
    for (std::size_t t = 0; t < facts_.tables.size(); ++t) read_table(t);
    flush();
    read_lines();
    for (auto& form : forms_) form.nominee = nominee_of(form);
    return std::move(forms_);
  }

 private:
  struct Pending {
    std::size_t cell = 0;  // index in current_.cells
    std::size_t column = 0;
    std::size_t span = 1;
  };

  void read_table(std::size_t t) {
    const auto& rows = facts_.tables[t].rows;
    std::vector<Pending> above;  // labels of the row above that still lack a value
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const auto row = grid_row(rows[r]);
      std::vector<Labels::Read> reads;
      reads.reserve(row.size());
      for (const auto& at : row) {
        reads.push_back(at.cell->continues || at.cell->placeholder ? Labels::Read{}
                                                                   : labels_.read(at.cell->text));
      }
      const bool values_below = fill_from_above(row, reads, above);
      above.clear();
      if (values_below) continue;
      for (std::size_t i = 0; i < row.size(); ++i) {
        if (reads[i].label.empty()) continue;
        std::string_view value =
            is_blank_value(reads[i].value) ? std::string_view{} : reads[i].value;
        bool took_next = false;
        if (value.empty()) {
          for (std::size_t k = i + 1; k < row.size() && reads[k].label.empty(); ++k) {
            took_next = true;
            if (value = value_of(*row[k].cell); !value.empty()) break;
          }
        }
        add({std::move(reads[i].label), std::string(value), t, r});
        if (value.empty() && !took_next)
          above.push_back({current_.cells.size() - 1, row[i].column, row[i].span});
      }
    }
  }

  // A row of labels whose values stand in the row below: every cell of that row is a value.
  bool fill_from_above(const std::vector<GridCell>& row, const std::vector<Labels::Read>& reads,
                       const std::vector<Pending>& above) {
    if (above.empty()) return false;
    if (std::ranges::any_of(reads, [](const auto& read) { return !read.label.empty(); }))
      return false;
    bool any = false;
    for (const auto& pending : above) {
      if (pending.cell >= current_.cells.size()) continue;
      for (const auto& at : row) {
        if (at.column >= pending.column + pending.span || at.column + at.span <= pending.column)
          continue;
        if (const auto value = value_of(*at.cell); !value.empty()) {
          current_.cells[pending.cell].value = value;
          any = true;
          break;
        }
      }
    }
    return any || above.size() >= 2;
  }

  // A label that names the nominee again starts the next form: in another table always, in the
  // same one when it holds another name.
  void add(LabelledCell cell) {
    if (std::ranges::find(nominee_, cell.label) != nominee_.end()) {
      const auto same = std::ranges::find(current_.cells, cell.label, &LabelledCell::label);
      if (same != current_.cells.end()) {
        const bool other_table = same->table != cell.table;
        const bool other_name =
            !cell.value.empty() && fold_name(same->value) != fold_name(cell.value);
        if ((other_table || other_name) && current_.cells.size() >= 3) flush();
      }
    }
    current_.cells.push_back(std::move(cell));
  }

  void flush() {
    if (!current_.cells.empty()) forms_.push_back(std::move(current_));
    current_ = {};
  }

  // "单位名称：…" outside tables: a cover, or a form without a table. They belong to the first
  // form.
  void read_lines() {
    if (forms_.size() > 1) return;
    std::vector<LabelledCell> found;
    for (const auto& p : facts_.paragraphs) {
      if (found.size() >= 40) break;
      for (const std::string_view line : lines_of(p.text)) {
        auto read = labels_.read(line);
        if (read.label.empty()) continue;
        const auto value = is_blank_value(read.value) ? std::string_view{} : read.value;
        found.push_back({std::move(read.label), std::string(value), 0, 0});
      }
    }
    if (forms_.empty()) {
      if (found.size() < 2) return;
      forms_.emplace_back();
    }
    for (auto& cell : found) {
      auto& cells = forms_.front().cells;
      if (std::ranges::find(cells, cell.label, &LabelledCell::label) == cells.end())
        cells.push_back(std::move(cell));
    }
  }

  std::string nominee_of(const Form& form) const {
    for (const auto& label : nominee_) {
      for (const auto& cell : form.cells) {
        if (cell.label != label || cell.value.empty()) continue;
        const auto lines = lines_of(cell.value);
        return lines.empty() ? std::string{} : std::string(lines.front());
      }
    }
    return {};
  }

  const parsers::WordFacts& facts_;
  Labels labels_;
  std::vector<std::string> nominee_;
  std::vector<Form> forms_;
  Form current_;
};

}  // namespace

std::vector<Form> read_forms(const parsers::WordFacts& facts, const Item& item) {
  return FormReader(facts, item).read();
}

}  // namespace baosong::rules
