// The seal finder on a page of 800 x 1131 pixels: empty, printed, sealed, and red all over.
#include "parsers/seal/seal.hpp"

#include <benchmark/benchmark.h>

#include "tests/support/draw_page.hpp"

namespace {

using namespace baosong;

enum class Page { kEmpty, kPrinted, kSealed, kBusy };

test::PageDrawing draw(Page kind) {
  test::PageDrawing page({250, 246, 232});
  if (kind == Page::kEmpty) return page;
  for (double y = 30; y < 270; y += 7) page.line(25, y, 185, y, 0.6, test::kInkBlack);
  if (kind == Page::kSealed) page.seal(140, 220, 42);
  for (double y = 20; kind == Page::kBusy && y < 280; y += 5) {
    for (double x = 20; x < 190; x += 4.5) page.line(x, y, x + 3, y + 3, 0.6, test::kSealRed);
  }
  return page;
}

template <Page kKind>
void find_seals(benchmark::State& state) {
  const test::PageDrawing page = draw(kKind);
  for (auto _ : state)
    benchmark::DoNotOptimize(parsers::seal::find_seals(page.view(), test::kPageScale));
}
BENCHMARK(find_seals<Page::kEmpty>)->Unit(benchmark::kMillisecond);
BENCHMARK(find_seals<Page::kPrinted>)->Unit(benchmark::kMillisecond);
BENCHMARK(find_seals<Page::kSealed>)->Unit(benchmark::kMillisecond);
BENCHMARK(find_seals<Page::kBusy>)->Unit(benchmark::kMillisecond);

}  // namespace
