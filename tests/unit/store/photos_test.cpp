// The photos that count, and finding them again.
#include <gmock/gmock.h>

#include "daemon/store/database.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/store.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/load_notice.hpp"
#include "tests/support/scratch.hpp"

namespace baosong::daemon {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Scratch;
using ::testing::SizeIs;

constexpr std::uint64_t kHash = 0x0F1E'2D3C'4B5A'6978U, kOther = 0x3C3C'5A5A'6969'0FF0U;

class PhotosTest : public ::testing::Test {
 protected:
  // One unit's mail with one photo, stored and counted.
  rules::Ledger hand_in(char mail, const std::string& unit, std::uint64_t dhash,
                        const std::string& bytes) {
    const std::string sha256(64, mail);
    EXPECT_TRUE(store.add_archived(
        {"maildir:/m", std::string(1, mail), sha256, 10, test::kOct20, false, test::kOct20, {}}));
    auto photo = test::same_bytes(test::photo("社区书法课堂.jpg"), bytes);
    auto& facts = std::get<parsers::PhotoFacts>(photo.document.facts);
    facts.measured = dhash != 0;
    facts.dhash = dhash;
    facts.turned = {kOther, 0, 0};
    rules::Ledger ledger;
    ledger.unit = unit;
    ledger.mails = {test::mail(test::kOct20, {photo})};
    ledger.mails[0].sha256 = sha256;
    return ledger;
  }
  void count(const rules::Notice& call, const rules::Ledger& ledger) {
    ASSERT_TRUE(store.set_photos(call, ledger, rules::evaluate(call, ledger, test::kOct24)));
  }
  std::vector<rules::PhotoElsewhere> found(rules::Ledger ledger) {
    EXPECT_TRUE(store.find_photos_elsewhere(notice, ledger));
    return ledger.photos_elsewhere;
  }

  Scratch dir;
  Store store = std::move(*Store::open(dir / "baosong.sqlite"));
  const rules::Notice& notice = test::shipped_notice();
};

TEST_F(PhotosTest, FindsWhatLooksAlikeAtOtherUnits) {
  count(notice, hand_in('a', "chaoyang", kHash, "1"));
  const auto near = found(hand_in('b', "kuancheng", kHash ^ 0x8001'0000'0000'0101U, "2"));
  ASSERT_THAT(near, SizeIs(1));
  EXPECT_EQ(near[0].unit, "chaoyang");
  EXPECT_EQ(near[0].picture.dhash, kHash);
  EXPECT_EQ(near[0].received, test::kOct20);
  EXPECT_THAT(found(hand_in('c', "kuancheng", kHash ^ 0x8001'0000'0100'0101U, "3")), IsEmpty());
  EXPECT_THAT(found(hand_in('d', "kuancheng", 0, "1")), SizeIs(1)) << "the same bytes, unmeasured";
  EXPECT_THAT(found(hand_in('e', "chaoyang", kHash, "1")), IsEmpty()) << "one's own";
}

TEST_F(PhotosTest, FindsATurnedCopy) {
  count(notice, hand_in('a', "chaoyang", kOther ^ 1U, "1"));
  EXPECT_THAT(found(hand_in('b', "kuancheng", kHash, "2")), SizeIs(1));
}

TEST_F(PhotosTest, RemembersOtherYearsOfTheSameUnit) {
  rules::Notice earlier = notice;
  earlier.id = "2021-lifelong-learning-week";
  count(earlier, hand_in('a', "chaoyang", kHash, "1"));
  count(notice, hand_in('b', "chaoyang", kHash, "2"));
  const auto near = found(hand_in('c', "chaoyang", kHash, "3"));
  ASSERT_THAT(near, SizeIs(1));
  EXPECT_EQ(near[0].notice, earlier.id);
}

TEST_F(PhotosTest, WhatNoLongerCountsIsForgotten) {
  count(notice, hand_in('a', "chaoyang", kHash, "1"));
  count(notice, hand_in('b', "chaoyang", kOther, "2"));
  EXPECT_THAT(found(hand_in('c', "kuancheng", kHash ^ 1U, "3")), Not(SizeIs(2)));
  auto same = hand_in('d', "kuancheng", kHash ^ 1U, "4");
  std::get<parsers::PhotoFacts>(same.mails[0].documents[0].document.facts).turned = {};
  EXPECT_THAT(found(same), IsEmpty());
}

TEST_F(PhotosTest, KnowsWhatStandsInsideAWord) {
  auto ledger = hand_in('a', "chaoyang", 0, "1");
  auto text = test::exhibit_text();
  parsers::EmbeddedImage image;
  image.sha256 = "inside";
  image.size = 200'000;
  image.width = 1200, image.height = 900;
  image.measured = true;
  image.dhash = kHash;
  parsers::EmbeddedImage logo = image;
  logo.size = 2'000;
  logo.dhash = kHash ^ 0xFFFF'0000U;
  std::get<parsers::WordFacts>(text.document.facts).images = {logo, image};
  ledger.mails[0].documents = {text};
  count(notice, ledger);
  const auto near = found(hand_in('b', "kuancheng", kHash ^ 1U, "2"));
  ASSERT_THAT(near, SizeIs(1));
  EXPECT_EQ(near[0].picture.sha256, "inside");
  EXPECT_THAT(found(hand_in('c', "kuancheng", logo.dhash, "3")), IsEmpty());
  auto other = hand_in('d', "kuancheng", 0, "4");
  text.document.sha256 = "another";
  other.mails[0].documents = {text};
  EXPECT_THAT(found(other), Not(IsEmpty())) << "the same picture in another Word";
}

// Whose mail it is may be decided otherwise this time.
TEST_F(PhotosTest, ARebuildForgetsThoseOfItsNoticeAlone) {
  rules::Notice earlier = notice;
  earlier.id = "2021-lifelong-learning-week";
  count(earlier, hand_in('a', "chaoyang", kHash, "1"));
  count(notice, hand_in('b', "chaoyang", kHash, "2"));
  const auto asked = hand_in('c', "kuancheng", kHash, "3");
  ASSERT_THAT(found(asked), SizeIs(2));
  ASSERT_TRUE(store.begin_rebuild(notice.id));
  const auto left = found(asked);
  ASSERT_THAT(left, SizeIs(1));
  EXPECT_EQ(left[0].notice, earlier.id);
}

TEST_F(PhotosTest, LooksThingsUpAndNeverReadsThemAll) {
  auto db = Database::open(dir / "baosong.sqlite", std::chrono::milliseconds(100));
  ASSERT_TRUE(db);
  using Step = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::string>;
  const auto plan = [&](Result<std::vector<Step>> steps) {
    std::string text;
    for (const auto& step : *steps) text += std::get<3>(step) + "\n";
    return text;
  };
  EXPECT_THAT(plan(db->rows<Step>("EXPLAIN QUERY PLAN " + std::string(queries::kPhotosLike), 1, 2,
                                  3, 4, 5, "n", "u")),
              Not(HasSubstr("SCAN photo")));
  EXPECT_THAT(plan(db->rows<Step>("EXPLAIN QUERY PLAN " + std::string(queries::kPhotosOfBytes), "s",
                                  "n", "u")),
              HasSubstr("photo_by_content"));
}

}  // namespace
}  // namespace baosong::daemon
