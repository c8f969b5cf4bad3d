// From a page to the ink on it. The paper is found first and made white, so that yellow paper,
// shadows and the light of a lamp do not count as colour.
#pragma once

#include "parsers/seal/layer.hpp"

namespace baosong::parsers::seal {

struct Ink {
  Layer red;             // red ink, from magenta to orange; how far from white
  Layer dark;            // darkness of any colour
  bool coloured = true;  // false: a page without colour, a black-and-white scan
};

// Linear in the number of pixels.
Ink separate_ink(const RgbView& page);

}  // namespace baosong::parsers::seal
