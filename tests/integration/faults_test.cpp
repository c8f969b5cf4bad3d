// The world fails: each time a clear message, exit status 3, nothing lost, and the next run goes
// on.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "daemon/disk.hpp"
#include "daemon/store/database.hpp"
#include "program.hpp"

namespace baosong::integration {
namespace {

namespace fs = std::filesystem;

class FaultsTest : public ::testing::Test {
 protected:
  FaultsTest() {
    for (const auto& [name, mail] : sample_mails()) office.deliver(name, mail);
  }
  static void expect_failed(const Ran& ran, const std::string& words) {
    EXPECT_EQ(ran.exit, 3) << ran.out;
    EXPECT_NE(ran.out.find(words), std::string::npos) << ran.out;
    EXPECT_EQ(ran.out.find("内部错误"), std::string::npos) << ran.out;
  }
  void expect_all_done() {
    const Ran ran = run_program(office.once());
    EXPECT_EQ(ran.exit, 0) << ran.out;
    EXPECT_EQ(office.number("SELECT count(*) FROM mail WHERE state = 'decided'"), 13);
    EXPECT_EQ(office.number("SELECT count(*) FROM letter WHERE state <> 'sent'"), 0);
  }
  Office office;
};

TEST_F(FaultsTest, TheMailboxIsAway) {
  fs::rename(office / "mail", office / "elsewhere");
  expect_failed(run_program(office.once()), "收信目录");
  fs::rename(office / "elsewhere", office / "mail");
  expect_all_done();
}

TEST_F(FaultsTest, LettersLeaveThoughTheMailboxIsAway) {
  ASSERT_EQ(run_program(office.once({"--set", "outbox.settle=1min"})).exit, 0);
  EXPECT_EQ(office.number("SELECT count(*) FROM letter WHERE state = 'sent'"), 0);
  fs::rename(office / "mail", office / "elsewhere");
  expect_failed(run_program(office.once({"--now", "2022-10-24T18:01:00+08:00"})), "收信目录");
  EXPECT_EQ(office.number("SELECT count(*) FROM letter WHERE state <> 'sent'"), 0);
}

TEST_F(FaultsTest, TheMailboxIsNoMaildir) {
  fs::remove_all(office / "mail/cur");
  expect_failed(run_program(office.once()), "Maildir");
  fs::create_directories(office / "mail/cur");
  expect_all_done();
}

TEST_F(FaultsTest, TheOutboxCannotBeWritten) {
  std::ofstream(office / "file") << "x";
  expect_failed(run_program(office.once({"--set", "outbox.url=maildir:" + (office / "file/out")})),
                "目录");
  EXPECT_EQ(office.number("SELECT count(*) FROM mail WHERE state = 'decided'"), 13);
  expect_all_done();
}

TEST_F(FaultsTest, TheStateCannotBeWritten) {
  std::ofstream(office / "file") << "x";
  expect_failed(run_program(office.once({"--set", "state=" + (office / "file/state")})), "目录");
  expect_all_done();
}

TEST_F(FaultsTest, AnotherProgramIsRunning) {
  fs::create_directories(office / "state");
  {
    const auto lock = daemon::InstanceLock::take(office / "state/lock");
    ASSERT_TRUE(lock);
    expect_failed(run_program(office.once()), "已有另一个报送程序");
  }
  expect_all_done();
}

TEST_F(FaultsTest, TheStoreIsLocked) {
  ASSERT_EQ(run_program(office.once({"--fetch-only"})).exit, 0);
  {
    auto db =
        daemon::Database::open(office / "state/baosong.sqlite", std::chrono::milliseconds(100));
    ASSERT_TRUE(db && db->run("BEGIN IMMEDIATE"));
    expect_failed(run_program(office.once()), "占用");
    ASSERT_TRUE(db->run("ROLLBACK"));
  }
  expect_all_done();
}

TEST_F(FaultsTest, TheStoreIsDamaged) {
  ASSERT_EQ(run_program(office.once()).exit, 0);
  std::ofstream(office / "state/baosong.sqlite") << std::string(20'000, 'x');
  expect_failed(run_program(office.once()), "损坏");
}

// Whatever the limit stops — the archive, the store, a letter — the next run makes it good.
TEST_F(FaultsTest, TheDiskIsFull) {
  office.deliver("1666599999.big", "Subject: x\n\n" + std::string(3'000'000, 'x'));
  ASSERT_EQ(run_program(office.once()).exit, 0);
  // Letters that could leave in the first run left before the last mail was decided, so the log may
  // tell the same things in another order.
  const auto state = [this] {
    auto all = office.everything();
    all.erase("table audit");
    return all;
  };
  const auto undisturbed = state();
  int failed = 0;
  for (const unsigned long limit : {100UL, 5'000UL, 40'000UL, 90'000UL, 150'000UL, 1'000'000UL}) {
    office.reset();
    const Ran ran = run_program(office.once(), {.file_size = limit});
    ASSERT_TRUE(ran.exit == 3 || ran.exit == 0) << limit << " signal " << ran.signal << ran.out;
    if (ran.exit == 3) {
      ++failed;
      EXPECT_NE(ran.out.find("错误："), std::string::npos) << ran.out;
      EXPECT_EQ(ran.out.find("内部错误"), std::string::npos) << ran.out;
    }
    const Ran again = run_program(office.once());
    ASSERT_EQ(again.exit, 0) << again.out;
    const auto after = state();
    ASSERT_EQ(after.size(), undisturbed.size()) << limit;
    for (const auto& [what, value] : undisturbed) {
      const auto found = after.find(what);
      ASSERT_NE(found, after.end()) << limit << ": lost " << what;
      ASSERT_TRUE(found->second == value) << limit << ": differs in " << what;
    }
  }
  EXPECT_GE(failed, 5);
}

// The same on a file system that really has no room, and on one that turned read-only.
TEST_F(FaultsTest, TheDiskIsReallyFullOrReadOnly) {
  std::string command;
  for (const std::string& word : office.once()) command += " '" + word + "'";
  std::ofstream script(office / "script");
  script << "set -u\nmkdir -p '" << (office / "state") << "'\n"
         << "mount -t tmpfs -o size=400k none '" << (office / "state") << "' || exit 77\n"
         << "P='" << BAOSONG_PROGRAM << "'\n"
         << "dd if=/dev/zero of='" << (office / "state/filler") << "' bs=1k count=350 2>/dev/null\n"
         << "\"$P\"" << command << " >'" << (office / "full") << "' 2>&1; echo $? >'"
         << (office / "full.exit") << "'\n"
         << "rm -f '" << (office / "state/filler") << "'; mount -o remount,size=20m '"
         << (office / "state") << "'\n"
         << "mount -o remount,ro '" << (office / "state") << "'\n"
         << "\"$P\"" << command << " >'" << (office / "ro") << "' 2>&1; echo $? >'"
         << (office / "ro.exit") << "'\n"
         << "mount -o remount,rw '" << (office / "state") << "'\n"
         << "\"$P\"" << command << " >'" << (office / "good") << "' 2>&1; echo $? >'"
         << (office / "good.exit") << "'\n"
         << "cp -r '" << (office / "state") << "' '" << (office / "kept") << "'\n";
  script.close();
  const int status =
      std::system(("unshare -rm sh '" + (office / "script") + "' 2>/dev/null").c_str());
  if (!fs::exists(office / "good.exit")) {
    GTEST_SKIP() << "no tmpfs may be mounted here (status " << status
                 << "); TheDiskIsFull covers it by a limit";
  }
  const auto text = [&](const std::string& name) {
    std::stringstream out;
    out << std::ifstream(office / name).rdbuf();
    return out.str();
  };
  EXPECT_EQ(text("full.exit"), "3\n") << text("full");
  EXPECT_NE(text("full").find("磁盘空间已满"), std::string::npos) << text("full");
  EXPECT_EQ(text("ro.exit"), "3\n") << text("ro");
  EXPECT_NE(text("ro").find("只读"), std::string::npos) << text("ro");
  EXPECT_EQ(text("good.exit"), "0\n") << text("good");
  fs::remove_all(office / "state");
  fs::rename(office / "kept", office / "state");
  EXPECT_EQ(office.number("SELECT count(*) FROM mail WHERE state = 'decided'"), 13);
}

TEST_F(FaultsTest, AHugeMailIsKeptUnreadAndTheNextIsHandled) {
  office.deliver("1666590000.huge", "Subject: huge\n\n");
  fs::resize_file(office / "mail/new/1666590000.huge", 257UL * 1024 * 1024);  // sparse
  const Ran ran = run_program(office.once());
  EXPECT_EQ(ran.exit, 0) << ran.out;
  EXPECT_EQ(office.number("SELECT count(*) FROM mail WHERE state = 'quarantined'"), 1);
  EXPECT_EQ(office.number("SELECT count(*) FROM mail WHERE state = 'decided'"), 13);
  EXPECT_NE(ran.out.find("1封待人工查看"), std::string::npos) << ran.out;
#ifndef BAOSONG_SANITIZED
  EXPECT_LT(ran.peak_kib, 120'000);
#endif
}

TEST_F(FaultsTest, AMailOfAHundredMegabytesIsHandled) {
  {
    std::ofstream mail(office / "mail/new/1666590000.large", std::ios::binary);
    mail << "From: cy_demo@126.com\nSubject: =?utf-8?B?5pyd6Ziz5Yy6?=\nMIME-Version: 1.0\n"
            "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nhello\n"
            "--b\nContent-Type: application/octet-stream; name=x.bin\n"
            "Content-Transfer-Encoding: base64\n\n";
    const std::string line = std::string(76, 'Q') + "\n";
    std::string block;
    for (int i = 0; i < 1000; ++i) block += line;
    for (int i = 0; i < 1362; ++i) mail << block;
    mail << "--b--\n";
  }
  ASSERT_GT(fs::file_size(office / "mail/new/1666590000.large"), 100UL * 1024 * 1024);
  const Ran ran = run_program(office.once());
  EXPECT_EQ(ran.exit, 0) << ran.out;
  EXPECT_EQ(office.number("SELECT count(*) FROM mail WHERE state = 'decided'"), 14);
  EXPECT_GT(office.number("SELECT max(size) FROM document"), 70L * 1024 * 1024);
  std::cout << "100 MB mail: " << ran.time.count() / 1000 << " ms, peak " << ran.peak_kib / 1024
            << " MiB\n";
}

TEST_F(FaultsTest, AFileThatIsNoMailIsShownAndTheNextIsHandled) {
  fs::create_symlink("loop", office / "mail/new/loop");
  const Ran ran = run_program(office.once());
  EXPECT_EQ(ran.exit, 0) << ran.out;
  EXPECT_NE(ran.out.find("待人工查看"), std::string::npos) << ran.out;
  EXPECT_EQ(office.number("SELECT count(*) FROM sighting WHERE sha256 IS NULL"), 1);
  EXPECT_EQ(office.number("SELECT count(*) FROM mail WHERE state = 'decided'"), 13);
}

TEST_F(FaultsTest, TheServiceEndsWhenAsked) {
  std::vector<std::string> arguments = office.once();
  arguments.erase(arguments.begin() + 1);  // --once
  const Ran ran = run_program(arguments, {.terminate_after = std::chrono::milliseconds(3000)});
  EXPECT_EQ(ran.exit, 0) << ran.signal << ran.out;
  EXPECT_EQ(office.number("SELECT count(*) FROM mail WHERE state = 'decided'"), 13);
  EXPECT_LT(ran.time, std::chrono::seconds(30));
}

TEST(UsageTest, FetchOnlyNeedsOnce) {
  const Ran ran = run_program({"run", "--fetch-only"});
  EXPECT_EQ(ran.exit, 2) << ran.out;
}

}  // namespace
}  // namespace baosong::integration
