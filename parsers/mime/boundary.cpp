#include "parsers/mime/boundary.hpp"

#include <algorithm>
#include <cstring>

#include "parsers/mime/ascii.hpp"
#include "parsers/mime/header.hpp"

namespace baosong::parsers::mime {
namespace {

enum class Tail { kNone, kOpen, kClose, kCloseWithText };

// What stands between the boundary and the end of its line; `next` is set behind that end.
Tail tail_at(std::string_view mail, std::size_t at, std::size_t& next) {
  const bool dashes = mail.substr(at).starts_with("--");
  std::size_t end = at + (dashes ? 2 : 0);
  while (end < mail.size() && is_blank(mail[end])) ++end;
  const bool ended = end == mail.size() || is_line_end(mail[end]);
  if (!ended && !dashes) return Tail::kNone;
  if (!ended) end = std::min(mail.find('\n', end), mail.size());
  next = end < mail.size() ? past_line_end(mail, end) : end;
  if (!ended) return Tail::kCloseWithText;
  return dashes ? Tail::kClose : Tail::kOpen;
}

}  // namespace

std::optional<Delimiter> delimiter_at(std::string_view mail, std::size_t at,
                                      const std::vector<Level>& levels, std::size_t floor) {
  const std::string_view rest = mail.substr(at);
  std::optional<Delimiter> closed, with_text;
  std::size_t longest = 0;
  for (std::size_t i = levels.size(); i-- > floor;) {
    const Level& level = levels[i];
    if (level.dashes.empty() || !rest.starts_with(level.dashes)) continue;
    Delimiter found{i, false, 0};
    const Tail tail = tail_at(mail, at + level.dashes.size(), found.next);
    if (tail == Tail::kNone) continue;
    found.close = tail != Tail::kOpen;
    if (tail == Tail::kCloseWithText) {
      // "--b--garbage" closes b, unless "b--garbage" is itself a boundary.
      if (level.dashes.size() > longest) {
        longest = level.dashes.size();
        with_text = found;
      }
    } else if (!level.closed) {
      return found;
    } else if (!closed) {
      closed = found;
    }
  }
  return closed ? closed : with_text;
}

std::size_t find_dashes(std::string_view mail, std::size_t at) {
  while (at < mail.size()) {
    const void* found = std::memchr(mail.data() + at, '-', mail.size() - at);
    if (found == nullptr) break;
    at = static_cast<std::size_t>(static_cast<const char*>(found) - mail.data());
    const bool line_start = at == 0 || is_line_end(mail[at - 1]);
    if (line_start && mail.substr(at).starts_with("--")) return at;
    while (at < mail.size() && mail[at] == '-') ++at;
  }
  return mail.size();
}

std::optional<std::string> guess_boundary(std::string_view body) {
  constexpr std::size_t kPreamble = 64 * 1024;  // boundaries stand near the top
  constexpr std::size_t kLongestLine = 300;
  const std::string_view top = body.substr(0, kPreamble);
  for (std::size_t at = find_dashes(top, 0); at < top.size(); at = find_dashes(top, at + 2)) {
    const std::size_t end = top.find_first_of("\r\n", at);
    if (end == std::string_view::npos) break;
    const std::string_view line = trim_blanks(top.substr(at, end - at));
    const std::string_view next = top.substr(past_line_end(top, end));
    if (line.size() < kLongestLine && istarts_with(next, "content-"))
      return std::string(line.substr(2));
  }
  return std::nullopt;
}

}  // namespace baosong::parsers::mime
