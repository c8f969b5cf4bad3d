// Strings of BIFF8 ([MS-XLS] 2.5.293, 2.5.296): UTF-16 whose high bytes may be left out, with
// formatting behind them, and cut by the end of a record wherever it falls.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baosong::parsers::word {

// A record and the CONTINUE records behind it, read as one.
class XlsBlocks {
 public:
  explicit XlsBlocks(std::vector<std::string_view> blocks) : blocks_(std::move(blocks)) {}

  [[nodiscard]] bool at_end() const { return block_ >= blocks_.size(); }
  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u32();
  void skip(std::size_t size);
  std::string string();                        // XLUnicodeRichExtendedString
  std::string characters(std::size_t length);  // a byte of flags, then so many characters

 private:
  std::string units(std::size_t length, std::uint8_t flags, std::size_t block);
  void settle();  // steps over blocks that are used up

  std::vector<std::string_view> blocks_;
  std::size_t block_ = 0, at_ = 0;
};

}  // namespace baosong::parsers::word
