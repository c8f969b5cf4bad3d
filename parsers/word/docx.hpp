// Word and Excel files of the XML kind -> facts. `bytes` begin like a zip.
//
// What can be read of a damaged file is returned with the trouble, since it often still tells what
// the file was meant to be. Throws nothing but std::bad_alloc. Thread rule: safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::parsers {

struct WordReading {
  WordFacts facts;
  Trouble trouble = Trouble::kNone;
  std::string detail;  // English
};

WordReading read_docx(std::string_view bytes);

// Each visible sheet is a table; merged cells span and continue as in Word. No paragraphs.
WordReading read_xlsx(std::string_view bytes);

}  // namespace baosong::parsers
