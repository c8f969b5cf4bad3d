#include "daemon/intake.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/limits.hpp"
#include "office.hpp"
#include "parsers/base/hash.hpp"
#include "parsers/worker/read.hpp"

namespace baosong::daemon {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::mail;
using testing::moment;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

class IntakeTest : public testing::OfficeTest {
 protected:
  const std::string stranger = mail("who1", "who_demo@qq.com", "材料", "09:00", "请查收。",
                                    {{"先进个人申报表.pdf", "%PDF-1.4 cut"}});
  const std::string stranger_again = mail("who2", "Who_Demo@qq.com", "再报", "09:10", "请查收。",
                                          {{"先进单位申报表.pdf", "%PDF-1.4 cut too"}});
};

TEST_F(IntakeTest, TakesAMailFromTheMailboxToALetter) {
  arrives(broken);
  const IntakeCounts counts = turn("2022-10-24T10:00:00+08:00");
  EXPECT_EQ(counts.received, 1U);
  EXPECT_EQ(counts.decided, 1U);
  EXPECT_EQ(counts.letters, 1U);
  const auto rows = decisions();
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].unit, "chaoyang");
  EXPECT_EQ(rows[0].verdict, rules::Verdict::kCorrect);
  EXPECT_EQ(rows[0].mail.received, moment("2022-10-24T09:00:00+08:00"));
  EXPECT_EQ(testing::get(archive.path_of(sha256_hex(broken))), broken);
  const auto letters = pending();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_EQ(letters[0].letter.to, "cy_demo@126.com");
  EXPECT_EQ(letters[0].unit, "chaoyang");
  EXPECT_EQ(letters[0].due_at, moment("2022-10-24T10:05:00+08:00"));
  EXPECT_THAT(letters[0].letter.answers, ElementsAre(sha256_hex(broken)));
  const auto ledger = *store.ledger("chaoyang");
  ASSERT_EQ(ledger.mails.size(), 1U);
  EXPECT_EQ(ledger.mails[0].documents.size(), 1U);

  const IntakeCounts again = turn("2022-10-24T10:01:00+08:00");
  EXPECT_EQ(again.received + again.decided + again.letters + again.duplicates, 0U);
  EXPECT_EQ(pending()[0].due_at, moment("2022-10-24T10:05:00+08:00"));
}

TEST_F(IntakeTest, SaysTheSameAsADryRun) {
  arrives(broken);
  turn("2022-10-24T10:00:00+08:00");
  const DryRun dry =
      dry_run(notice, templates, parsers::read(broken, "", parsers::InputKind::kMail), Time{},
              moment("2022-10-24T10:00:00+08:00"));
  const auto rows = decisions();
  EXPECT_EQ(dry.decision.verdict, rows[0].verdict);
  ASSERT_EQ(dry.decision.findings.size(), rows[0].findings.size());
  for (std::size_t i = 0; i < rows[0].findings.size(); ++i) {
    EXPECT_EQ(dry.decision.findings[i].message, rows[0].findings[i].message);
  }
  ASSERT_TRUE(dry.letter);
  EXPECT_EQ(dry.letter->text, pending()[0].letter.text);
  EXPECT_EQ(dry.letter->message_id, pending()[0].letter.message_id);
}

TEST_F(IntakeTest, CountsTheSameBytesOnce) {
  arrives(broken);
  arrives(broken);
  const IntakeCounts counts = turn("2022-10-24T10:00:00+08:00");
  EXPECT_EQ(counts.received, 1U);
  EXPECT_EQ(counts.duplicates, 1U);
  EXPECT_EQ(store.counts()->seen, 1);
  EXPECT_EQ(pending().size(), 1U);
}

TEST_F(IntakeTest, TheSameMailBySeveralWaysIsDecidedOnce) {
  arrives(broken);
  turn("2022-10-24T10:00:00+08:00");
  // Through another mailbox: other trace fields, other line ends, a gateway's word in the subject.
  std::string other =
      "Return-Path: <cy_demo@126.com>\r\nReceived: from relay.example by "
      "mx.example; Mon, 24 Oct 2022 09:20:00 +0800\r\n" +
      broken;
  other.replace(other.find("朝阳区教育局材料"), 0, "【请注意，邮件由relay.example代发】");
  std::erase(other, '\r');
  arrives(other);
  const IntakeCounts counts = turn("2022-10-24T10:01:00+08:00");
  EXPECT_EQ(counts.received, 1U);
  EXPECT_EQ(counts.duplicates, 1U);
  EXPECT_EQ(counts.decided, 0U);
  EXPECT_EQ(decisions().size(), 1U);
  EXPECT_EQ(store.ledger("chaoyang")->mails.size(), 1U);
  EXPECT_EQ(pending().size(), 1U);
  const MailCounts mails = *store.counts();
  EXPECT_EQ(mails.seen, 2);
  EXPECT_EQ(mails.archived, 2);
  EXPECT_EQ(mails.waiting(), 0);
}

