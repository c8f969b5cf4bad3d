#include "daemon/store/database.hpp"

#include <gtest/gtest.h>

#include "tests/support/scratch.hpp"

namespace baosong::daemon {
namespace {

using std::chrono::milliseconds;
using testing::Scratch;

TEST(DatabaseTest, GivesBackWhatWentIn) {
  auto db = Database::open(":memory:", milliseconds(10));
  ASSERT_TRUE(db);
  ASSERT_TRUE(db->script("CREATE TABLE t (n INTEGER, s TEXT, b BLOB) STRICT; SELECT 1;"));
  const std::string bytes("\0\xff报\n", 6);
  ASSERT_TRUE(db->run("INSERT INTO t VALUES (?, ?, ?)", std::int64_t{1} << 40, "50% '长春' %s",
                      Blob{bytes}));
  ASSERT_TRUE(db->run("INSERT INTO t VALUES (?, ?, ?)", -1, "", Blob{}));
  ASSERT_TRUE(db->run("INSERT INTO t VALUES (?, ?, ?)", Null{}, Null{}, Null{}));
  auto rows =
      db->rows<std::tuple<std::int64_t, std::string, Blob>>("SELECT * FROM t ORDER BY rowid");
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 3U);
  EXPECT_EQ(std::get<0>((*rows)[0]), std::int64_t{1} << 40);
  EXPECT_EQ(std::get<1>((*rows)[0]), "50% '长春' %s");
  EXPECT_EQ(std::get<2>((*rows)[0]).bytes, bytes);
  EXPECT_EQ(std::get<0>((*rows)[1]), -1);
  EXPECT_EQ(std::get<1>((*rows)[1]), "");
  EXPECT_EQ(std::get<2>((*rows)[1]).bytes, "");
  EXPECT_EQ(std::get<0>((*rows)[2]), 0);
  EXPECT_EQ(std::get<2>((*rows)[2]).bytes, "");
  EXPECT_EQ(*db->number("SELECT count(*) FROM t WHERE s IS NULL"), 1);
  EXPECT_FALSE(db->row<std::tuple<std::string>>("SELECT s FROM t WHERE n = 7")->has_value());
}

TEST(DatabaseTest, IsSetForSafety) {
  const Scratch dir;
  auto db = Database::open(dir / "x.sqlite", milliseconds(10));
  ASSERT_TRUE(db);
  EXPECT_EQ(*db->number("PRAGMA foreign_keys"), 1);
  EXPECT_EQ(*db->number("PRAGMA synchronous"), 2);
  EXPECT_EQ(std::get<0>(**db->row<std::tuple<std::string>>("PRAGMA journal_mode")), "wal");
}

TEST(DatabaseTest, TakesBackAFailedTransaction) {
  auto db = Database::open(":memory:", milliseconds(10));
  ASSERT_TRUE(db->script("CREATE TABLE t (n INTEGER PRIMARY KEY) STRICT"));
  const auto failed = db->transaction([&]() -> Result<void> {
    EXPECT_TRUE(db->run("INSERT INTO t VALUES (1)"));
    return fail(ErrorKind::kTransient, "满");
  });
  EXPECT_FALSE(failed);
  EXPECT_EQ(*db->number("SELECT count(*) FROM t"), 0);
  // Our own fault is no Error: it flies, and the transaction is taken back all the same.
  EXPECT_ANY_THROW(static_cast<void>(db->transaction([&]() -> Result<void> {
    EXPECT_TRUE(db->run("INSERT INTO t VALUES (1)"));
    return db->run("INSERT INTO t VALUES (1)");
  })));
  EXPECT_EQ(*db->number("SELECT count(*) FROM t"), 0);
  ASSERT_TRUE(db->transaction([&] { return db->run("INSERT INTO t VALUES (1)"); }));
}

TEST(DatabaseTest, SaysThatAnotherProgramHoldsIt) {
  const Scratch dir;
  auto one = Database::open(dir / "x.sqlite", milliseconds(50));
  auto two = Database::open(dir / "x.sqlite", milliseconds(50));
  ASSERT_TRUE(one && two);
  ASSERT_TRUE(one->script("CREATE TABLE t (n INTEGER) STRICT"));
  ASSERT_TRUE(one->run("BEGIN IMMEDIATE"));
  const auto start = std::chrono::steady_clock::now();
  const auto blocked = two->transaction([] { return Result<void>(); });
  ASSERT_FALSE(blocked);
  EXPECT_EQ(blocked.error().kind, ErrorKind::kTransient);
  EXPECT_NE(blocked.error().message.find("占用"), std::string::npos);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
  ASSERT_TRUE(one->run("COMMIT"));
  EXPECT_TRUE(two->transaction([&] { return two->run("INSERT INTO t VALUES (1)"); }));
}

TEST(DatabaseTest, SaysThatTheFileIsNoStore) {
  const Scratch dir;
  testing::put(dir / "x.sqlite", std::string(5000, 'x'));
  const auto db = Database::open(dir / "x.sqlite", milliseconds(10));
  ASSERT_FALSE(db);
  EXPECT_NE(db.error().message.find("损坏"), std::string::npos);
}

TEST(DatabaseTest, SaysThatTheDirectoryIsAway) {
  const Scratch dir;
  const auto db = Database::open(dir / "absent/x.sqlite", milliseconds(10));
  ASSERT_FALSE(db);
  EXPECT_EQ(db.error().kind, ErrorKind::kPermanent);
}

}  // namespace
}  // namespace baosong::daemon
