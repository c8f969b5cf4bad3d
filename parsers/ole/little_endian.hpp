// Bounds-checked little-endian numbers out of a buffer. Beyond its end everything is 0, which in
// the formats read here never means more data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace baosong::parsers::ole {

inline std::uint8_t u8(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}
inline std::uint16_t u16(std::string_view bytes, std::size_t at) {
  if (bytes.size() < 2 || at > bytes.size() - 2) return 0;
  return static_cast<std::uint16_t>(u8(bytes, at) | (u8(bytes, at + 1) << 8U));
}
inline std::uint32_t u32(std::string_view bytes, std::size_t at) {
  if (bytes.size() < 4 || at > bytes.size() - 4) return 0;
  return static_cast<std::uint32_t>(u16(bytes, at)) |
         (static_cast<std::uint32_t>(u16(bytes, at + 2)) << 16U);
}

// substr() that never throws and never reaches beyond the end.
inline std::string_view slice(std::string_view bytes, std::size_t at, std::size_t size) {
  return at >= bytes.size() ? std::string_view{} : bytes.substr(at, size);
}

}  // namespace baosong::parsers::ole
