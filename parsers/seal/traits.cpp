#include "parsers/seal/traits.hpp"

#include <array>
#include <functional>
#include <numbers>
#include <numeric>
#include <vector>

namespace baosong::parsers::seal {
namespace {

constexpr std::size_t kAngles = 256;
constexpr std::size_t kRings = 66;  // 0 to 1.3 radii
constexpr double kStep = 0.02;
constexpr double kRingShare = 0.4;   // of the ring's own strength is ring still
constexpr double kTextShare = 0.2;   // text is thinner than the ring, so it comes out paler
constexpr double kFaintest = 8;      // below that nobody sees anything
constexpr double kAboveNoise = 1.4;  // so much more than the paper around shows

constexpr std::size_t ring_of(double share) {
  return static_cast<std::size_t>(share / kStep + 0.5);
}

// The surroundings unrolled: angle by angle, from the centre outwards in shares of the radius.
class Unrolled {
 public:
  Unrolled(const Layer& ink, const Outline& outline) : values_(kAngles * kRings) {
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
  [[nodiscard]] double at(std::size_t angle, std::size_t ring) const {
    return static_cast<double>(values_[angle * kRings + ring]);
  }
  [[nodiscard]] bool shown(std::size_t angle) const { return shown_[angle]; }
  [[nodiscard]] double highest(std::size_t angle, std::size_t from, std::size_t to) const {
    double best = 0;
    for (std::size_t k = from; k <= to; ++k) best = std::max(best, at(angle, k));
    return best;
  }
  // Share of the samples between two rings that reach `level`, where the ring is on the page.
  [[nodiscard]] double share(std::size_t from, std::size_t to, double level) const {
    std::size_t n = 0, hits = 0;
    for (std::size_t a = 0; a < kAngles; ++a) {
      if (!shown_[a]) continue;
      for (std::size_t k = from; k <= to; ++k, ++n) hits += at(a, k) >= level ? 1U : 0U;
    }
    return n == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(n);
  }

 private:
  std::vector<float> values_;
  std::array<bool, kAngles> shown_{};
};

constexpr std::size_t kBandFrom = ring_of(0.60), kBandTo = ring_of(0.88);

// Three quarters of what lies around a seal is paper, even where something else is near.
double paper_noise(const Unrolled& map) {
  std::vector<double> around;
  for (std::size_t a = 0; a < kAngles; ++a) {
    if (!map.shown(a)) continue;
    for (std::size_t k = ring_of(1.12); k < kRings; ++k) around.push_back(map.at(a, k));
  }
  if (around.empty()) return 0;
  const auto at = around.begin() + static_cast<std::ptrdiff_t>(around.size() * 3 / 4);
  std::nth_element(around.begin(), at, around.end());
  return *at;
}

double sectors_with_ink(const Unrolled& map, double level) {
  constexpr std::size_t kSectors = 24;
  std::size_t filled = 0;
  for (std::size_t s = 0; s < kSectors; ++s) {
    std::size_t n = 0, hits = 0;
    for (std::size_t a = s * kAngles / kSectors; a < (s + 1) * kAngles / kSectors; ++a) {
      for (std::size_t k = kBandFrom; k <= kBandTo; ++k, ++n)
        hits += map.at(a, k) >= level ? 1U : 0U;
    }
    filled += hits * 20 > n ? 1U : 0U;
  }
  return static_cast<double>(filled) / kSectors;
}

// Up-crossings of the level along circles through the text, with some slack against noise.
double strokes_met(const Unrolled& map, double level) {
  constexpr std::array kCircles{0.60, 0.64, 0.68, 0.72, 0.76, 0.80, 0.84, 0.88};
  constexpr std::size_t kBest = 4;  // the text is not as tall as the whole band
  std::array<int, kCircles.size()> counts{};
  std::size_t circle = 0;
  for (const double share : kCircles) {
    const std::size_t k = ring_of(share);
    bool inside = false;
    int met = 0;
    for (std::size_t a = 0; a < 2 * kAngles; ++a) {  // the first turn finds the state
      const double here = map.at(a % kAngles, k);
      if (!inside && here >= level) {
        inside = true;
        met += a >= kAngles ? 1 : 0;
      } else if (inside && here < 0.7 * level) {
        inside = false;
      }
    }
    counts[circle++] = met;
  }
  std::ranges::sort(counts, std::greater{});
  return std::accumulate(counts.begin(), counts.begin() + kBest, 0.0) / kBest;
}

// Text has ink at every radius of its band; a ring is full at one and empty beside it.
double inner_hoop(const Unrolled& map, double level) {
  double worst = 0;
  std::array<double, kRings> full{};
  for (std::size_t k = 1; k + 1 < kRings; ++k) {
    std::size_t hits = 0;
    for (std::size_t a = 0; a < kAngles; ++a)
      hits += map.highest(a, k - 1, k + 1) >= level ? 1U : 0U;
    full[k] = static_cast<double>(hits) / kAngles;
  }
  for (std::size_t k = ring_of(0.40); k <= ring_of(0.84); ++k) {
    const double beside = (full[k - 4] + full[k + 4]) / 2;
    if (full[k] > 0.8) worst = std::max(worst, full[k] - beside);
  }
  return worst;
}

// Text stands on a circle: its outer edge is the same everywhere. The share of the places with ink
// that agree about it.
double alignment(const Unrolled& map, double level) {
  constexpr std::size_t kPlaces = 64;
  std::array<int, kRings> outermost{};
  int filled = 0;
  for (std::size_t p = 0; p < kPlaces; ++p) {
    for (std::size_t k = ring_of(0.92); k >= ring_of(0.56); --k) {
      double here = 0;
      for (std::size_t a = p * kAngles / kPlaces; a < (p + 1) * kAngles / kPlaces; ++a)
        here = std::max(here, std::min(map.at(a, k), map.at(a, k - 1)));
      if (here < level) continue;
      ++filled;
      ++outermost[k];
      break;
    }
  }
  int most = 0;
  for (std::size_t k = 2; k + 2 < kRings; ++k) {
    most =
        std::max(most, std::accumulate(outermost.begin() + static_cast<std::ptrdiff_t>(k) - 2,
                                       outermost.begin() + static_cast<std::ptrdiff_t>(k) + 3, 0));
  }
  return filled == 0 ? 0 : static_cast<double>(most) / filled;
}

// Share of the angles with a line near the outline on which it lies right on the outline.
double tightness(const Unrolled& map, double level) {
  std::size_t near = 0, on = 0;
  for (std::size_t a = 0; a < kAngles; ++a) {
    std::size_t best = ring_of(1.0);
    for (std::size_t k = ring_of(0.88); k <= ring_of(1.12); ++k) {
      if (map.at(a, k) > map.at(a, best)) best = k;
    }
    if (!map.shown(a) || map.at(a, best) < level) continue;
    ++near;
    on += best + 1 >= ring_of(0.98) && best <= ring_of(1.04) ? 1U : 0U;
  }
  return near == 0 ? 0 : static_cast<double>(on) / static_cast<double>(near);
}

// Share of the angles on which a strip somewhere else has ink, as the ring has it: what chance
// gives on this ground.
double cover_of(const Unrolled& map, std::size_t from, std::size_t to, double level) {
  std::size_t shown = 0, there = 0;
  for (std::size_t a = 0; a < kAngles; ++a) {
    if (!map.shown(a)) continue;
    ++shown;
    there += map.highest(a, from, to) >= level ? 1U : 0U;
  }
  return shown == 0 ? 0 : static_cast<double>(there) / static_cast<double>(shown);
}

// 0 at `none`, 1 at `all`, straight between; `none` may be the larger one.
double grade(double value, double none, double all) {
  return std::clamp((value - none) / (all - none), 0.0, 1.0);
}

}  // namespace

Traits measure_traits(const Layer& ink, const Outline& outline) {
  const Unrolled map(ink, outline);
  Traits t;
  t.elongation = outline.elongation();
  t.dent = outline.dent();

  std::vector<double> crest;
  for (std::size_t a = 0; a < kAngles; ++a) {
    if (map.shown(a)) crest.push_back(map.highest(a, ring_of(0.96), ring_of(1.04)));
  }
  t.visible = static_cast<double>(crest.size()) / kAngles;
  if (crest.empty()) return t;
  std::ranges::sort(crest);
  t.ink = crest[crest.size() * 6 / 10];
  const double floor = std::max(kFaintest, kAboveNoise * paper_noise(map));
  const double level = std::max(floor, kRingShare * t.ink);
  const double faint = std::max(floor, kTextShare * t.ink);

  t.cover = cover_of(map, ring_of(0.96), ring_of(1.04), level);
  t.chance = cover_of(map, ring_of(1.12), ring_of(1.20), level);
  t.tight = tightness(map, level);
  t.outside = map.share(ring_of(1.12), ring_of(1.24), faint);
  t.gap = map.share(ring_of(0.90), ring_of(0.93), faint);
  t.band = map.share(kBandFrom, kBandTo, faint);
  const double valley = map.share(ring_of(0.46), ring_of(0.56), faint);
  t.valley = valley / std::max(map.share(ring_of(0.66), ring_of(0.82), faint), 0.02);
  t.disk = map.share(0, ring_of(0.90), level);
  t.sectors = sectors_with_ink(map, faint);
  t.aligned = alignment(map, faint);
  t.strokes = strokes_met(map, faint);
  t.hoop = inner_hoop(map, level);
  t.thickness = map.share(ring_of(0.86), ring_of(1.14), level) * 0.28;
  return t;
}

double likeness_to_seal(const Traits& t) {
  if (t.visible < 0.7) return 0;
  return grade(t.ink, 9, 18) * grade(t.cover, 0.36, 0.56) * grade(t.cover - t.chance, 0.25, 0.45) *
         grade(t.tight, 0.58, 0.78) * grade(t.outside / std::max(t.band, 0.02), 0.8, 0.45) *
         grade(t.band, 0.01, 0.05) * grade(t.band, 0.8, 0.6) * grade(t.valley, 2.2, 1.4) *
         grade(t.aligned, 0.46, 0.62) * grade(t.sectors, 0.1, 0.3) * grade(t.strokes, 3, 6) *
         grade(t.hoop, 0.55, 0.35) * grade(t.disk, 0.62, 0.48) * grade(t.elongation, 0.115, 0.09) *
         grade(t.dent, 0.022, 0.01) * grade(t.thickness, 0.19, 0.13);
}

}  // namespace baosong::parsers::seal
