#include "parsers/word/doc_assembler.hpp"

#include <algorithm>
#include <string>

#include "parsers/base/limits.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::word {
namespace {

// Characters with a meaning of their own ([MS-DOC] 2.4.1 and 2.6.1, sprmCFSpec).
constexpr char32_t kPictureHere = 0x01, kCellEnd = 0x07, kTab = 0x09, kLineBreak = 0x0B,
                   kPageBreak = 0x0C, kParagraphEnd = 0x0D, kColumnBreak = 0x0E, kFieldBegin = 0x13,
                   kFieldSeparator = 0x14, kFieldEnd = 0x15, kHardHyphen = 0x1E, kSoftHyphen = 0x1F;

char32_t shown_character(char32_t code) {
  if (code == kTab || code == kLineBreak || code == kColumnBreak) return U' ';
  if (code == kHardHyphen) return U'-';
  if (code < 0x20 || code == kSoftHyphen) return 0;
  return code;
}

}  // namespace

void DocAssembler::take(const Character& character) {
  if (character.code == kParagraphEnd || character.code == kPageBreak ||
      character.code == kCellEnd) {
    end_paragraph(character);
  } else {
    waiting_.push_back(character);
  }
}

void DocAssembler::finish() {
  if (!waiting_.empty()) end_paragraph({kParagraphEnd, waiting_.back().position});
  flow_.finish();
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
const CharacterRun& DocAssembler::run_of(std::uint32_t position) {
  if (position < run_.first || position >= run_.last) {
    const CharacterRun* run = run_at(formats_.characters, position);
    run_ = run != nullptr ? *run : CharacterRun{{}, position, position + 1};
    looked_ = false;
  }
  return run_;
}

void DocAssembler::show(const Character& character, const ParagraphFormat& paragraph) {
  if (field(character.code)) return;
  const CharacterRun& run = run_of(character.position);
  if (!looked_) look_ = formats_.styles.of(run, paragraph);
  looked_ = true;
  if (look_.hidden) return;
  if (character.code == kPictureHere && run.pictured && !run.object &&
      pictures_.size() < limits::kFactImages && std::ranges::count(pictures_, run.picture) == 0) {
    pictures_.push_back(run.picture);
  }
  const char32_t shown = run.symbol != 0 ? run.symbol : shown_character(character.code);
  if (shown == 0) return;
  std::string text;
  append_utf8(text, shown);
  flow_.put(text, look_.bold, look_.half_points);
}

void DocAssembler::end_paragraph(const Character& mark) {
  const ParagraphRun* said = run_at(formats_.paragraphs, mark.position);
  const ParagraphFormat format =
      said != nullptr ? format_of(*said, formats_.document, formats_.data) : ParagraphFormat{};
  looked_ = false;
  // A mark that is not shown parts nothing: what follows belongs to the same paragraph.
  const bool parts = mark.code != kParagraphEnd || format.in_table || format.depth > 0 ||
                     !formats_.styles.of(run_of(mark.position), format).hidden;
  for (const Character& character : waiting_) show(character, format);
  waiting_.clear();
  if (!parts) return;
  const auto look = formats_.styles.of({}, format);
  const bool in_cell = format.in_table || format.depth > 0 || mark.code == kCellEnd;
  const std::size_t depth = in_cell ? std::max<std::size_t>(format.depth, 1) : 0;
  const FlowLayout layout{look.centered, look.heading, depth};
  if (mark.code == kCellEnd && format.row_end) {
    flow_.end_row(1, format.row);
  } else if (mark.code == kCellEnd) {
    flow_.end_cell({layout.centered, layout.heading, 1});
  } else if (format.inner_row_end && depth > 1) {
    flow_.end_row(depth, format.row);
  } else if (format.inner_cell_end && depth > 1) {
    flow_.end_cell(layout);
  } else {
    flow_.end_paragraph(layout);
  }
}

}  // namespace baosong::parsers::word
