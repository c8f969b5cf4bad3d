#include "daemon/net/loopback.hpp"

#include <gtest/gtest.h>

namespace baosong::daemon {
namespace {

TEST(Loopback, TheHostIsTakenOutOfAUrl) {
  EXPECT_EQ(host_of("imaps://imap.126.com:993"), "imap.126.com");
  EXPECT_EQ(host_of("imap://localhost/INBOX"), "localhost");
  EXPECT_EQ(host_of("smtp://[::1]:2525"), "[::1]");
  EXPECT_EQ(host_of("smtp://[::1]"), "[::1]");
  EXPECT_EQ(host_of("maildir:/srv/mail"), "");
}

TEST(Loopback, OnlyNamesOfThisMachineCount) {
  EXPECT_TRUE(is_this_machine("localhost"));
  EXPECT_TRUE(is_this_machine("127.0.0.1"));
  EXPECT_TRUE(is_this_machine("[::1]"));
  EXPECT_FALSE(is_this_machine("localhost.example.com"));
  EXPECT_FALSE(is_this_machine("127.0.0.1.example.com"));
  EXPECT_FALSE(is_this_machine(""));
}

}  // namespace
}  // namespace baosong::daemon
