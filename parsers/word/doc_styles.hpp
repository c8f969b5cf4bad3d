// The style sheet of a Word 97–2003 document (STSH, [MS-DOC] 2.9.271), inheritance resolved.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "parsers/word/doc_fib.hpp"
#include "parsers/word/doc_formatting.hpp"

namespace baosong::parsers::word {

class DocStyles {
 public:
  DocStyles(std::string_view table_stream, const Fib& fib);

  // How characters look in a paragraph of that style, and the paragraph itself.
  struct Look {
    bool hidden = false, bold = false;
    std::uint16_t half_points = 0;  // 0 when nothing says
    bool centered = false, heading = false;
  };
  [[nodiscard]] Look of(const CharacterFormat& characters, const ParagraphFormat& paragraph) const;

 private:
  struct Style {
    bool named_heading = false;
    std::uint16_t based_on = kNoStyle;
    CharacterFormat characters;
    std::optional<bool> centered, heading;
  };
  static Style read(std::string_view definition, std::size_t base_bytes, std::uint16_t number);
  // What the style says, on top of what those say that it is based on.
  void add(Look& look, std::uint16_t style, int depth) const;

  std::vector<Style> styles_;  // by their number (istd)
};

}  // namespace baosong::parsers::word
