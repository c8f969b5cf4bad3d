// Rich Text Format (.rtf, and .doc files that are really RTF): text, title layout, tables, pictures
// and 字数, streaming, without any library. Follows the Rich Text Format Specification 1.9.1.
//
// Left out as a reader of the printed page would not see it: headers, footers, comments, hidden
// and deleted text, field instructions, numbers of lists. Notes and text boxes are totals of their
// own. Linear in the size of the input, whatever it holds.
#pragma once

#include <string_view>

#include "parsers/word/docx.hpp"

namespace baosong::parsers::word {

// kDamaged when the file ends inside a group: what could be read is there too.
WordReading read_rtf(std::string_view bytes);

}  // namespace baosong::parsers::word
