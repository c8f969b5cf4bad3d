// A PDF as poppler opens it. Every look at one opens it anew: what went wrong in one look cannot
// reach the next, and opening reads no more than the table of objects.
#pragma once

#include <poppler-document.h>

#include <memory>
#include <string>
#include <string_view>

namespace baosong::parsers {

// Null when it is not one, or is larger than 2 GiB. `bytes` must outlive the document.
std::unique_ptr<poppler::document> open_pdf(std::string_view bytes);

}  // namespace baosong::parsers
