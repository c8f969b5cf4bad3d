#include "daemon/disk.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/scratch.hpp"

namespace baosong::daemon {
namespace {

using testing::FailingDisk;
using testing::get;
using testing::Scratch;

TEST(NewFileTest, IsThereAsAWholeAfterCommit) {
  const Scratch dir;
  FailingDisk disk;  // fails never, but writes in small pieces
  auto file = NewFile::create(disk, dir / "a.part");
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->append("报送"));
  ASSERT_TRUE(file->append(std::string(100'000, 'x')));
  ASSERT_TRUE(file->commit(dir / "a"));
  EXPECT_EQ(get(dir / "a"), "报送" + std::string(100'000, 'x'));
  EXPECT_FALSE(std::filesystem::exists(dir / "a.part"));
  struct stat status{};
  ASSERT_EQ(::stat((dir / "a").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(NewFileTest, LeavesNothingWhenGivenUp) {
  const Scratch dir;
  {
    auto file = NewFile::create(real_disk(), dir / "a.part");
    ASSERT_TRUE(file);
    ASSERT_TRUE(file->append("half"));
  }
  EXPECT_EQ(testing::files_below(dir.path()), 0U);
}

// Whatever operation fails first, the target is absent or whole, and the error is one that people
// can act on.
TEST(NewFileTest, SurvivesAFailureOfEachOperation) {
  int operations = 0;
  {
    const Scratch dir;
    FailingDisk disk;
    auto file = NewFile::create(disk, dir / "a.part");
    ASSERT_TRUE(file && file->append("bytes") && file->commit(dir / "a"));
    operations = disk.operations;
  }
  ASSERT_GE(operations, 4);  // write, sync, rename, sync of the directory
  for (int after = 0; after < operations; ++after) {
    const Scratch dir;
    FailingDisk disk;
    disk.after = after;
    Result<void> done;
    {
      auto file = NewFile::create(disk, dir / "a.part");
      ASSERT_TRUE(file);
      done = file->append("bytes");
      if (done) done = file->commit(dir / "a");
    }
    ASSERT_FALSE(done) << after;
    EXPECT_EQ(done.error().kind, ErrorKind::kTransient);
    EXPECT_NE(done.error().message.find("磁盘空间已满"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(dir / "a.part"));
    const std::string there = get(dir / "a");
    EXPECT_TRUE(there.empty() || there == "bytes");
  }
}

TEST(DiskFailureTest, SaysWhatHelps) {
  const auto read_only = disk_failure("写入文件", "/x", EROFS);
  EXPECT_EQ(read_only.value().kind, ErrorKind::kPermanent);
  EXPECT_NE(read_only.value().message.find("只读"), std::string::npos);
  EXPECT_FALSE(read_only.value().hint.empty());
}

TEST(MakeDirectoryTest, MakesTheWayThere) {
  const Scratch dir;
  ASSERT_TRUE(make_directory(real_disk(), dir / "a/b/c"));
  struct stat status{};
  ASSERT_EQ(::stat((dir / "a/b").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
  testing::put(dir / "file", "x");
  EXPECT_FALSE(make_directory(real_disk(), dir / "file/below"));
}

TEST(MappedFileTest, ReadsAlsoAnEmptyFile) {
  const Scratch dir;
  testing::put(dir / "empty", "");
  auto file = MappedFile::open(dir / "empty");
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->bytes().empty());
  EXPECT_FALSE(MappedFile::open(dir / "absent"));
}

TEST(InstanceLockTest, RefusesASecondAndSaysWhoHoldsIt) {
  const Scratch dir;
  {
    auto first = InstanceLock::take(dir / "lock");
    ASSERT_TRUE(first);
    auto second = InstanceLock::take(dir / "lock");
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find(std::to_string(::getpid())), std::string::npos);
  }
  EXPECT_TRUE(InstanceLock::take(dir / "lock"));
}

}  // namespace
}  // namespace baosong::daemon
