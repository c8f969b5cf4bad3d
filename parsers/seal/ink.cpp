#include "parsers/seal/ink.hpp"

#include <array>
#include <cmath>
#include <numeric>

namespace baosong::parsers::seal {
namespace {

constexpr std::size_t kBlock = 16;     // paper is looked for in blocks of this side
constexpr std::size_t kGainCell = 4;   // and taken as even over cells of this side
constexpr double kPaperShare = 0.25;   // the brightest quarter of a block is its paper
constexpr double kDarkestPaper = 0.3;  // of the brightest: a shadow; below it is print
constexpr double kChromaSlack = 0.14;  // how far a block's tint may lie from the page's
// Paper under a warm lamp; anything redder is no paper.
constexpr double kReddestPaper = 1.9, kLeastBlue = 0.35, kMostBlue = 1.25;
constexpr int kColour = 40;                // a spread of channels that noise does not reach
constexpr double kColouredShare = 0.0004;  // of the pixels

struct Paper {
  double r = 0, g = 0, b = 0;
  [[nodiscard]] double light() const { return (2 * r + 5 * g + b) / 8; }
};

int light_of(const std::uint8_t* p) { return (2 * p[0] + 5 * p[1] + p[2]) / 8; }

// The mean of the brightest pixels of a block; every second pixel both ways is enough.
Paper brightest(const RgbView& page, std::size_t bx, std::size_t by) {
  std::array<std::uint16_t, 256> count{};
  std::array<std::array<std::uint32_t, 3>, 256> sums{};
  const std::size_t x0 = bx * kBlock, y0 = by * kBlock;
  const std::size_t x1 = std::min(x0 + kBlock, page.width), y1 = std::min(y0 + kBlock, page.height);
  std::uint32_t seen = 0;
  for (std::size_t y = y0; y < y1; y += 2) {
    const std::uint8_t* row = page.row(y);
    for (std::size_t x = x0; x < x1; x += 2, ++seen) {
      const std::uint8_t* p = row + 3 * x;
      const auto light = static_cast<std::size_t>(light_of(p));
      ++count[light];
      for (std::size_t c = 0; c < 3; ++c) sums[light][c] += p[c];
    }
  }
  const auto wanted = static_cast<std::uint32_t>(kPaperShare * seen) + 1;
  std::uint32_t taken = 0;
  std::array<double, 3> sum{};
  for (std::size_t light = 256; light-- > 0 && taken < wanted;) {
    taken += count[light];
    for (std::size_t c = 0; c < 3; ++c) sum[c] += sums[light][c];
  }
  return {sum[0] / taken, sum[1] / taken, sum[2] / taken};
}

double median(std::vector<double> values) {
  if (values.empty()) return 1;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct Grid {
  std::size_t width = 0, height = 0;
  std::vector<Paper> cells;
  [[nodiscard]] Paper& at(std::size_t x, std::size_t y) { return cells[y * width + x]; }
};

// Blocks without paper take on the mean of their neighbours, ring by ring; those that nothing
// reaches take `otherwise`.
void fill_gaps(Grid& grid, std::vector<bool> known, const Paper& otherwise) {
  bool changed = true;
  while (changed) {
    changed = false;
    std::vector<bool> next = known;
    for (std::size_t y = 0; y < grid.height; ++y) {
      for (std::size_t x = 0; x < grid.width; ++x) {
        if (known[y * grid.width + x]) continue;
        Paper sum;
        int n = 0;
        for (std::size_t ny = y - (y > 0); ny <= std::min(y + 1, grid.height - 1); ++ny) {
          for (std::size_t nx = x - (x > 0); nx <= std::min(x + 1, grid.width - 1); ++nx) {
            if (!known[ny * grid.width + nx]) continue;
            const Paper& p = grid.at(nx, ny);
            sum.r += p.r, sum.g += p.g, sum.b += p.b;
            ++n;
          }
        }
        if (n == 0) continue;
        grid.at(x, y) = {sum.r / n, sum.g / n, sum.b / n};
        next[y * grid.width + x] = true;
        changed = true;
      }
    }
    known = std::move(next);
  }
  for (std::size_t i = 0; i < known.size(); ++i) {
    if (!known[i]) grid.cells[i] = otherwise;
  }
}

Grid find_paper(const RgbView& page) {
  Grid grid;
  grid.width = (page.width + kBlock - 1) / kBlock;
  grid.height = (page.height + kBlock - 1) / kBlock;
  grid.cells.reserve(grid.width * grid.height);
  for (std::size_t y = 0; y < grid.height; ++y) {
    for (std::size_t x = 0; x < grid.width; ++x) grid.cells.push_back(brightest(page, x, y));
  }
  std::vector<double> lights, reds, blues;
  for (const Paper& p : grid.cells) lights.push_back(p.light());
  std::vector<double> sorted = lights;
  std::ranges::sort(sorted);
  const double bright = sorted[sorted.size() * 9 / 10];
  for (const Paper& p : grid.cells) {
    if (p.light() < 0.6 * bright) continue;
    reds.push_back(p.r / std::max(p.g, 1.0));
    blues.push_back(p.b / std::max(p.g, 1.0));
  }
  const double red = median(std::move(reds)), blue = median(std::move(blues));
  const bool paper = bright > 40 && red < kReddestPaper && blue > kLeastBlue && blue < kMostBlue;
  const Paper white{255, 255, 255};
  std::vector<bool> known(grid.cells.size());
  for (std::size_t i = 0; i < known.size(); ++i) {
    const Paper& p = grid.cells[i];
    known[i] = paper && lights[i] > kDarkestPaper * bright &&
               std::abs(p.r / std::max(p.g, 1.0) - red) < kChromaSlack &&
               std::abs(p.b / std::max(p.g, 1.0) - blue) < kChromaSlack;
  }
  fill_gaps(grid, std::move(known), white);
  return grid;
}

// What each channel is to be multiplied with, in 1/256, for cells of kGainCell pixels.
struct Gains {
  std::size_t width = 0;
  std::vector<std::array<std::uint16_t, 3>> cells;
};

std::uint16_t gain(double paper) {
  return static_cast<std::uint16_t>(
      std::clamp(255.0 * 256.0 / std::max(paper, 1.0), 200.0, 2048.0));
}

Gains gains_of(Grid& grid, const RgbView& page) {
  Gains out;
  out.width = (page.width + kGainCell - 1) / kGainCell;
  const std::size_t height = (page.height + kGainCell - 1) / kGainCell;
  out.cells.reserve(out.width * height);
  const auto place = [](std::size_t cell, std::size_t last, std::size_t& low, double& part) {
    const double at = std::max(
        0.0, (static_cast<double>(cell) + 0.5) * kGainCell / static_cast<double>(kBlock) - 0.5);
    low = std::min(static_cast<std::size_t>(at), last);
    part = std::min(at - static_cast<double>(low), 1.0);
  };
  for (std::size_t y = 0; y < height; ++y) {
    std::size_t y0 = 0;
    double v = 0;
    place(y, grid.height - 1, y0, v);
    const std::size_t y1 = std::min(y0 + 1, grid.height - 1);
    for (std::size_t x = 0; x < out.width; ++x) {
      std::size_t x0 = 0;
      double u = 0;
      place(x, grid.width - 1, x0, u);
      const std::size_t x1 = std::min(x0 + 1, grid.width - 1);
      const auto mix = [&](double Paper::* c) {
        const double top = std::lerp(grid.at(x0, y0).*c, grid.at(x1, y0).*c, u);
        const double bottom = std::lerp(grid.at(x0, y1).*c, grid.at(x1, y1).*c, u);
        return gain(std::lerp(top, bottom, v));
      };
      out.cells.push_back({mix(&Paper::r), mix(&Paper::g), mix(&Paper::b)});
    }
  }
  return out;
}

// Hue as (g - b) / (r - lowest): 0 is red, -1 magenta, 1 yellow. Full weight from a bluish to an
// orange red, fading out beyond.
int red_strength(int r, int g, int b) {
  const int lowest = std::min(g, b);
  const int spread = r - lowest;
  if (spread <= 0 || r < g || r < b) return 0;
  const int hue = (g - b) * 100 / spread;
  if (hue >= 60 || hue <= -90) return 0;
  if (hue > 40) return spread * (60 - hue) / 20;
  if (hue < -75) return spread * (hue + 90) / 15;
  return spread;
}

}  // namespace

Ink separate_ink(const RgbView& page) {
  Ink ink;
  ink.red = Layer(page.width, page.height);
  ink.dark = Layer(page.width, page.height);
  Grid grid = find_paper(page);
  const Gains gains = gains_of(grid, page);
  std::size_t coloured = 0;
  for (std::size_t y = 0; y < page.height; ++y) {
    const std::uint8_t* in = page.row(y);
    std::uint8_t* red = ink.red.pixels.data() + y * page.width;
    std::uint8_t* dark = ink.dark.pixels.data() + y * page.width;
    const auto* cell = gains.cells.data() + (y / kGainCell) * gains.width;
    for (std::size_t x = 0; x < page.width; ++x, in += 3) {
      const auto& k = cell[x / kGainCell];
      const int r = std::min(255, in[0] * k[0] >> 8);
      const int g = std::min(255, in[1] * k[1] >> 8);
      const int b = std::min(255, in[2] * k[2] >> 8);
      red[x] = static_cast<std::uint8_t>(red_strength(r, g, b));
      dark[x] = static_cast<std::uint8_t>(255 - (2 * r + 5 * g + b) / 8);
      if (std::max({r, g, b}) - std::min({r, g, b}) > kColour) ++coloured;
    }
  }
  ink.coloured = static_cast<double>(coloured) >
                 kColouredShare * static_cast<double>(page.width * page.height);
  return ink;
}

}  // namespace baosong::parsers::seal
