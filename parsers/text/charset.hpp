// Any charset that mail uses -> UTF-8. Labels are what stands in Content-Type, in encoded words
// (RFC 2047) and in extended parameters (RFC 2231); what they say is often wrong, so:
//   - gb2312, gbk, cp936 and gb18030 are all read as GB18030, which contains them;
//   - "us-ascii", "unknown-8bit", "x-unknown", no label and labels nobody knows say nothing about
//     8-bit bytes: valid UTF-8 is kept, everything else is read as GB18030 (or as Big5, when it
//     would be nothing but rare characters as GB18030 and frequent ones as Big5);
//   - UTF-8 and Latin-1 labels on bytes that can only be the other of UTF-8 and GB18030 are
//   ignored.
//
// Bytes that cannot be read become U+FFFD: the answer is always valid UTF-8, without a BOM.
// Thread rule: safe from any thread; each keeps converters of its own. No errors.
#pragma once

#include <string>
#include <string_view>

namespace baosong::parsers {

std::string to_utf8(std::string_view bytes, std::string_view charset);

// For bytes without any label.
std::string guess_utf8(std::string_view bytes);

// Whether `charset` names a charset that to_utf8() can follow.
bool is_known_charset(std::string_view charset);

// Copies UTF-8, each maximal run of bytes that is none becoming one U+FFFD.
std::string scrub_utf8(std::string_view bytes);

}  // namespace baosong::parsers
