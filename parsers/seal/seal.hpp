// Finds round official seals on the picture of a page: the picture of a seal, never whether it is
// genuine. A seal is a ring of red ink with strokes of text along its inside and next to nothing
// just outside; what stands in its middle (a star, the state emblem, nothing) does not matter.
//
// Pure and deterministic; memory and time are linear in the pixels. Throws nothing but
// std::bad_alloc. Thread rule: safe from any thread.
#pragma once

#include <optional>
#include <vector>

#include "parsers/seal/layer.hpp"

namespace baosong::parsers::seal {

struct Found {
  double x = 0, y = 0, diameter = 0;  // pixels; the diameter over the ring's outer edge
  double confidence = 0;              // 0 to 1
};

struct Search {
  std::vector<Found> seals;      // in colour, the surest first
  std::optional<Found> greyish;  // on a page without colour: looks like one, people must look
};

// Diameters that count, in millimetres.
inline constexpr double kSmallest = 28, kLargest = 56;

// `millimetres`: the side of a pixel. Pages of 0.2 to 0.4 mm a pixel are what the finder is made
// for (800 pixels for 210 mm: 0.26); at other scales, and on pictures under 64 pixels, it finds
// nothing.
Search find_seals(const RgbView& page, double millimetres);

}  // namespace baosong::parsers::seal
