#include "parsers/seal/seal.hpp"

#include <array>
#include <cmath>
#include <functional>

#include "parsers/seal/ink.hpp"
#include "parsers/seal/traits.hpp"

namespace baosong::parsers::seal {
namespace {

constexpr std::size_t kSmallestSide = 64;
constexpr double kFinest = 0.2, kCoarsest = 0.4;  // millimetres a pixel
constexpr double kSlack = 0.12;  // a guess of a radius may be off by so much before it is fitted
// Nearly all real seals measure 38 to 48 mm, somewhat less on a photo with a margin. What is
// smaller or larger than these must be surer.
constexpr double kUsualFrom = 34, kUsualTo = 52, kUnusualFrom = 0.8;
constexpr double kSure = 0.9;        // no other outline of the same thing will do better
constexpr double kSamePlace = 0.25;  // diameters
constexpr double kNotLarger = 1.15;
// Black rings are common (clocks, wheels, stamps of all kinds), and print is full of guesses: only
// a very good one among the first is a hint.
constexpr double kGreyFrom = 0.8;
constexpr std::size_t kGreyGuesses = 10;

struct Ring {
  Found found;
  double fit = 0;  // how well the outline is that of something
};

// An oval or a square has circles that touch it here and there; the outline that fits all around is
// what the thing is, also when that is no seal.
bool explained_by(const Ring& better, const Ring& ring) {
  constexpr double kClearlyBetter = 0.15;
  constexpr double kSmaller = 0.8, kLarger = 1.4;  // the middle and the neighbours explain nothing
  const double size = better.found.diameter / ring.found.diameter;
  return better.fit > ring.fit + kClearlyBetter && size > kSmaller && size < kLarger &&
         std::hypot(better.found.x - ring.found.x, better.found.y - ring.found.y) <
             kSamePlace * better.found.diameter;
}

// What a guess can be refined to; the last is a sure one if any is.
void refine(const Layer& ink, const Centre& guess, std::vector<Ring>& out) {
  struct Start {
    double scale;
    Reach reach;
  };
  // Where the ring is pale, the guess may be the circle that the text stands on.
  constexpr std::array kStarts{Start{1, Reach::kNear}, Start{1.1, Reach::kNear},
                               Start{1, Reach::kFar}};
  for (const Start& start : kStarts) {
    const Centre from{guess.x, guess.y, guess.radius * start.scale, guess.support};
    const auto outline = fit_outline(ink, from, start.reach);
    if (!outline) continue;
    const Traits traits = measure_traits(ink, *outline);
    const double likeness = likeness_to_seal(traits);
    out.push_back({{outline->x, outline->y, outline->mean() * (2 + traits.thickness), likeness},
                   traits.cover * traits.tight});
    if (likeness >= kSure) break;
  }
}

std::vector<Found> rings_in(const Layer& ink, double millimetres, double from,
                            std::size_t most = SIZE_MAX) {
  std::vector<Ring> rings;
  const double r_min = kSmallest / 2 / millimetres, r_max = kLargest / 2 / millimetres;
  for (const Centre& guess : vote_centres(ink, r_min * (1 - kSlack), r_max * (1 + kSlack))) {
    if (most-- == 0) break;
    // The star, the text and the ring of one thing all have circles.
    const bool known = std::ranges::any_of(rings, [&](const Ring& r) {
      return std::max(r.found.confidence, r.fit) >= kSure &&
             std::hypot(r.found.x - guess.x, r.found.y - guess.y) < kSamePlace * r.found.diameter &&
             2 * guess.radius < kNotLarger * r.found.diameter;
    });
    if (known) continue;
    refine(ink, guess, rings);
  }
  std::ranges::stable_sort(rings, std::greater{}, [](const Ring& r) { return r.found.confidence; });
  std::vector<Found> out;
  for (const Ring& ring : rings) {
    const Found& f = ring.found;
    const double size = f.diameter * millimetres;
    const bool usual = size >= kUsualFrom && size <= kUsualTo;
    const bool fits = f.confidence >= (usual ? from : std::max(from, kUnusualFrom)) &&
                      size >= kSmallest && size <= kLargest;
    const bool again = std::ranges::any_of(out, [&](const Found& o) {
      return std::hypot(o.x - f.x, o.y - f.y) < kSamePlace * std::min(o.diameter, f.diameter);
    });
    const auto explains = [&](const Ring& other) { return explained_by(other, ring); };
    if (fits && !again && std::ranges::none_of(rings, explains)) out.push_back(f);
  }
  return out;
}

}  // namespace

Search find_seals(const RgbView& page, double millimetres) {
  Search out;
  if (std::min(page.width, page.height) < kSmallestSide || !(millimetres >= kFinest) ||
      !(millimetres <= kCoarsest))
    return out;
  const Ink ink = separate_ink(page);
  // Faint ink may not be enough to call a page coloured, so the red is looked at in any case.
  out.seals = rings_in(ink.red, millimetres, kSealFrom);
  if (!out.seals.empty() || ink.coloured) return out;
  if (auto rings = rings_in(ink.dark, millimetres, kGreyFrom, kGreyGuesses); !rings.empty()) {
    out.greyish = rings.front();
  }
  return out;
}

}  // namespace baosong::parsers::seal
