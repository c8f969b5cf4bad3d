// The pages of a PDF as pictures, shown to the seal finder.
#pragma once

#include "parsers/facts.hpp"

namespace poppler {
class document;
}

namespace baosong::parsers {

// Fills seal, grey_seal, seal_looked_for and seal_pages. Looks page by page, at most
// limits::kSealPages, and stops at the first seal that is sure. Memory is that of one page of 800
// pixels across.
void look_for_seal(const poppler::document& document, PdfFacts& facts);

}  // namespace baosong::parsers
