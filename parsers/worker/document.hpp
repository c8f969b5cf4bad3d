// One file that is no container -> a Document with its facts.
#pragma once

#include <string>
#include <string_view>

#include "parsers/facts.hpp"
#include "parsers/pdf/scan_head.hpp"
#include "parsers/worker/guide.hpp"
#include "parsers/worker/sniff.hpp"

namespace baosong::parsers {

// Whatever goes wrong inside, running out of memory too, becomes the document's trouble.
Document read_document(std::string_view bytes, std::string path, const Sniffed& kind);

// What is seen on the pages of a PDF: the title of a scan (`titles` may be null), seals. Each look
// is an operation of `guide` (may be null) of its own, so that what was read before stays when it
// fails.
void look_at_pages(std::string_view bytes, Document& document, Guide* guide, TitleReader* titles);

// The same without looking inside: for containers that stay shut.
Document name_document(std::string_view bytes, std::string path, Format format, Trouble trouble,
                       std::string detail);

}  // namespace baosong::parsers
