#include "daemon/service/house.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "tests/support/scratch.hpp"

namespace baosong::daemon {
namespace {

class HouseTest : public ::testing::Test {
 protected:
  HouseTest() {
    config.settings.state = scratch / "state";
    config.settings.mailbox.url = "maildir:" + (scratch / "in");
    config.settings.outbox.url = "maildir:" + (scratch / "out");
  }
  testing::Scratch scratch;
  Config config;
};

TEST_F(HouseTest, AMailboxThatStaysIsKeptAndANewOneIsOpened) {
  auto house = House::open(config);
  ASSERT_TRUE(house);
  const Mailbox* const first = house->posts.front().mailbox.get();
  Config fresh = config;
  fresh.settings.mailbox.poll = std::chrono::seconds(5);
  fresh.settings.mailboxes["second"].url = "maildir:" + (scratch / "second");
  ASSERT_TRUE(house->refurnish(fresh));
  ASSERT_EQ(house->posts.size(), 2U);
  EXPECT_EQ(house->posts[0].mailbox.get(), first);
  EXPECT_EQ(house->posts[0].settings.poll, std::chrono::seconds(5));
  EXPECT_EQ(house->posts[1].mailbox->name(), "maildir:" + (scratch / "second"));
}

TEST_F(HouseTest, AMailboxNamedTwiceIsOpenedTwice) {
  auto house = House::open(config);
  ASSERT_TRUE(house);
  Config fresh = config;
  fresh.settings.mailboxes["again"].url = config.settings.mailbox.url;
  ASSERT_TRUE(house->refurnish(fresh));
  ASSERT_EQ(house->posts.size(), 2U);
  EXPECT_NE(house->posts[0].mailbox, nullptr);
  EXPECT_NE(house->posts[1].mailbox, nullptr);
}

TEST_F(HouseTest, WhatIsRefusedChangesNothing) {
  auto house = House::open(config);
  ASSERT_TRUE(house);
  const Mailbox* const first = house->posts.front().mailbox.get();
  Config elsewhere = config;
  elsewhere.settings.state = scratch / "elsewhere";
  elsewhere.settings.mailbox.url = "maildir:" + (scratch / "other");
  const auto moved = house->refurnish(elsewhere);
  ASSERT_FALSE(moved);
  EXPECT_EQ(moved.error().kind, ErrorKind::kConfig);
  Config nonsense = config;
  nonsense.settings.outbox.url = "carrier-pigeon:home";
  ASSERT_FALSE(house->refurnish(nonsense));
  EXPECT_EQ(house->posts.front().mailbox.get(), first);
  EXPECT_EQ(house->config.settings.state, config.settings.state);
  EXPECT_EQ(house->config.settings.outbox.url, config.settings.outbox.url);
}

TEST_F(HouseTest, TheLockNamesTheOneThatHasIt) {
  const auto house = House::open(config);
  ASSERT_TRUE(house);
  const auto second = House::open(config);
  ASSERT_FALSE(second);
  EXPECT_NE(second.error().message.find("进程 " + std::to_string(::getpid())), std::string::npos);
}

}  // namespace
}  // namespace baosong::daemon
