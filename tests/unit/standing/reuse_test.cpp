// Photos that came before: from another unit, in another year, turned, or inside a Word file.
#include <gmock/gmock.h>

#include "rules/likeness.hpp"
#include "rules/standing.hpp"
#include "tests/support/ledger.hpp"
#include "tests/support/load_notice.hpp"

namespace baosong::test {
namespace {

using rules::evaluate;
using rules::PhotoElsewhere;
using rules::Standing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr std::uint64_t kHash = 0x0F1E'2D3C'4B5A'6978U, kTurned = 0x5555'3333'0F0F'1234U;

LedgerDocument measured(LedgerDocument document, std::uint64_t dhash) {
  auto& facts = std::get<parsers::PhotoFacts>(document.document.facts);
  facts.measured = true;
  facts.sharpness = 500;
  facts.dhash = dhash;
  facts.turned = {kTurned, 0, 0};
  return document;
}

std::vector<LedgerDocument> photos() {
  auto files = four_photos();
  files[0] = measured(files[0], kHash);
  return files;
}

PhotoElsewhere elsewhere(std::uint64_t dhash, Time received) {
  return {"2022-lifelong-learning-week", "kuancheng", {"other", true, dhash, {}}, received};
}

Standing judge(std::vector<LedgerMail> mails, std::vector<PhotoElsewhere> others,
               Time now = kOct24) {
  auto all = ledger(std::move(mails));
  all.photos_elsewhere = std::move(others);
  return evaluate(shipped_notice(), all, now);
}

TEST(Reuse, OfAnotherUnitsPhotoIsAHintToStaff) {
  const auto s = judge({mail(kOct24, photos())}, {elsewhere(kHash ^ 0b1111U, kOct20)});
  EXPECT_EQ(state(s, "exhibit-photos"), "complete");
  ASSERT_THAT(said(s, "exhibit-photos"), ElementsAre("photo.reused warning kuancheng/"));
  const auto& finding = s.item("exhibit-photos")->findings.front();
  EXPECT_THAT(finding.message, HasSubstr(photos()[0].document.name));
  // One unit is not told of another.
  EXPECT_THAT(finding.message, ::testing::Not(HasSubstr("宽城")));
}

TEST(Reuse, IsOfWhatCameBeforeAndAlike) {
  EXPECT_THAT(said(judge({mail(kOct20, photos())}, {elsewhere(kHash, kOct24)}), "exhibit-photos"),
              IsEmpty())
      << "ours came first";
  EXPECT_THAT(said(judge({mail(kOct24, photos())}, {elsewhere(kHash ^ 0b11111U, kOct20)}),
                   "exhibit-photos"),
              IsEmpty())
      << "five bits are another picture, when it is about somebody else";
}

TEST(Reuse, SeesATurnedCopy) {
  EXPECT_THAT(
      said(judge({mail(kOct24, photos())}, {elsewhere(kTurned ^ 1U, kOct20)}), "exhibit-photos"),
      ElementsAre("photo.reused warning kuancheng/"));
}

TEST(Reuse, NamesTheYear) {
  auto last_year = elsewhere(kHash, kOct20 - std::chrono::hours(24 * 365));
  last_year.notice = "2021-lifelong-learning-week";
  last_year.unit = "chaoyang";
  EXPECT_THAT(said(judge({mail(kOct24, photos())}, {last_year}), "exhibit-photos"),
              ElementsAre("photo.reused warning chaoyang/2021-lifelong-learning-week/"));
}

TEST(Reuse, ACorrectionOfOnesOwnIsNone) {
  auto renamed = photos();
  for (auto& row : renamed) {
    row = measured(row, std::get<parsers::PhotoFacts>(row.document.facts).dhash);
    row.document.name = row.document.path = "新" + row.document.name;
  }
  const auto s = judge({mail(kOct20, photos()), mail(kOct24, renamed)}, {});
  EXPECT_THAT(said(s, "exhibit-photos"), IsEmpty());
}

TEST(Reuse, PlainPicturesAreNotToldApart) {
  EXPECT_FALSE(rules::tells_apart(0));
  EXPECT_FALSE(rules::tells_apart(0x1FF));
  EXPECT_TRUE(rules::tells_apart(0x3FF));
  EXPECT_FALSE(rules::tells_apart(~std::uint64_t{0x1FF}));
  auto plain = four_photos();
  plain[0] = measured(plain[0], 0b101U);
  EXPECT_THAT(said(judge({mail(kOct24, plain)}, {elsewhere(0b101U, kOct20)}), "exhibit-photos"),
              IsEmpty());
}

parsers::EmbeddedImage picture_in(const char* sha, std::uint64_t dhash) {
  parsers::EmbeddedImage image;
  image.sha256 = sha;
  image.size = 200'000;
  image.width = 1200, image.height = 900;
  image.measured = true;
  image.dhash = dhash;
  return image;
}
LedgerDocument text_with(std::vector<parsers::EmbeddedImage> images) {
  auto text = exhibit_text();
  std::get<parsers::WordFacts>(text.document.facts).images = std::move(images);
  return text;
}

TEST(Embedded, AShrunkCopyOfASentPhotoCountsOnce) {
  auto files = photos();
  files.resize(3);
  files.push_back(text_with({picture_in("1", kHash ^ 0b11U)}));
  EXPECT_THAT(said(judge({mail(kOct24, files)}, {}), "exhibit-photos"),
              ElementsAre("item.count error 3/4"));
  files.back() = text_with({picture_in("2", ~kHash)});
  EXPECT_THAT(said(judge({mail(kOct24, files)}, {}), "exhibit-photos"),
              ElementsAre("photo.embedded-only warning 1/4"));
}

TEST(Embedded, APhotoOfAnotherUnitIsSeenInsideAWord) {
  const auto text = text_with({picture_in("1", ~kHash), picture_in("2", kHash ^ 1U),
                               picture_in("3", kHash << 1U), picture_in("4", kHash << 7U)});
  const auto s = judge({mail(kOct24, {text})}, {elsewhere(kHash, kOct20)});
  EXPECT_THAT(said(s, "exhibit-photos"),
              ElementsAre("photo.reused warning kuancheng/", "photo.embedded-only warning 4/4"));
  EXPECT_THAT(s.item("exhibit-photos")->findings.front().message, HasSubstr("中的照片"));
  EXPECT_THAT(said(judge({mail(kOct20, {text})}, {elsewhere(kHash, kOct24)}), "exhibit-photos"),
              ElementsAre("photo.embedded-only warning 4/4"))
      << "ours came first";
}

}  // namespace
}  // namespace baosong::test
