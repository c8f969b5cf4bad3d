// Values of Content-Type and Content-Disposition: a token and its parameters (RFC 2045, section
// 5.1; RFC 2183), with extended and continued parameters (RFC 2231).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace baosong::parsers::mime {

struct Parameter {
  std::string name;       // lower case, without the RFC 2231 marks
  std::string value;      // raw bytes: percent signs of RFC 2231 undone, encoded words not
  std::string charset;    // that RFC 2231 names; often empty
  bool extended = false;  // written as name*= or name*0*=
};

struct Structured {
  std::string value;  // "text/plain", "attachment": lower case, without comments and blanks
  std::vector<Parameter> parameters;
  bool cut = false;  // more than 64 KiB or 512 parameters: the rest was left out

  // The first of that name, extended ones preferred; nullptr when there is none.
  const Parameter* find(std::string_view name) const;
  std::string_view get(std::string_view name) const;  // its raw value, or ""
};

// `raw` is the value of a field as it stands in the mail. Beyond the RFCs: blanks around "=",
// values without quotes that hold blanks, quotes inside quotes, quotes that never close,
// apostrophes for quotes, missing semicolons, raw double-byte text whose second byte is a
// backslash, segments out of order, extended values in quotes.
Structured parse_structured(std::string_view raw);

}  // namespace baosong::parsers::mime
