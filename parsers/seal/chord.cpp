#include "parsers/seal/chord.hpp"

#include <cmath>
#include <numbers>

namespace baosong::parsers::seal {
namespace {

// The surroundings set upright again, as a square around a circle.
class Upright {
 public:
  static constexpr int kHalf = 36;  // pixels a radius
  Upright(const Unrolled& map, double level) {
    for (int y = -kHalf; y <= kHalf; ++y) {
      for (int x = -kHalf; x <= kHalf; ++x) {
        const double d = std::hypot(x, y) / kHalf;
        if (d >= kInside) continue;
        const double turn = std::atan2(y, x) / (2 * std::numbers::pi) + 1;
        const auto a = static_cast<std::size_t>(turn * Unrolled::kAngles + 0.5) % Unrolled::kAngles;
        ink_[place(x, y)] = map.at(a, Unrolled::ring_of(d)) >= level;
      }
    }
  }
  [[nodiscard]] bool at(double x, double y) const {
    return ink_[place(static_cast<int>(std::lround(x)), static_cast<int>(std::lround(y)))];
  }
  static constexpr double kInside = 0.9;

 private:
  static std::size_t place(int x, int y) {
    constexpr int kSide = 2 * kHalf + 1;
    return static_cast<std::size_t>(std::clamp(y, -kHalf, kHalf) + kHalf) * kSide +
           static_cast<std::size_t>(std::clamp(x, -kHalf, kHalf) + kHalf);
  }
  std::array<bool, std::size_t{2 * kHalf + 1} * (2 * kHalf + 1)> ink_{};
};

}  // namespace

double longest_chord(const Unrolled& map, double level) {
  const Upright picture(map, level);
  constexpr int kTurns = 96, kHalf = Upright::kHalf;
  constexpr double kNearest = 0.2 * kHalf, kFarthest = 0.8 * kHalf, kBeside = 4;
  double longest = 0;
  for (int turn = 0; turn < kTurns; ++turn) {
    const double t = 2 * std::numbers::pi * turn / kTurns, c = std::cos(t), s = std::sin(t);
    for (double off = kNearest; off <= kFarthest; ++off) {
      const double edge = Upright::kInside * kHalf;
      const double half = std::sqrt(std::max(0.0, edge * edge - off * off));
      int run = 0, beside = 0, gap = 0;
      for (double along = -half; along <= half; ++along) {
        const double x = off * c - along * s, y = off * s + along * c;
        if (picture.at(x, y)) {
          gap = 0;
        } else if (++gap > 1) {
          run = beside = 0;
          continue;
        }
        ++run;
        beside += picture.at(x + kBeside * c, y + kBeside * s) ? 1 : 0;
        beside += picture.at(x - kBeside * c, y - kBeside * s) ? 1 : 0;
        if (beside < 0.8 * run) longest = std::max(longest, static_cast<double>(run) / kHalf);
      }
    }
  }
  return longest;
}

}  // namespace baosong::parsers::seal
