// Puts the characters of a Word 97–2003 text together to paragraphs, cells, rows and tables.
#pragma once

#include <string>
#include <vector>

#include "parsers/facts.hpp"
#include "parsers/word/doc_formatting.hpp"
#include "parsers/word/doc_pieces.hpp"

namespace baosong::parsers::word {

class DocAssembler {
 public:
  // The runs and the facts must outlive the assembler.
  DocAssembler(const std::vector<CharacterRun>& characters,
               const std::vector<ParagraphRun>& paragraphs, WordFacts& facts)
      : characters_(characters), paragraphs_(paragraphs), facts_(facts) {}

  void take(const Character& character);  // in the order of the text
  void finish();

 private:
  bool field(char32_t code);
  const CharacterRun& character_run(std::uint32_t position);
  void end_paragraph(std::uint32_t position, bool cell_mark);
  void add_paragraph(const ParagraphRun& format);
  void end_cell();
  void end_row();
  void end_table();

  const std::vector<CharacterRun>& characters_;
  const std::vector<ParagraphRun>& paragraphs_;
  WordFacts& facts_;
  CharacterRun run_;
  std::size_t instructions_ = 0;  // open field instructions
  std::vector<bool> fields_;      // a stack: true while in the instruction part
  std::string text_, cell_;
  bool bold_ = true, any_ = false;
  std::uint16_t half_points_ = 0;
  std::vector<Cell> row_;
  Table table_;
  std::size_t rows_ = 0, kept_ = 0;
};

}  // namespace baosong::parsers::word
