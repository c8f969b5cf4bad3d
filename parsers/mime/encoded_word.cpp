#include "parsers/mime/encoded_word.hpp"

#include <algorithm>
#include <optional>

#include "parsers/mime/ascii.hpp"
#include "parsers/mime/base64.hpp"
#include "parsers/text/charset.hpp"

namespace baosong::parsers::mime {
namespace {

struct Word {
  std::string_view charset;
  char encoding = 'b';  // 'b' or 'q'
  std::string_view text;
  std::size_t end = 0;  // behind "?="
};

// "=?charset*language?B?text?=" at `at`. The last word of a cut value may lack its end.
std::optional<Word> word_at(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongestCharset = 60;
  constexpr std::size_t kLongestWord = 4096;  // also bounds the search for the end of a cut word
  const std::string_view rest = text.substr(at, kLongestWord);
  const std::size_t first = rest.substr(0, kLongestCharset).find('?', 2);
  if (first == std::string_view::npos || first + 2 >= rest.size() || rest[first + 2] != '?') {
    return std::nullopt;
  }
  Word word;
  word.charset = rest.substr(2, first - 2);
  word.charset = word.charset.substr(0, word.charset.find('*'));
  word.encoding = to_lower(rest[first + 1]);
  if ((word.encoding != 'b' && word.encoding != 'q') ||
      word.charset.find_first_of(" \t\"=<>") != std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t begin = first + 3;
  const std::size_t end = rest.find("?=", begin);
  if (end == std::string_view::npos) {
    const std::size_t stop = std::min(rest.find_first_of(" \t\"?", begin), rest.size());
    word.text = rest.substr(begin, stop - begin);
    word.end = at + stop;
  } else {
    word.text = rest.substr(begin, end - begin);
    word.end = at + end + 2;
  }
  return word;
}

std::string decode_q(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '=' && at + 2 < text.size() && hex_value(text[at + 1]) >= 0 &&
        hex_value(text[at + 2]) >= 0) {
      out.push_back(static_cast<char>(hex_value(text[at + 1]) * 16 + hex_value(text[at + 2])));
      at += 2;
    } else {
      out.push_back(c == '_' ? ' ' : c);
    }
  }
  return out;
}

// Adjacent words of one charset: their bytes are decoded as one.
class Run {
 public:
  explicit Run(std::string_view charset) : charset_(charset) {}

  bool takes(const Word& word) const { return iequals(word.charset, charset_); }
  void add(const Word& word) {
    if (word.encoding == 'q') {
      settle();
      bytes_ += decode_q(word.text);
    } else {
      base64_ += word.text;
      // A text cut in the middle of a group of four goes on in the next word.
      if (word.text.ends_with('=') || base64_.size() % 4 == 0) settle();
    }
  }
  std::string finish() {
    settle();
    return to_utf8(bytes_, charset_);
  }

 private:
  void settle() {
    bytes_ += decode_base64(base64_);
    base64_.clear();
  }

  std::string_view charset_;
  std::string bytes_, base64_;
};

std::string decode_once(std::string_view text) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    std::size_t mark = text.find("=?", at);
    std::optional<Word> word;
    while (mark != std::string_view::npos && !(word = word_at(text, mark))) {
      mark = text.find("=?", mark + 2);
    }
    if (!word) break;
    out += guess_utf8(text.substr(at, mark - at));
    Run run(word->charset);
    run.add(*word);
    at = word->end;
    // Blanks between two words are no text (RFC 2047, 6.2), whatever their charsets.
    for (;;) {
      const std::size_t next = text.find_first_not_of(" \t\r\n", at);
      if (next == std::string_view::npos || !text.substr(next).starts_with("=?")) break;
      const auto other = word_at(text, next);
      if (!other) break;
      if (!run.takes(*other)) {
        out += run.finish();
        run = Run(other->charset);
      }
      run.add(*other);
      at = other->end;
    }
    out += run.finish();
  }
  return out + guess_utf8(text.substr(at));
}

std::string without_controls(std::string text) {
  std::erase_if(text, [](char c) { return (c >= 0 && c < 0x20 && c != '\t') || c == 0x7F; });
  for (char& c : text) c = c == '\t' ? ' ' : c;
  return text;
}

}  // namespace

std::string decode_words(std::string_view text) {
  std::string out = decode_once(text);
  if (text.find("=?") != std::string_view::npos && out.find("=?") != std::string::npos) {
    out = decode_once(out);
  }
  return without_controls(std::move(out));
}

}  // namespace baosong::parsers::mime