TEST_F(IntakeTest, OtherMailsWithTheSameMessageIdAreAllDecided) {
  arrives(broken);
  std::string other = broken;
  other.replace(other.find("cut off"), 7, "CUT OFF");
  arrives(other);
  std::string third = broken;
  third.replace(third.find("请查收。"), std::string("请查收。").size(), "请再查收。");
  arrives(third);
  EXPECT_EQ(turn("2022-10-24T10:00:00+08:00").decided, 3U);
  EXPECT_EQ(store.ledger("chaoyang")->mails.size(), 3U);
}

TEST_F(IntakeTest, WithoutAMessageIdOnlyTheBytesTell) {
  std::string nameless = broken;
  const auto at = nameless.find("Message-ID:");
  nameless.erase(at, nameless.find("\r\n", at) + 2 - at);
  arrives(nameless);
  arrives("Received: from relay.example by mx.example; Mon, 24 Oct 2022 09:20:00 +0800\r\n" +
          nameless);
  EXPECT_EQ(turn("2022-10-24T10:00:00+08:00").decided, 2U);
}

TEST_F(IntakeTest, AnswersSeveralMailsOfAUnitWithOneLetter) {
  arrives(broken);
  turn("2022-10-24T10:00:00+08:00");
  const std::string first = pending()[0].letter.message_id;
  arrives(nil);
  turn("2022-10-24T10:03:00+08:00");
  EXPECT_EQ(decisions()[1].verdict, rules::Verdict::kAcknowledge);
  const auto letters = pending();
  ASSERT_EQ(letters.size(), 1U);
  EXPECT_NE(letters[0].letter.message_id, first);
  EXPECT_THAT(letters[0].letter.answers, UnorderedElementsAre(sha256_hex(broken), sha256_hex(nil)));
  EXPECT_EQ(letters[0].letter.in_reply_to, "<nil@test.example>");
  EXPECT_EQ(letters[0].due_at, moment("2022-10-24T10:08:00+08:00"));
  // What the first mail left open is not forgotten because the second is faultless.
  EXPECT_THAT(letters[0].letter.text, HasSubstr("附件4先进个人申报表（张小禾）.docx"));
  EXPECT_EQ(letters[0].letter.kind, LetterKind::kUnreadable);
}

TEST_F(IntakeTest, ALetterThatIsDueWaitsNoLongerForAFurtherMail) {
  arrives(broken);
  turn("2022-10-24T10:00:00+08:00");
  arrives(nil);
  turn("2022-10-24T11:00:00+08:00");
  ASSERT_EQ(pending().size(), 1U);
  EXPECT_EQ(pending()[0].due_at, moment("2022-10-24T11:00:00+08:00"));
}

TEST_F(IntakeTest, ASentLetterIsNotReplaced) {
  arrives(broken);
  turn("2022-10-24T10:00:00+08:00");
  EXPECT_EQ(send("2022-10-24T10:05:00+08:00").sent, 1U);
  arrives(nil);
  turn("2022-10-24T10:06:00+08:00");
  ASSERT_EQ(pending().size(), 1U);
  EXPECT_THAT(pending()[0].letter.answers, ElementsAre(sha256_hex(nil)));
  EXPECT_EQ(send("2022-10-24T10:11:00+08:00").sent, 1U);
  EXPECT_EQ(outbox.delivered.size(), 2U);
}

TEST_F(IntakeTest, ALetterToAnotherAddressIsNotReplaced) {
  arrives(broken);
  arrives(mail("other", "cy_other@126.com", "朝阳区教育局情况说明", "09:05",
               "朝阳区教育局：我区无先进单位推荐。"));
  turn("2022-10-24T10:00:00+08:00");
  EXPECT_EQ(pending().size(), 2U);
}

