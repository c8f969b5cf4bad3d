// A grey picture made smaller while its rows stream by: each target pixel is the mean of the source
// area it covers. No more than the target and one row of sums is held.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace baosong::parsers {

struct GreyImage {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // row by row

  [[nodiscard]] std::uint8_t at(std::size_t x, std::size_t y) const {
    return pixels[y * width + x];
  }
};

class Shrinker {
 public:
  // The target keeps the proportions and has a long side of `long_side`, or the size of the source
  // when that is smaller already. Both sides of the source must be at least 1.
  Shrinker(std::size_t width, std::size_t height, std::size_t long_side);

  void row(std::span<const std::uint8_t> grey);  // `width` pixels
  // Rows that never came are left black.
  GreyImage take();

 private:
  void flush();

  std::size_t height_;
  GreyImage out_;
  std::vector<std::uint32_t> edges_;  // first source column of each target column, and the end
  std::vector<std::uint32_t> sums_;
  std::size_t next_row_ = 0, target_row_ = 0;
};

// dHash-64: the picture as 9 x 8 grey cells, one bit for each pair of neighbours in a row, set when
// the left one is brighter. The top left pair is the highest bit.
std::uint64_t dhash(const GreyImage& image);

// dhash() of the picture turned by 90, 180 and 270 degrees clockwise: a viewer may have turned a
// copy.
std::array<std::uint64_t, 3> turned_dhashes(const GreyImage& image);

// The variance of the Laplacian in each of 8 x 8 tiles; the 90th percentile of the tiles. Below
// about 50 a photo is blurred, when it was brought to a long side of 1024 pixels before.
double sharpness(const GreyImage& image);

// The picture as a viewer shows it that obeys EXIF orientation 1-8.
GreyImage orient(const GreyImage& image, int orientation);

}  // namespace baosong::parsers
