// A mailbox and the archive, compared as a whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/digest.hpp"
#include "daemon/intake.hpp"
#include "office.hpp"
#include "parsers/base/hash.hpp"

namespace baosong::daemon {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::mail;
using testing::moment;

class CensusTest : public testing::OfficeTest {};

TEST_F(CensusTest, OnceADayTheMailboxIsComparedWithTheArchive) {
  arrives(broken);
  arrives(nil);
  turn("2022-10-24T10:00:00+08:00");
  auto census = *store.censuses();
  ASSERT_EQ(census.size(), 1U);
  EXPECT_EQ(census[0].mailbox, "memory:");
  EXPECT_EQ(census[0].shown, 2);
  EXPECT_EQ(census[0].kept, 2);
  EXPECT_EQ(mailbox.looks_at_all, 1);
  turn("2022-10-25T09:59:59+08:00");
  EXPECT_EQ(mailbox.looks_at_all, 1);
  turn("2022-10-25T10:00:00+08:00");
  EXPECT_EQ(mailbox.looks_at_all, 2);
  EXPECT_EQ((*store.censuses())[0].at, moment("2022-10-25T10:00:00+08:00"));
  turn("2022-10-23T10:00:00+08:00");  // a clock that was set back
  EXPECT_EQ(mailbox.looks_at_all, 3);
}

TEST_F(CensusTest, WhatTheArchiveLostIsFetchedAgain) {
  arrives(broken);
  turn("2022-10-24T10:00:00+08:00");
  std::filesystem::remove(archive.path_of(sha256_hex(broken)));
  turn("2022-10-24T11:00:00+08:00");
  EXPECT_FALSE(archive.holds(sha256_hex(broken), broken.size()));
  const IntakeCounts counts = turn("2022-10-25T11:00:00+08:00");
  EXPECT_TRUE(archive.holds(sha256_hex(broken), broken.size()));
  EXPECT_EQ(counts.received, 0U);
  EXPECT_EQ(counts.decided, 0U) << "its facts were in the store";
  EXPECT_TRUE((*store.censuses())[0].agrees());
}

TEST_F(CensusTest, AMailThatWasSetAsideForWantOfItsBytesIsReadOnceTheyAreBack) {
  arrives(broken);
  clock = Clock(moment("2022-10-24T10:00:00+08:00"));
  Intake intake({&notice, &templates, &store, &archive, &workers, clock, settings.outbox.settle});
  ASSERT_TRUE(intake.receive(mailbox));
  std::filesystem::remove(archive.path_of(sha256_hex(broken)));
  turn("2022-10-24T10:01:00+08:00");
  EXPECT_EQ(store.quarantined()->size(), 1U);
  EXPECT_EQ(turn("2022-10-25T10:01:00+08:00").decided, 1U);
  EXPECT_TRUE(store.quarantined()->empty());
}

TEST_F(CensusTest, AMailboxThatListsLessThanItHoldsIsSaid) {
  arrives(broken);
  mailbox.hides = 3;
  turn("2022-10-24T10:00:00+08:00");
  const auto census = *store.censuses();
  EXPECT_EQ(census[0].shown, 4);
  EXPECT_EQ(census[0].kept, 1);
  const auto digest = read_digest(store, notice, moment("2022-10-24T10:10:00+08:00"));
  ASSERT_TRUE(digest);
  EXPECT_THAT(alarms_of(*digest), ElementsAre(HasSubstr("有4封来信，其中3封还没有存档")));
  mailbox.hides = 0;
  turn("2022-10-24T10:30:00+08:00");
  EXPECT_EQ((*store.censuses())[0].shown, 4) << "not before an hour has passed";
  turn("2022-10-24T11:00:00+08:00");
  EXPECT_TRUE((*store.censuses())[0].agrees());
}

}  // namespace
}  // namespace baosong::daemon
