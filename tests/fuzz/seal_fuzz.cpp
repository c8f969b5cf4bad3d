// The seal finder on any pixels: the first bytes say how large the picture is and how fine. Seeds:
// tests/fixtures/fuzz/seal.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "parsers/photo/encode_jpeg.hpp"
#include "parsers/seal/seal.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  if (size < 4) return 0;
  const std::size_t width = 60U + data[0], height = 60U + data[1];
  const double millimetres = 0.15 + data[2] / 800.0;
  // What the input does not fill repeats it, so that a short input is a whole page too.
  const std::size_t stride = width * 3 + data[3] % 8U;
  std::vector<std::uint8_t> pixels(stride * height);
  const std::size_t rest = size - 4;
  for (std::size_t i = 0; rest > 0 && i < pixels.size(); ++i) pixels[i] = data[4 + i % rest];
  const seal::RgbView view{pixels.data(), width, height, stride};
  const seal::Search found = seal::find_seals(view, millimetres);
  for (const seal::Found& f : found.seals) {
    if (!std::isfinite(f.x) || !std::isfinite(f.y) || !(f.confidence >= 0 && f.confidence <= 1) ||
        !(f.diameter * millimetres >= seal::kSmallest &&
          f.diameter * millimetres <= seal::kLargest))
      std::abort();
  }
  if (encode_jpeg(pixels.data(), width, height, stride, 48 * 1024).size() > 48 * 1024) std::abort();
  return 0;
}
