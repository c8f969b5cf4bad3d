// The program is killed at 200 points of its work and run again: nothing is lost, nothing is done
// twice, and nobody could tell later that it ever died.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <random>

#include "program.hpp"

namespace baosong::integration {
namespace {

constexpr int kOperationPoints = 160;
constexpr int kTimePoints = 40;

class CrashTest : public ::testing::Test {
 protected:
  CrashTest() {
    for (const auto& [name, mail] : sample_mails()) office.deliver(name, mail);
  }
  // Runs to the end and compares with the undisturbed run.
  void recovers(const std::map<std::string, std::string>& undisturbed, const std::string& where) {
    const Ran again = run_program(office.once());
    ASSERT_EQ(again.exit, 0) << where << "\n" << again.out;
    const auto after = office.everything();
    for (const auto& [what, value] : undisturbed) {
      const auto found = after.find(what);
      ASSERT_NE(found, after.end()) << where << ": lost " << what;
      ASSERT_EQ(found->second, value) << where << ": differs in " << what;
    }
    for (const auto& [what, value] : after) {
      ASSERT_TRUE(undisturbed.contains(what)) << where << ": too much: " << what;
    }
  }
  Office office;
  std::mt19937 random{20221025};
};

TEST_F(CrashTest, NothingIsLostAndNothingIsDoneTwice) {
#ifdef BAOSONG_SANITIZED
  GTEST_SKIP() << "a sanitizer must be the first library that is loaded";
#endif
  const std::string preload = std::string("LD_PRELOAD=") + BAOSONG_KILL_AT;
  const std::string counted = office / "count";
  const Ran first = run_program(office.once(), {.environment = {preload, "KILL_COUNT=" + counted}});
  ASSERT_EQ(first.exit, 0) << first.out;
  long operations = 0;
  std::ifstream(counted) >> operations;
  ASSERT_GT(operations, 100) << "the counter was not loaded";
  const auto undisturbed = office.everything();
  // Guards against comparing two empty states.
  ASSERT_EQ(office.number("SELECT count(*) FROM mail WHERE state = 'decided'"), 13);
  ASSERT_GE(office.number("SELECT count(*) FROM letter WHERE state = 'sent'"), 3);

  int killed = 0, killed_again = 0;
  for (int point = 0; point < kOperationPoints; ++point) {
    office.reset();
    // Spread over the whole run, each at a random place of its stretch.
    const long from = operations * point / kOperationPoints;
    const long to = std::max(from + 1, operations * (point + 1) / kOperationPoints);
    const long at = std::uniform_int_distribution<long>(from + 1, to)(random);
    const Ran died =
        run_program(office.once(), {.environment = {preload, "KILL_AT=" + std::to_string(at)}});
    ASSERT_EQ(died.signal, SIGKILL) << "operation " << at << "\n" << died.out;
    ++killed;
    if (point % 4 == 0) {  // and once more while it recovers
      const long next = std::uniform_int_distribution<long>(1, operations)(random);
      const Ran twice =
          run_program(office.once(), {.environment = {preload, "KILL_AT=" + std::to_string(next)}});
      if (twice.signal == SIGKILL) ++killed_again;
    }
    recovers(undisturbed, "killed at operation " + std::to_string(at));
    if (HasFatalFailure()) return;
  }
  for (int point = 0; point < kTimePoints; ++point) {
    auto longest = static_cast<long>(first.time.count());
    for (bool struck = false; !struck;) {
      office.reset();
      const std::chrono::microseconds after(
          std::uniform_int_distribution<long>(longest / 20, longest)(random));
      const Ran died = run_program(office.once(), {.kill_after = after});
      struck = died.signal == SIGKILL;
      // Too late: it had ended. The next try comes sooner.
      if (!struck) longest = longest * 3 / 4;
      ASSERT_GT(longest, 1000);
    }
    ++killed;
    recovers(undisturbed, "killed by the clock, point " + std::to_string(point));
    if (HasFatalFailure()) return;
  }
  std::cout << "killed " << killed << " times at " << kOperationPoints + kTimePoints << " points ("
            << operations << " disk operations in a run), " << killed_again
            << " of them again while recovering; every state came out the same\n";
  EXPECT_EQ(killed, kOperationPoints + kTimePoints);
}

TEST_F(CrashTest, ASecondRunChangesNothing) {
  ASSERT_EQ(run_program(office.once()).exit, 0);
  const auto before = office.everything();
  const Ran again = run_program(office.once());
  ASSERT_EQ(again.exit, 0) << again.out;
  EXPECT_EQ(office.everything(), before);
}

TEST_F(CrashTest, FetchingFirstGivesTheSame) {
  ASSERT_EQ(run_program(office.once()).exit, 0);
  const auto at_once = office.everything();
  office.reset();
  ASSERT_EQ(run_program(office.once({"--fetch-only"})).exit, 0);
  EXPECT_EQ(office.number("SELECT count(*) FROM mail WHERE state = 'archived'"), 13);
  EXPECT_EQ(office.number("SELECT count(*) FROM decision"), 0);
  ASSERT_EQ(run_program(office.once()).exit, 0);
  EXPECT_EQ(office.everything(), at_once);
}

}  // namespace
}  // namespace baosong::integration
