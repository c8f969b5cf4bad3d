#include "parsers/mime/quoted_printable.hpp"

#include "parsers/mime/ascii.hpp"

namespace baosong::parsers::mime {
namespace {

// `line` has no line break and no trailing blanks.
void append_line(std::string& out, std::string_view line) {
  for (;;) {
    const std::size_t mark = line.find('=');
    out.append(line.substr(0, mark));
    if (mark == std::string_view::npos) return;
    const std::string_view rest = line.substr(mark);
    const int high = rest.size() > 2 ? hex_value(rest[1]) : -1;
    const int low = rest.size() > 2 ? hex_value(rest[2]) : -1;
    if (high >= 0 && low >= 0) {
      out.push_back(static_cast<char>(high * 16 + low));
      line = rest.substr(3);
    } else {
      out.push_back('=');
      line = rest.substr(1);
    }
  }
}

}  // namespace

std::string decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const bool ended = end != std::string_view::npos;
    std::string_view line = text.substr(0, end);
    text.remove_prefix(ended ? end + 1 : text.size());
    const bool carriage = ended && line.ends_with('\r');
    if (carriage) line.remove_suffix(1);
    while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    const bool soft = line.ends_with('=');
    append_line(out, soft ? line.substr(0, line.size() - 1) : line);
    if (ended && !soft) out += carriage ? "\r\n" : "\n";
  }
  return out;
}

}  // namespace baosong::parsers::mime
