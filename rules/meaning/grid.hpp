// What the readers of forms and of summary tables share: which cells are labels, and which column
// a cell stands in. Internal to rules/meaning.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"
#include "rules/notice.hpp"

namespace baosong::rules {

// Labels seen in forms of this family, beside those that the notice names for the item.
class Labels {
 public:
  explicit Labels(const Item* item);
  explicit Labels(const Notice& notice);  // the labels of all items

  // True when the normalised text is a label.
  [[nodiscard]] bool knows(std::string_view normalised) const;

  struct Read {
    std::string label;       // normalised; empty: no label
    std::string_view value;  // what the cell itself holds behind the label; may be empty
  };
  // Reads a cell or a line: "姓　　名", "单位名称：青河社区教育学校", "推荐单位意见\n\n（盖章）".
  [[nodiscard]] Read read(std::string_view text) const;

 private:
  void add(const Item& item);
  std::set<std::string, std::less<>> known_;
};

// One row with every cell at its column of the grid (gridSpan applied). A vMerge continuation
// points at the cell it belongs to.
struct GridCell {
  const parsers::Cell* cell = nullptr;
  std::size_t column = 0;
  std::size_t span = 1;
};
std::vector<GridCell> grid_row(const std::vector<parsers::Cell>& row);

// The cell's text, trimmed; empty for a prompt that nobody answered and for blanks to be filled.
std::string_view value_of(const parsers::Cell& cell);

}  // namespace baosong::rules
