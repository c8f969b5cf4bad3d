// Signals, notification, trouble, the clock, the digest's hour.
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

#include "daemon/digest_commit.hpp"
#include "daemon/limits.hpp"
#include "daemon/pulse.hpp"
#include "daemon/service/clock_watch.hpp"
#include "daemon/service/endpoint.hpp"
#include "daemon/service/notify.hpp"
#include "daemon/service/signals.hpp"
#include "daemon/service/trouble.hpp"
#include "tests/support/scratch.hpp"

namespace baosong::daemon {
namespace {

using namespace std::chrono_literals;

TEST(SignalsTest, AStopShortensPatienceToWhatIsLeftOfTheGrace) {
  const Signals signals;
  EXPECT_FALSE(Signals::stop_asked());
  EXPECT_EQ(pulse::patience(60s), 60s);
  std::raise(SIGTERM);
  EXPECT_TRUE(Signals::stop_asked());
  EXPECT_LE(pulse::patience(60s), kStopGrace);
  EXPECT_EQ(pulse::patience(0s), 0s);
}

TEST(SignalsTest, AReloadIsTakenOnceAndEndsNoWait) {
  const Signals signals;
  std::raise(SIGHUP);
  std::raise(SIGHUP);
  signals.wait(1h);  // returns at once
  EXPECT_TRUE(Signals::take_reload());
  EXPECT_FALSE(Signals::take_reload());
  EXPECT_FALSE(Signals::stop_asked());
}

TEST(SignalsTest, ASignalBeforeTheWaitEndsIt) {
  const Signals signals;
  std::raise(SIGINT);
  signals.wait(1h);
  EXPECT_TRUE(Signals::stop_asked());
}

TEST(SignalsTest, TheNextOneStartsAfresh) {
  {
    const Signals signals;
    std::raise(SIGTERM);
  }
  EXPECT_FALSE(Signals::stop_asked());
  EXPECT_EQ(pulse::patience(60s), 60s);
}

// What systemd would hear.
class NotifyTest : public ::testing::Test {
 protected:
  NotifyTest() : path_(scratch_ / "socket") {
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path_.copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    ::setenv("NOTIFY_SOCKET", path_.c_str(), 1);
  }
  ~NotifyTest() override {
    ::unsetenv("NOTIFY_SOCKET");
    ::unsetenv("WATCHDOG_USEC");
    ::close(socket_);
  }
  [[nodiscard]] std::vector<std::string> heard() const {
    std::vector<std::string> all;
    std::array<char, 4096> message{};
    for (ssize_t n = 0; (n = ::recv(socket_, message.data(), message.size(), 0)) > 0;) {
      all.emplace_back(message.data(), static_cast<std::size_t>(n));
    }
    return all;
  }
  testing::Scratch scratch_;
  std::string path_;
  int socket_ = -1;
};

TEST_F(NotifyTest, SaysWhatSystemdKnows) {
  Notifier notifier;
  notifier.ready("正常");
  notifier.status("收信出错");
  notifier.stopping();
  EXPECT_EQ(heard(),
            (std::vector<std::string>{"READY=1\nSTATUS=正常", "STATUS=收信出错", "STOPPING=1"}));
}

TEST_F(NotifyTest, WithoutAWatchdogABeatSaysNothing) {
  const Notifier notifier;
  pulse::beat();
  EXPECT_TRUE(heard().empty());
}

TEST_F(NotifyTest, BeatsAreSignsOfLifeAndSilenceIsSilence) {
  ::setenv("WATCHDOG_USEC", "3600000000", 1);
  {
    const Notifier notifier;
    EXPECT_EQ(Notifier::beat_every(), 15min);
    EXPECT_TRUE(heard().empty());  // nothing comes of itself
    pulse::beat();
    pulse::beat();  // too soon to say it again
    EXPECT_EQ(heard(), std::vector<std::string>{"WATCHDOG=1"});
  }
  pulse::beat();  // nobody listens any more
  EXPECT_TRUE(heard().empty());
}

TEST(TroubleTest, WaitsLongerAndLongerUpToTheLimit) {
  Trouble trouble("收信");
  const auto now = Steady::now();
  const Zone zone;
  EXPECT_FALSE(trouble.there());
  auto expected = std::chrono::duration<double>(limits::kFirstRetry);
  for (int i = 0; i < 10; ++i) {
    trouble.failed({ErrorKind::kTransient, "断开", ""}, now, 1s, zone);
    const std::chrono::duration<double> wait = trouble.again() - now;
    EXPECT_GE(wait.count(), expected.count() * 0.9 - 1) << i;
    EXPECT_LE(wait.count(), expected.count() * 1.1 + 1) << i;
    expected = std::min(expected * 2, std::chrono::duration<double>(limits::kLastRetry));
  }
  EXPECT_EQ(trouble.failures(), 10U);
  trouble.hurry();
  EXPECT_LE(trouble.again(), now);
  EXPECT_TRUE(trouble.there());
  trouble.well(now);
  EXPECT_FALSE(trouble.there());
}

TEST(TroubleTest, NeverTriesSoonerThanItsLeast) {
  Trouble trouble("收信");
  const auto now = Steady::now();
  trouble.failed({ErrorKind::kTransient, "断开", ""}, now, 1h, Zone{});
  EXPECT_EQ(trouble.again() - now, 1h);
}

TEST(TroubleTest, StaysAwayAsLongAsItIsAskedTo) {
  for (int i = 0; i < 50; ++i) {
    Trouble trouble("收信");
    const auto now = Steady::now();
    trouble.failed({ErrorKind::kTransient, "限制", "", 15min}, now, 1s, Zone{});
    EXPECT_GE(trouble.again() - now, 15min);
    EXPECT_LE(trouble.again() - now, 18min + 1s);
  }
}

TEST(TroubleTest, SpreadsByATenth) {
  std::set<std::chrono::milliseconds> seen;
  for (int i = 0; i < 200; ++i) {
    const auto time = spread(60s);
    EXPECT_GE(time, 54s);
    EXPECT_LE(time, 66s);
    seen.insert(time);
  }
  EXPECT_GT(seen.size(), 20U);
}

TEST(TroubleTest, SaysTimesAsPeopleDo) {
  EXPECT_EQ(duration_text(0s), "0秒");
  EXPECT_EQ(duration_text(59s), "59秒");
  EXPECT_EQ(duration_text(60s), "1分钟");
  EXPECT_EQ(duration_text(3599s), "59分钟");
  EXPECT_EQ(duration_text(1h), "1小时");
  EXPECT_EQ(duration_text(1h + 2min), "1小时2分钟");
  EXPECT_EQ(clock_text(Time(1'666'598'405s), Zone{}), "16:00:05");
}

TEST(ClockWatchTest, NoticesAClockThatIsSet) {
  ClockWatch watch;
  const Time wall(1'666'598'400s);
  const auto steady = Steady::now();
  EXPECT_EQ(watch.jump(wall, steady), 0s);
  EXPECT_EQ(watch.jump(wall + 60s, steady + 60s), 0s);
  EXPECT_EQ(watch.jump(wall + 125s, steady + 120s), 0s);  // within the tolerance
  EXPECT_EQ(watch.jump(wall + 125s + 66s, steady + 180s), 6s);
  EXPECT_EQ(watch.jump(wall, steady + 240s), -(191s + 60s));
  EXPECT_EQ(watch.jump(wall + 60s, steady + 300s), 0s);  // said once
}

TEST(DigestDayTest, IsDueFromItsHourToTheEndOfTheDay) {
  const Zone zone;
  const DigestSettings settings{"16:00", {"office@example.com"}};
  const auto at = [&](const std::string& text) {
    return digest_day(settings, *parse_rfc3339("2022-10-24T" + text + "+08:00"), zone);
  };
  EXPECT_FALSE(at("00:00:00"));
  EXPECT_FALSE(at("15:59:59"));
  EXPECT_EQ(at("16:00:00"), parse_date("2022-10-24"));
  EXPECT_EQ(at("23:59:59"), parse_date("2022-10-24"));
}

TEST(DigestDayTest, NobodyOrNeverIsNotDue) {
  const Time now = *parse_rfc3339("2022-10-24T18:00:00+08:00");
  EXPECT_FALSE(digest_day({"16:00", {}}, now, Zone{}));
  EXPECT_FALSE(digest_day({"", {"office@example.com"}}, now, Zone{}));
}

TEST(EndpointTest, APortIsNotShared) {
  const Board board;
  const auto first = Endpoint::open("127.0.0.1:0", board);
  ASSERT_TRUE(first);
  const auto second = Endpoint::open("127.0.0.1:" + std::to_string((*first)->port()), board);
  ASSERT_FALSE(second);
  EXPECT_TRUE(second.error().may_retry());
}

}  // namespace
}  // namespace baosong::daemon
