// What the first bytes of an image say: kind and size. Nothing is decoded.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::parsers {

struct ImageHeader {
  Format format = Format::kUnknown;     // kJpeg, kPng, kHeic, kTiff, kBmp
  std::uint32_t width = 0, height = 0;  // as stored; 0 when the header does not tell
};

// nullopt when the bytes begin like no image we know. Bounded by a few hundred steps.
std::optional<ImageHeader> read_image_header(std::string_view bytes);

}  // namespace baosong::parsers
