// Word 97–2003 documents (.doc, and .wps as WPS writes it): text, title layout, tables and 字数 out
// of the piece table, and pictures, without any library.
#pragma once

#include <string>
#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::parsers::word {

struct DocReading {
  Trouble trouble = Trouble::kNone;
  std::string detail;  // English
  WordFacts facts;
};

// `bytes` are a whole OLE2 file. kUnsupported when it is no Word document or one of before 1997.
DocReading read_doc(std::string_view bytes);

}  // namespace baosong::parsers::word
