// Pictures as the seal finder sees them. Pixels, no units; who knows the size of the page brings
// millimetres in.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace baosong::parsers::seal {

// A colour picture that somebody else owns: red, green, blue, a byte each; rows `stride` bytes
// apart.
struct RgbView {
  const std::uint8_t* data = nullptr;
  std::size_t width = 0, height = 0, stride = 0;

  [[nodiscard]] const std::uint8_t* row(std::size_t y) const { return data + y * stride; }
};

// How much of one ink lies on each pixel, 0 to 255.
struct Layer {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> pixels;  // row by row

  Layer() = default;
  Layer(std::size_t w, std::size_t h) : width(w), height(h), pixels(w * h) {}

  [[nodiscard]] bool empty() const { return pixels.empty(); }
  [[nodiscard]] int at(std::size_t x, std::size_t y) const { return pixels[y * width + x]; }
  [[nodiscard]] bool holds(double x, double y) const {
    return x >= 0 && y >= 0 && x <= static_cast<double>(width) - 1 &&
           y <= static_cast<double>(height) - 1;
  }
  // Between the four pixels around; 0 outside.
  [[nodiscard]] double between(double x, double y) const {
    if (!holds(x, y)) return 0;
    const auto x0 = static_cast<std::size_t>(x), y0 = static_cast<std::size_t>(y);
    const std::size_t x1 = std::min(x0 + 1, width - 1), y1 = std::min(y0 + 1, height - 1);
    const double u = x - static_cast<double>(x0), v = y - static_cast<double>(y0);
    const double top = at(x0, y0) + u * (at(x1, y0) - at(x0, y0));
    const double bottom = at(x0, y1) + u * (at(x1, y1) - at(x0, y1));
    return top + v * (bottom - top);
  }
};

}  // namespace baosong::parsers::seal
