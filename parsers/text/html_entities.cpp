#include <algorithm>
#include <array>
#include <optional>

#include "parsers/text/html_text.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

struct Entity {
  std::string_view name;
  char32_t character;
};
// Sorted by name. What the composers of mail programs write; the other two thousand never occur.
constexpr std::array kEntities{
    Entity{"amp", U'&'},         Entity{"apos", U'\''},       Entity{"bull", U'\u2022'},
    Entity{"cent", U'\u00A2'},   Entity{"copy", U'\u00A9'},   Entity{"deg", U'\u00B0'},
    Entity{"divide", U'\u00F7'}, Entity{"emsp", U'\u2003'},   Entity{"ensp", U'\u2002'},
    Entity{"euro", U'\u20AC'},   Entity{"frac12", U'\u00BD'}, Entity{"ge", U'\u2265'},
    Entity{"gt", U'>'},          Entity{"hellip", U'\u2026'}, Entity{"laquo", U'\u00AB'},
    Entity{"larr", U'\u2190'},   Entity{"ldquo", U'\u201C'},  Entity{"le", U'\u2264'},
    Entity{"lsquo", U'\u2018'},  Entity{"lt", U'<'},          Entity{"mdash", U'\u2014'},
    Entity{"middot", U'\u00B7'}, Entity{"nbsp", U'\u00A0'},   Entity{"ndash", U'\u2013'},
    Entity{"para", U'\u00B6'},   Entity{"permil", U'\u2030'}, Entity{"plusmn", U'\u00B1'},
    Entity{"pound", U'\u00A3'},  Entity{"quot", U'"'},        Entity{"raquo", U'\u00BB'},
    Entity{"rarr", U'\u2192'},   Entity{"rdquo", U'\u201D'},  Entity{"reg", U'\u00AE'},
    Entity{"rsquo", U'\u2019'},  Entity{"sect", U'\u00A7'},   Entity{"shy", U'\u00AD'},
    Entity{"thinsp", U'\u2009'}, Entity{"times", U'\u00D7'},  Entity{"trade", U'\u2122'},
    Entity{"yen", U'\u00A5'},    Entity{"zwj", U'\u200D'},    Entity{"zwnj", U'\u200C'}};
static_assert(std::ranges::is_sorted(kEntities, {}, &Entity::name));

std::optional<char32_t> numeric(std::string_view digits) {
  unsigned base = 10;
  if (digits.starts_with('x') || digits.starts_with('X')) {
    base = 16;
    digits.remove_prefix(1);
  }
  if (digits.empty()) return std::nullopt;
  char32_t value = 0;
  for (const char c : digits) {
    unsigned digit = 99;
    if (c >= '0' && c <= '9') digit = static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') digit = static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') digit = static_cast<unsigned>(c - 'A') + 10;
    if (digit >= base || value > 0x110000) return std::nullopt;
    value = value * base + digit;
  }
  return value == 0 ? kReplacement : value;
}

std::optional<char32_t> lookup(std::string_view name) {
  if (name.starts_with('#')) return numeric(name.substr(1));
  const auto row = std::ranges::lower_bound(kEntities, name, {}, &Entity::name);
  if (row == kEntities.end() || row->name != name) return std::nullopt;
  return row->character;
}

}  // namespace

std::string decode_entities(std::string_view text) {
  constexpr std::size_t kLongest = 12;
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find('&', at), text.size());
    out.append(text.substr(at, mark - at));
    at = mark;
    if (at == text.size()) break;
    const std::string_view rest = text.substr(at + 1, kLongest);
    const std::size_t end = rest.find_first_of("; \t\r\n<&=\"");
    const std::string_view name = rest.substr(0, end);
    const bool closed = end != std::string_view::npos && rest[end] == ';';
    const auto character = lookup(name);
    // Browsers take "&nbsp" and "&amp" without the semicolon too; in links "&copy=1" is no mark.
    if (character && (closed || name == "nbsp" || name == "amp" || name == "lt" || name == "gt")) {
      append_utf8(out, *character);
      at += 1 + name.size() + (closed ? 1 : 0);
    } else {
      out.push_back('&');
      ++at;
    }
  }
  return out;
}

}  // namespace baosong::parsers
