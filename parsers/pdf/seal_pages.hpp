// The pages of a PDF as pictures, shown to the seal finder.
#pragma once

#include <functional>
#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::parsers {

// Fills seal, grey_seal, seal_looked_for and seal_pages. Looks page by page, at most
// limits::kSealPages, and stops at the first seal that is sure, or when `hurry` (may be empty),
// asked after each page, says so. Memory is that of one page of 800 pixels across.
void look_for_seal(std::string_view bytes, PdfFacts& facts, const std::function<bool()>& hurry);

}  // namespace baosong::parsers
