// The structure of a mail: which parts it has and where their bytes lie (RFC 2045, 2046).
//
// One pass over one buffer with an explicit stack of open boundaries; nothing recurses and nothing
// is copied. Whatever is broken is read as a person would read it (docs/MIME.md lists the rules);
// whatever a limit of limits.hpp stops is named in `problems`. Never fails, never throws on input,
// linear in the size of the mail. Thread rule: safe from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/mime/header.hpp"
#include "parsers/mime/parameters.hpp"

namespace baosong::parsers::mime {

// RFC 2045, section 6. 7bit, 8bit, binary and everything unknown are identity.
enum class Encoding : std::uint8_t { kIdentity, kBase64, kQuotedPrintable, kUuencode };

struct Part {
  std::string path;          // "1" is the mail itself, "1.2" its second part, and so on
  std::int32_t parent = -1;  // index in Scan::parts
  std::int32_t message = 0;  // index of the part that is the mail this one belongs to: 0, or the
                             // inner mail of a message/rfc822
  std::string type = "text/plain";  // lower case; what stands in the mail, or the default
  Structured content_type;          // parameters of Content-Type
  std::string disposition;          // lower case: "attachment", "inline", or empty
  std::string name;                 // decoded file name, or empty
  std::string content_id;           // without angle brackets
  Encoding encoding = Encoding::kIdentity;
  std::string_view body;  // raw bytes, not decoded, without the line break before the delimiter
  bool is_leaf = true;    // no parts of its own; a multipart without any part is a leaf too
  bool inside_message = false;                     // lies in a message/rfc822
  std::uint32_t first_field = 0, field_count = 0;  // its header, in Scan::fields

  bool is_multipart() const { return type.starts_with("multipart/"); }
  bool is_text() const { return type.starts_with("text/"); }
  std::string_view charset() const { return content_type.get("charset"); }
};

struct Scan {
  std::vector<Part> parts;  // in the order of the mail, containers before what they contain
  std::vector<Field> fields;
  std::vector<std::string> problems;  // English, for engineers

  std::span<const Field> header(const Part& part) const {
    return std::span(fields).subspan(part.first_field, part.field_count);
  }

  // Inner mails that came base64 encoded were decoded into these; views point into them.
  std::vector<std::shared_ptr<const std::string>> buffers;
};

// `mail` must outlive the Scan.
Scan scan(std::string_view mail);

}  // namespace baosong::parsers::mime
