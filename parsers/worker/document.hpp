// One file that is no container -> a Document with its facts.
#pragma once

#include <string>
#include <string_view>

#include "parsers/facts.hpp"
#include "parsers/worker/sniff.hpp"

namespace baosong::parsers {

// Whatever goes wrong inside, running out of memory too, becomes the document's trouble.
Document read_document(std::string_view bytes, std::string path, const Sniffed& kind);

// The same without looking inside: for containers that stay shut.
Document name_document(std::string_view bytes, std::string path, Format format, Trouble trouble,
                       std::string detail);

}  // namespace baosong::parsers
