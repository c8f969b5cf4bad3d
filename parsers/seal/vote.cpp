#include "parsers/seal/vote.hpp"

#include <array>
#include <cmath>
#include <numbers>
#include <numeric>
#include <tuple>
#include <utility>

namespace baosong::parsers::seal {
namespace {

constexpr std::size_t kMostEdges = 90'000;  // the strongest ones; bounds the work on busy pages
constexpr int kLeastEdge = 16;              // Sobel of a step of about six
constexpr int kAboveNoise = 3;              // times the edges that the grain of the paper has
constexpr int kMostNoise = 40;              // no grain: red all over
constexpr int kStrongest = 8 * 255;         // a Sobel cannot exceed it
constexpr std::size_t kCell = 2;            // a cell of votes covers this many halved pixels
// Votes for small, middling and large circles are counted apart: clutter scatters its own over all
// of them, a circle does not.
constexpr std::size_t kSizes = 3;
constexpr std::size_t kCentres = 8;  // of each size
constexpr double kApart = 3;         // cells between two centres
constexpr double kFacing = 0.93;     // cosine: an ellipse's edges do not quite face its centre
constexpr double kLeastSupport = 0.2;

struct Edge {
  float x, y, ux, uy;  // halved pixels; the unit vector points to where the ink is
};

Layer halved(const Layer& in) {
  Layer out(in.width / 2, in.height / 2);
  for (std::size_t y = 0; y < out.height; ++y) {
    const std::uint8_t* a = in.pixels.data() + 2 * y * in.width;
    const std::uint8_t* b = a + in.width;
    std::uint8_t* to = out.pixels.data() + y * out.width;
    for (std::size_t x = 0; x < out.width; ++x, a += 2, b += 2)
      to[x] = static_cast<std::uint8_t>((a[0] + a[1] + b[0] + b[1] + 2) / 4);
  }
  return out;
}

// How strong an edge must be: above the grain, and among the strongest where there are too many.
int least_edge(const std::vector<std::uint32_t>& count) {
  const std::size_t all = std::accumulate(count.begin(), count.end(), std::size_t{0});
  std::size_t seen = 0;
  int median = 0;
  while (median < kStrongest && (seen += count[static_cast<std::size_t>(median)]) * 2 < all)
    ++median;
  int least = std::max(kLeastEdge, kAboveNoise * std::min(median, kMostNoise));
  std::size_t kept = 0;
  for (int s = kStrongest; s >= least; --s) {
    kept += count[static_cast<std::size_t>(s)];
    if (kept > kMostEdges) return s + 1;
  }
  return least;
}

std::vector<Edge> edges_of(const Layer& ink) {
  const auto sobel = [&ink](std::size_t x, std::size_t y) {
    const std::uint8_t* up = ink.pixels.data() + (y - 1) * ink.width + x;
    const std::uint8_t* here = up + ink.width;
    const std::uint8_t* down = here + ink.width;
    return std::pair{up[1] - up[-1] + 2 * (here[1] - here[-1]) + down[1] - down[-1],
                     down[-1] - up[-1] + 2 * (down[0] - up[0]) + down[1] - up[1]};
  };
  std::vector<std::uint32_t> count(kStrongest + 1);
  for (std::size_t y = 1; y + 1 < ink.height; ++y) {
    for (std::size_t x = 1; x + 1 < ink.width; ++x) {
      const auto [gx, gy] = sobel(x, y);
      ++count[static_cast<std::size_t>(std::abs(gx) + std::abs(gy))];
    }
  }
  const int least = least_edge(count);
  std::vector<Edge> edges;
  for (std::size_t y = 1; y + 1 < ink.height; ++y) {
    for (std::size_t x = 1; x + 1 < ink.width; ++x) {
      const auto [gx, gy] = sobel(x, y);
      if (std::abs(gx) + std::abs(gy) < least) continue;
      const double length = std::hypot(gx, gy);
      edges.push_back({static_cast<float>(x), static_cast<float>(y),
                       static_cast<float>(gx / length), static_cast<float>(gy / length)});
    }
  }
  return edges;
}

class Votes {
 public:
  Votes(const Layer& ink)
      : width_(ink.width / kCell + 1), height_(ink.height / kCell + 1), cells_(width_ * height_) {}

  void cast(const Edge& e, double r_min, double r_max) {
    for (double r = r_min; r <= r_max; r += kCell) {
      const double x = (e.x + r * e.ux) / kCell, y = (e.y + r * e.uy) / kCell;
      if (x < 0 || y < 0) continue;
      const auto cx = static_cast<std::size_t>(x), cy = static_cast<std::size_t>(y);
      if (cx < width_ && cy < height_) ++cells_[cy * width_ + cx];
    }
  }

