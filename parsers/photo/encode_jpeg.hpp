// Small pictures as JPEG, for people to look at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace baosong::parsers {

// `rgb`: three bytes a pixel, rows `stride` bytes apart; sides of 1 to 4096. As good as fits into
// `most` bytes; empty when nothing does.
std::vector<std::uint8_t> encode_jpeg(const std::uint8_t* rgb, std::size_t width,
                                      std::size_t height, std::size_t stride, std::size_t most);

}  // namespace baosong::parsers
