// The two decoders. Each gives a grey picture with a long side of at most kMeasuredSide.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parsers/photo/shrink.hpp"

namespace baosong::parsers {

inline constexpr std::size_t kMeasuredSide = 1024;

struct DecodedImage {
  std::size_t width = 0, height = 0;  // as stored
  std::optional<GreyImage> grey;      // not there when it was too large to decode, or broken
  std::string fault;                  // English; empty when every byte decoded well
};

DecodedImage decode_jpeg(std::string_view bytes);
DecodedImage decode_png(std::string_view bytes);

}  // namespace baosong::parsers
