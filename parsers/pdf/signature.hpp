// Whether a PDF carries a signature (ISO 32000-1, 12.8). Present is not the same as valid.
#pragma once

#include <string_view>

namespace baosong::parsers {

// True when a signature field of the AcroForm holds a signature dictionary with a /ByteRange.
// Damage counts as no signature.
bool has_signature(std::string_view bytes);

}  // namespace baosong::parsers
