// What tells an official seal from other round things, measured on the ring that was found.
#pragma once

#include "parsers/seal/outline.hpp"

namespace baosong::parsers::seal {

struct Traits {
  double ink = 0;      // how strong the ring is, 0 to 255
  double noise = 0;    // what three quarters of the paper around it stay below
  double cover = 0;    // share of the ring's line that is there
  double solid = 0;    // the same, counting long pieces only
  double chance = 0;   // the same of a line a little further out
  double tight = 0;    // share of the line that lies right on the outline
  double visible = 0;  // share of the ring that lies on the page
  double outside = 0;  // share of the strip just outside that has ink
  double peak = 0;     // share of the fullest circle through the text that has ink
  double gap = 0;      // ink just inside the ring, against that
  double spokes = 0;   // share of the strokes that go from the middle to the ring
  double chord = 0;    // longest straight thin line inside, in radii
  double band = 0;     // share of the ring of text that has ink
  double sectors = 0;  // share of 24 sectors of that ring that have some
  double strokes = 0;  // how often a circle through it meets a stroke
  double valley = 0;   // ink between text and middle, against the peak
  double aligned = 0;  // share of the text's outer edge that lies on one circle
  double hoop = 0;     // how much a second ring, full and thin, stands out in there
  double disk = 0;     // share of everything inside that has ink
  double elongation = 0, dent = 0;
  double thickness = 0;  // of the line, as a share of the radius
};

// A ring of which less is there is none; its other traits are not even measured.
inline constexpr double kLeastCover = 0.4;

Traits measure_traits(const Layer& ink, const Outline& outline);

// 0 to 1: how much it looks like a seal. A half and more is one.
double likeness_to_seal(const Traits& traits);
inline constexpr double kSealFrom = 0.5;

}  // namespace baosong::parsers::seal
