// Text of unstructured fields and names: encoded words (RFC 2047) among raw bytes -> UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace baosong::parsers::mime {

// `text` is unfolded. Beyond the RFC, because mail does it:
//   - words inside quotes, touching other text, longer than 75 characters, folded or cut inside;
//   - a character, or the base64 text, split between adjacent words of one charset: the pieces are
//     joined before they are decoded;
//   - raw 8-bit text between the words: UTF-8 when it is valid, else GB18030;
//   - text that was encoded twice.
// Control characters are dropped.
std::string decode_words(std::string_view text);

}  // namespace baosong::parsers::mime
