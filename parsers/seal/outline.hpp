// The outline of something nearly round: a circle, as a camera that was held askew shows it.
#pragma once

#include <array>
#include <cmath>
#include <optional>

#include "parsers/seal/layer.hpp"
#include "parsers/seal/vote.hpp"

namespace baosong::parsers::seal {

// The middle of the ring's line: r(t) = mean + sum of harmonics 1 to 3.
struct Outline {
  static constexpr std::size_t kTerms = 7;
  double x = 0, y = 0;
  std::array<double, kTerms> terms{};  // 1, cos t, sin t, cos 2t, sin 2t, cos 3t, sin 3t

  [[nodiscard]] double mean() const { return terms[0]; }
  [[nodiscard]] double radius(double t) const {
    double r = terms[0];
    for (std::size_t k = 1; k <= kTerms / 2; ++k) {
      const double kt = static_cast<double>(k) * t;
      r += terms[2 * k - 1] * std::cos(kt) + terms[2 * k] * std::sin(kt);
    }
    return r;
  }
  // 0 for a circle; (a - b) / (a + b) for an ellipse.
  [[nodiscard]] double elongation() const { return std::hypot(terms[3], terms[4]) / terms[0]; }
  [[nodiscard]] double dent() const { return std::hypot(terms[5], terms[6]) / terms[0]; }
};

// Most guesses are good, and then the text inside must not pull the outline off its ring; a far
// search is for what a camera has pressed out of shape.
enum class Reach : std::uint8_t { kNear, kFar };

// The ring near a guess; nullopt when the ink around it has no outline at all.
std::optional<Outline> fit_outline(const Layer& ink, const Centre& guess, Reach reach);

}  // namespace baosong::parsers::seal
