// Quoted-printable as it arrives (RFC 2045, section 6.7).
#pragma once

#include <string>
#include <string_view>

namespace baosong::parsers::mime {

// Never fails. Line breaks stay as they are (CRLF is kept), blanks before a line break were added
// on the way and are dropped (rule 3), "=" before a line break or at the very end is a soft break,
// small hex digits are fine, and an escape that is none stays as written.
std::string decode_quoted_printable(std::string_view text);

}  // namespace baosong::parsers::mime
