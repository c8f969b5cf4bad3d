// RTF cut into its smallest pieces (Rich Text Format Specification 1.9.1, "RTF Syntax"): group
// marks, control words and symbols, hexadecimal bytes, runs of text, binary blocks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace baosong::parsers::word {

struct RtfToken {
  enum class Kind : std::uint8_t {
    kEnd,     // of the file
    kOpen,    // {
    kClose,   // }
    kWord,    // \ansicpg936: `text` is the name, `value` the number
    kSymbol,  // \~: `text` is the one character behind the backslash
    kByte,    // \'b1: `value`
    kText,    // raw bytes, without line ends, which mean nothing in RTF
    kBinary,  // \bin: `text` is the block
  };
  Kind kind = Kind::kEnd;
  std::string_view text;
  int value = 0;
  bool has_value = false;
};

class RtfLexer {
 public:
  explicit RtfLexer(std::string_view bytes) : bytes_(bytes) {}  // which must outlive it

  RtfToken next();

  // Takes a backslash that stands next for a raw byte: the second one of a GBK character written
  // by a program that knows nothing of escapes. Not when it begins a \'hh.
  bool take_raw_backslash();

 private:
  RtfToken control();

  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace baosong::parsers::word
