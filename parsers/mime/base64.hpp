// Base64 as it arrives (RFC 2045, section 6.8).
#pragma once

#include <string>
#include <string_view>

namespace baosong::parsers::mime {

// Never fails. Beyond the RFC:
//   - characters outside the alphabet are skipped;
//   - padding may be missing, too long, or stray in the middle;
//   - several padded runs after one another are all decoded;
//   - text that a gateway put behind the data ("scanned by ...") ends it: a line of words with
//   their
//     punctuation; after padding or an empty line, any line that is not base64;
//   - a single left-over character (six bits) says nothing and is dropped.
std::string decode_base64(std::string_view text);

namespace detail {
// Decodes groups of four from `from` as long as they are clean; moves `from` and `to` on. `to`
// needs eight bytes of room beyond what is decoded. The scalar one is what runs without AVX2.
void decode_clean_scalar(const char*& from, const char* end, char*& to);
bool decode_clean_avx2(const char*& from, const char* end, char*& to);  // false: no AVX2 here
}  // namespace detail

}  // namespace baosong::parsers::mime
