#include "parsers/word/rtf_lexer.hpp"

#include <algorithm>

namespace baosong::parsers::word {
namespace {

constexpr std::size_t kWordLetters = 32;
constexpr std::size_t kDigits = 10;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

RtfToken RtfLexer::next() {
  using Kind = RtfToken::Kind;
  while (at_ < bytes_.size() && (bytes_[at_] == '\r' || bytes_[at_] == '\n')) ++at_;
  if (at_ >= bytes_.size()) return {};
  const char c = bytes_[at_];
  if (c == '{' || c == '}') {
    ++at_;
    return {c == '{' ? Kind::kOpen : Kind::kClose, {}, 0, false};
  }
  if (c == '\\') return control();
  const std::size_t end = std::min(bytes_.find_first_of("\\{}\r\n", at_), bytes_.size());
  const std::string_view text = bytes_.substr(at_, end - at_);
  at_ = end;
  return {Kind::kText, text, 0, false};
}

RtfToken RtfLexer::control() {
  using Kind = RtfToken::Kind;
  ++at_;
  if (at_ >= bytes_.size()) return {};
  if (bytes_[at_] == '\'') {
    ++at_;
    int value = 0;
    for (int i = 0; i < 2 && at_ < bytes_.size() && hex_digit(bytes_[at_]) >= 0; ++i) {
      value = value * 16 + hex_digit(bytes_[at_++]);
    }
    return {Kind::kByte, {}, value, true};
  }
  if (!is_letter(bytes_[at_])) return {Kind::kSymbol, bytes_.substr(at_++, 1), 0, false};
  RtfToken out{Kind::kWord, {}, 0, false};
  const std::size_t begin = at_;
  while (at_ < bytes_.size() && at_ - begin < kWordLetters && is_letter(bytes_[at_])) ++at_;
  out.text = bytes_.substr(begin, at_ - begin);
  const bool minus = at_ + 1 < bytes_.size() && bytes_[at_] == '-' && is_digit(bytes_[at_ + 1]);
  if (minus) ++at_;
  long long number = 0;
  for (std::size_t i = 0; i < kDigits && at_ < bytes_.size() && is_digit(bytes_[at_]); ++i) {
    number = number * 10 + (bytes_[at_++] - '0');
    out.has_value = true;
  }
  number = std::min(minus ? -number : number, 0x7FFFFFFFLL);
  out.value = static_cast<int>(std::max(number, -0x7FFFFFFFLL));
  if (at_ < bytes_.size() && bytes_[at_] == ' ') ++at_;
  if (out.text != "bin") return out;
  const auto size = static_cast<std::size_t>(std::max(out.value, 0));
  out.kind = Kind::kBinary;
  out.text = bytes_.substr(std::min(at_, bytes_.size()), size);
  at_ += out.text.size();
  return out;
}

bool RtfLexer::take_raw_backslash() {
  if (at_ >= bytes_.size() || bytes_[at_] != '\\') return false;
  if (at_ + 1 < bytes_.size() && bytes_[at_ + 1] == '\'') return false;
  ++at_;
  return true;
}

}  // namespace baosong::parsers::word
