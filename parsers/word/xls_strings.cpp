#include "parsers/word/xls_strings.hpp"

#include "parsers/base/bytes.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::word {
namespace {

constexpr std::uint8_t kWide = 0x01, kPhonetic = 0x04, kRich = 0x08;

// Appends UTF-16 units one by one.
class Utf16 {
 public:
  explicit Utf16(std::string& out) : out_(out) {}
  void put(char32_t unit) {
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
    } else if (unit >= 0xDC00 && unit < 0xE000) {
      if (high_ != 0) append_utf8(out_, 0x10000 + ((high_ - 0xD800) << 10U) + (unit - 0xDC00));
      high_ = 0;
    } else {
      high_ = 0;
      append_utf8(out_, unit);
    }
  }

 private:
  std::string& out_;
  char32_t high_ = 0;
};

}  // namespace

void XlsBlocks::settle() {
  while (block_ < blocks_.size() && at_ >= blocks_[block_].size()) {
    at_ -= blocks_[block_].size();
    ++block_;
  }
}

std::uint8_t XlsBlocks::u8() {
  settle();
  if (at_end()) return 0;
  const std::uint8_t out = byte_at(blocks_[block_], at_++);
  settle();
  return out;
}
std::uint16_t XlsBlocks::u16() {
  const unsigned low = u8();
  return static_cast<std::uint16_t>(low | static_cast<unsigned>(u8()) << 8U);
}
std::uint32_t XlsBlocks::u32() {
  const std::uint32_t low = u16();
  return low | std::uint32_t{u16()} << 16U;
}
void XlsBlocks::skip(std::size_t size) {
  at_ += size;
  settle();
}

std::string XlsBlocks::units(std::size_t length, std::uint8_t flags, std::size_t block) {
  std::string out;
  Utf16 sink(out);
  for (std::size_t i = 0; i < length && !at_end(); ++i) {
    // A string that goes on in the next record begins there with flags of its own.
    if (block_ != block) {
      block = block_;
      flags = u8();
    }
    sink.put((flags & kWide) != 0 ? u16() : u8());
  }
  return out;
}

std::string XlsBlocks::characters(std::size_t length) {
  settle();
  const std::size_t block = block_;
  const std::uint8_t flags = u8();
  return units(length, flags, block);
}

std::string XlsBlocks::string() {
  const std::size_t length = u16();
  settle();
  const std::size_t block = block_;
  const std::uint8_t flags = u8();
  const std::size_t runs = (flags & kRich) != 0 ? u16() : 0;
  const std::size_t phonetic = (flags & kPhonetic) != 0 ? u32() : 0;
  std::string out = units(length, flags, block);
  skip(4 * runs + phonetic);
  return out;
}

}  // namespace baosong::parsers::word
