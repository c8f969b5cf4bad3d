// A ring and its surroundings unrolled: angle by angle, from the centre outwards in shares of the
// radius, so that whatever is round becomes straight.
#pragma once

#include <array>
#include <vector>

#include "parsers/seal/outline.hpp"

namespace baosong::parsers::seal {

class Unrolled {
 public:
  static constexpr std::size_t kAngles = 256;
  static constexpr std::size_t kRings = 66;  // 0 to 1.3 radii
  static constexpr std::size_t ring_of(double share) {
    return static_cast<std::size_t>(share / kStep + 0.5);
  }

  Unrolled(const Layer& ink, const Outline& outline);

  [[nodiscard]] double at(std::size_t angle, std::size_t ring) const {
    return static_cast<double>(values_[angle * kRings + ring]);
  }
  // Whether the ring is on the page there.
  [[nodiscard]] bool shown(std::size_t angle) const { return shown_[angle]; }
  [[nodiscard]] double highest(std::size_t angle, std::size_t from, std::size_t to) const;
  // Share of the samples between two rings that reach `level`, where the ring is on the page.
  [[nodiscard]] double share(std::size_t from, std::size_t to, double level) const;

 private:
  static constexpr double kStep = 0.02;
  std::vector<float> values_;
  std::array<bool, kAngles> shown_{};
};

}  // namespace baosong::parsers::seal
