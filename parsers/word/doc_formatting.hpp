// Formatting of a Word 97–2003 document ([MS-DOC] 2.4.3–2.4.6, 2.6): runs of characters (CHPX) and
// of paragraphs (PAPX), each valid for a range of file positions.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "parsers/word/doc_fib.hpp"

namespace baosong::parsers::word {

struct CharacterRun {
  std::uint32_t first = 0, last = 0;  // file positions, half open
  bool hidden = false;                // vanish, or deleted while changes were tracked
  bool bold = false;
  std::uint16_t half_points = 0;
};

struct ParagraphRun {
  std::uint32_t first = 0, last = 0;
  bool in_table = false;
  bool row_end = false;
  bool centered = false;
  bool heading = false;     // a built-in heading style or an outline level
  std::uint32_t depth = 0;  // of nested tables; 1 is the outermost
};

// Sorted by `first`.
std::vector<CharacterRun> read_character_runs(std::string_view word_document,
                                              std::string_view table_stream, const Fib& fib);
// `data` is the Data stream: WPS and Word keep long row formats there (sprmPHugePapx), and a
// reader that ignores it takes every table for running text.
std::vector<ParagraphRun> read_paragraph_runs(std::string_view word_document,
                                              std::string_view table_stream, std::string_view data,
                                              const Fib& fib);

// The run that holds `position`, or a default one.
template <class Run>
Run run_at(const std::vector<Run>& runs, std::uint32_t position) {
  auto at = std::ranges::upper_bound(runs, position, {}, &Run::first);
  if (at == runs.begin()) return Run{};
  --at;
  return position < at->last ? *at : Run{};
}

}  // namespace baosong::parsers::word
