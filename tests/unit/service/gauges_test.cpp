#include "daemon/service/gauges.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/limits.hpp"

namespace baosong::daemon {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using namespace std::chrono_literals;

class GaugesTest : public ::testing::Test {
 protected:
  GaugesTest() {
    gauges.started = start;
    gauges.posts.push_back({.name = "maildir:/srv/mail",
                            .poll = 60s,
                            .last_success = start,
                            .polls = 1,
                            .failures = 0,
                            .trouble = {},
                            .difference = {}});
  }
  [[nodiscard]] Moment after(std::chrono::seconds time) const {
    return {start + time, Time(1'666'598'400s) + time, limits::kNoRoom};
  }
  const Steady::time_point start = Steady::now();
  Gauges gauges;
};

TEST_F(GaugesTest, AMailboxIsIllWhenPollsAreMissed) {
  EXPECT_FALSE(ailment(gauges, after(60s * limits::kHealthyPolls)));
  const auto wrong = ailment(gauges, after(60s * limits::kHealthyPolls + 1s));
  ASSERT_TRUE(wrong);
  EXPECT_EQ(*wrong, "邮箱（maildir:/srv/mail）已有5分钟未能收信");
  gauges.posts[0].trouble = "目录不存在";
  EXPECT_THAT(*ailment(gauges, after(1h)), HasSubstr("：目录不存在"));
}

TEST_F(GaugesTest, AMailboxThatNeverAnsweredIsIllFromTheStartOn) {
  gauges.posts[0].last_success.reset();
  EXPECT_FALSE(ailment(gauges, after(299s)));
  EXPECT_TRUE(ailment(gauges, after(301s)));
}

TEST_F(GaugesTest, ALongTurnIsNoIllness) {
  gauges.turn_since = start + 60s;
  EXPECT_FALSE(ailment(gauges, after(1h)));
}

TEST_F(GaugesTest, APausedOutboxAndAFullDiskAreIllnesses) {
  gauges.outbox_trouble = "登录失败";
  EXPECT_EQ(ailment(gauges, after(1s)), "发信暂停：登录失败");
  gauges.outbox_trouble.clear();
  Moment moment = after(1s);
  EXPECT_FALSE(ailment(gauges, moment));
  moment.disk_free = limits::kNoRoom - 1;
  EXPECT_THAT(*ailment(gauges, moment), HasSubstr("磁盘空间不足"));
  moment.disk_free.reset();
  EXPECT_FALSE(ailment(gauges, moment));
  gauges.state_trouble = "数据库正被另一个程序占用";
  EXPECT_EQ(ailment(gauges, moment), "数据库正被另一个程序占用");
}

TEST_F(GaugesTest, NoAccountIsNamedAndTwoAreToldApart) {
  gauges.posts[0].name = "imaps://imap.126.com:993/INBOX (wang@126.com)";
  gauges.posts.push_back(gauges.posts[0]);
  gauges.posts[1].name = "imaps://imap.126.com:993/INBOX (wu@126.com)";
  const std::string text = metrics_text(gauges, after(1s));
  EXPECT_THAT(text, Not(HasSubstr("wang@")));
  EXPECT_THAT(text, HasSubstr("polls_total{mailbox=\"1\",name=\"imaps://imap.126.com:993/INBOX "
                              "(w***@126.com)\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("polls_total{mailbox=\"2\",name=\"imaps://imap.126.com:993/INBOX "
                              "(w***@126.com)\"} 1\n"));
}

TEST_F(GaugesTest, LabelsAreEscaped) {
  gauges.posts[0].name = "maildir:/a\"b\\c";
  EXPECT_THAT(metrics_text(gauges, after(1s)), HasSubstr(R"(name="maildir:/a\"b\\c"})"));
}

TEST_F(GaugesTest, AFamilyWithoutValuesIsLeftOut) {
  EXPECT_THAT(metrics_text(gauges, after(1s)), Not(HasSubstr("reconciliation")));
  gauges.posts[0].difference = -2;
  EXPECT_THAT(
      metrics_text(gauges, after(1s)),
      HasSubstr("reconciliation_difference{mailbox=\"1\",name=\"maildir:/srv/mail\"} -2\n"));
}

TEST_F(GaugesTest, AClockThatWasSetMakesNoNegativeAge) {
  gauges.store.oldest_undecided = Time(1'666'598'400s) + 1h;
  EXPECT_THAT(metrics_text(gauges, after(1s)), HasSubstr("oldest_undecided_seconds 0\n"));
}

TEST(TurnTimesTest, CountsUpToEachBound) {
  TurnTimes times;
  times.add(0.01s);
  times.add(0.5s);
  times.add(4000s);
  EXPECT_THAT(times.within, ::testing::ElementsAre(1, 1, 2, 2, 2, 2, 2));
  EXPECT_EQ(times.count, 3U);
  EXPECT_DOUBLE_EQ(times.seconds, 4000.51);
}

}  // namespace
}  // namespace baosong::daemon
