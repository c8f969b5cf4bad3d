#include "parsers/mime/parameters.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "parsers/mime/ascii.hpp"
#include "parsers/mime/encoded_word.hpp"
#include "parsers/mime/header.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::mime {
namespace {

constexpr std::size_t kMostParameters = 512;
constexpr std::size_t kMostBytes = 64 * 1024;
constexpr std::size_t kNone = std::string_view::npos;

// One parameter as it is written: "filename*1*".
struct Piece {
  std::string name;
  std::uint32_t segment = 0;
  bool numbered = false, extended = false;
  std::string value;
};

// A parameter begins here: a token and "=", the token short enough to be one.
bool parameter_at(std::string_view text) {
  constexpr std::size_t kLongestName = 40;
  std::size_t at = 0;
  while (at < text.size() && at < kLongestName &&
         (is_digit(text[at]) || (to_lower(text[at]) >= 'a' && to_lower(text[at]) <= 'z') ||
          text[at] == '-' || text[at] == '*')) {
    ++at;
  }
  if (at == 0) return false;
  const std::size_t sign = text.find_first_not_of(" \t", at);
  return sign != kNone && text[sign] == '=';
}
bool known_parameter_at(std::string_view text) {
  constexpr std::array<std::string_view, 12> kNames{
      "name", "filename",      "charset",           "boundary",  "size",        "format",
      "type", "creation-date", "modification-date", "read-date", "x-unix-mode", "delsp"};
  return parameter_at(text) && std::ranges::any_of(kNames, [&](std::string_view name) {
           return istarts_with(text, name) && text.size() > name.size() &&
                  (text[name.size()] == '=' || text[name.size()] == '*' ||
                   is_blank(text[name.size()]));
         });
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text), double_byte_(!is_valid_utf8(text)) {}

  Structured run() {
    Structured out;
    out.value = main_value();
    std::vector<Piece> pieces;
    while (at_ < text_.size() && pieces.size() < kMostParameters) {
      skip_separators();
      if (at_ < text_.size() && text_[at_] == '(') {
        skip_comment();
        continue;
      }
      std::size_t sign = at_;
      while (sign < text_.size() && text_[sign] != '=' && text_[sign] != ';') ++sign;
      if (sign == text_.size()) break;
      const std::string_view name = trim_blanks(text_.substr(at_, sign - at_));
      at_ = sign + 1;
      if (text_[sign] == ';') continue;
      Piece piece = named(name);
      skip_blanks();
      piece.value = value(piece.name == "filename" || piece.name == "name");
      pieces.push_back(std::move(piece));
    }
    out.parameters = assemble(pieces);
    return out;
  }

