// The program is killed at 320 points while it receives, decides and sends over SMTP, and run
// again: nothing is lost, nothing is decided twice, and no letter is taken twice by the server. The
// one moment of doubt, between the end of the data and the record of the answer, ends with people.
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iostream>
#include <random>

#include "program.hpp"
#include "smtp_recorder.hpp"

namespace baosong::integration {
namespace {

constexpr int kPoints = 320;

class SmtpCrashTest : public ::testing::Test {
 protected:
  SmtpCrashTest() {
    for (const auto& [name, mail] : sample_mails()) office.deliver(name, mail);
  }
  [[nodiscard]] std::vector<std::string> once() const {
    return office.once({"--set", "outbox.url=" + server.url()});
  }
  // All but what tells how often something was tried.
  [[nodiscard]] std::map<std::string, std::string> decided() const {
    auto all = office.everything();
    all.erase("table letter");
    all.erase("table audit");
    return all;
  }
  [[nodiscard]] std::map<std::string, std::string> letters() const {
    return office.table(
        "SELECT message_id, state || ' ' || handed || ' ' || recipient FROM letter");
  }
  Office office;
  SmtpRecorder server;
  std::mt19937 random{20221210};
};

TEST_F(SmtpCrashTest, NoLetterIsTakenTwice) {
#ifdef BAOSONG_SANITIZED
  GTEST_SKIP() << "a sanitizer must be the first library that is loaded";
#endif
  const std::string preload = std::string("LD_PRELOAD=") + BAOSONG_KILL_AT;
  const std::string counted = office / "count";
  const Ran first = run_program(once(), {.environment = {preload, "KILL_COUNT=" + counted}});
  ASSERT_EQ(first.exit, 0) << first.out;
  long operations = 0;
  std::ifstream(counted) >> operations;
  ASSERT_GT(operations, 100) << "the counter was not loaded";
  server.settle();
  const auto undisturbed = decided();
  const auto all_letters = letters();
  ASSERT_GE(all_letters.size(), 3U);
  ASSERT_EQ(server.taken().size(), all_letters.size());

  int doubts = 0, doubts_taken = 0, killed_again = 0;
  for (int point = 0; point < kPoints; ++point) {
    office.reset();
    server.forget();
    const long from = operations * point / kPoints;
    const long to = std::max(from + 1, operations * (point + 1) / kPoints);
    const long at = std::uniform_int_distribution<long>(from + 1, to)(random);
    const std::string where = "killed at operation " + std::to_string(at);
    const Ran died =
        run_program(once(), {.environment = {preload, "KILL_AT=" + std::to_string(at)}});
    ASSERT_EQ(died.signal, SIGKILL) << where << "\n" << died.out;
    if (point % 8 == 0) {  // and once more while it recovers
      const long next = std::uniform_int_distribution<long>(1, operations)(random);
      const Ran twice =
          run_program(once(), {.environment = {preload, "KILL_AT=" + std::to_string(next)}});
      if (twice.signal == SIGKILL) ++killed_again;
    }
    const Ran again = run_program(once());
    ASSERT_EQ(again.exit, 0) << where << "\n" << again.out;
    server.settle();
    ASSERT_EQ(decided(), undisturbed) << where;
    const auto taken = server.taken();
    const auto after = letters();
    ASSERT_EQ(after.size(), all_letters.size()) << where;
    for (const auto& [id, state] : after) {
      ASSERT_TRUE(all_letters.contains(id)) << where << ": a letter that was never written: " << id;
      const int times = taken.contains(id) ? taken.at(id) : 0;
      if (state.starts_with("sent ")) {
        ASSERT_EQ(times, 1) << where << ": " << id;
      } else {
        // Only the moment of doubt may leave a letter to people, and they are told.
        ASSERT_TRUE(state.starts_with("held 1")) << where << ": " << id << " " << state;
        ASSERT_LE(times, 1) << where << ": " << id;
        ++doubts;
        doubts_taken += times;
      }
    }
    ASSERT_LE(std::ssize(taken), std::ssize(all_letters)) << where;
  }
  std::cout << "killed at " << kPoints << " points of " << operations << " operations, "
            << killed_again << " times again while recovering; " << doubts
            << " letters were left to people (" << doubts_taken
            << " of them had been taken), none was taken twice\n";
  // Without a single doubt the moment that matters would not have been tried.
  EXPECT_GT(doubts, 0);
  EXPECT_GT(doubts_taken, 0);
}

}  // namespace
}  // namespace baosong::integration
