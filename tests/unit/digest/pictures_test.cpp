// The pictures of seals in the digest.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/limits.hpp"
#include "tests/unit/digest/day.hpp"

namespace baosong::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// A mail of the first unit with one PDF.
rules::LedgerMail sealed_mail(const char* received, const char* path, parsers::PdfFacts facts) {
  rules::LedgerMail mail;
  mail.sha256 = "m";
  mail.received = at(received);
  rules::LedgerDocument row;
  row.document.path = path;
  row.document.facts = std::move(facts);
  mail.documents.push_back(std::move(row));
  return mail;
}

std::size_t times(const std::string& text, const char* what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++n;
  return n;
}

TEST(DigestPictures, ABlackRingIsShownBesideItsRow) {
  Day day;
  parsers::PdfFacts facts;
  facts.grey_seal = parsers::Seal{1, 100, 200, 42, 0.9, {'j', 'p', 'g'}};
  day.in.ledgers[0].mails = {
      sealed_mail("2022-10-20T09:00:00+08:00", "附件2盖章.pdf", std::move(facts))};
  day.in.standings[0].items[0].findings = {day.finding("pdf.seal-not-seen", "附件2盖章.pdf"),
                                           day.finding("pdf.seal-not-seen", "附件4盖章.pdf")};
  const auto needs = needs_of(day.in);
  const auto need = std::ranges::find(needs, "印章待人工核验", &Need::kind);
  ASSERT_NE(need, needs.end());
  ASSERT_EQ(need->rows.size(), 2U);
  EXPECT_EQ(need->rows[0].detail, "黑白扫描，疑似有印章");
  EXPECT_EQ(need->rows[1].detail, "未识别到印章");
  const auto html = day.letter().html;
  EXPECT_EQ(times(html, "<img "), 1U);
  EXPECT_THAT(html, HasSubstr("src=\"data:image/jpeg;base64,anBn\""));
  EXPECT_THAT(html, Not(HasSubstr("今日识别到的印章")));
}

TEST(DigestPictures, ShowsTheSealsOfTheDayUpToTheLimit) {
  Day day;
  const auto add = [&day](const char* received) {
    parsers::PdfFacts facts;
    facts.seal = parsers::Seal{2, 100, 200, 42, 0.9, {'j', 'p', 'g'}};
    day.in.ledgers[0].mails.push_back(sealed_mail(received, "附件2盖章.pdf", std::move(facts)));
  };
  add("2022-10-23T23:59:00+08:00");  // yesterday
  EXPECT_THAT(day.letter().html, Not(HasSubstr("<img ")));
  while (day.in.ledgers[0].mails.size() < limits::kDigestPictures) add("2022-10-24T09:00:00+08:00");
  EXPECT_EQ(times(day.letter().html, "<img "), limits::kDigestPictures - 1);
  add("2022-10-24T09:00:00+08:00");
  EXPECT_EQ(times(day.letter().html, "<img "), limits::kDigestPictures);
  EXPECT_THAT(day.letter().html, HasSubstr("附件2盖章.pdf　第2页"));
  EXPECT_THAT(day.letter().html, Not(HasSubstr("枚未列出")));
  add("2022-10-24T09:00:00+08:00");
  EXPECT_EQ(times(day.letter().html, "<img "), limits::kDigestPictures);
  EXPECT_THAT(day.letter().html, HasSubstr("另有1枚未列出"));
}

}  // namespace
}  // namespace baosong::test