TEST_F(IntakeTest, AsksAnUnknownSenderOnce) {
  arrives(stranger);
  turn("2022-10-24T10:00:00+08:00");
  ASSERT_EQ(pending().size(), 1U);
  EXPECT_EQ(pending()[0].letter.kind, LetterKind::kQuestion);
  arrives(stranger_again);
  turn("2022-10-24T10:01:00+08:00");
  EXPECT_EQ(pending().size(), 1U);
  const auto held = *store.held();
  ASSERT_EQ(held.size(), 1U);
  EXPECT_THAT(held[0].reason, HasSubstr("asked before"));

  // The answer names the unit; a later unknown mail may be asked about again.
  arrives(mail("answer", "who_demo@qq.com", "回复：材料", "09:20", "我们是朝阳区教育局。"));
  turn("2022-10-24T10:02:00+08:00");
  ASSERT_EQ(decisions().back().unit, "chaoyang");
  arrives(mail("who3", "who_demo@qq.com", "三报", "09:30", "请查收。",
               {{"先进单位汇总表.pdf", "%PDF-1.4 cut thrice"}}));
  turn("2022-10-24T10:03:00+08:00");
  EXPECT_EQ(decisions().back().verdict, rules::Verdict::kAskUnit);
  EXPECT_EQ(pending().size(), 2U);
}

TEST_F(IntakeTest, DecidesInOrderOfArrivalWhateverTheOrderInTheMailbox) {
  arrives(nil);     // 09:02
  arrives(broken);  // 09:00
  turn("2022-10-24T10:00:00+08:00");
  const auto log = *store.audit(day_of(moment("2022-10-24T10:00:00+08:00"), notice.zone));
  std::vector<std::string> decided;
  for (const AuditRow& row : log) {
    if (row.action == "decide") decided.push_back(row.subject);
  }
  EXPECT_THAT(decided, ElementsAre(sha256_hex(broken), sha256_hex(nil)));
}

TEST_F(IntakeTest, BelievesTheMailboxBeforeTheMail) {
  arrives(nil, {moment("2022-10-26T08:00:00+08:00"), true});
  arrives(broken, {moment("2022-10-26T08:00:00+08:00"), false});
  turn("2022-10-26T10:00:00+08:00");
  const auto rows = decisions();
  EXPECT_EQ(rows[0].mail.received, moment("2022-10-24T09:00:00+08:00"));
  EXPECT_EQ(rows[1].mail.received, moment("2022-10-26T08:00:00+08:00"));
}

TEST_F(IntakeTest, HandlesAnEmptyMailAndRubbish) {
  arrives("");
  arrives(std::string("\0\xff\xfe not a mail", 15));
  arrives(nil);
  const IntakeCounts counts = turn("2022-10-24T10:00:00+08:00");
  EXPECT_EQ(counts.decided, 3U);
  const auto empty = *store.mail(sha256_hex(""));
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->state, MailState::kDecided);
  for (const DecisionRow& row : decisions()) {
    if (row.mail.sha256 == sha256_hex("")) {
      EXPECT_EQ(row.disposition, rules::Disposition::kEmpty);
      EXPECT_EQ(row.verdict, rules::Verdict::kHold);
    }
  }
}

TEST_F(IntakeTest, SetsAsideAMailThatTheArchiveLostAndGoesOn) {
  arrives(broken);
  arrives(nil);
  clock = Clock(moment("2022-10-24T10:00:00+08:00"));
  {
    Intake intake({&notice, &templates, &store, &archive, &workers, clock, settings.outbox.settle});
    ASSERT_TRUE(intake.receive(mailbox));
  }
  std::filesystem::remove(archive.path_of(sha256_hex(broken)));
  EXPECT_EQ(turn("2022-10-24T10:00:00+08:00").decided, 1U);
  EXPECT_EQ(store.counts()->quarantined, 1);
  EXPECT_THAT(store.quarantined()->front().trouble, HasSubstr("不存在"));
}

TEST_F(IntakeTest, StopsBetweenMailsAndGoesOnLater) {
  arrives(broken);
  arrives(nil);
  int asked = 0;
  // Asked twice for each mail that is received, once for each that is read, then for the first of
  // the two to decide.
  turn("2022-10-24T10:00:00+08:00", [&] { return ++asked > 7; });
  EXPECT_EQ(decisions().size(), 1U);
  EXPECT_EQ(store.counts()->waiting(), 1);
  turn("2022-10-24T10:01:00+08:00");
  EXPECT_EQ(decisions().size(), 2U);
}

