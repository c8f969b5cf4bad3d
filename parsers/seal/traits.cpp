#include "parsers/seal/traits.hpp"

#include <array>
#include <functional>
#include <numbers>
#include <numeric>
#include <optional>
#include <vector>

#include "parsers/seal/chord.hpp"
#include "parsers/seal/unrolled.hpp"

namespace baosong::parsers::seal {
namespace {

constexpr std::size_t kAngles = Unrolled::kAngles, kRings = Unrolled::kRings;
constexpr auto ring_of = Unrolled::ring_of;

constexpr double kRingShare = 0.4;    // of the ring's own strength is ring still
constexpr double kSolidShare = 0.25;  // and this where one line is followed
// Text is thinner than the ring, so it comes out paler, and sometimes very much so: then it must
// reach further around, for at that level a smear shows too.
struct Pale {
  double share, sectors;
};
constexpr std::array kTextLevels{Pale{0.2, 0}, Pale{0.1, 0.3}};
constexpr double kFaintest = 8;      // below that nobody sees anything
constexpr double kAboveNoise = 1.4;  // so much more than the paper around shows

constexpr std::size_t kSectors = 24;
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

// Share of one sector's samples between two rings that reach `level`; nothing where the sector is
// not on the page.
std::optional<double> share_of_sector(const Unrolled& map, std::size_t sector, std::size_t from,
                                      std::size_t to, double level) {
  std::size_t n = 0, hits = 0;
  for (std::size_t a = sector * kAngles / kSectors; a < (sector + 1) * kAngles / kSectors; ++a) {
    if (!map.shown(a)) continue;
    for (std::size_t k = from; k <= to; ++k, ++n) hits += map.at(a, k) >= level ? 1U : 0U;
  }
  if (n == 0) return std::nullopt;
  return static_cast<double>(hits) / static_cast<double>(n);
}

double sectors_with_ink(const Unrolled& map, double level) {
  constexpr double kSome = 0.05;
  std::size_t filled = 0;
  for (std::size_t s = 0; s < kSectors; ++s)
    filled += share_of_sector(map, s, kBandFrom, kBandTo, level).value_or(0) > kSome ? 1U : 0U;
  return static_cast<double>(filled) / kSectors;
}

// How much ink there is outside, but for the third of the sectors that has most: a seal may touch a
// red line, another seal, the desk under the page, and still stands free elsewhere.
double ink_outside(const Unrolled& map, double level) {
  std::vector<double> shares;
  for (std::size_t s = 0; s < kSectors; ++s) {
    if (const auto share = share_of_sector(map, s, ring_of(1.12), ring_of(1.24), level))
      shares.push_back(*share);
  }
  if (shares.empty()) return 0;
  std::ranges::sort(shares);
  shares.resize(std::max<std::size_t>(1, shares.size() * 2 / 3));
  return std::accumulate(shares.begin(), shares.end(), 0.0) / static_cast<double>(shares.size());
}

// Share of the angles with ink, ring by ring.
std::array<double, kRings> profile_of(const Unrolled& map, double level) {
  std::array<double, kRings> out{};
  for (std::size_t k = 0; k < kRings; ++k) out[k] = map.share(k, k, level);
  return out;
}

// Of the angles with ink in the ring of text, the share where it goes on to the ring and to the
// middle: the spokes of a wheel. Strokes of text are shorter.
double spokes_met(const Unrolled& map, double level) {
  std::size_t some = 0, through = 0;
  for (std::size_t a = 0; a < kAngles; ++a) {
    std::size_t filled = 0, n = 0, text = 0;
    for (std::size_t k = ring_of(0.50); k <= ring_of(0.92); ++k, ++n) {
      if (map.at(a, k) < level) continue;
      ++filled;
      text += k >= kBandFrom && k <= kBandTo ? 1U : 0U;
    }
    some += text > 1 ? 1U : 0U;
    through += filled * 10 >= n * 9 ? 1U : 0U;
  }
  return some == 0 ? 0 : static_cast<double>(through) / static_cast<double>(some);
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
  for (std::size_t k = ring_of(0.54); k <= ring_of(0.84); ++k) {
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

// Share of the ring's line that is there in long pieces. Characters on a circle have gaps between
// them.
double solid_share(const Unrolled& map, double level) {
  constexpr std::size_t kLong = 11, kSlip = 1;  // samples; the widest character has 10
  std::size_t whole = 0, run = 0, missing = 0;
  const auto close = [&] {
    if (run >= kLong) whole += run;
    run = 0;
  };
  for (std::size_t a = 0; a < kAngles; ++a) {
    if (map.shown(a) && map.highest(a, ring_of(0.96), ring_of(1.04)) >= level) {
      ++run, missing = 0;
    } else if (++missing > kSlip) {
      close();
    }
  }
  close();
  return static_cast<double>(whole) / kAngles;
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

// What depends on how pale the text is.
void measure_text(const Unrolled& map, double faint, Traits& t) {
  t.outside = ink_outside(map, faint);
  t.band = map.share(kBandFrom, kBandTo, faint);
  const auto profile = profile_of(map, faint);
  const auto lowest = [&](double from, double to) {
    return *std::min_element(profile.begin() + ring_of(from), profile.begin() + ring_of(to) + 1);
  };
  t.peak = 0.02;
  for (std::size_t k = ring_of(0.60); k + 2 <= ring_of(0.86); ++k)
    t.peak = std::max(t.peak, (profile[k] + profile[k + 1] + profile[k + 2]) / 3);
  t.gap = lowest(0.84, 0.94) / t.peak;
  t.valley = lowest(0.40, 0.62) / t.peak;
  t.spokes = spokes_met(map, faint);
  t.sectors = sectors_with_ink(map, faint);
  t.aligned = alignment(map, faint);
  t.strokes = strokes_met(map, faint);
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
  t.noise = paper_noise(map);
  const double floor = std::max(kFaintest, kAboveNoise * t.noise);
  const double level = std::max(floor, kRingShare * t.ink);

  t.cover = cover_of(map, ring_of(0.96), ring_of(1.04), level);
  if (t.cover < kLeastCover) return t;  // most guesses end here
  t.chance = cover_of(map, ring_of(1.12), ring_of(1.20), level);
  t.solid = solid_share(map, std::max(floor, kSolidShare * t.ink));
  t.tight = tightness(map, level);
  t.disk = map.share(0, ring_of(0.90), level);
  t.hoop = inner_hoop(map, level);
  t.thickness = map.share(ring_of(0.86), ring_of(1.14), level) * 0.28;
  Traits best = t;
  double most = -1;
  for (const Pale& pale : kTextLevels) {
    measure_text(map, std::max(floor, pale.share * t.ink), t);
    const double likeness = t.sectors < pale.sectors ? 0 : likeness_to_seal(t);
    if (likeness > most) most = likeness, best = t;
    if (most >= kSealFrom || pale.share * t.ink <= floor) break;
  }
  // The dearest comes last, and only for what would be a seal without it.
  if (most >= kSealFrom) best.chord = longest_chord(map, level);
  return best;
}

}  // namespace baosong::parsers::seal
