#include "daemon/outbox/sent_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/limits.hpp"

namespace baosong::daemon {
namespace {

class Folder final : public SentFolder {
 public:
  std::vector<std::string> mails;
  std::optional<Error> away;
  std::vector<std::string> asked;

  Result<std::map<std::string, bool>> holds(const std::vector<std::string>& ids) override {
    if (away) return tl::unexpected(*away);
    asked = ids;
    std::map<std::string, bool> out;
    for (const std::string& id : ids) {
      out[id] = std::ranges::find(mails, id) != mails.end();
    }
    return out;
  }
};

TEST(SentFolderTest, WhatIsThereLeft) {
  Folder folder;
  folder.mails = {"<a@b>"};
  EXPECT_EQ(*look_into(folder, {"<a@b>"}), Delivered::kYes);
}

TEST(SentFolderTest, WhatIsNotThereMayStillCome) {
  Folder folder;
  folder.mails = {"<old@b>"};
  LookFor letter{"<a@b>", limits::kSentSettles - std::chrono::seconds(1), {"<old@b>"}};
  EXPECT_EQ(*look_into(folder, letter), Delivered::kNotYet);
  letter.age = limits::kSentSettles;
  EXPECT_EQ(*look_into(folder, letter), Delivered::kNo);
  letter.age = limits::kSentSettles + std::chrono::seconds(1);
  EXPECT_EQ(*look_into(folder, letter), Delivered::kNo);
}

TEST(SentFolderTest, NotFoundProvesNothingWhereTheServerDoesNotFileWhatItSends) {
  Folder folder;
  LookFor letter{"<a@b>", limits::kSentSettles, {"<old@b>"}};
  EXPECT_EQ(*look_into(folder, letter), Delivered::kCannotTell);
  letter.sent = {};
  EXPECT_EQ(*look_into(folder, letter), Delivered::kCannotTell) << "nothing to compare with";
  folder.mails = {"<one@b>", "<two@b>"};
  letter.sent = {"<one@b>", "<two@b>", "<three@b>"};
  EXPECT_EQ(*look_into(folder, letter), Delivered::kCannotTell) << "one of them is wanting";
  folder.mails.push_back("<three@b>");
  EXPECT_EQ(*look_into(folder, letter), Delivered::kNo);
}

TEST(SentFolderTest, AsksForNoMoreProofsThanNeeded) {
  Folder folder;
  const LookFor letter{"<a@b>", {}, {"<1@b>", "<2@b>", "<3@b>", "<4@b>"}};
  ASSERT_TRUE(look_into(folder, letter));
  EXPECT_EQ(folder.asked.size(), 1 + limits::kSentProofs);
}

TEST(SentFolderTest, AFolderThatIsAwayIsNoAnswer) {
  Folder folder;
  folder.away = Error{ErrorKind::kTransient, "连接不上", ""};
  EXPECT_FALSE(look_into(folder, {"<a@b>"}));
}

}  // namespace
}  // namespace baosong::daemon