 private:
  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }
  void skip_separators() {
    while (at_ < text_.size() && (is_blank(text_[at_]) || text_[at_] == ';' || text_[at_] == ','))
      ++at_;
  }
  void skip_comment() {
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '(') ++depth;
      if (text_[at_] == ')' && --depth == 0) {
        ++at_;
        return;
      }
    }
  }

  // Everything before the first semicolon; without one a parameter may follow a blank.
  std::string main_value() {
    std::string out;
    while (at_ < text_.size() && text_[at_] != ';') {
      const char c = text_[at_];
      if (c == '(') {
        skip_comment();
        continue;
      }
      if (!out.empty() && is_blank(c) && parameter_at(text_.substr(at_ + 1))) break;
      if (out.empty() && c != '"' && known_parameter_at(text_.substr(at_))) break;
      if (!is_blank(c) && c != '"') out.push_back(to_lower(c));
      ++at_;
    }
    return out;
  }

  // "filename*1*" -> filename, segment 1, extended (RFC 2231, sections 3 and 4).
  static Piece named(std::string_view name) {
    Piece piece;
    if (name.ends_with('*')) {
      piece.extended = true;
      name.remove_suffix(1);
    }
    const std::size_t star = name.rfind('*');
    if (star != kNone && star + 1 < name.size() && name.size() - star < 8 &&
        std::ranges::all_of(name.substr(star + 1), is_digit)) {
      piece.numbered = true;
      for (const char c : name.substr(star + 1)) {
        piece.segment = piece.segment * 10 + static_cast<std::uint32_t>(c - '0');
      }
      name = name.substr(0, star);
    }
    piece.name = lower(name);
    return piece;
  }

  std::string value(bool is_name) {
    if (at_ < text_.size() && text_[at_] == '"') {
      ++at_;
      return quoted();
    }
    return unquoted(is_name);
  }

  // What follows a quotation mark that really closes a value.
  bool closes(std::size_t quote) const {
    const std::size_t next = text_.find_first_not_of(" \t", quote + 1);
    return next == kNone || text_[next] == ';' || text_[next] == '(' || text_[next] == ',' ||
           parameter_at(text_.substr(next));
  }

  std::string quoted() {
    std::string out;
    const std::size_t start = at_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"' && closes(at_)) {
        at_ = std::min(text_.find(';', at_), next_parameter(at_ + 1));
        return out;
      }
      // A backslash can be the second byte of a character of GBK or Big5.
      if (double_byte_ && is_eight_bit(c) && at_ + 1 < text_.size()) {
        out.append(text_, at_, 2);
        at_ += 2;
        continue;
      }
      const bool escape =
          c == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\');
      at_ += escape ? 1 : 0;
      out.push_back(text_[at_++]);
    }
    return unclosed(start);
  }

  // After a closed quote without semicolon the next parameter follows at once.
  std::size_t next_parameter(std::size_t from) const {
    const std::size_t next = text_.find_first_not_of(" \t", from);
    if (next == kNone) return text_.size();
    return parameter_at(text_.substr(next)) ? next : text_.size();
  }

  // No closing mark: the value ends where a parameter that everybody knows begins.
  std::string unclosed(std::size_t start) {
    for (std::size_t mark = text_.find(';', start); mark != kNone;
         mark = text_.find(';', mark + 1)) {
      const std::size_t next = text_.find_first_not_of(" \t", mark + 1);
      if (next != kNone && known_parameter_at(text_.substr(next))) {
        at_ = mark;
        return std::string(trim_blanks(text_.substr(start, mark - start)));
      }
    }
    at_ = text_.size();
    return std::string(trim_blanks(text_.substr(start)));
  }

  std::string unquoted(bool is_name) {
    const std::size_t start = at_;
    std::size_t end = std::min(text_.find(';', start), text_.size());
    for (std::size_t blank = start; (blank = text_.find_first_of(" \t", blank)) < end; ++blank) {
      const std::string_view rest = text_.substr(blank + 1);
      if (is_name ? known_parameter_at(rest) : parameter_at(rest) || rest.starts_with('(')) {
        end = blank;
        break;
      }
    }
    at_ = end;
    std::string_view found = trim_blanks(text_.substr(start, end - start));
    if (found.size() >= 2 && found.front() == '\'' && found.back() == '\'') {
      found = found.substr(1, found.size() - 2);
    }
    return std::string(found);
  }

  static std::string percent_decoded(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
      const bool escape = text[at] == '%' && at + 2 < text.size() && hex_value(text[at + 1]) >= 0 &&
                          hex_value(text[at + 2]) >= 0;
      out.push_back(escape
                        ? static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2]))
                        : text[at]);
      at += escape ? 2 : 0;
    }
    return out;
  }

  // charset'language'text of the first extended segment; an apostrophe alone is text.
  static std::string_view take_charset(std::string_view value, std::string& charset) {
    const std::size_t first = value.find('\'');
    const std::size_t second = first == kNone ? kNone : value.find('\'', first + 1);
    if (second == kNone || first > 40) return value;
    charset = std::string(value.substr(0, first));
    return value.substr(second + 1);
  }

  // RFC 2231, section 3: the segments of a name in the order of their numbers, whatever the order
  // in which they came. The first segment of a number wins; gaps are closed.
  static Parameter join(std::vector<const Piece*> segments) {
    // Of equal numbers the earlier piece stands first: the pieces lie in one array.
    std::ranges::sort(segments, [](const Piece* a, const Piece* b) {
      return a->segment != b->segment ? a->segment < b->segment : a < b;
    });
    const auto repeated = std::ranges::unique(segments, {}, &Piece::segment);
    segments.erase(repeated.begin(), repeated.end());
    Parameter out;
    out.name = segments.front()->name;
    for (const Piece* piece : segments) {
      std::string_view value = piece->value;
      if (piece->extended) {
        if (piece == segments.front()) value = take_charset(value, out.charset);
        out.extended = true;
        out.value += percent_decoded(value);
      } else {
        out.value += value;
      }
    }
    return out;
  }

  static std::vector<Parameter> assemble(const std::vector<Piece>& pieces) {
    std::vector<Parameter> out;
    std::vector<std::string_view> joined;
    for (const Piece& piece : pieces) {
      if (!piece.numbered) {
        out.push_back(join({&piece}));
        continue;
      }
      if (std::ranges::find(joined, piece.name) != joined.end()) continue;
      joined.push_back(piece.name);
      std::vector<const Piece*> segments;
      for (const Piece& other : pieces) {
        if (other.numbered && other.name == piece.name) segments.push_back(&other);
      }
      out.push_back(join(std::move(segments)));
    }
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool double_byte_;
};

}  // namespace

const Parameter* Structured::find(std::string_view name) const {
  const Parameter* found = nullptr;
  for (const Parameter& parameter : parameters) {
    if (parameter.name != name) continue;
    if (parameter.extended) return &parameter;
    if (found == nullptr) found = &parameter;
  }
  return found;
}

std::string_view Structured::get(std::string_view name) const {
  const Parameter* found = find(name);
  return found == nullptr ? std::string_view{} : std::string_view(found->value);
}

Structured parse_structured(std::string_view raw) {
  std::string text = unfold_name(raw.substr(0, kMostBytes));
  // A gateway may have encoded the whole field as one word: =?unknown-8bit?q?attachment=3B_...?=
  if (text.starts_with("=?")) text = decode_words(text);
  Structured out = Parser(text).run();
  out.cut = raw.size() > kMostBytes || out.parameters.size() >= kMostParameters;
  return out;
}

}  // namespace baosong::parsers::mime
