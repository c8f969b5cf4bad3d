#include "daemon/store/migrate.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <array>
#include <filesystem>

#include "tests/support/scratch.hpp"

namespace baosong::daemon {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::Scratch;

constexpr Migration kFirst{"001_first.sql", "CREATE TABLE a (n INTEGER) STRICT;"};
constexpr Migration kSecond{"002_second.sql",
                            "ALTER TABLE a ADD COLUMN t TEXT; CREATE TABLE b (n INTEGER);"};
constexpr Migration kBroken{"003_broken.sql", "CREATE TABLE c (n INTEGER); CREATE TABLE a (n);"};
constexpr std::array kOld{kFirst};
constexpr std::array kNew{kSecond, kFirst};  // the order of files on a disk means nothing

class Migrate : public ::testing::Test {
 protected:
  Database open(const std::string& name = "s.sqlite") {
    auto db = Database::open(scratch_ / name, std::chrono::seconds(1));
    EXPECT_TRUE(db) << db.error().message;
    return std::move(*db);
  }
  Result<void> bring_up(Database& db, std::span<const Migration> known) {
    return migrate(db, scratch_ / "s.sqlite", known);
  }
  Scratch scratch_;
};

TEST_F(Migrate, ANewStoreIsMadeWithoutACopy) {
  auto db = open();
  ASSERT_TRUE(bring_up(db, kNew));
  EXPECT_EQ(db.number("SELECT count(*) FROM migration").value(), 2);
  EXPECT_FALSE(fs::exists(scratch_ / "s.sqlite.before-001_first"));
}

TEST_F(Migrate, AStoreInUseIsCopiedBeforeItIsChanged) {
  auto db = open();
  ASSERT_TRUE(bring_up(db, kOld));
  ASSERT_TRUE(db.run("INSERT INTO a VALUES (?)", 7));
  ASSERT_TRUE(bring_up(db, kNew));
  EXPECT_TRUE(db.run("INSERT INTO b VALUES (?)", 1));

  const std::string copy = scratch_ / "s.sqlite.before-002_second";
  struct stat status{};
  ASSERT_EQ(::stat(copy.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  EXPECT_FALSE(fs::exists(copy + ".part"));
  // The older program finds its own store in it.
  auto old = open("s.sqlite.before-002_second");
  EXPECT_TRUE(migrate(old, copy, kOld));
  EXPECT_EQ(old.number("SELECT n FROM a").value(), 7);
  EXPECT_EQ(old.number("SELECT count(*) FROM migration").value(), 1);
}

TEST_F(Migrate, WhatIsUpToDateIsLeftAlone) {
  auto db = open();
  ASSERT_TRUE(bring_up(db, kOld));
  ASSERT_TRUE(bring_up(db, kOld));
  EXPECT_EQ(testing::files_below(scratch_.path()), 3U);  // the store, its log, its index of the log
}

TEST_F(Migrate, WithoutACopyNothingIsChanged) {
  auto db = open();
  ASSERT_TRUE(bring_up(db, kOld));
  fs::create_directories(scratch_ / "s.sqlite.before-002_second/in-the-way");
  const auto refused = bring_up(db, kNew);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("s.sqlite.before-002_second"));
  EXPECT_EQ(db.number("SELECT count(*) FROM migration").value(), 1);
  EXPECT_FALSE(fs::exists(scratch_ / "s.sqlite.before-002_second.part"));
}

TEST_F(Migrate, AMigrationIsDoneAsAWholeOrNotAtAll) {
  auto db = open();
  ASSERT_TRUE(bring_up(db, kNew));
  constexpr std::array kThree{kFirst, kSecond, kBroken};
  EXPECT_ANY_THROW(static_cast<void>(bring_up(db, kThree)));  // a broken script is our own fault
  EXPECT_EQ(db.number("SELECT count(*) FROM migration").value(), 2);
  EXPECT_EQ(db.number("SELECT count(*) FROM sqlite_schema WHERE name = 'c'").value(), 0);
}

TEST_F(Migrate, AStoreFromANewerProgramIsRefusedUntouched) {
  auto db = open();
  ASSERT_TRUE(bring_up(db, kNew));
  const auto refused = bring_up(db, kOld);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::kPermanent);
  EXPECT_THAT(refused.error().message, HasSubstr("002_second"));
}

}  // namespace
}  // namespace baosong::daemon
