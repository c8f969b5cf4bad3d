// Takes the characters of a Word 97–2003 text and says what is shown, paragraph by paragraph.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "parsers/word/doc_formatting.hpp"
#include "parsers/word/doc_pieces.hpp"
#include "parsers/word/doc_styles.hpp"
#include "parsers/word/flow.hpp"

namespace baosong::parsers::word {

// What the texts of one document share; outlives their assemblers.
struct DocFormats {
  std::string_view document, data;  // the streams
  std::vector<CharacterRun> characters;
  std::vector<ParagraphRun> paragraphs;
  DocStyles styles;
};

class DocAssembler {
 public:
  DocAssembler(const DocFormats& formats, Flow& flow) : formats_(formats), flow_(flow) {}

  void take(const Character& character);  // in the order of the text
  void finish();

  // Where the Data stream has the pictures that stand in the text, in order.
  [[nodiscard]] const std::vector<std::uint32_t>& pictures() const { return pictures_; }

 private:
  bool field(char32_t code);
  void show(const Character& character, const ParagraphFormat& paragraph);
  const CharacterRun& run_of(std::uint32_t position);
  void end_paragraph(const Character& mark);

  const DocFormats& formats_;
  Flow& flow_;
  std::vector<Character> waiting_;  // of the paragraph: its mark says how it looks
  CharacterRun run_;
  DocStyles::Look look_;  // of run_ in this paragraph
  bool looked_ = false;
  std::size_t instructions_ = 0;  // open field instructions
  std::vector<bool> fields_;      // a stack: true while in the instruction part
  std::vector<std::uint32_t> pictures_;
};

}  // namespace baosong::parsers::word
