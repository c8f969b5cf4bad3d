// What the walls cost: the same file read in this process and by a locked-in reader.
#include <benchmark/benchmark.h>

#include <string>

#include "daemon/worker/pool.hpp"
#include "parsers/worker/read.hpp"
#include "tests/support/make_docx.hpp"
#include "tests/support/make_image.hpp"
#include "tests/support/make_pdf.hpp"
#include "tests/support/make_zip.hpp"

namespace {

using namespace baosong;

std::string docx() {
  std::string body = test::title("年度工作总结");
  for (int i = 0; i < 60; ++i)
    body += test::paragraph("我区组织开展全民终身学习活动周系列活动，居民踊跃参加。");
  return test::make_docx(body);
}
std::string pdf() { return test::make_pdf({"推荐表\n单位名称", "盖章"}); }
std::string photo() { return test::make_jpeg(1600, 1200); }
std::string zip() {
  return test::make_zip({{"a.docx", docx()}, {"b.pdf", pdf()}, {"c.jpg", test::make_jpeg()}});
}
std::string text() { return "附件1 示范活动汇总表"; }

template <std::string (*kMake)()>
void unconfined(benchmark::State& state) {
  const std::string bytes = kMake();
  for (auto _ : state)
    benchmark::DoNotOptimize(parsers::read(bytes, "a", parsers::InputKind::kDetect));
}

template <std::string (*kMake)()>
void confined(benchmark::State& state) {
  const auto input = daemon::in_memory(kMake());
  daemon::WorkerPool pool;
  for (auto _ : state) {
    if (!pool.read_file(input->get(), "a") || !pool.casualties().empty())
      state.SkipWithError("not read");
  }
}

void start(benchmark::State& state) {
  const auto input = daemon::in_memory("x");
  daemon::WorkerPool pool;
  for (auto _ : state) {
    pool.rest();
    benchmark::DoNotOptimize(pool.read_file(input->get(), "a"));
  }
}

BENCHMARK(unconfined<text>)->UseRealTime();
BENCHMARK(confined<text>)->UseRealTime();
BENCHMARK(unconfined<docx>)->UseRealTime();
BENCHMARK(confined<docx>)->UseRealTime();
BENCHMARK(unconfined<pdf>)->UseRealTime();
BENCHMARK(confined<pdf>)->UseRealTime();
BENCHMARK(unconfined<photo>)->UseRealTime();
BENCHMARK(confined<photo>)->UseRealTime();
BENCHMARK(unconfined<zip>)->UseRealTime();
BENCHMARK(confined<zip>)->UseRealTime();
BENCHMARK(start)->UseRealTime();

}  // namespace
