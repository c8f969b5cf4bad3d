// A page of 800 x 1131 pixels (A4 at 97 dpi) on which tests draw: lines with soft edges, in ink
// that lets the paper shine through. Millimetres from the top left corner.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <vector>

#include "parsers/seal/layer.hpp"

namespace baosong::test {

inline constexpr double kPageScale = 210.0 / 800;  // millimetres a pixel

struct Colour {
  int r = 0, g = 0, b = 0;
};
inline constexpr Colour kSealRed{210, 30, 40}, kInkBlack{20, 20, 20};

class PageDrawing {
 public:
  static constexpr std::size_t kWidth = 800, kHeight = 1131;

  explicit PageDrawing(Colour paper = {255, 255, 255}) : pixels_(kWidth * kHeight * 3) {
    for (std::size_t i = 0; i < pixels_.size(); i += 3) {
      pixels_[i] = static_cast<std::uint8_t>(paper.r);
      pixels_[i + 1] = static_cast<std::uint8_t>(paper.g);
      pixels_[i + 2] = static_cast<std::uint8_t>(paper.b);
    }
  }
  [[nodiscard]] parsers::seal::RgbView view() const {
    return {pixels_.data(), kWidth, kHeight, kWidth * 3};
  }

  void line(double x0, double y0, double x1, double y1, double width, Colour ink) {
    const double length2 = (x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0);
    paint(std::min(x0, x1) - width, std::min(y0, y1) - width, std::max(x0, x1) + width,
          std::max(y0, y1) + width, ink, [=](double x, double y) {
            const double along =
                length2 > 0
                    ? std::clamp(((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length2, 0.0, 1.0)
                    : 0;
            return width / 2 - std::hypot(x - x0 - along * (x1 - x0), y - y0 - along * (y1 - y0));
          });
  }
  // `turn` limits it to a part of the circle, in radians from the right, clockwise.
  void ring(double x, double y, double diameter, double width, Colour ink, double turn = 7) {
    const double middle = (diameter - width) / 2;
    paint(x - diameter, y - diameter, x + diameter, y + diameter, ink, [=](double px, double py) {
      double at = std::atan2(py - y, px - x);
      if (at < 0) at += 2 * std::numbers::pi;
      return at > turn ? -1 : width / 2 - std::abs(std::hypot(px - x, py - y) - middle);
    });
  }
  void disk(double x, double y, double diameter, Colour ink) {
    paint(x - diameter, y - diameter, x + diameter, y + diameter, ink,
          [=](double px, double py) { return diameter / 2 - std::hypot(px - x, py - y); });
  }
  // Strokes like characters along the upper side of a circle, each `height` tall, outer edge at
  // `outer`.
  void writing(double x, double y, double outer, int characters, double height, Colour ink) {
    for (int i = 0; i < characters; ++i) {
      const double t = -std::numbers::pi / 2 + (i - (characters - 1) / 2.0) * 0.36;
      const double c = std::cos(t), s = std::sin(t);
      const auto stroke = [&](double a0, double d0, double a1, double d1) {
        const double r0 = outer - d0 * height, r1 = outer - d1 * height;
        line(x + r0 * c - a0 * height * s, y + r0 * s + a0 * height * c,
             x + r1 * c - a1 * height * s, y + r1 * s + a1 * height * c, 0.5, ink);
      };
      stroke(-0.4, 0.05, 0.4, 0.05), stroke(0, 0, 0, 1), stroke(-0.4, 0.5, 0.4, 0.5);
      stroke(i % 2 == 0 ? -0.4 : 0.3, 0.1, -0.4, 0.95), stroke(-0.3, 0.95, 0.4, 0.9);
    }
  }
  // An official seal; what stands in its middle is up to the test.
  void seal(double x, double y, double diameter, Colour ink = kSealRed) {
    const double mm = diameter / 42;
    ring(x, y, diameter, 1.1 * mm, ink);
    writing(x, y, diameter / 2 - 2.2 * mm, 11, 4.4 * mm, ink);
  }

 private:
  // `depth`: millimetres inside the shape; the edge is one pixel wide.
  void paint(double x0, double y0, double x1, double y1, Colour ink,
             const std::function<double(double, double)>& depth) {
    const auto pixel = [](double mm, std::size_t end) {
      return static_cast<std::size_t>(std::clamp(mm / kPageScale, 0.0, static_cast<double>(end)));
    };
    for (std::size_t y = pixel(y0, kHeight); y < pixel(y1, kHeight); ++y) {
      for (std::size_t x = pixel(x0, kWidth); x < pixel(x1, kWidth); ++x) {
        const double d = depth((static_cast<double>(x) + 0.5) * kPageScale,
                               (static_cast<double>(y) + 0.5) * kPageScale);
        const double amount = std::clamp(d / kPageScale + 0.5, 0.0, 1.0);
        if (amount <= 0) continue;
        std::uint8_t* p = pixels_.data() + 3 * (y * kWidth + x);
        const std::array<int, 3> colour{ink.r, ink.g, ink.b};
        for (std::size_t c = 0; c < 3; ++c)
          p[c] = static_cast<std::uint8_t>(p[c] * (1 - amount * (1 - colour[c] / 255.0)));
      }
    }
  }

  std::vector<std::uint8_t> pixels_;
};

}  // namespace baosong::test