TEST_F(IntakeTest, AFailingDiskLosesNothing) {
  for (int after = 0; after < 40; ++after) {
    testing::Scratch place;
    testing::FailingDisk disk;
    auto opened = Store::open(place / "baosong.sqlite");
    ASSERT_TRUE(opened);
    auto kept = Archive::open(disk, place / "archive");
    ASSERT_TRUE(kept);
    disk.after = disk.operations + after;
    mailbox.items = {{"1", broken, {}}, {"2", nil, {}}};
    Intake intake({.notice = &notice,
                   .templates = &templates,
                   .store = &*opened,
                   .archive = &*kept,
                   .workers = &workers,
                   .clock = Clock(moment("2022-10-24T10:00:00+08:00"))});
    const bool received = intake.receive(mailbox).has_value();
    // The store never knows a mail that the archive does not have.
    const auto unread = *opened->unread();
    for (const Store::Unread& one : unread) ASSERT_TRUE(kept->read(one.sha256)) << after;
    disk.after = 1 << 30;
    ASSERT_TRUE(intake.receive(mailbox));
    ASSERT_TRUE(intake.read_new() && intake.decide_new());
    EXPECT_EQ(opened->counts()->decided, 2) << after;
    if (received) break;
  }
}

// Speaks of a mail once, and of all again when it is told to: as a mailbox on a server does.
class OnceMailbox final : public Mailbox {
 public:
  std::vector<std::string> mails;
  std::size_t next = 0;
  [[nodiscard]] std::string name() const override { return "once:"; }
  void look_at_all() override { next = 0; }
  Result<void> receive(Receiver& receiver) override {
    if (next == 0) receiver.holds(mails.size());
    for (; next < mails.size(); ++next) {
      const MailRef ref{std::to_string(next), mails[next].size(), {}};
      auto known = receiver.known(ref.key);
      if (!known) return tl::unexpected(known.error());
      if (*known) continue;
      const std::string& bytes = mails[next];
      auto incoming = receiver.begin(ref);
      if (!incoming) return tl::unexpected(incoming.error());
      if (auto done = incoming->append(bytes); !done) return done;
      if (auto done = receiver.keep(ref, std::move(*incoming)); !done) return done;
    }
    return {};
  }
};

TEST_F(IntakeTest, WhatFailedToBecomeDurableIsOfferedAgain) {
  // A group that fills up midway, and one that the end of the mailbox settles.
  for (const std::size_t count : {std::size_t{3}, limits::kSettledMails + 3}) {
    bool received = false;
    for (int after = 0; !received; after += static_cast<int>(count) / 3) {
      testing::Scratch place;
      testing::FailingDisk disk;
      auto opened = Store::open(place / "baosong.sqlite");
      ASSERT_TRUE(opened);
      auto kept = Archive::open(disk, place / "archive");
      ASSERT_TRUE(kept);
      OnceMailbox once;
      once.mails = {"Subject: 0\r\n\r\n"};
      Intake intake({.notice = &notice,
                     .templates = &templates,
                     .store = &*opened,
                     .archive = &*kept,
                     .clock = Clock(moment("2022-10-24T10:00:00+08:00"))});
      ASSERT_TRUE(intake.receive(once));  // and compared as a whole: not due again today
      for (std::size_t i = 1; i < count; ++i) {
        once.mails.push_back("Subject: " + std::to_string(i) + "\r\n\r\n");
      }
      disk.after = disk.operations + after;
      received = intake.receive(once).has_value();
      const auto unread = *opened->unread();
      for (const Store::Unread& one : unread) ASSERT_TRUE(kept->read(one.sha256));
      disk.after = 1 << 30;
      ASSERT_TRUE(intake.receive(once));
      EXPECT_EQ(opened->counts()->archived, static_cast<std::int64_t>(count)) << after;
    }
  }
}

TEST(ReceivedTimeTest, GoesByInternalDateThenReceivedThenDateThenFile) {
  parsers::Message message;
  const Time file = moment("2022-10-24T01:00:00Z");
  EXPECT_EQ(received_time(message, {file, false}), file);
  message.date = moment("2022-10-24T02:00:00Z");
  EXPECT_EQ(received_time(message, {file, false}), message.date);
  message.received = moment("2022-10-24T03:00:00Z");
  EXPECT_EQ(received_time(message, {file, false}), message.received);
  EXPECT_EQ(received_time(message, {file, true}), file);
}

}  // namespace
}  // namespace baosong::daemon
