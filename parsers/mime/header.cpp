#include "parsers/mime/header.hpp"

#include <algorithm>
#include <array>

#include "parsers/base/limits.hpp"
#include "parsers/mime/ascii.hpp"

namespace baosong::parsers::mime {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

// Names that make a line a field beyond doubt, wherever it stands.
constexpr std::array<std::string_view, 18> kCommonNames{"received",
                                                        "date",
                                                        "from",
                                                        "sender",
                                                        "reply-to",
                                                        "to",
                                                        "cc",
                                                        "bcc",
                                                        "subject",
                                                        "message-id",
                                                        "in-reply-to",
                                                        "references",
                                                        "mime-version",
                                                        "return-path",
                                                        "delivered-to",
                                                        "importance",
                                                        "disposition-notification-to",
                                                        "thread-topic"};

std::string_view field_name(std::string_view line) {
  constexpr std::size_t kLongest = 256;
  std::size_t end = 0;
  while (end < line.size() && line[end] != ':' && !is_blank(line[end]) && !is_line_end(line[end])) {
    if (++end == kLongest) return {};
  }
  std::size_t colon = end;
  while (colon < line.size() && is_blank(line[colon])) ++colon;
  return colon < line.size() && line[colon] == ':' ? line.substr(0, end) : std::string_view{};
}

bool is_common_field(std::string_view line) {
  const std::string_view name = field_name(line);
  return istarts_with(name, "content-") || istarts_with(name, "x-") ||
         std::ranges::any_of(kCommonNames, [&](std::string_view n) { return iequals(n, name); });
}

// "filename=..." and its like at the start of a line: the fold of a Content-* field lost its blank.
bool is_parameter_line(std::string_view line) {
  constexpr std::array<std::string_view, 6> kNames{"filename", "name",   "charset",
                                                   "boundary", "format", "report-type"};
  const std::size_t mark = line.substr(0, 64).find_first_of("=* \t");
  if (mark == kNone || line.find('=', mark) == kNone) return false;
  return std::ranges::any_of(kNames, [&](auto n) { return iequals(n, line.substr(0, mark)); });
}

// One header, line by line. Line breaks are LF or CRLF, or bare CR when the first line ends so.
class HeaderReader {
 public:
  HeaderReader(std::string_view mail, std::size_t at, const IsDelimiter& is_delimiter,
               std::vector<Field>& fields)
      : mail_(mail),
        start_(at),
        at_(at),
        is_delimiter_(is_delimiter),
        fields_(fields),
        first_(fields.size()),
        bare_cr_(ends_in_bare_cr()) {}

  Header run() {
    while (at_ < mail_.size()) {
      const std::string_view line = line_at(at_);
      if (line.empty()) return finish(past_line_end(mail_, at_));
      if (mail_[at_] == '-' && is_delimiter_(at_)) {
        header_.at_delimiter = header_.no_blank = true;
        return finish(at_);
      }
      if (!take(line)) {
        header_.no_blank = true;
        return finish(at_);
      }
      at_ = next_;
    }
    return finish(mail_.size());
  }

 private:
  bool ends_in_bare_cr() const {
    std::size_t end = at_;
    while (end < mail_.size() && !is_line_end(mail_[end])) ++end;
    if (end == mail_.size() || mail_[end] == '\n' || end + 1 >= mail_.size()) return false;
    if (mail_[past_line_end(mail_, end) - 1] == '\n') return false;
    if (end == at_) return true;
    const std::string_view rest = mail_.substr(end + 1, 300);
    return rest[0] == '\r' || is_blank(rest[0]) || is_field_line(rest) || is_common_field(rest);
  }

  // The line without its break; next_ is set behind it.
  std::string_view line_at(std::size_t at) {
    std::size_t end = bare_cr_ ? mail_.find_first_of("\r\n", at) : mail_.find('\n', at);
    end = std::min(end, mail_.size());
    next_ = end < mail_.size() ? (bare_cr_ ? past_line_end(mail_, end) : end + 1) : end;
    std::string_view line = mail_.substr(at, end - at);
    while (line.ends_with('\r')) line.remove_suffix(1);
    return line;
  }

  // False when the body begins with this line.
  bool take(std::string_view line) {
    if (is_blank(line[0])) {
      const bool nothing = line.find_first_not_of(" \t") == kNone;
      if (nothing && !header_goes_on()) return false;
      extend(line);
      return true;
    }
    if (is_field_line(line)) {
      add(line);
      return true;
    }
    if (!continues_last(line) && !common_field_follows()) return false;
    extend(line);
    return true;
  }

