// The cells of one worksheet on their way to a Table, whatever file they come from: blank and
// hidden rows go, merged cells span and continue as in Word.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"

namespace baosong::parsers {

inline constexpr std::size_t kSheetColumns = 256;  // of a row; wider sheets are cut

class SheetGrid {
 public:
  // Sheets of one workbook share the facts, to which cells are counted, and one text limit.
  SheetGrid(WordFacts& facts, std::size_t& text_bytes) : facts_(facts), text_bytes_(text_bytes) {}

  // Rows in any order, columns from 0; a row that comes again goes on. Beyond the limits cells are
  // dropped and `facts.cut` is set.
  void put(std::size_t row, std::size_t column, std::string_view text);
  void hide(std::size_t row);
  // Inclusive.
  void merge(std::size_t first_row, std::size_t first_column, std::size_t last_row,
             std::size_t last_column);
  // Once, at the end.
  Table take();

 private:
  WordFacts& facts_;
  std::size_t& text_bytes_;
  std::map<std::size_t, std::vector<Cell>> rows_;
  std::set<std::size_t> hidden_;
  std::size_t merges_ = 0;
};

}  // namespace baosong::parsers
