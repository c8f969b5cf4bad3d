// The text of an HTML mail body, as a person reads it: no tags, no style, no script.
#pragma once

#include <string>
#include <string_view>

namespace baosong::parsers {

// UTF-8 in, UTF-8 out. Block elements start a line, cells of a row are kept apart by a tab, white
// space collapses as a browser does it. Lines inside a citation that a mail program marked as one
// (blockquote with type=cite or with the classes and ids of the known programs) begin with "> ".
// Linear in the size of the input, however broken it is.
std::string html_to_text(std::string_view html);

// "&amp;" -> "&", "&#x4e2d;" -> "中"; what is no entity stays as it is.
std::string decode_entities(std::string_view text);

}  // namespace baosong::parsers
