#include "parsers/seal/unrolled.hpp"

#include <cmath>
#include <numbers>

namespace baosong::parsers::seal {

Unrolled::Unrolled(const Layer& ink, const Outline& outline) : values_(kAngles * kRings) {
  for (std::size_t a = 0; a < kAngles; ++a) {
    const double t = 2 * std::numbers::pi * static_cast<double>(a) / kAngles;
    const double r = outline.radius(t), ux = std::cos(t), uy = std::sin(t);
    shown_[a] = ink.holds(outline.x + r * ux, outline.y + r * uy);
    for (std::size_t k = 0; k < kRings; ++k) {
      const double d = r * kStep * static_cast<double>(k);
      values_[a * kRings + k] =
          static_cast<float>(ink.between(outline.x + d * ux, outline.y + d * uy));
    }
  }
}

double Unrolled::highest(std::size_t angle, std::size_t from, std::size_t to) const {
  double best = 0;
  for (std::size_t k = from; k <= to; ++k) best = std::max(best, at(angle, k));
  return best;
}

double Unrolled::share(std::size_t from, std::size_t to, double level) const {
  std::size_t n = 0, hits = 0;
  for (std::size_t a = 0; a < kAngles; ++a) {
    if (!shown_[a]) continue;
    for (std::size_t k = from; k <= to; ++k, ++n) hits += at(a, k) >= level ? 1U : 0U;
  }
  return n == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(n);
}

}  // namespace baosong::parsers::seal
