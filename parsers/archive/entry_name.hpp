// File names as archives and mails carry them -> a clean relative path in UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace baosong::parsers {

// Decodes (valid UTF-8 is kept, else GB18030, as Chinese Windows writes zips without the UTF-8
// flag), takes '/' and '\' for separators after decoding (the second byte of a GBK character may be
// 0x5C), and drops what would lead out of a folder: "..", ".", empty steps, drive letters. Control
// characters and the marks that reverse the writing direction become '_'. Cut to kNameBytes. A
// name of which nothing is left becomes "未命名".
std::string clean_path(std::string_view raw);

// The last step of a clean path.
std::string_view last_step(std::string_view path);

// Files that programs leave behind and nobody sends on purpose: __MACOSX/, ._x, .DS_Store,
// Thumbs.db, desktop.ini, ~$x.docx.
bool is_clutter(std::string_view clean);

}  // namespace baosong::parsers
