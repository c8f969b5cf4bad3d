// PDF -> facts: pages and the text layer by poppler, signatures by qpdf. What is seen on the pages
// is a matter of its own: scan_head.hpp, seal_pages.hpp. Throws nothing but std::bad_alloc.
//
// A hostile PDF can keep poppler busy without end: callers that must answer need a watchdog. Thread
// rule: safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::parsers {

struct PdfReading {
  PdfFacts facts;
  Trouble trouble = Trouble::kNone;
  std::string detail;  // English
};

PdfReading read_pdf(std::string_view bytes);

}  // namespace baosong::parsers
