// What the walls cost: the same file read in this process and by a locked-in reader. The counter
// "cpu" is processor time of all who take part: this process, the server that forks, the reader. On
// a busy machine it says more than the clock does.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include <fstream>
#include <optional>
#include <sstream>
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
// With text enough that nobody reads the picture of its title.
std::string pdf() {
  return test::make_pdf(
      {"先进单位推荐表\n单位名称：示范区社区教育学院\n推荐单位：示范区教育局", "盖章"});
}
std::string photo() { return test::make_jpeg(1600, 1200); }
std::string zip() {
  return test::make_zip({{"a.docx", docx()}, {"b.pdf", pdf()}, {"c.jpg", test::make_jpeg()}});
}
std::string text() { return "附件1 示范活动汇总表"; }

double own_seconds() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

// Of the server and of every reader that it has waited for: proc(5), fields 14 to 17 of stat.
double server_seconds(std::optional<pid_t> server) {
  if (!server) return 0;
  std::ifstream file("/proc/" + std::to_string(*server) + "/stat");
  std::string line;
  std::getline(file, line);
  std::istringstream rest(line.substr(line.rfind(')') + 1));
  std::string skipped;
  for (int field = 3; field < 14; ++field) rest >> skipped;
  double ticks = 0, sum = 0;
  for (int field = 14; field <= 17 && rest >> ticks; ++field) sum += ticks;
  return sum / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

void say(benchmark::State& state, double seconds) {
  state.counters["cpu"] = benchmark::Counter(seconds, benchmark::Counter::kAvgIterations);
}

template <std::string (*kMake)()>
void unconfined(benchmark::State& state) {
  const std::string bytes = kMake();
  const double before = own_seconds();
  for (auto _ : state)
    benchmark::DoNotOptimize(parsers::read(bytes, "a", parsers::InputKind::kDetect));
  say(state, own_seconds() - before);
}

template <std::string (*kMake)()>
void confined(benchmark::State& state) {
  const auto input = daemon::in_memory(kMake());
  daemon::WorkerPool pool;
  static_cast<void>(pool.read_file(input->get(), "a"));  // starts the server
  const auto seconds = [&] { return own_seconds() + server_seconds(pool.server()); };
  const double before = seconds();
  for (auto _ : state) {
    if (!pool.read_file(input->get(), "a") || !pool.casualties().empty())
      state.SkipWithError("not read");
  }
  say(state, seconds() - before);
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
