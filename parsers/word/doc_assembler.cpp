#include "parsers/word/doc_assembler.hpp"

#include <algorithm>

#include "parsers/base/limits.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::word {
namespace {

// Characters with a meaning of their own ([MS-DOC] 2.4.1 and 2.6.1, sprmCFSpec).
constexpr char32_t kCellEnd = 0x07, kTab = 0x09, kLineBreak = 0x0B, kPageBreak = 0x0C,
                   kParagraphEnd = 0x0D, kColumnBreak = 0x0E, kFieldBegin = 0x13,
                   kFieldSeparator = 0x14, kFieldEnd = 0x15, kHardHyphen = 0x1E, kSoftHyphen = 0x1F;

char32_t shown_character(char32_t code) {
  if (code == kTab || code == kLineBreak || code == kColumnBreak) return U' ';
  if (code == kHardHyphen) return U'-';
  if (code < 0x20 || code == kSoftHyphen) return 0;
  return code;
}

}  // namespace

void DocAssembler::take(const Character& character) {
  if (character.code == kParagraphEnd || character.code == kPageBreak) {
    end_paragraph(character.position, false);
    return;
  }
  if (character.code == kCellEnd) {
    end_paragraph(character.position, true);
    return;
  }
  if (field(character.code)) return;
  const CharacterRun& run = character_run(character.position);
  const char32_t shown = shown_character(character.code);
  if (run.hidden || shown == 0) return;
  append_utf8(text_, shown);
  if (!is_space(shown)) {
    bold_ = bold_ && run.bold;
    any_ = true;
    half_points_ = std::max(half_points_, run.half_points);
  }
}

void DocAssembler::finish() {
  if (!text_.empty()) end_paragraph(0, false);
  end_table();
}

// Field instructions are not text; field results are. True: the character is used up.
bool DocAssembler::field(char32_t code) {
  if (code == kFieldBegin) {
    fields_.push_back(true);
    ++instructions_;
  } else if (code == kFieldSeparator && !fields_.empty()) {
    if (fields_.back()) --instructions_;
    fields_.back() = false;
  } else if (code == kFieldEnd && !fields_.empty()) {
    if (fields_.back()) --instructions_;
    fields_.pop_back();
  } else {
    return instructions_ > 0;
  }
  return true;
}

// Characters come in order, mostly, so the last run is nearly always the right one.
const CharacterRun& DocAssembler::character_run(std::uint32_t position) {
  if (position < run_.first || position >= run_.last) {
    run_ = run_at(characters_, position);
    if (run_.last == 0) run_ = {position, position + 1, false, false, 0};
  }
  return run_;
}

void DocAssembler::end_paragraph(std::uint32_t position, bool cell_mark) {
  const ParagraphRun format = run_at(paragraphs_, position);
  if (!format.in_table && format.depth == 0 && !cell_mark) {
    end_table();
    add_paragraph(format);
  } else if (format.row_end && cell_mark) {
    end_row();
  } else {
    if (!cell_.empty() && !text_.empty()) cell_ += '\n';
    cell_ += text_;
    facts_.body += count_characters(text_);
    if (cell_mark) end_cell();
  }
  text_.clear();
  bold_ = true;
  any_ = false;
  half_points_ = 0;
}

void DocAssembler::add_paragraph(const ParagraphRun& format) {
  const std::string_view text = trim(text_);
  if (text.empty()) return;
  const Count count = count_characters(text);
  facts_.body += count;
  if (facts_.paragraphs.size() >= limits::kFactParagraphs ||
      kept_ + text.size() > limits::kFactTextBytes) {
    facts_.cut = true;
    return;
  }
  kept_ += text.size();
  facts_.paragraphs.push_back(
      {std::string(text), count, format.heading, format.centered, any_ && bold_, half_points_});
}

void DocAssembler::end_cell() {
  if (kept_ + cell_.size() > limits::kFactTextBytes) {
    facts_.cut = true;
    cell_.clear();
  }
  kept_ += cell_.size();
  row_.push_back(Cell{std::string(trim(cell_)), false, 1, false});
  cell_.clear();
}

void DocAssembler::end_row() {
  cell_.clear();
  if (row_.empty()) return;
  if (rows_ >= limits::kFactRows) {
    facts_.cut = true;
  } else {
    ++rows_;
    table_.rows.push_back(std::move(row_));
  }
  row_.clear();
}

void DocAssembler::end_table() {
  end_row();
  if (table_.rows.empty()) return;
  if (facts_.tables.size() < limits::kFactTables) {
    table_.after_paragraph = static_cast<std::uint32_t>(facts_.paragraphs.size());
    facts_.tables.push_back(std::move(table_));
  } else {
    facts_.cut = true;
  }
  table_ = {};
}

}  // namespace baosong::parsers::word
