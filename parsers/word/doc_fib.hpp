// The file information block of a Word 97–2003 document ([MS-DOC] 2.5), as far as reading the
// text needs it.
#pragma once

#include <cstdint>
#include <string_view>

namespace baosong::parsers::word {

struct Extent {
  std::uint32_t offset = 0, size = 0;
};

struct Fib {
  bool is_word = false;       // wIdent says Word and nFib says 97 or later
  bool too_old = false;       // Word 6 or 95
  bool encrypted = false;     // fEncrypted (XOR obfuscation too)
  bool second_table = false;  // the table stream is 1Table, else 0Table
  // Lengths in characters, in the order in which the texts stand.
  std::uint32_t text = 0, footnotes = 0, headers = 0, macros = 0, annotations = 0, endnotes = 0,
                text_boxes = 0;
  Extent styles;           // Stshf
  Extent drawings;         // DggInfo
  Extent boxes;            // PlcftxbxTxt
  Extent pieces;           // Clx
  Extent character_pages;  // PlcfBteChpx
  Extent paragraph_pages;  // PlcfBtePapx
};

Fib read_fib(std::string_view word_document);

}  // namespace baosong::parsers::word
