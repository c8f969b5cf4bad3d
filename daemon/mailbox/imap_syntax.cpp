#include "daemon/mailbox/imap_syntax.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "parsers/text/utf8.hpp"

namespace baosong::daemon::imap {
namespace {

bool same(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
    return upper(x) == upper(y);
  });
}

constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<int> digits(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
  return value;
}

void append_base64(std::string& out, std::string_view utf16) {
  constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";
  std::uint32_t bits = 0;
  int have = 0;
  for (const char byte : utf16) {
    bits = (bits << 8U) | static_cast<unsigned char>(byte);
    have += 8;
    while (have >= 6) {
      have -= 6;
      out.push_back(kAlphabet[(bits >> static_cast<unsigned>(have)) & 63U]);
    }
  }
  if (have > 0) out.push_back(kAlphabet[(bits << static_cast<unsigned>(6 - have)) & 63U]);
}

void append_utf16(std::string& out, char32_t c) {
  const auto unit = [&out](char32_t u) {
    out.push_back(static_cast<char>(u >> 8U));
    out.push_back(static_cast<char>(u & 0xFFU));
  };
  if (c < 0x10000) {
    unit(c);
  } else {
    unit(0xD800 + ((c - 0x10000) >> 10U));
    unit(0xDC00 + ((c - 0x10000) & 0x3FFU));
  }
}

// A quoted string or an atom at the start of `rest`, which moves behind it.
std::optional<std::string> next_string(std::string_view& rest) {
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  std::string out;
  if (!rest.starts_with('"')) {
    const auto blank = std::min(rest.find(' '), rest.size());
    out = rest.substr(0, blank);
    rest.remove_prefix(blank);
    return out.empty() ? std::nullopt : std::optional(std::move(out));
  }
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (rest[at] == '"') {
      rest.remove_prefix(at + 1);
      return out;
    }
    if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
    out.push_back(rest[at]);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::uint64_t> parse_number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<Time> parse_date_time(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  const auto dash = text.find('-');
  if (dash == std::string_view::npos || text.size() < dash + 24) return std::nullopt;
  const auto day = digits(text.substr(0, dash));
  const auto* month = std::ranges::find_if(
      kMonths, [&](std::string_view name) { return same(name, text.substr(dash + 1, 3)); });
  const auto year = digits(text.substr(dash + 5, 4));
  const std::string_view clock = text.substr(dash + 10);  // "16:00:00 +0800"
  const auto hour = digits(clock.substr(0, 2));
  const auto minute = digits(clock.substr(3, 2));
  const auto second = digits(clock.substr(6, 2));
  if (clock.size() < 14 || clock[2] != ':' || clock[5] != ':' || clock[8] != ' ')
    return std::nullopt;
  const auto shift_hours = digits(clock.substr(10, 2));
  const auto shift_minutes = digits(clock.substr(12, 2));
  if (!day || month == kMonths.end() || !year || !hour || !minute || !second || !shift_hours ||
      !shift_minutes || *hour > 23 || *minute > 59 || *second > 60 || *shift_hours > 14) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date{
      std::chrono::year{*year},
      std::chrono::month{static_cast<unsigned>(month - kMonths.begin() + 1)},
      std::chrono::day{static_cast<unsigned>(*day)}};
  if (!date.ok()) return std::nullopt;
  const auto shift = std::chrono::minutes{*shift_hours * 60 + *shift_minutes};
  return std::chrono::sys_days{date} + std::chrono::hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second} - (clock[9] == '-' ? -shift : shift);
}

std::optional<std::string> quote(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '\r' || c == '\n' || c == '\0') return std::nullopt;
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

std::string modified_utf7(std::string_view utf8) {
  std::string out, wide;
  const auto flush = [&] {
    if (wide.empty()) return;
    out.push_back('&');
    append_base64(out, wide);
    out.push_back('-');
    wide.clear();
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = parsers::next_character(utf8, at);
    if (c >= 0x20 && c < 0x7F) {
      flush();
      out.push_back(static_cast<char>(c));
      if (c == U'&') out.push_back('-');
    } else {
      append_utf16(wide, c);
    }
  }
  flush();
  return out;
}

bool FetchParser::starts(std::string_view line, std::string_view& rest) {
  if (!line.starts_with("* ")) return false;
  line.remove_prefix(2);
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos || !parse_number(line.substr(0, blank))) return false;
  line.remove_prefix(blank + 1);
  if (line.size() < 6 || !same(line.substr(0, 6), "FETCH ")) return false;
  rest = line.substr(6);
  return true;
}

// The next token: "(", ")", a quoted string (unescaped into `unquoted`) or an atom.
std::string_view FetchParser::token(std::string_view& rest, bool& quoted,
                                    std::string& unquoted) const {
  quoted = false;
  while (rest.starts_with(' ')) rest.remove_prefix(1);
  if (rest.empty()) return {};
  if (rest.front() == '(' || rest.front() == ')') {
    const auto one = rest.substr(0, 1);
    rest.remove_prefix(1);
    return one;
  }
  if (rest.front() == '"') {
    unquoted.clear();
    std::size_t at = 1;
    for (; at < rest.size() && rest[at] != '"'; ++at) {
      if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
      unquoted.push_back(rest[at]);
    }
    if (at >= rest.size()) {
      rest = {};
      return "\x01";  // an open quote: no token of the grammar
    }
    const auto whole = rest.substr(0, at + 1);
    rest.remove_prefix(at + 1);
    quoted = true;
    return whole;
  }
  // "BODY[HEADER.FIELDS (X)]" is one atom: brackets protect blanks and parentheses.
  std::size_t at = 0;
  bool bracket = false;
  for (; at < rest.size(); ++at) {
    const char c = rest[at];
    if (c == '[') bracket = true;
    if (c == ']') bracket = false;
    if (!bracket && (c == ' ' || c == '(' || c == ')')) break;
  }
  const auto atom = rest.substr(0, at);
  rest.remove_prefix(at);
  return atom;
}

