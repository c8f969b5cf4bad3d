// Formatting of a Word 97–2003 document ([MS-DOC] 2.4.3–2.4.6, 2.6): runs of characters (CHPX) and
// of paragraphs (PAPX), each valid for a range of file positions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "parsers/word/doc_fib.hpp"
#include "parsers/word/flow.hpp"

namespace baosong::parsers::word {

// Bold and hidden are relative to the style ([MS-DOC] 2.6.1, ToggleOperand).
enum class Toggle : std::uint8_t { kUnsaid, kOff, kOn, kAsStyle, kNotAsStyle };
constexpr bool resolve(Toggle toggle, bool style) {
  return toggle == Toggle::kOn || (toggle == Toggle::kNotAsStyle && !style) ||
         ((toggle == Toggle::kUnsaid || toggle == Toggle::kAsStyle) && style);
}

inline constexpr std::uint16_t kNoStyle = 0x0FFF;

// What a list of modifiers says of characters; the rest comes from the style.
struct CharacterFormat {
  bool deleted = false;  // while changes were tracked
  Toggle hidden = Toggle::kUnsaid, bold = Toggle::kUnsaid;
  std::uint16_t half_points = 0;  // 0: unsaid
  std::uint16_t style = kNoStyle;
  char16_t symbol = 0;    // stands for the character, which is a parenthesis
  bool object = false;    // belongs to an embedded object or a form field, no picture
  bool pictured = false;  // `picture` is where the Data stream has what character 1 shows
  std::uint32_t picture = 0;
};
struct CharacterRun : CharacterFormat {
  std::uint32_t first = 0, last = 0;  // file positions, half open
};

// The same of paragraphs and of the rows that end with them.
struct ParagraphFormat {
  bool in_table = false;
  bool row_end = false;  // of the outermost table; the others of one within a cell
  bool inner_cell_end = false, inner_row_end = false;
  std::uint32_t depth = 0;  // of nested tables; 1 is the outermost
  std::optional<bool> centered;
  std::optional<bool> heading;  // by an outline level
  std::uint16_t style = 0;
  FlowRow row;
};
// Only where it is said: a hostile file has millions of them.
struct ParagraphRun {
  std::uint32_t first = 0, last = 0;
  std::uint32_t said_at = 0, said_bytes = 0;  // style and modifiers, in the WordDocument stream
};

void apply(CharacterFormat& format, std::string_view list);
void apply(ParagraphFormat& format, std::string_view list);
// `data` is the Data stream: WPS and Word keep long row formats there (sprmPHugePapx), and a
// reader that ignores it takes every table for running text.
ParagraphFormat format_of(const ParagraphRun& run, std::string_view word_document,
                          std::string_view data);

// Sorted by `first`.
std::vector<CharacterRun> read_character_runs(std::string_view word_document,
                                              std::string_view table_stream, const Fib& fib);
std::vector<ParagraphRun> read_paragraph_runs(std::string_view word_document,
                                              std::string_view table_stream, const Fib& fib);

// The run that holds `position`, or null.
template <class Run>
const Run* run_at(const std::vector<Run>& runs, std::uint32_t position) {
  auto at = std::ranges::upper_bound(runs, position, {}, &Run::first);
  if (at == runs.begin()) return nullptr;
  --at;
  return position < at->last ? &*at : nullptr;
}

}  // namespace baosong::parsers::word
