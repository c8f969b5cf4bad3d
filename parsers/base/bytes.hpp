// Integers out of raw bytes. Every read is bounds-checked: beyond the end there are zeros.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace baosong {

constexpr std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}
constexpr std::uint16_t little16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(byte_at(bytes, at) | byte_at(bytes, at + 1) << 8);
}
constexpr std::uint32_t little32(std::string_view bytes, std::size_t at) {
  return std::uint32_t{little16(bytes, at)} | std::uint32_t{little16(bytes, at + 2)} << 16U;
}
constexpr std::uint16_t big16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>(byte_at(bytes, at) << 8 | byte_at(bytes, at + 1));
}
constexpr std::uint32_t big32(std::string_view bytes, std::size_t at) {
  return std::uint32_t{big16(bytes, at)} << 16U | std::uint32_t{big16(bytes, at + 2)};
}

}  // namespace baosong
