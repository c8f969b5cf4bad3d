// MAPI properties ([MS-OXPROPS], [MS-OXCDATA] 2.11) as far as mails need them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace baosong::parsers::outlook {

enum Property : std::uint16_t {
  kSubject = 0x0037,
  kSenderName = 0x0C1A,
  kSenderAddress = 0x0C1F,
  kSenderSmtpAddress = 0x5D01,
  kBody = 0x1000,
  kHtml = 0x1013,
  kAttachData = 0x3701,
  kAttachName = 0x3704,  // 8.3
  kAttachLongName = 0x3707,
};
enum PropertyType : std::uint16_t {
  kObject = 0x000D,
  kString8 = 0x001E,
  kUnicode = 0x001F,
  kBinary = 0x0102,
};

// UTF-16LE up to the first NUL; lone surrogates become U+FFFD.
std::string utf16_text(std::string_view bytes);

// 8-bit text in a Windows code page, 0 when none is named; up to the first NUL.
std::string codepage_text(std::string_view bytes, std::uint32_t codepage);

}  // namespace baosong::parsers::outlook
