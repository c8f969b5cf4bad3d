// Good files of every kind with something wrong in them, through the real worker: whatever becomes
// of the reader, the daemon gets an answer, and nothing goes over its limits. BAOSONG_MUTATIONS
// says how many of each kind (scripts/mutate runs ten thousand).
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <random>

#include "daemon/worker/pool.hpp"
#include "parsers/worker/wire.hpp"
#include "tests/support/kinds.hpp"

namespace baosong::daemon {
namespace {

class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : random_(seed) {}

  std::string operator()(std::string bytes, const std::string& other) {
    for (std::size_t times = 1 + below(4); times > 0 && !bytes.empty(); --times) once(bytes, other);
    return bytes;
  }

 private:
  std::size_t below(std::size_t end) { return random_() % end; }
  char any() { return static_cast<char>(random_() & 0xFFU); }

  void once(std::string& bytes, const std::string& other) {
    static constexpr std::string_view kValues("\0\1\x7F\x80\xFF", 5);
    const std::size_t at = below(bytes.size());
    const std::size_t size = 1 + below(64);
    switch (below(8)) {
      case 0:
        bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << below(8)));
        break;
      case 1:
        bytes[at] = any();
        break;
      case 2:
        bytes.replace(at, 1 + below(8), 1 + below(8), kValues[below(kValues.size())]);
        break;
      case 3:
        bytes.erase(at, size);
        break;
      case 4:
        bytes.insert(at, bytes.substr(below(bytes.size()), size));
        break;
      case 5:
        bytes.resize(at);
        break;
      case 6:
        bytes.insert(at, other.substr(below(other.size()), size));
        break;
      default:
        for (std::size_t i = at; i < bytes.size() && i < at + size; ++i) bytes[i] = any();
    }
  }

  std::mt19937_64 random_;
};

int wanted() {
  const char* words = std::getenv("BAOSONG_MUTATIONS");
  return words == nullptr ? 60 : std::atoi(words);
}

class Mutation : public ::testing::TestWithParam<std::size_t> {};

TEST_P(Mutation, GetsAnAnswerWithinTheLimits) {
  const auto all = test::kinds();
  const auto& kind = all[GetParam()];
  WorkerPool pool;
  std::map<std::string, int> ends;
  std::uint64_t peak = 0, slowest = 0;
  for (int i = 0; i < wanted(); ++i) {
    Mutator mutate(static_cast<std::uint64_t>(i) * all.size() + GetParam());
    const std::string bytes =
        mutate(kind.bytes, all[static_cast<std::size_t>(i) % all.size()].bytes);
    const auto input = in_memory(bytes);
    ASSERT_TRUE(input);
    const auto reading = pool.read_file(input->get(), "a." + kind.extension);
    ASSERT_TRUE(reading) << "mutation " << i << ": " << reading.error().message;
    for (const Casualty& lost : pool.casualties()) {
      ++ends[std::string(text_of(lost.ended)) + ", " + lost.how.substr(0, 9)];
      // A limit or a crash of a library; never a call that a reader has no business to make.
      EXPECT_NE(lost.ended, parsers::Ended::kForbidden) << "mutation " << i << ": " << lost.how;
    }
    peak = std::max(peak, pool.last().peak_kib);
    slowest = std::max(slowest, pool.last().cpu_microseconds);
  }
#ifndef BAOSONG_SANITIZED
  EXPECT_LT(peak, limits::kReaderBytes / limits::kKiB);
#endif
  std::printf("%s: %d mutated, peak %llu KiB, slowest %.2f s of processor time\n",
              kind.extension.c_str(), wanted(), static_cast<unsigned long long>(peak),
              static_cast<double>(slowest) / 1e6);
  for (const auto& [how, times] : ends) std::printf("  %d x %s\n", times, how.c_str());
}

INSTANTIATE_TEST_SUITE_P(Kinds, Mutation, ::testing::Range(std::size_t{0}, std::size_t{15}),
                         [](const auto& parameter) {
                           return "k" + test::kinds()[parameter.param].extension;
                         });

TEST(MutationKinds, EachIsTried) { EXPECT_EQ(test::kinds().size(), 15U); }

}  // namespace
}  // namespace baosong::daemon
