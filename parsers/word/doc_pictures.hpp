// Pictures of a Word 97–2003 document: OfficeArt records ([MS-ODRAW]) in three of its streams.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"

namespace baosong::parsers::word {

struct PictureStreams {
  std::string_view document;  // floating pictures, whole
  std::string_view data;      // pictures that stand in the text
  std::string_view drawings;  // OfficeArtContent of the table stream: which floating ones are shown
};

// Adds the pictures at `inline_at` (positions in the Data stream), then the floating ones of the
// main text; those of headers are left out, as are drawings (EMF, WMF, PICT).
void read_pictures(const PictureStreams& streams, const std::vector<std::uint32_t>& inline_at,
                   WordFacts& facts);

}  // namespace baosong::parsers::word
