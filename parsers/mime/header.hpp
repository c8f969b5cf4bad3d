// Header fields as they stand in the mail (RFC 5322, sections 2.2 and 3.6.8).
//
// A header ends at an empty line. Real headers also end at a boundary delimiter, at the end of the
// mail, or where text begins without an empty line; and they hold lines that are no fields. What
// helps a person is kept: a line that is no field continues the field before it as long as more
// fields follow; when none follow, the body begins there.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::parsers::mime {

// Views into the mail: valid as long as its bytes are.
struct Field {
  std::string_view name;   // as written, without trailing blanks
  std::string_view value;  // raw: folds, encoded words and 8-bit bytes included
};

struct Header {
  std::size_t body = 0;   // where the body begins
  bool cut = false;       // a limit of limits.hpp was reached; the rest of the fields is left out
  bool no_blank = false;  // text or a delimiter follows without an empty line
  bool at_delimiter = false;  // ... a delimiter: `body` is its first byte, the body is empty
};

// Tells whether a boundary delimiter of an open multipart begins at this offset.
using IsDelimiter = std::function<bool(std::size_t)>;

// Reads the header that begins at `at`, appending its fields to `fields`. Linear in its size.
Header read_header(std::string_view mail, std::size_t at, const IsDelimiter& is_delimiter,
                   std::vector<Field>& fields);

// The value on one line: line breaks removed (RFC 5322, 2.2.3), blanks around it cut.
std::string unfold(std::string_view raw);

// The same for file names: programs that count bytes fold 8-bit names wherever they stand, so the
// blanks of a fold between two 8-bit bytes go too.
std::string unfold_name(std::string_view raw);

// The first field of that name (compared without case) or nullptr.
const Field* find_field(std::span<const Field> fields, std::string_view name);

// Whether a field starts here: a name and a colon. Blanks before the colon and 8-bit bytes in the
// name are put up with.
bool is_field_line(std::string_view line);

// Where the line break at `at` ends: CRLF, LF, CR or CRCRLF.
std::size_t past_line_end(std::string_view mail, std::size_t at);

}  // namespace baosong::parsers::mime
