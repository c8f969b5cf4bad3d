#include "parsers/photo/shrink.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace baosong::parsers {
namespace {

constexpr std::size_t kTiles = 8;
constexpr double kPercentile = 0.9;

std::size_t scaled(std::size_t side, std::size_t target, std::size_t source) {
  return std::max<std::size_t>(1, (side * target + source / 2) / source);
}

double mean_of(const GreyImage& image, std::size_t x0, std::size_t x1, std::size_t y0,
               std::size_t y1) {
  std::uint64_t sum = 0;
  for (std::size_t y = y0; y < y1; ++y) {
    for (std::size_t x = x0; x < x1; ++x) sum += image.at(x, y);
  }
  return static_cast<double>(sum) / static_cast<double>((x1 - x0) * (y1 - y0));
}

// Variance of the 4-neighbour Laplacian over the inner pixels of [x0, x1) x [y0, y1).
double laplacian_variance(const GreyImage& image, std::size_t x0, std::size_t x1, std::size_t y0,
                          std::size_t y1) {
  std::int64_t sum = 0, squares = 0, count = 0;
  for (std::size_t y = std::max<std::size_t>(y0, 1); y < std::min(y1, image.height - 1); ++y) {
    const std::uint8_t* row = image.pixels.data() + y * image.width;
    for (std::size_t x = std::max<std::size_t>(x0, 1); x < std::min(x1, image.width - 1); ++x) {
      const int value = row[x - 1] + row[x + 1] +
                        (row + x)[-static_cast<std::ptrdiff_t>(image.width)] +
                        row[x + image.width] - 4 * row[x];
      sum += value;
      squares += value * value;
      ++count;
    }
  }
  if (count == 0) return 0;
  const double mean = static_cast<double>(sum) / static_cast<double>(count);
  return static_cast<double>(squares) / static_cast<double>(count) - mean * mean;
}

}  // namespace

Shrinker::Shrinker(std::size_t width, std::size_t height, std::size_t long_side) : height_(height) {
  const std::size_t longest = std::max(width, height);
  const std::size_t target = std::min(longest, long_side);
  out_.width = scaled(width, target, longest);
  out_.height = scaled(height, target, longest);
  out_.pixels.assign(out_.width * out_.height, 0);
  edges_.resize(out_.width + 1);
  for (std::size_t x = 0; x <= out_.width; ++x) {
    edges_[x] = static_cast<std::uint32_t>(x * width / out_.width);
  }
  sums_.assign(out_.width, 0);
}

void Shrinker::row(std::span<const std::uint8_t> grey) {
  if (target_row_ >= out_.height) return;
  for (std::size_t x = 0; x < out_.width; ++x) {
    std::uint32_t sum = 0;
    for (std::uint32_t i = edges_[x]; i < edges_[x + 1]; ++i) sum += grey[i];
    sums_[x] += sum;
  }
  ++next_row_;
  if (next_row_ >= (target_row_ + 1) * height_ / out_.height) flush();
}

void Shrinker::flush() {
  const std::size_t rows = next_row_ - target_row_ * height_ / out_.height;
  for (std::size_t x = 0; x < out_.width; ++x) {
    const std::size_t area = rows * (edges_[x + 1] - edges_[x]);
    out_.pixels[target_row_ * out_.width + x] =
        static_cast<std::uint8_t>((sums_[x] + area / 2) / area);
    sums_[x] = 0;
  }
  ++target_row_;
}

GreyImage Shrinker::take() { return std::move(out_); }

std::uint64_t dhash(const GreyImage& image) {
  constexpr std::size_t kColumns = 9, kRows = 8;
  if (image.width < kColumns || image.height < kRows) return 0;
  std::uint64_t hash = 0;
  for (std::size_t y = 0; y < kRows; ++y) {
    double left = 0;
    for (std::size_t x = 0; x < kColumns; ++x) {
      const double cell =
          mean_of(image, x * image.width / kColumns, (x + 1) * image.width / kColumns,
                  y * image.height / kRows, (y + 1) * image.height / kRows);
      if (x > 0) hash = hash << 1U | (left > cell ? 1U : 0U);
      left = cell;
    }
  }
  return hash;
}

std::array<std::uint64_t, 3> turned_dhashes(const GreyImage& image) {
  constexpr std::size_t kEnough = 288;  // pixels; turning more changes no cell by a grey level
  Shrinker shrinker(image.width, image.height, kEnough);
  for (std::size_t y = 0; y < image.height; ++y)
    shrinker.row({image.pixels.data() + y * image.width, image.width});
  const GreyImage small = shrinker.take();
  return {dhash(orient(small, 6)), dhash(orient(small, 3)), dhash(orient(small, 8))};
}

double sharpness(const GreyImage& image) {
  if (image.width < 2 * kTiles || image.height < 2 * kTiles) return 0;
  std::array<double, kTiles * kTiles> tiles{};
  for (std::size_t y = 0; y < kTiles; ++y) {
    for (std::size_t x = 0; x < kTiles; ++x) {
      tiles[y * kTiles + x] =
          laplacian_variance(image, x * image.width / kTiles, (x + 1) * image.width / kTiles,
                             y * image.height / kTiles, (y + 1) * image.height / kTiles);
    }
  }
  std::sort(tiles.begin(), tiles.end());
  const double at = kPercentile * static_cast<double>(tiles.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const double part = at - static_cast<double>(below);
  return tiles[below] * (1 - part) + tiles[below + 1] * part;
}

GreyImage orient(const GreyImage& image, int orientation) {
  if (orientation <= 1 || orientation > 8) return image;
  const bool turned = orientation >= 5;
  GreyImage out;
  out.width = turned ? image.height : image.width;
  out.height = turned ? image.width : image.height;
  out.pixels.resize(image.pixels.size());
  const bool mirror_x =
      orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool mirror_y =
      orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  for (std::size_t y = 0; y < out.height; ++y) {
    for (std::size_t x = 0; x < out.width; ++x) {
      // Where the shown pixel stands in the stored picture (EXIF 2.3, 4.6.4 A, Orientation).
      std::size_t sx = turned ? y : x;
      std::size_t sy = turned ? x : y;
      if (mirror_x) sx = image.width - 1 - sx;
      if (mirror_y) sy = image.height - 1 - sy;
      out.pixels[y * out.width + x] = image.at(sx, sy);
    }
  }
  return out;
}

}  // namespace baosong::parsers
