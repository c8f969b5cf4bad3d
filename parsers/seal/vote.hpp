// Where circles may be: every edge of the ink votes for the centres that it would have as a piece
// of a circle's outer edge.
#pragma once

#include <vector>

#include "parsers/seal/layer.hpp"

namespace baosong::parsers::seal {

struct Centre {
  double x = 0, y = 0, radius = 0;  // pixels; the radius is that of the outer edge
  double support = 0;               // edges around it that agree, as a share of the circle
};

// Likely circles with a radius in [r_min, r_max], best first, at most a few dozen. They are
// guesses: off by some pixels, and many are no circle at all.
std::vector<Centre> vote_centres(const Layer& ink, double r_min, double r_max);

}  // namespace baosong::parsers::seal
