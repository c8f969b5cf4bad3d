#include "parsers/mime/base64.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "parsers/mime/ascii.hpp"

namespace baosong::parsers::mime {
namespace {

constexpr std::int8_t kSkip = -1, kPad = -2;

constexpr std::array<std::int8_t, 256> make_values() {
  std::array<std::int8_t, 256> values{};
  values.fill(kSkip);
  for (int i = 0; i < 26; ++i) {
    values[static_cast<std::size_t>('A' + i)] = static_cast<std::int8_t>(i);
    values[static_cast<std::size_t>('a' + i)] = static_cast<std::int8_t>(26 + i);
  }
  for (int i = 0; i < 10; ++i) {
    values[static_cast<std::size_t>('0' + i)] = static_cast<std::int8_t>(52 + i);
  }
  values['+'] = 62;
  values['/'] = 63;
  values['='] = kPad;
  return values;
}
constexpr std::array<std::int8_t, 256> kValues = make_values();

std::int8_t value_of(char c) { return kValues[static_cast<unsigned char>(c)]; }

class Decoder {
 public:
  explicit Decoder(std::string_view text)
      : from_(text.data()),
        end_(text.data() + text.size()),
        out_(text.size() / 4 * 3 + kSlack, '\0'),
        to_(out_.data()) {}

  std::string run() {
    while (from_ < end_ && !done_) {
      if (pending_ == 0) clean();
      if (from_ < end_) one();
    }
    flush();
    out_.resize(static_cast<std::size_t>(to_ - out_.data()));
    return std::move(out_);
  }

 private:
  // The vector loop stores 32 bytes of which 24 count.
  static constexpr std::size_t kSlack = 40;

  void clean() {
    detail::decode_clean_avx2(from_, end_, to_);
    detail::decode_clean_scalar(from_, end_, to_);
  }

  // One character that the fast loops stopped at.
  void one() {
    const char c = *from_++;
    const std::int8_t value = value_of(c);
    if (value >= 0) {
      bits_ = bits_ << 6U | static_cast<std::uint32_t>(value);
      if (++pending_ == 4) {
        put(3, bits_);
        pending_ = 0;
      }
    } else if (value == kPad) {
      pad();
    } else if (c == '\n') {
      line_end();
    } else if (!line_looked_at_ && !is_line_end(c)) {
      line_looked_at_ = true;
      if (is_prose_line()) give_back_line();
    }
  }

  void pad() {
    std::size_t signs = 1;
    for (; from_ < end_ && *from_ == '='; ++from_) ++signs;
    const bool line_ends = from_ == end_ || is_line_end(*from_) || is_blank(*from_);
    // A sign in the middle of a group that neither completes it nor ends the line is dirt.
    if (pending_ < 2 || (pending_ + signs < 4 && !line_ends)) return;
    flush();
    if (line_ends) after_padding();
  }

  void after_padding() {
    while (from_ < end_ && (is_line_end(*from_) || is_blank(*from_))) ++from_;
    done_ = !is_base64_line();
  }

  // After an empty line only base64 may follow.
  void line_end() {
    line_ = {from_, to_, bits_, pending_};
    line_looked_at_ = false;
    const char* next = from_;
    if (next < end_ && *next == '\r') ++next;
    if (next >= end_ || *next != '\n') return;
    from_ = next + 1;
    while (from_ < end_ && is_line_end(*from_)) ++from_;
    done_ = from_ < end_ && !is_base64_line();
  }

  // Alphabet and padding up to the end of the line, blanks around them.
  bool is_base64_line() const {
    const char* at = from_;
    while (at < end_ && is_blank(*at)) ++at;
    while (at < end_ && value_of(*at) != kSkip) ++at;
    while (at < end_ && is_blank(*at)) ++at;
    return at == end_ || is_line_end(*at);
  }

  // A line of words: blanks between them, signs that base64 does not have, and no long run of
  // letters. Dirt in the data ("*", NUL, 8-bit bytes) does not make one.
  bool is_prose_line() const {
    constexpr std::size_t kLongestWord = 30;
    std::size_t run = 0, longest = 0, words = 0, signs = 0;
    for (const char* at = line_.from; at < end_ && !is_line_end(*at); ++at) {
      const bool letter = value_of(*at) != kSkip;
      if (letter && run == 0) ++words;
      if (!letter && !is_blank(*at)) ++signs;
      run = is_blank(*at) ? 0 : run + 1;
      longest = std::max(longest, run);
    }
    return words >= 3 && signs > 0 && longest <= kLongestWord;
  }
  void give_back_line() {
    to_ = line_.to;
    bits_ = line_.bits;
    pending_ = line_.pending;
    done_ = true;
  }

  void flush() {
    if (pending_ == 2) put(1, bits_ << 12U);
    if (pending_ == 3) put(2, bits_ << 6U);
    pending_ = 0;
  }
  void put(int count, std::uint32_t triple) {
    for (int shift = 16; count > 0; --count, shift -= 8)
      *to_++ = static_cast<char>(triple >> shift);
  }

  // How things stood at the start of the line.
  struct LineStart {
    const char* from = nullptr;
    char* to = nullptr;
    std::uint32_t bits = 0;
    std::size_t pending = 0;
  };

  const char* from_;
  const char* end_;
  std::string out_;
  char* to_;
  std::uint32_t bits_ = 0;
  std::size_t pending_ = 0;  // characters of the group that is being read
  LineStart line_;
  bool line_looked_at_ = true;  // the first line is data, whatever it looks like
  bool done_ = false;
};

}  // namespace

std::string decode_base64(std::string_view text) { return Decoder(text).run(); }

}  // namespace baosong::parsers::mime
