// Straight lines in something round.
#pragma once

#include "parsers/seal/unrolled.hpp"

namespace baosong::parsers::seal {

// The longest straight thin line inside, in radii, that does not lead through the middle: the side
// of a square, the rule of a stamp. Strokes of characters are short; a star is full.
double longest_chord(const Unrolled& map, double level);

}  // namespace baosong::parsers::seal
