#include "parsers/mime/body_text.hpp"

#include <algorithm>
#include <iterator>
#include <vector>

#include "parsers/base/limits.hpp"
#include "parsers/mime/ascii.hpp"
#include "parsers/mime/attachments.hpp"
#include "parsers/mime/decode.hpp"
#include "parsers/mime/uuencode.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/html_text.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::mime {
namespace {

// HTML is several times as long as its text.
constexpr std::size_t kHtmlBytes = 8 * limits::kBodyTextBytes;

std::string without_controls(std::string text) {
  std::erase_if(text, [](char c) { return c >= 0 && c < 0x20 && c != '\t' && c != '\n'; });
  return text;
}

// The charset that the HTML itself names, when the part names none.
std::string_view meta_charset(std::string_view html) {
  const std::string_view head = html.substr(0, 2048);
  const std::size_t mark = head.find("charset=");
  if (mark == std::string_view::npos) return {};
  std::string_view name = head.substr(mark + 8, 40);
  name.remove_prefix(std::min(name.find_first_not_of("\"' "), name.size()));
  return name.substr(0, name.find_first_of("\"'>; /"));
}

// href="..." of a start tag.
std::string_view href_of(std::string_view tag) {
  for (std::size_t at = 0; at + 5 < tag.size(); ++at) {
    if (!istarts_with(tag.substr(at), "href")) continue;
    std::string_view rest = tag.substr(at + 4);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n"), rest.size()));
    if (!rest.starts_with('=')) continue;
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\r\n", 1), rest.size()));
    if (rest.empty()) return {};
    const char quote = rest[0];
    if (quote != '"' && quote != '\'') return rest.substr(0, rest.find_first_of(" >\t\r\n"));
    return rest.substr(1, rest.find(quote, 1) - 1);
  }
  return {};
}

std::string with_link_marks(std::string_view html) {
  constexpr std::size_t kLongestTag = 8192;
  std::string out;
  out.reserve(html.size() + 256);
  std::size_t from = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    const std::string_view start = html.substr(at, 3);
    const bool anchor = start.size() == 3 && to_lower(start[1]) == 'a' &&
                        (is_blank(start[2]) || is_line_end(start[2]));
    if (!anchor) {
      ++at;
      continue;
    }
    const std::size_t end = html.find('>', at);
    if (end == std::string_view::npos) break;
    const std::string_view link = href_of(html.substr(at, std::min(end - at, kLongestTag)));
    at = end + 1;
    if (!istarts_with(link, "http")) continue;
    out.append(html.substr(from, at - from));
    from = at;
    out.push_back(kLinkBegin);
    std::ranges::copy_if(link, std::back_inserter(out),
                         [](char c) { return c != '<' && c != '>' && c > ' '; });
    out.push_back(kLinkEnd);
  }
  return out.append(html.substr(from));
}

std::string plain_text(const Part& part) {
  std::string store;
  std::string_view content = decode_body(part, store);
  std::string kept;
  if (part.encoding == Encoding::kIdentity) {
    const char* from = content.data();
    for (const UuBlock& block : find_uuencoded(content)) {
      kept.append(from, block.block.data());
      from = block.block.data() + block.block.size();
    }
    if (!kept.empty() || from != content.data()) {
      kept.append(from, content.data() + content.size());
      content = kept;
    }
  }
  return without_controls(to_utf8(content.substr(0, limits::kBodyTextBytes), part.charset()));
}

std::string html_text(const Part& part) {
  std::string store;
  const std::string_view content = decode_body(part, store).substr(0, kHtmlBytes);
  const std::string_view named = part.charset();
  const std::string html =
      without_controls(to_utf8(content, named.empty() ? meta_charset(content) : named));
  return html_to_text(with_link_marks(html));
}

// The nearest multipart/alternative above, within the same mail; -1 when there is none.
std::int32_t alternative_of(const Scan& scan, const Part& part) {
  for (std::int32_t i = part.parent; i >= part.message;
       i = scan.parts[static_cast<std::size_t>(i)].parent) {
    if (scan.parts[static_cast<std::size_t>(i)].type == "multipart/alternative") return i;
  }
  return -1;
}

bool is_blank_text(std::string_view text) { return trim(text).empty(); }

}  // namespace

std::string without_links(std::string_view text) {
  std::string out;
  bool inside = false;
  for (const char c : text) {
    if (c == kLinkBegin) {
      inside = true;
    } else if (c == kLinkEnd) {
      inside = false;
    } else if (!inside) {
      out.push_back(c);
    }
  }
  return out;
}

std::string body_text(const Scan& scan, std::int32_t message) {
  struct Piece {
    std::int32_t alternative;
    bool html;
    const Part* part;
  };
  constexpr std::size_t kMostPieces = 50;
  std::vector<Piece> pieces;
  for (auto i = static_cast<std::size_t>(message);
       i < scan.parts.size() && pieces.size() < kMostPieces; ++i) {
    const Part& part = scan.parts[i];
    if (part.message != message || !part.is_leaf || !part.is_text() || is_file(part)) continue;
    if (part.type == "text/rfc822-headers") continue;
    pieces.push_back({alternative_of(scan, part), part.type == "text/html", &part});
  }
  std::string out;
  for (const Piece& piece : pieces) {
    if (out.size() >= limits::kBodyTextBytes) break;
    // Of alternatives the plain one is read, unless it is blank.
    const auto rival = std::ranges::find_if(pieces, [&](const Piece& other) {
      return other.alternative >= 0 && other.alternative == piece.alternative &&
             other.html != piece.html;
    });
    const bool has_rival = rival != pieces.end();
    if (piece.html && has_rival && !is_blank_text(plain_text(*rival->part))) continue;
    const std::string text = piece.html ? html_text(*piece.part) : plain_text(*piece.part);
    if (is_blank_text(text)) continue;
    if (!out.empty()) out += '\n';
    out += text;
  }
  return std::string(cut_utf8(out, limits::kBodyTextBytes));
}

}  // namespace baosong::parsers::mime
