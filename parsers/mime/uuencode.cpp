#include "parsers/mime/uuencode.hpp"

#include <algorithm>

#include "parsers/mime/ascii.hpp"

namespace baosong::parsers::mime {
namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

unsigned value_of(char c) { return (static_cast<unsigned char>(c) - 0x20U) & 0x3FU; }
bool is_data(char c) { return c >= 0x20 && c <= 0x60; }

// "begin 644 name"; nullopt when it is something else.
std::optional<std::string_view> begin_line(std::string_view line) {
  constexpr std::string_view kBegin = "begin ";
  if (!line.starts_with(kBegin)) return std::nullopt;
  line.remove_prefix(kBegin.size());
  const std::size_t blank = line.find(' ');
  if (blank < 3 || blank > 6 || blank == std::string_view::npos) return std::nullopt;
  const auto octal = [](char c) { return c >= '0' && c <= '7'; };
  if (!std::ranges::all_of(line.substr(0, blank), octal)) return std::nullopt;
  const std::string_view name = trim_blanks(line.substr(blank));
  return name.empty() ? std::nullopt : std::optional(name);
}

// The first character tells how many bytes the line holds. Trailing blanks may have been cut, and
// some encoders add a check character.
bool is_data_line(std::string_view line) {
  if (line.empty() || !is_data(line[0])) return false;
  const std::size_t wanted = (value_of(line[0]) + 2) / 3 * 4;
  return wanted > 0 && line.size() <= wanted + 2 && std::ranges::all_of(line, is_data);
}
bool is_last_line(std::string_view line) { return line.empty() || value_of(line[0]) == 0; }

void append_line(std::string& out, std::string_view line) {
  const unsigned bytes = value_of(line[0]);
  line.remove_prefix(1);
  const auto at = [line](std::size_t i) { return i < line.size() ? value_of(line[i]) : 0U; };
  for (unsigned done = 0; done < bytes; done += 3) {
    const std::size_t i = done / 3 * 4;
    const unsigned triple = at(i) << 18U | at(i + 1) << 12U | at(i + 2) << 6U | at(i + 3);
    for (unsigned k = 0; k < std::min(3U, bytes - done); ++k) {
      out.push_back(static_cast<char>(triple >> (16U - 8U * k)));
    }
  }
}

}  // namespace

std::vector<UuBlock> find_uuencoded(std::string_view text) {
  std::vector<UuBlock> blocks;
  std::string_view rest = text;
  while (!rest.empty()) {
    // Most texts have no such line: look for the word before looking at lines.
    std::size_t mark = rest.find("begin ");
    while (mark != std::string_view::npos && mark != 0 && rest[mark - 1] != '\n') {
      mark = rest.find("begin ", mark + 1);
    }
    if (mark == std::string_view::npos) break;
    const char* const start = rest.data() + mark;
    rest.remove_prefix(mark);
    const auto name = begin_line(take_line(rest));
    std::string_view ahead = rest;
    if (!name || !is_data_line(take_line(ahead))) continue;
    while (!rest.empty()) {
      ahead = rest;
      const std::string_view line = take_line(ahead);
      const bool end = line == "end";
      if (!end && !is_data_line(line) && !is_last_line(line)) break;
      rest = ahead;
      if (end) break;
    }
    blocks.push_back({*name, {start, static_cast<std::size_t>(rest.data() - start)}});
  }
  return blocks;
}

std::string decode_uuencode(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::string_view rest = text;
  while (!rest.empty()) {
    if (begin_line(take_line(rest))) break;
    if (rest.empty()) {
      rest = text;
      break;
    }
  }
  while (!rest.empty()) {
    const std::string_view line = take_line(rest);
    if (line == "end") break;
    if (is_data_line(line)) append_line(out, line);
  }
  return out;
}

}  // namespace baosong::parsers::mime