bool FetchParser::is_body() const {
  if (body_ == Body::kWhole) return same(name_, "BODY[]") || same(name_, "BODY[]<0>");
  constexpr std::string_view kFields = "BODY[HEADER.FIELDS";
  return name_.size() > kFields.size() && same(name_.substr(0, kFields.size()), kFields);
}

// Takes the value of item `name_`; false when it is not what the item may have.
bool FetchParser::value(std::string_view word, bool quoted, const std::string& text) {
  if (same(name_, "UID") || same(name_, "RFC822.SIZE")) {
    const auto number = parse_number(word);
    if (!number || quoted) return false;
    (same(name_, "UID") ? mail.uid : mail.size) = *number;
  } else if (same(name_, "INTERNALDATE")) {
    if (!quoted) return false;
    mail.internal_date = parse_date_time(text);
  } else if (is_body()) {
    if (mail.has_body) return false;  // two bodies in one response
    mail.has_body = true;
    if (quoted) {
      mail.body_quoted = true;
      mail.quoted_body = text;
    } else if (same(word, "NIL")) {
      mail.body_nil = true;
    } else {
      return false;
    }
  }
  return true;
}

FetchParser::Step FetchParser::feed(std::string_view rest) {
  std::string text;
  for (;;) {
    bool quoted = false;
    const std::string_view word = token(rest, quoted, text);
    if (word.empty()) return Step::kBroken;  // the fragment ended inside the list
    const bool open = !quoted && word == "(";
    const bool close = !quoted && word == ")";
    switch (place_) {
      case Place::kBefore:
        if (!open) return Step::kBroken;
        place_ = Place::kName;
        break;
      case Place::kName:
        if (close) {
          place_ = Place::kClosed;
          return rest.empty() ? Step::kDone : Step::kBroken;
        }
        if (open || quoted) return Step::kBroken;
        name_ = std::string(word);
        place_ = Place::kValue;
        break;
      case Place::kValue:
        if (close) return Step::kBroken;
        if (open) {
          depth_ = 1;
          place_ = Place::kFlags;
          break;
        }
        if (!quoted && word.front() == '{') {
          const bool body = is_body() && !mail.has_body;
          const auto size = word.size() > 2 && word.back() == '}'
                                ? parse_number(word.substr(1, word.size() - 2))
                                : std::nullopt;
          if (!body || !size || !rest.empty()) return Step::kBroken;
          literal = *size;
          mail.has_body = true;
          place_ = Place::kName;
          return Step::kLiteral;
        }
        if (!value(word, quoted, text)) return Step::kBroken;
        place_ = Place::kName;
        break;
      case Place::kFlags:
        if (open) ++depth_;
        if (close && --depth_ == 0) place_ = Place::kName;
        break;
      case Place::kClosed:
        return Step::kBroken;
    }
  }
}

std::optional<Listed> listed_of(std::string_view line) {
  bool known = false;
  for (const std::string_view word : {"* LIST (", "* XLIST ("}) {
    if (line.size() < word.size() || !same(line.substr(0, word.size()), word)) continue;
    line.remove_prefix(word.size());
    known = true;
    break;
  }
  const auto close = line.find(')');
  if (!known || close == std::string_view::npos) return std::nullopt;
  Listed out;
  for (std::string_view words = line.substr(0, close); !words.empty();) {
    const auto blank = std::min(words.find(' '), words.size());
    std::string& attribute = out.attributes.emplace_back(words.substr(0, blank));
    std::ranges::transform(attribute, attribute.begin(), [](char c) {
      return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    });
    words.remove_prefix(std::min(blank + 1, words.size()));
  }
  line.remove_prefix(close + 1);
  // The hierarchy delimiter: NIL or one quoted character.
  const auto delimiter = next_string(line);
  if (!delimiter) return std::nullopt;
  while (line.starts_with(' ')) line.remove_prefix(1);
  if (line.starts_with('{') && line.ends_with('}')) {
    out.literal = parse_number(line.substr(1, line.size() - 2));
    return out.literal ? std::optional(std::move(out)) : std::nullopt;
  }
  auto name = next_string(line);
  if (!name || !line.empty()) return std::nullopt;
  out.name = std::move(*name);
  return out;
}

std::optional<std::uint64_t> exists_of(std::string_view line) {
  if (!line.starts_with("* ")) return std::nullopt;
  line.remove_prefix(2);
  const auto blank = line.find(' ');
  if (blank == std::string_view::npos || !same(line.substr(blank + 1), "EXISTS"))
    return std::nullopt;
  return parse_number(line.substr(0, blank));
}

std::optional<std::uint64_t> code_of(std::string_view line, std::string_view code) {
  const auto open = line.find('[');
  if (open == std::string_view::npos) return std::nullopt;
  const auto close = line.find(']', open);
  if (close == std::string_view::npos) return std::nullopt;
  const std::string_view inside = line.substr(open + 1, close - open - 1);
  if (inside.size() <= code.size() + 1 || !same(inside.substr(0, code.size()), code) ||
      inside[code.size()] != ' ') {
    return std::nullopt;
  }
  return parse_number(inside.substr(code.size() + 1));
}

}  // namespace baosong::daemon::imap
