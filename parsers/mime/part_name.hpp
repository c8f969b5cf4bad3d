// The file name of a part: out of filename= (RFC 2183), name= (RFC 2045), in any of the ways in
// which mail programs write one.
#pragma once

#include <string>

#include "parsers/mime/parameters.hpp"

namespace baosong::parsers::mime {

// One parameter -> UTF-8: RFC 2231, RFC 2047 words, raw 8-bit bytes, percent signs or numeric HTML
// entities that should not be there, a fold inside a character.
std::string decode_name(const Parameter& parameter);

// The better of the two names; empty when there is none. No directories ("C:\\a\\b.doc" ->
// "b.doc"), no control characters, at most limits::kNameBytes.
std::string part_name(const Structured& type, const Structured& disposition);

}  // namespace baosong::parsers::mime