  bool header_goes_on() const {
    if (next_ >= mail_.size()) return true;
    const std::string_view rest = mail_.substr(next_, 300);
    return is_line_end(rest[0]) || is_blank(rest[0]) || is_field_line(rest) || rest[0] == '-';
  }

  bool continues_last(std::string_view line) const {
    if (fields_.size() == first_ || !istarts_with(fields_.back().name, "content-")) return false;
    if (is_parameter_line(line)) return true;
    constexpr std::size_t kLongestValue = 4096;
    const std::string_view value = fields_.back().value;
    const bool open_quote = value.size() < kLongestValue && std::ranges::count(value, '"') % 2 == 1;
    return open_quote && line.find('"') != kNone;
  }

  // Whether a well-known field stands between here and the next empty line. What was found once
  // holds until it is passed, so that all these looks ahead together read the header only once.
  bool common_field_follows() {
    if (known_ahead_ != 0 && at_ < known_ahead_) return true;
    const std::size_t keep = next_;
    bool found = false;
    for (std::size_t at = next_; at < mail_.size();) {
      const std::string_view line = line_at(at);
      if (line.empty() || (line[0] == '-' && is_delimiter_(at))) break;
      if (is_common_field(line)) {
        known_ahead_ = at;
        found = true;
        break;
      }
      at = next_;
    }
    next_ = keep;
    return found;
  }

  bool room() {
    const bool full =
        fields_.size() - first_ >= limits::kHeaderFields || next_ - start_ > limits::kHeaderBytes;
    header_.cut = header_.cut || full;
    return !full;
  }

  void add(std::string_view line) {
    open_ = room();
    if (!open_) return;
    const std::string_view name = field_name(line);
    const std::size_t colon = line.find(':', name.size());
    fields_.push_back({name, line.substr(colon + 1)});
  }

  void extend(std::string_view line) {
    if (fields_.size() == first_ || !open_ || !(open_ = room())) return;
    Field& last = fields_.back();
    const char* const end = line.data() + line.size();
    last.value = {last.value.data(), static_cast<std::size_t>(end - last.value.data())};
  }

  Header finish(std::size_t body) {
    header_.body = body;
    return header_;
  }

  std::string_view mail_;
  std::size_t start_, at_, next_ = 0;
  const IsDelimiter& is_delimiter_;
  std::vector<Field>& fields_;
  std::size_t first_;
  bool bare_cr_;
  bool open_ = true;  // continuation lines belong to a field that was kept
  std::size_t known_ahead_ = 0;
  Header header_;
};

}  // namespace

std::size_t past_line_end(std::string_view mail, std::size_t at) {
  constexpr std::size_t kMostReturns = 3;  // CRCRLF is what two gateways in a row make
  std::size_t end = at;
  while (end < mail.size() && mail[end] == '\r' && end - at < kMostReturns) ++end;
  if (end < mail.size() && mail[end] == '\n') return end + 1;
  return std::min(at + 1, mail.size());
}

Header read_header(std::string_view mail, std::size_t at, const IsDelimiter& is_delimiter,
                   std::vector<Field>& fields) {
  return HeaderReader(mail, at, is_delimiter, fields).run();
}

bool is_field_line(std::string_view line) { return !field_name(line).empty(); }

std::string unfold(std::string_view raw) {
  raw = trim_blanks(raw);
  if (raw.find('\n') == kNone && raw.find('\r') == kNone) return std::string(raw);
  std::string out;
  out.reserve(raw.size());
  for (const char c : raw) {
    if (!is_line_end(c)) out.push_back(c);
  }
  return out;
}

std::string unfold_name(std::string_view raw) {
  raw = trim_blanks(raw);
  if (raw.find('\n') == kNone && raw.find('\r') == kNone) return std::string(raw);
  std::string out;
  out.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size(); ++at) {
    if (!is_line_end(raw[at])) {
      out.push_back(raw[at]);
      continue;
    }
    const std::size_t next = std::min(raw.find_first_not_of(" \t\r\n", at), raw.size() - 1);
    if (!out.empty() && is_eight_bit(out.back()) && is_eight_bit(raw[next])) at = next - 1;
  }
  return out;
}

const Field* find_field(std::span<const Field> fields, std::string_view name) {
  const auto found =
      std::ranges::find_if(fields, [&](const Field& f) { return iequals(f.name, name); });
  return found == fields.end() ? nullptr : &*found;
}

}  // namespace baosong::parsers::mime
