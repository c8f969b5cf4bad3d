// The state is thrown away and worked out anew: it comes out the same, and nobody is written to
// again.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <random>

#include "daemon/store/database.hpp"
#include "program.hpp"

namespace baosong::integration {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr int kKillPoints = 40;

std::vector<std::string> files(const std::string& directory) {
  std::vector<std::string> out;
  for (const auto& entry : fs::recursive_directory_iterator(directory)) {
    if (entry.is_regular_file()) out.push_back(entry.path().string());
  }
  std::ranges::sort(out);
  return out;
}

class RebuildTest : public ::testing::Test {
 protected:
  RebuildTest() {
    for (const auto& [name, mail] : sample_mails()) office.deliver(name, mail);
    const Ran first = run_program(office.once());
    EXPECT_EQ(first.exit, 0) << first.out;
  }
  // The same settings and the same clock for another command.
  Ran run(const std::vector<std::string>& command, const RunOptions& options = {}) const {
    auto all = office.once();
    all.erase(all.begin(), all.begin() + 2);
    all.insert(all.begin(), command.begin(), command.end());
    return run_program(all, options);
  }
  std::string status() const { return run({"status", "--json"}).out; }
  // Everything but the one line about the rebuild itself and the counters of row numbers.
  std::map<std::string, std::string> everything() const {
    auto all = office.everything();
    all.erase("table sqlite_sequence");
    std::string& audit = all["table audit"];
    std::string rest;
    for (std::size_t at = 0; at < audit.size();) {
      const auto end = audit.find('\n', at) + 1;
      const auto line = audit.substr(at, end - at);
      if (line.find("'rebuild'") == std::string::npos) rest += line;
      at = end;
    }
    audit = rest;
    return all;
  }
  void change(const std::string& sql) const {
    auto db = daemon::Database::open(store(), std::chrono::seconds(5));
    ASSERT_TRUE(db);
    ASSERT_TRUE(db->script(sql));
  }
  std::string store() const { return office / "state/baosong.sqlite"; }
  void same(const std::map<std::string, std::string>& before, const std::string& where) const {
    const auto after = everything();
    for (const auto& [what, value] : before) {
      const auto found = after.find(what);
      ASSERT_NE(found, after.end()) << where << ": lost " << what;
      ASSERT_EQ(found->second, value) << where << ": differs in " << what;
    }
    ASSERT_EQ(after.size(), before.size()) << where;
  }
  Office office;
};

TEST_F(RebuildTest, EverythingComesOutTheSame) {
  const auto unmarked = status();
  change("UPDATE decision SET settled_at = 5 WHERE verdict = 'hold'");
  change(
      "INSERT INTO mark (unit, item, state, why, actor, at) "
      "VALUES ('chaoyang', 'cases', 'complete', '电话核实', 'clerk', 6)");
  const auto before = everything();
  const auto standing = status();
  ASSERT_TRUE(standing != unmarked);
  const Ran done = run({"rebuild"});
  ASSERT_EQ(done.exit, 0) << done.out;
  EXPECT_THAT(done.out, HasSubstr("重建完成：重新处理邮件13封"));
  EXPECT_TRUE(status() == standing);
  same(before, "after the rebuild");
  EXPECT_EQ(office.number("SELECT count(*) FROM audit WHERE action = 'rebuild'"), 1);
  EXPECT_TRUE(fs::exists(store() + ".before-rebuild"));
  EXPECT_FALSE(fs::exists(store() + ".rebuild"));
  // And the next run has nothing to do.
  ASSERT_EQ(run_program(office.once()).exit, 0);
  same(before, "after the next run");
  // Again and again.
  ASSERT_EQ(run({"rebuild"}).exit, 0);
  same(before, "after another rebuild");
}

TEST_F(RebuildTest, WhatWasLostOfTheDerivedStateIsThereAgain) {
  const auto before = everything();
  change("DELETE FROM ledger; UPDATE document SET item = 'cases'; UPDATE mail SET subject = 'x'");
  ASSERT_EQ(run({"rebuild"}).exit, 0);
  same(before, "after the rebuild");
}

// After an upgrade the facts may have another form.
TEST_F(RebuildTest, FactsOfAnotherVersionAreReadAgainBeforeAnythingElse) {
  const auto before = everything();
  const auto standing = status();
  const std::string other = "CAST(substr(message, 1, 4) || x'FFFF' || substr(message, 7) AS BLOB)";
  change("UPDATE mail SET message = " + other + " WHERE message IS NOT NULL");
  change(
      "UPDATE document SET facts = CAST(substr(facts, 1, 4) || x'FFFF' || substr(facts, 7) AS "
      "BLOB)");
  const Ran asked = run({"status"});
  EXPECT_EQ(asked.exit, 3) << asked.out;
  EXPECT_THAT(asked.out, HasSubstr("另一版本的程序"));
  EXPECT_THAT(asked.out, HasSubstr("baosong rebuild"));
  EXPECT_THAT(run({"doctor"}).out, HasSubstr("13封邮件的读取结果出自另一版本的程序"));
  const Ran next = run_program(office.once());
  ASSERT_EQ(next.exit, 0) << next.out;
  EXPECT_THAT(next.out, HasSubstr("由存档重新读取邮件13封"));
  same(before, "after the next run");
  EXPECT_TRUE(status() == standing);
  EXPECT_THAT(run_program(office.once()).out, Not(HasSubstr("重新读取")));
}

TEST_F(RebuildTest, WithoutAStoreNobodyIsWrittenToUnasked) {
  const auto standing = status();
  const long letters = office.number("SELECT count(*) FROM letter");
  const auto out = files(office / "out");
  for (const char* part : {"", "-wal", "-shm"}) fs::remove(store() + part);
  const Ran done = run({"rebuild"});
  ASSERT_EQ(done.exit, 0) << done.out;
  EXPECT_THAT(done.out, HasSubstr("无从得知"));
  EXPECT_TRUE(status() == standing);
  ASSERT_EQ(run_program(office.once()).exit, 0);
  EXPECT_GE(office.number("SELECT count(*) FROM letter WHERE state = 'held'"), letters);
  EXPECT_EQ(office.number("SELECT count(*) FROM letter WHERE state <> 'held'"), 0);
  EXPECT_EQ(files(office / "out"), out);
  EXPECT_TRUE(status() == standing);
}

TEST_F(RebuildTest, ADamagedStoreIsKeptAndReplaced) {
  const auto standing = status();
  std::ofstream(store(), std::ios::binary) << "SQLite format 3" << std::string(4000, '\xff');
  const Ran done = run({"rebuild"});
  ASSERT_EQ(done.exit, 0) << done.out;
  EXPECT_TRUE(status() == standing);
  EXPECT_EQ(fs::file_size(store() + ".before-rebuild"), 4015U);
}

TEST_F(RebuildTest, ALetterThatNobodyWroteBeforeWaitsForPeople) {
  change(
      "DELETE FROM answer WHERE letter = (SELECT min(id) FROM letter WHERE state = 'sent');"
      "DELETE FROM letter WHERE id = (SELECT min(id) FROM letter WHERE state = 'sent')");
  const long sent = office.number("SELECT count(*) FROM letter WHERE state = 'sent'");
  const Ran done = run({"rebuild"});
  ASSERT_EQ(done.exit, 0) << done.out;
  EXPECT_THAT(done.out, HasSubstr("1封回信留待人工确认"));
  ASSERT_EQ(run_program(office.once()).exit, 0);
  EXPECT_EQ(office.number("SELECT count(*) FROM letter WHERE state = 'sent'"), sent);
  EXPECT_EQ(office.number("SELECT count(*) FROM letter WHERE state = 'held' "
                          "AND gate_reason LIKE '重建台账后%'"),
            1);
}

TEST_F(RebuildTest, WhileTheServiceRunsItIsRefused) {
  const int fd = ::open((office / "state/lock").c_str(), O_RDWR);
  ASSERT_GE(fd, 0);
  ASSERT_EQ(::flock(fd, LOCK_EX | LOCK_NB), 0);
  const auto before = everything();
  const Ran refused = run({"rebuild"});
  ::close(fd);
  EXPECT_EQ(refused.exit, 3);
  EXPECT_THAT(refused.out, HasSubstr("systemctl stop baosong"));
  same(before, "after the refusal");
}

TEST_F(RebuildTest, KilledAtAnyPointTheStoreIsTheOldOneOrTheNewOne) {
#ifdef BAOSONG_SANITIZED
  GTEST_SKIP() << "a sanitizer must be the first library that is loaded";
#endif
  const std::string preload = std::string("LD_PRELOAD=") + BAOSONG_KILL_AT;
  const auto before = everything();
  const auto standing = status();
  const std::string counted = office / "count";
  const Ran whole = run({"rebuild"}, {.environment = {preload, "KILL_COUNT=" + counted}});
  ASSERT_EQ(whole.exit, 0) << whole.out;
  long operations = 0;
  std::ifstream(counted) >> operations;
  ASSERT_GT(operations, kKillPoints) << "the counter was not loaded";
  std::mt19937 random{20221025};
  for (int point = 0; point < kKillPoints; ++point) {
    const long from = operations * point / kKillPoints;
    const long to = std::max(from + 1, operations * (point + 1) / kKillPoints);
    const long at = std::uniform_int_distribution<long>(from + 1, to)(random);
    const Ran died = run({"rebuild"}, {.environment = {preload, "KILL_AT=" + std::to_string(at)}});
    ASSERT_EQ(died.signal, SIGKILL) << "operation " << at << "\n" << died.out;
    ASSERT_TRUE(status() == standing) << "killed at operation " << at;
    ASSERT_EQ(run_program(office.once()).exit, 0);
    same(before, "killed at operation " + std::to_string(at));
    if (HasFatalFailure()) return;
  }
  std::cout << "killed at " << kKillPoints << " of " << operations << " disk operations\n";
}

}  // namespace
}  // namespace baosong::integration
