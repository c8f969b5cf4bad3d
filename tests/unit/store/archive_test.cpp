#include "daemon/archive.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "parsers/base/hash.hpp"
#include "tests/support/scratch.hpp"

namespace baosong::daemon {
namespace {

using testing::FailingDisk;
using testing::files_below;
using testing::get;
using testing::Scratch;

const Time kArrived{std::chrono::seconds(1'666'598'400)};

Result<Archive::Kept> keep(Archive& archive, std::string_view bytes, Arrival arrival) {
  auto incoming = archive.begin();
  if (!incoming) return tl::unexpected(incoming.error());
  for (std::size_t at = 0; at < bytes.size(); at += 1000) {
    if (auto done = incoming->append(bytes.substr(at, 1000)); !done) {
      return tl::unexpected(done.error());
    }
  }
  return archive.keep(std::move(*incoming), arrival);
}

TEST(ArchiveTest, KeepsBytesUnderTheirHash) {
  const Scratch dir;
  auto archive = Archive::open(real_disk(), dir / "archive");
  ASSERT_TRUE(archive);
  const std::string mail = "Subject: x\r\n\r\n" + std::string(5000, 'a');
  auto kept = keep(*archive, mail, {kArrived, false});
  ASSERT_TRUE(kept);
  EXPECT_EQ(kept->sha256, sha256_hex(mail));
  EXPECT_EQ(kept->size, mail.size());
  EXPECT_EQ(archive->path_of(kept->sha256),
            dir / ("archive/" + kept->sha256.substr(0, 2) + "/" + kept->sha256 + ".eml"));
  EXPECT_EQ(get(archive->path_of(kept->sha256)), mail);
  struct stat status{};
  ASSERT_EQ(::stat(archive->path_of(kept->sha256).c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  auto arrival = archive->arrival_of(kept->sha256);
  ASSERT_TRUE(arrival);
  EXPECT_EQ(arrival->time, kArrived);
  EXPECT_FALSE(arrival->exact);
}

TEST(ArchiveTest, KeepsTheSameBytesOnce) {
  const Scratch dir;
  auto archive = Archive::open(real_disk(), dir / "archive");
  ASSERT_TRUE(archive);
  ASSERT_TRUE(keep(*archive, "same", {kArrived, false}));
  ASSERT_TRUE(keep(*archive, "same", {kArrived + std::chrono::hours(1), false}));
  EXPECT_EQ(files_below(dir / "archive"), 1U);
  EXPECT_EQ(archive->arrival_of(sha256_hex("same"))->time, kArrived);
}

TEST(ArchiveTest, RemembersAnExactArrivalForARebuild) {
  const Scratch dir;
  auto archive = Archive::open(real_disk(), dir / "archive");
  ASSERT_TRUE(archive);
  auto kept = keep(*archive, "mail", {kArrived, true});
  ASSERT_TRUE(kept);
  auto arrival = archive->arrival_of(kept->sha256);
  ASSERT_TRUE(arrival);
  EXPECT_TRUE(arrival->exact);
  EXPECT_EQ(arrival->time, kArrived);
}

TEST(ArchiveTest, KeepsAnEmptyMail) {
  const Scratch dir;
  auto archive = Archive::open(real_disk(), dir / "archive");
  ASSERT_TRUE(archive);
  auto kept = keep(*archive, "", {kArrived, false});
  ASSERT_TRUE(kept);
  EXPECT_TRUE(std::filesystem::exists(archive->path_of(kept->sha256)));
  EXPECT_TRUE(archive->read(kept->sha256)->bytes().empty());
}

TEST(ArchiveTest, ClearsWhatAKilledRunLeft) {
  const Scratch dir;
  testing::put(dir / "archive/tmp/7.part", "half a mail");
  auto archive = Archive::open(real_disk(), dir / "archive");
  ASSERT_TRUE(archive);
  EXPECT_EQ(files_below(dir / "archive"), 0U);
}

TEST(ArchiveTest, NeverShowsHalfAMail) {
  const std::string mail(10'000, 'm');
  for (int after = 0; after < 60; ++after) {
    const Scratch dir;
    FailingDisk disk;
    disk.after = after;
    disk.error = after % 2 == 0 ? ENOSPC : EIO;
    bool ok = false;
    if (auto archive = Archive::open(disk, dir / "archive")) {
      ok = keep(*archive, mail, {kArrived, true}).has_value();
    }
    const std::string sha256 = sha256_hex(mail);
    const std::string file = dir / ("archive/" + sha256.substr(0, 2) + "/" + sha256 + ".eml");
    if (ok || std::filesystem::exists(file)) {
      EXPECT_EQ(get(file), mail) << after;
    }
    // The disk works again: the same mail is kept and nothing else lies about.
    auto archive = Archive::open(real_disk(), dir / "archive");
    ASSERT_TRUE(archive);
    ASSERT_TRUE(keep(*archive, mail, {kArrived, true}));
    EXPECT_EQ(get(file), mail);
    EXPECT_EQ(files_below(dir / "archive"), 2U) << after;  // .eml and .date
  }
}

Result<std::vector<Archive::Kept>> keep_all(Archive& archive,
                                            const std::vector<std::string>& mails) {
  std::vector<Archive::Complete> all;
  for (const std::string& bytes : mails) {
    auto incoming = archive.begin();
    if (!incoming) return tl::unexpected(incoming.error());
    if (auto done = incoming->append(bytes); !done) return tl::unexpected(done.error());
    all.push_back({std::move(*incoming), {kArrived, true}});
  }
  return archive.keep(std::move(all));
}

TEST(ArchiveTest, KeepsSeveralTogether) {
  const Scratch dir;
  auto archive = Archive::open(real_disk(), dir / "archive");
  ASSERT_TRUE(archive);
  ASSERT_TRUE(keep(*archive, "before", {kArrived, true}));
  const std::vector<std::string> mails{"one", "two", "one", "before", ""};
  auto kept = keep_all(*archive, mails);
  ASSERT_TRUE(kept);
  ASSERT_EQ(kept->size(), mails.size());
  for (std::size_t i = 0; i < mails.size(); ++i) {
    EXPECT_EQ((*kept)[i].sha256, sha256_hex(mails[i]));
    EXPECT_EQ((*kept)[i].size, mails[i].size());
    EXPECT_EQ(get(archive->path_of((*kept)[i].sha256)), mails[i]);
    EXPECT_TRUE(archive->arrival_of((*kept)[i].sha256)->exact);
  }
  EXPECT_EQ(files_below(dir / "archive"), 8U);  // four mails, each with its date
  EXPECT_TRUE(keep_all(*archive, {}));
}

TEST(ArchiveTest, KeepsSeveralOrSaysSo) {
  const std::vector<std::string> mails{std::string(3000, 'a'), std::string(50, 'b'), "c"};
  bool failed = true;
  for (int after = 0; failed; ++after) {
    ASSERT_LT(after, 1000);
    const Scratch dir;
    FailingDisk disk;
    disk.after = after;
    disk.error = after % 2 == 0 ? ENOSPC : EIO;
    {
      auto archive = Archive::open(disk, dir / "archive");
      failed = !archive || !keep_all(*archive, mails);
    }
    for (const std::string& mail : mails) {
      const std::string sha256 = sha256_hex(mail);
      const std::string stem = dir / ("archive/" + sha256.substr(0, 2) + "/" + sha256);
      const bool there = std::filesystem::exists(stem + ".eml");
      EXPECT_TRUE(there || failed);
      if (!there) continue;
      EXPECT_EQ(get(stem + ".eml"), mail) << after;
      EXPECT_TRUE(std::filesystem::exists(stem + ".date")) << after;
    }
    auto archive = Archive::open(real_disk(), dir / "archive");
    ASSERT_TRUE(archive);
    ASSERT_TRUE(keep_all(*archive, mails));
    EXPECT_EQ(files_below(dir / "archive"), 6U) << after;
  }
}

}  // namespace
}  // namespace baosong::daemon
