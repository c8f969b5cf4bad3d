// The content of a leaf part, transfer encoding undone (RFC 2045, section 6).
#pragma once

#include <string>
#include <string_view>

#include "parsers/mime/scan.hpp"

namespace baosong::parsers::mime {

std::string decode_body(const Part& part);

// The same without a copy when nothing is encoded: the answer lies in the mail or in `store`.
std::string_view decode_body(const Part& part, std::string& store);

// "base64", " BASE64;", "\"base64\" (comment)", "x-uuencode" ...
Encoding parse_encoding(std::string_view raw);

}  // namespace baosong::parsers::mime
