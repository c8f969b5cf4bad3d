// Puts the visible text of an RTF or a Word 97–2003 document together to paragraphs, cells, rows
// and tables.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"

namespace baosong::parsers::word {

// What \trowd … \cellx, or sprmTDefTable, says of one row.
struct FlowRow {
  struct Cell {
    int right = 0;           // in twips
    bool continues = false;  // belongs to the cell above
    bool joined = false;     // belongs to the cell before it
  };
  int left = 0;
  std::vector<Cell> cells;
};

struct FlowLayout {  // of a paragraph
  bool centered = false, heading = false;
  std::size_t depth = 0;  // of nested tables, 0 outside
};

// The facts of a document while it is read: all its stories share one set of limits.
struct FlowOutput {
  WordFacts facts;
  std::size_t text_bytes = 0;  // kept so far, against limits::kFactTextBytes
  std::size_t rows = 0;        // against limits::kFactRows

  bool keep(std::size_t bytes);
};

// One flow of text: the body, one note, one text box.
class Flow {
 public:
  enum class Kind : std::uint8_t { kBody, kNote, kBox };
  Flow(Kind kind, FlowOutput& out) : kind_(kind), out_(&out) {}

  void put(std::string_view utf8, bool bold, std::uint16_t half_points);
  void end_paragraph(const FlowLayout& layout);
  void end_cell(const FlowLayout& layout);
  void end_row(std::size_t depth, const FlowRow& row);
  void finish();

 private:
  struct Open {  // a table that is being read, the innermost last
    std::size_t index = 0;
    bool kept = false;
    std::string cell;
    std::vector<Cell> row;
    std::vector<FlowRow> layouts;  // of the rows kept
  };

  void reach(std::size_t depth);
  void close_table();
  void add_paragraph(const FlowLayout& layout);
  void clear_paragraph();
  Count& counter();

  Kind kind_;
  FlowOutput* out_;
  std::vector<Open> tables_;
  std::string text_, box_;
  bool any_ = false, bold_ = true;
  std::uint16_t half_points_ = 0;
};

}  // namespace baosong::parsers::word
