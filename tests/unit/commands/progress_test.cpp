#include "daemon/progress.hpp"

#include <gtest/gtest.h>

namespace baosong::daemon {
namespace {

using std::chrono::milliseconds;

TEST(Progress, SaysShareRateAndTimeLeft) {
  EXPECT_EQ(Progress::line("读取邮件", "封", 12, 40, milliseconds(1500)),
            "读取邮件 12/40（30%），8.0 封/秒，约剩 4 秒");
  EXPECT_EQ(Progress::line("读取邮件", "封", 1, 1000, milliseconds(1000)),
            "读取邮件 1/1000（0%），1.0 封/秒，约剩 16 分 39 秒");
  EXPECT_EQ(Progress::line("读取邮件", "封", 40, 40, milliseconds(4000)),
            "读取邮件 40/40（100%），10.0 封/秒");
}

TEST(Progress, KnowsNoShareWithoutATotal) {
  EXPECT_EQ(Progress::line("收信", "封", 5, 0, milliseconds(1000)), "收信 5，5.0 封/秒");
  EXPECT_EQ(Progress::line("收信", "封", 0, 9, milliseconds(0)), "收信 0/9（0%）");
}

TEST(Progress, IsQuietInAPipe) {
  testing::internal::CaptureStderr();  // a file, no terminal
  {
    Progress progress("读取邮件", "封", 3);
    progress.advance(3);
    progress.clear();
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace baosong::daemon