  struct Peak {
    double x, y, votes;
  };
  [[nodiscard]] std::vector<Peak> peaks() const {
    const std::vector<std::uint32_t> sums = box(box(cells_));
    std::vector<Peak> all;
    for (std::size_t y = 1; y + 1 < height_; ++y) {
      for (std::size_t x = 1; x + 1 < width_; ++x) {
        const std::uint32_t here = sums[y * width_ + x];
        if (here == 0) continue;
        bool highest = true;
        for (std::size_t ny = y - 1; ny <= y + 1 && highest; ++ny) {
          for (std::size_t nx = x - 1; nx <= x + 1; ++nx)
            highest = highest && sums[ny * width_ + nx] <= here;
        }
        if (highest) all.push_back({static_cast<double>(x), static_cast<double>(y), double(here)});
      }
    }
    std::ranges::sort(all, [](const Peak& a, const Peak& b) {
      return std::tie(b.votes, a.y, a.x) < std::tie(a.votes, b.y, b.x);
    });
    std::vector<Peak> out;
    for (const Peak& p : all) {
      if (out.size() >= kCentres) break;
      const bool taken = std::ranges::any_of(
          out, [&](const Peak& o) { return std::hypot(o.x - p.x, o.y - p.y) < kApart; });
      if (!taken) out.push_back(p);
    }
    return out;
  }

 private:
  // The sum of the 3 x 3 cells around each.
  [[nodiscard]] std::vector<std::uint32_t> box(const std::vector<std::uint32_t>& in) const {
    std::vector<std::uint32_t> out(in.size());
    for (std::size_t y = 1; y + 1 < height_; ++y) {
      for (std::size_t x = 1; x + 1 < width_; ++x) {
        const std::uint32_t* p = in.data() + y * width_ + x;
        const auto w = static_cast<std::ptrdiff_t>(width_);
        out[y * width_ + x] =
            p[-w - 1] + p[-w] + p[-w + 1] + p[-1] + p[0] + p[1] + p[w - 1] + p[w] + p[w + 1];
      }
    }
    return out;
  }

  std::size_t width_, height_;
  std::vector<std::uint32_t> cells_;
};

// The radii at which most of the circle's edge lies, at most two.
void add_radii(const std::vector<Edge>& edges, double x, double y, double r_min, double r_max,
               std::vector<Centre>& out) {
  const auto bins = static_cast<std::size_t>(r_max * 1.15) + 3;
  std::vector<double> histogram(bins);
  const double nearest = 0.85 * r_min;
  const auto reach = static_cast<float>(bins);
  const auto first = std::ranges::lower_bound(edges, static_cast<float>(y) - reach, {}, &Edge::y);
  for (auto at = first; at != edges.end() && at->y < static_cast<float>(y) + reach; ++at) {
    const Edge& e = *at;
    const double dx = x - e.x, dy = y - e.y;
    const double d2 = dx * dx + dy * dy;
    if (d2 < nearest * nearest || d2 >= static_cast<double>(reach * reach)) continue;
    const double d = std::sqrt(d2);
    if (dx * e.ux + dy * e.uy < kFacing * d) continue;
    histogram[static_cast<std::size_t>(d)] += 1 / d;
  }
  std::vector<double> smooth(bins);
  for (std::size_t i = 2; i + 2 < bins; ++i) {
    smooth[i] = (histogram[i - 2] + histogram[i + 2]) / 2 + histogram[i - 1] + histogram[i] +
                histogram[i + 1];
  }
  for (int n = 0; n < 2; ++n) {
    const auto best = std::ranges::max_element(smooth);
    const double support = *best / (4 * std::numbers::pi);  // an edge is about two pixels wide
    if (support < kLeastSupport) return;
    const auto at = static_cast<std::size_t>(best - smooth.begin());
    out.push_back({x, y, static_cast<double>(at) + 0.5, support});
    const std::size_t guard = 4;
    for (std::size_t i = at - std::min(at, guard); i <= std::min(at + guard, bins - 1); ++i)
      smooth[i] = 0;
  }
}

// Neighbouring sizes see the same circle.
std::vector<Centre> without_twins(const std::vector<Centre>& centres) {
  constexpr double kSame = 3;  // pixels, in place and in radius
  std::vector<Centre> out;
  for (const Centre& c : centres) {
    const bool twin = std::ranges::any_of(out, [&](const Centre& o) {
      return std::hypot(o.x - c.x, o.y - c.y) < kSame && std::abs(o.radius - c.radius) < kSame;
    });
    if (!twin) out.push_back(c);
  }
  return out;
}

}  // namespace

std::vector<Centre> vote_centres(const Layer& ink, double r_min, double r_max) {
  const Layer half = halved(ink);
  if (half.width < 8 || half.height < 8) return {};
  const std::vector<Edge> edges = edges_of(half);
  const double grow = std::pow(r_max / r_min, 1.0 / kSizes);
  std::vector<Centre> out;
  for (std::size_t size = 0; size < kSizes; ++size) {
    const double low = r_min / 2 * std::pow(grow, size), high = low * grow;
    Votes votes(half);
    for (const Edge& e : edges) votes.cast(e, low, high);
    for (const auto& peak : votes.peaks()) {
      add_radii(edges, (peak.x + 0.5) * kCell - 0.5, (peak.y + 0.5) * kCell - 0.5, low, high, out);
    }
  }
  for (Centre& c : out) {
    c.x = 2 * c.x + 0.5;
    c.y = 2 * c.y + 0.5;
    c.radius *= 2;
  }
  std::ranges::stable_sort(out, std::greater{}, &Centre::support);
  return without_twins(out);
}

}  // namespace baosong::parsers::seal
