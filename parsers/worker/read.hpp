// Bytes -> facts: the one door through which everything from outside is read. The answer can be
// sent over a pipe (wire.hpp), so it does not matter to a caller in which process this runs.
//
// Never throws on any input, never runs super-linear, keeps no state between calls (besides
// per-thread converters). Thread rule: may be called from several threads at once.
#pragma once

#include <string_view>

#include "parsers/facts.hpp"
#include "parsers/pdf/scan_head.hpp"
#include "parsers/worker/guide.hpp"

namespace baosong::parsers {

enum class InputKind {
  kMail,    // the bytes came out of a mailbox: read them as a mail whatever they look like
  kDetect,  // a file from a command line: a mail or a bare document, told by content
};

// Stands in Reading::problems, and Reading::is_mail is true, when bytes that were to be a mail (out
// of a mailbox, or a file that is called .eml) begin with no header: rubbish, or nothing at all.
// Then the message is empty and there is no document.
inline constexpr std::string_view kNotAMail = "not a mail: no header";

// `name` is a file name (no directory); it names the document when the bytes are a bare one. Every
// string of the answer is valid UTF-8. `guide` may be null; see guide.hpp. So may `titles`: then
// nobody reads the titles of scans.
Reading read(std::string_view bytes, std::string_view name, InputKind kind, Guide* guide = nullptr,
             TitleReader* titles = nullptr);

}  // namespace baosong::parsers
