// What kind of file some bytes are: one table of tests on the content, the first that fits wins.
#pragma once

#include <string>
#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::parsers {

struct Sniffed {
  Format format = Format::kUnknown;
  // Already known to be unreadable: empty, locked, or a kind that has no reader.
  Trouble trouble = Trouble::kNone;
  std::string detail;  // English, for engineers
  Kind kind = Kind::kPlain;
};

// The name only tells kinds apart whose content is the same: .wps from .doc (WPS Office writes Word
// files), .xlsx from .docx once they are locked, Word's lock files (~$x.docx), volumes of split
// archives (材料.zip.002), web pages saved as one file from mail.
Sniffed sniff(std::string_view bytes, std::string_view name);

// Begins with a header as RFC 5322 has it: known field names, one of which only mail has. Leading
// blank lines, a BOM and an mbox "From " line are stepped over.
bool looks_like_mail(std::string_view bytes);

// A single known field is enough: for bytes that are said to be a mail.
bool may_be_mail(std::string_view bytes);

// ASCII letters ignored; `extension` with its dot.
bool has_extension(std::string_view name, std::string_view extension);

}  // namespace baosong::parsers
