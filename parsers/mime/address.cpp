#include "parsers/mime/address.hpp"

#include <algorithm>
#include <string>

#include "parsers/mime/ascii.hpp"
#include "parsers/mime/encoded_word.hpp"
#include "parsers/mime/header.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::mime {
namespace {

constexpr std::size_t kMostAddresses = 1000;
constexpr std::size_t kMostBytes = 256 * 1024;

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  std::vector<Address> run() {
    while (at_ < text_.size() && out_.size() < kMostAddresses) {
      const char c = text_[at_];
      if (c == '"') {
        quoted();
      } else if (c == '(') {
        comment();
      } else if (c == '<') {
        angle();
      } else if (c == ',' || c == ';') {
        ++at_;
        finish();
      } else if (c == ':' && address_.empty() && words_.find('@') == std::string::npos) {
        // The name of a group; what follows up to ';' are its members.
        ++at_;
        words_.clear();
      } else {
        words_.push_back(c);
        ++at_;
      }
    }
    finish();
    return std::move(out_);
  }

 private:
  void quoted() {
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      words_.push_back(text_[at_++]);
    }
    ++at_;
  }
  void comment() {
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '(' && depth++ == 0) continue;
      if (text_[at_] == ')' && --depth == 0) break;
      comment_.push_back(text_[at_]);
    }
    ++at_;
  }
  void angle() {
    while (at_ < text_.size() && text_[at_] == '<') ++at_;
    const std::size_t end = std::min(text_.find_first_of(">,;", at_), text_.size());
    address_ = trim_blanks(text_.substr(at_, end - at_));
    has_angle_ = true;
    at_ = end;
    while (at_ < text_.size() && text_[at_] == '>') ++at_;
  }

  // "name a@b" and "a@b" without brackets: the last word with an @ is the address.
  void split_words() {
    const std::size_t sign = words_.rfind('@');
    if (sign == std::string::npos) return;
    const std::size_t before = words_.find_last_of(" \t", sign);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    const std::size_t end = std::min(words_.find_first_of(" \t", sign), words_.size());
    address_ = words_.substr(begin, end - begin);
    words_.erase(begin, end - begin);
  }

  void finish() {
    if (!has_angle_) split_words();
    std::string name = decode_words(trim_blanks(words_));
    if (name.empty()) name = decode_words(trim_blanks(comment_));
    // A route (RFC 5322, 4.4): <@relay:a@b>
    const std::size_t route = address_.starts_with('@') ? address_.find(':') : std::string::npos;
    if (route != std::string::npos) address_.erase(0, route + 1);
    Address found{std::string(trim(name)), guess_utf8(address_)};
    if (!found.address.empty() || (!found.name.empty() && !has_angle_ && out_.empty())) {
      out_.push_back(std::move(found));
    }
    words_.clear();
    comment_.clear();
    address_.clear();
    has_angle_ = false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string words_, comment_, address_;
  bool has_angle_ = false;
  std::vector<Address> out_;
};

}  // namespace

std::vector<Address> parse_addresses(std::string_view raw) {
  const std::string text = unfold(raw.substr(0, kMostBytes));
  return Parser(text).run();
}

Address parse_address(std::string_view raw) {
  const std::vector<Address> all = parse_addresses(raw);
  for (const Address& address : all) {
    if (!address.address.empty()) return address;
  }
  return all.empty() ? Address{} : all.front();
}

}  // namespace baosong::parsers::mime
