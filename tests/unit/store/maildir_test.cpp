#include "daemon/mailbox/maildir.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <map>
#include <set>

#include "daemon/outbox/maildir.hpp"
#include "tests/support/scratch.hpp"

namespace baosong::daemon {
namespace {

using testing::get;
using testing::put;
using testing::Scratch;

// Takes everything; remembers keys between calls.
class Taker final : public Receiver {
 public:
  void holds(std::uint64_t mails) override { held = mails; }
  std::uint64_t held = 0;
  explicit Taker(const std::string& directory)
      : archive(std::move(*Archive::open(real_disk(), directory))) {}
  void expect(std::size_t mails) override { expected = mails; }
  Result<bool> known(std::string_view key) override {
    if (on_known) on_known();
    return keys.contains(std::string(key));
  }
  Result<Archive::Incoming> begin(const MailRef&) override { return archive.begin(); }
  Result<void> keep(const MailRef& ref, Archive::Incoming incoming) override {
    auto kept = archive.keep(std::move(incoming), ref.arrival);
    if (!kept) return tl::unexpected(kept.error());
    keys.insert(ref.key);
    taken.push_back(get(archive.path_of(kept->sha256)));
    return {};
  }
  Result<void> settle() override { return {}; }
  Result<void> unreadable(const MailRef& ref, const std::string& trouble) override {
    troubles[ref.key] = trouble;
    return {};
  }
  Archive archive;
  std::size_t expected = 0;
  std::set<std::string> keys;
  std::vector<std::string> taken;
  std::map<std::string, std::string> troubles;
  std::function<void()> on_known;
};

class MaildirTest : public ::testing::Test {
 protected:
  MaildirTest() {
    for (const char* part : {"box/new", "box/cur", "box/tmp"}) {
      std::filesystem::create_directories(dir / part);
    }
  }
  Scratch dir;
  MaildirMailbox box{dir / "box"};
  Taker taker{dir / "archive"};
};

TEST_F(MaildirTest, ReadsNewAndCurAndNothingElse) {
  put(dir / "box/new/1.a", "one");
  put(dir / "box/cur/2.b:2,S", "two");
  put(dir / "box/new/3.empty", "");
  put(dir / "box/tmp/4.c", "not delivered yet");
  put(dir / "box/new/.hidden", "no mail");
  std::filesystem::create_directories(dir / "box/new/folder");
  ASSERT_TRUE(box.receive(taker));
  EXPECT_EQ(taker.expected, 3U);
  EXPECT_EQ(taker.taken, (std::vector<std::string>{"one", "", "two"}));
  EXPECT_EQ(get(dir / "box/new/1.a"), "one");  // still there
  ASSERT_TRUE(box.receive(taker));
  EXPECT_EQ(taker.taken.size(), 3U);
}

TEST_F(MaildirTest, KnowsAMailAgainAfterItWasShown) {
  put(dir / "box/new/1.a", "one");
  ASSERT_TRUE(box.receive(taker));
  std::filesystem::rename(dir / "box/new/1.a", dir / "box/cur/1.a:2,S");
  ASSERT_TRUE(box.receive(taker));
  EXPECT_EQ(taker.taken.size(), 1U);
}

TEST_F(MaildirTest, TakesOtherMailUnderAnOldName) {
  put(dir / "box/new/1.eml", "one");
  ASSERT_TRUE(box.receive(taker));
  put(dir / "box/new/1.eml", "another");
  put(dir / "box/cur/1.eml:2,", "a third");
  ASSERT_TRUE(box.receive(taker));
  EXPECT_EQ(taker.taken, (std::vector<std::string>{"one", "another", "a third"}));
}

TEST_F(MaildirTest, PassesOverWhatVanishes) {
  put(dir / "box/new/1.a", "one");
  put(dir / "box/new/2.b", "two");
  taker.on_known = [&] { std::filesystem::remove(dir / "box/new/1.a"); };
  ASSERT_TRUE(box.receive(taker));
  EXPECT_EQ(taker.taken, (std::vector<std::string>{"two"}));
  EXPECT_TRUE(taker.troubles.empty());
}

TEST_F(MaildirTest, SaysWhatCannotBeReadAndGoesOn) {
  ASSERT_EQ(::mkfifo((dir / "box/new/1.pipe").c_str(), 0600), 0);
  ASSERT_EQ(::symlink("2.loop", (dir / "box/new/2.loop").c_str()), 0);
  put(dir / "box/new/3.c", "three");
  ASSERT_TRUE(box.receive(taker));
  EXPECT_EQ(taker.taken, (std::vector<std::string>{"three"}));
  EXPECT_EQ(taker.troubles.size(), 2U);
}

TEST_F(MaildirTest, SaysWhenItIsGoneOrNoMaildir) {
  MaildirMailbox gone(dir / "absent");
  const auto missing = gone.receive(taker);
  ASSERT_FALSE(missing);
  EXPECT_TRUE(missing.error().may_retry());
  EXPECT_NE(missing.error().message.find("不存在"), std::string::npos);

  std::filesystem::create_directories(dir / "plain");
  MaildirMailbox plain(dir / "plain");
  const auto wrong = plain.receive(taker);
  ASSERT_FALSE(wrong);
  EXPECT_NE(wrong.error().message.find("Maildir"), std::string::npos);
}

TEST(MaildirUrlTest, ReadsThePath) {
  EXPECT_EQ(maildir_path("maildir:/srv/mail/"), "/srv/mail");
  EXPECT_EQ(maildir_path("maildir:///srv/mail"), "/srv/mail");
  EXPECT_EQ(maildir_path("maildir:mail"), "mail");
  EXPECT_FALSE(maildir_path("imaps://imap.126.com"));
  const auto unknown =
      open_mailbox({.url = "pop3://x", .user = {}, .password_file = {}, .ca_file = {}});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, ErrorKind::kConfig);
}

const AtEnd ready = [] { return Result<void>(); };

TEST(MaildirOutboxTest, DeliversALetterOnce) {
  const Scratch dir;
  MaildirOutbox outbox(real_disk(), dir / "out");
  const OutboundMail mail{"<a@b>", "x@126.com", "y@126.com", "Subject: x\r\n\r\n"};
  EXPECT_EQ(*outbox.look({"<a@b>"}), Delivered::kNo);
  ASSERT_TRUE(outbox.deliver(mail, ready));
  ASSERT_TRUE(outbox.deliver(mail, ready));
  EXPECT_EQ(testing::files_below(dir / "out"), 1U);
  EXPECT_EQ(*outbox.look({"<a@b>"}), Delivered::kYes);
  EXPECT_EQ(*outbox.look({"<other@b>"}), Delivered::kNo);

  // A mail reader moved it and set a flag.
  const auto file = std::filesystem::directory_iterator(dir / "out/new")->path();
  EXPECT_EQ(get(file.string()), mail.bytes);
  std::filesystem::rename(file, dir / ("out/cur/" + file.filename().string() + ":2,S"));
  ASSERT_TRUE(outbox.deliver(mail, ready));
  EXPECT_EQ(testing::files_below(dir / "out"), 1U);
}

TEST(MaildirOutboxTest, DeliversNothingOrAllWhenTheDiskFails) {
  const OutboundMail mail{"<a@b>", "x@126.com", "y@126.com", std::string(5000, 'x')};
  for (int after = 0; after < 30; ++after) {
    const Scratch dir;
    testing::FailingDisk disk;
    disk.after = after;
    MaildirOutbox outbox(disk, dir / "out");
    const bool delivered = outbox.deliver(mail, ready).has_value();
    const bool there = *outbox.look({"<a@b>"}) == Delivered::kYes;
    EXPECT_TRUE(!delivered || there);
    MaildirOutbox again(real_disk(), dir / "out");
    ASSERT_TRUE(again.deliver(mail, ready));
    EXPECT_EQ(testing::files_below(dir / "out"), 1U) << after;
  }
}

TEST(MaildirOutboxTest, IsToldBeforeTheLetterIsThere) {
  const Scratch dir;
  MaildirOutbox outbox(real_disk(), dir / "out");
  const OutboundMail mail{"<a@b>", "x@126.com", "y@126.com", "bytes"};
  EXPECT_FALSE(outbox.deliver(
      mail, []() -> Result<void> { return fail(ErrorKind::kTransient, "磁盘空间已满"); }));
  EXPECT_EQ(testing::files_below(dir / "out"), 0U);
}

TEST(MaildirOutboxTest, SaysWhenItCannotBeWritten) {
  const Scratch dir;
  put(dir / "file", "");
  MaildirOutbox outbox(real_disk(), dir / "file/out");
  const auto done = outbox.deliver({"<a@b>", "x@y", "z@y", "bytes"}, ready);
  ASSERT_FALSE(done);
  EXPECT_FALSE(done.error().message.empty());
}

}  // namespace
}  // namespace baosong::daemon
