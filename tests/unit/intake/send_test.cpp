#include "daemon/outbox/send.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "office.hpp"

namespace baosong::daemon {
namespace {

using ::testing::HasSubstr;
using testing::moment;

const std::string kNow = "2022-10-24T10:00:00+08:00";

class SendTest : public testing::OfficeTest {
 protected:
  std::int64_t write_letter(const std::string& id, const std::string& to) {
    Letter letter;
    letter.to = to;
    letter.subject = "回复：材料";
    letter.text = "您好";
    letter.html = "<p>您好</p>";
    letter.message_id = "<" + id + "@test.example>";
    letter.answers = {std::string(64, 'a')};
    return *store.add_letter({letter, "chaoyang", moment(kNow), moment(kNow), std::nullopt});
  }
  void write_digest(const std::string& id) {
    Letter letter;
    letter.kind = LetterKind::kDigest;
    letter.to = "staff_demo@126.com";
    letter.subject = "材料报送情况";
    letter.text = letter.html = "x";
    letter.message_id = "<" + id + "@test.example>";
    ASSERT_TRUE(store.add_letter({letter, "", moment(kNow), moment(kNow), std::nullopt}));
  }
  // A letter that was handed over to its end when the program died.
  void interrupted(const std::string& id) {
    const auto row = write_letter(id, "a@126.com");
    ASSERT_TRUE(*store.begin_sending(row, moment(kNow)));
    ASSERT_TRUE(store.mark_handed(row));
  }
};

TEST_F(SendTest, SendsWhatIsDueAndNothingElse) {
  write_letter("1", "a@126.com");
  EXPECT_EQ(send("2022-10-24T09:59:59+08:00").sent, 0U);
  EXPECT_EQ(send(kNow).sent, 1U);
  EXPECT_EQ(send(kNow).sent, 0U);
  ASSERT_EQ(outbox.delivered.size(), 1U);
  EXPECT_EQ(outbox.delivered[0].to, "a@126.com");
  EXPECT_EQ(outbox.delivered[0].from, notice.mailbox);
  EXPECT_THAT(outbox.delivered[0].bytes, HasSubstr("Auto-Submitted: auto-replied"));
}

TEST_F(SendTest, WhatIsOverTheLimitsOfADayWaitsForTheNext) {
  settings.outbox.per_address_day = 2;
  settings.outbox.per_day = 3;
  for (const char* id : {"1", "2", "3"}) write_letter(id, "a@126.com");
  for (const char* id : {"4", "5", "6"}) write_letter(id, "b@126.com");
  const SendCounts counts = send(kNow);
  EXPECT_EQ(counts.sent, 3U);
  EXPECT_EQ(counts.held, 0U);
  ASSERT_EQ(pending().size(), 3U);
  const auto late = *store.late_letters(moment(kNow));
  ASSERT_EQ(late.size(), 3U);
  EXPECT_THAT(late[0].gate_reason, HasSubstr("该地址"));
  EXPECT_THAT(late[1].gate_reason, HasSubstr("总数"));
  EXPECT_THAT(late[2].gate_reason, HasSubstr("总数"));
  EXPECT_EQ(late[0].not_before, moment("2022-10-25T00:00:00+08:00"));
  EXPECT_EQ(send("2022-10-24T23:59:59+08:00").sent, 0U);
  // Another day, another count.
  EXPECT_EQ(send("2022-10-25T00:00:00+08:00").sent, 3U);
}

TEST_F(SendTest, OneOverTheLimitOfAMinuteWaitsForTheNext) {
  settings.outbox.per_minute = 2;
  for (const char* id : {"1", "2", "3", "4", "5"}) write_letter(id, std::string(id) + "@126.com");
  EXPECT_EQ(send(kNow).sent, 2U);
  EXPECT_EQ(send("2022-10-24T10:00:59+08:00").sent, 0U);
  EXPECT_EQ(send("2022-10-24T10:01:00+08:00").sent, 2U);
  EXPECT_EQ(send("2022-10-24T10:02:00+08:00").sent, 1U);
  EXPECT_TRUE(pending().empty());
}

TEST_F(SendTest, ALimitOfZeroIsNone) {
  settings.outbox.per_address_day = settings.outbox.per_day = settings.outbox.per_minute = 0;
  for (int id = 0; id < 300; ++id) write_letter(std::to_string(id), "a@126.com");
  EXPECT_EQ(send(kNow).sent, 300U);
}

TEST_F(SendTest, NoLimitKeepsTheDigestBackButItCounts) {
  settings.outbox.per_day = 1;
  write_letter("1", "a@126.com");
  write_digest("2");
  write_digest("3");
  EXPECT_EQ(send(kNow).sent, 2U);
  ASSERT_EQ(outbox.delivered.size(), 2U);
  EXPECT_EQ(outbox.delivered[0].to, "staff_demo@126.com");
  ASSERT_EQ(pending().size(), 1U);
  EXPECT_EQ(pending()[0].letter.to, "a@126.com");
}

TEST_F(SendTest, TheDigestPassesTheSameGate) {
  settings.outbox.user = "staff_demo@126.com";
  write_digest("1");
  EXPECT_EQ(send(kNow).held, 1U);
}

TEST_F(SendTest, AnInterruptedLetterThatLeftIsNotSentAgain) {
  interrupted("1");
  outbox.delivered.push_back({"<1@test.example>", "", "a@126.com", ""});
  EXPECT_EQ(send("2022-10-24T11:00:00+08:00").sent, 1U);
  EXPECT_EQ(outbox.delivered.size(), 1U);
}

TEST_F(SendTest, ALetterInterruptedBeforeItsEndIsSentAgainWithoutALook) {
  const auto id = write_letter("1", "a@126.com");
  ASSERT_TRUE(*store.begin_sending(id, moment(kNow)));
  outbox.can_tell = Delivered::kCannotTell;
  EXPECT_EQ(send("2022-10-24T11:00:00+08:00").sent, 1U);
  ASSERT_EQ(outbox.delivered.size(), 1U);
  EXPECT_TRUE(outbox.looked.empty());
  EXPECT_THAT(outbox.delivered[0].bytes, HasSubstr("11:00:00 +0800"));
}

TEST_F(SendTest, AnInterruptedLetterThatSurelyDidNotLeaveIsSentAgain) {
  interrupted("1");
  EXPECT_EQ(send("2022-10-24T11:00:00+08:00").sent, 1U);
  EXPECT_EQ(outbox.delivered.size(), 1U);
}

TEST_F(SendTest, AnInterruptedLetterThatNobodyKnowsAboutIsHeld) {
  interrupted("1");
  outbox.can_tell = Delivered::kCannotTell;
  EXPECT_EQ(send(kNow).held, 1U);
  EXPECT_TRUE(outbox.delivered.empty());
  EXPECT_THAT(store.letters(LetterState::kHeld)->front().gate_reason, HasSubstr("人工核实"));
}

TEST_F(SendTest, AnInterruptedLetterIsLookedForAgainBeforeAnythingIsBelieved) {
  interrupted("1");
  outbox.can_tell = Delivered::kNotYet;
  EXPECT_EQ(send(kNow).doubtful, 1U);
  EXPECT_EQ(store.late_letters(moment(kNow))->size(), 1U);
  EXPECT_EQ(send("2022-10-24T10:09:59+08:00").doubtful, 0U) << "looked for too early";
  outbox.can_tell = Delivered::kYes;
  EXPECT_EQ(send("2022-10-24T10:10:00+08:00").sent, 1U);
  ASSERT_EQ(outbox.looked.size(), 2U);
  EXPECT_EQ(outbox.looked[1].age, std::chrono::minutes(10));
  EXPECT_TRUE(outbox.delivered.empty());
}

TEST_F(SendTest, ALetterThatCannotBeLookedForKeepsNoOtherWaiting) {
  interrupted("1");
  write_letter("2", "b@126.com");
  outbox.cannot_look = Error{ErrorKind::kTransient, "连接不上", ""};
  const SendCounts counts = send(kNow);
  EXPECT_EQ(counts.sent, 1U);
  EXPECT_EQ(counts.doubtful, 1U);
  EXPECT_FALSE(sent);
}

TEST_F(SendTest, ALetterWithoutAnAnswerIsLookedForAtOnceAndNeverSentAgain) {
  write_letter("1", "a@126.com");
  outbox.answers = Delivery{.fate = Fate::kUnknown, .reason = "连接中断"};
  outbox.can_tell = Delivered::kCannotTell;
  EXPECT_EQ(send(kNow).held, 1U);
  EXPECT_EQ(outbox.looked.size(), 1U);
  outbox.answers.reset();
  EXPECT_EQ(send("2022-10-25T10:00:00+08:00").sent, 0U);
  EXPECT_TRUE(outbox.delivered.empty());
}

TEST_F(SendTest, TheLettersThatSurelyLeftAreNamedAsProof) {
  for (const char* id : {"1", "2", "3", "4"}) write_letter(id, std::string(id) + "@126.com");
  send(kNow);
  interrupted("5");
  send(kNow);
  ASSERT_EQ(outbox.looked.size(), 1U);
  EXPECT_THAT(outbox.looked[0].sent,
              ::testing::ElementsAre("<4@test.example>", "<3@test.example>", "<2@test.example>"));
}

TEST_F(SendTest, ARefusedLetterIsHeldAndTheNextIsSent) {
  write_letter("1", "a@126.com");
  outbox.answers =
      Delivery{.fate = Fate::kRefused, .reason = "信件内容不被接受", .answer = "554 DT:SPM"};
  EXPECT_EQ(send(kNow).held, 1U);
  EXPECT_TRUE(sent);
  EXPECT_EQ(store.letters(LetterState::kHeld)->front().last_answer, "554 DT:SPM");
  outbox.answers.reset();
  write_letter("2", "a@126.com");
  EXPECT_EQ(send(kNow).sent, 1U) << "the address is not at fault";
}

TEST_F(SendTest, AnAddressThatDoesNotExistIsNotWrittenToAgainBeforeStaffReleaseIt) {
  write_letter("1", "a@126.com");
  outbox.answers = Delivery{.fate = Fate::kRefused, .bad_address = true, .reason = "地址不存在"};
  EXPECT_EQ(send(kNow).held, 1U);
  outbox.answers.reset();
  write_letter("2", "A@126.com");
  EXPECT_EQ(send(kNow).held, 1U);
  EXPECT_TRUE(outbox.delivered.empty());
  ASSERT_TRUE(*store.drop_block("a@126.COM"));
  write_letter("3", "a@126.com");
  EXPECT_EQ(send(kNow).sent, 1U);
}

TEST_F(SendTest, AFailureThatPassesIsTriedAgainLaterAndLater) {
  const auto id = write_letter("1", "a@126.com");
  outbox.answers = Delivery{.fate = Fate::kLater,
                            .wait = std::chrono::minutes(2),
                            .reason = "稍后再发",
                            .answer = "451 DT:SPM"};
  Time now = moment(kNow);
  std::vector<std::int64_t> waits;
  while (true) {
    send(format_rfc3339(now, notice.zone));
    const auto letter = **store.letter(id);
    if (letter.state != LetterState::kPending) break;
    waits.push_back((letter.not_before - now).count() / 60);
    EXPECT_EQ(
        send(format_rfc3339(letter.not_before - std::chrono::seconds(1), notice.zone)).postponed,
        0U);
    now = letter.not_before;
    ASSERT_LT(waits.size(), 100U) << "tried for ever";
  }
  ASSERT_GE(waits.size(), 10U);
  EXPECT_EQ(std::vector<std::int64_t>(waits.begin(), waits.begin() + 9),
            (std::vector<std::int64_t>{2, 2, 4, 8, 16, 32, 64, 128, 240}));
  const auto held = *store.letters(LetterState::kHeld);
  ASSERT_EQ(held.size(), 1U);
  EXPECT_THAT(held[0].gate_reason, HasSubstr("仍未发出"));
  EXPECT_EQ(now - moment(kNow) >= std::chrono::hours(72), true);
}

TEST_F(SendTest, WhenTheServerTakesNothingTheTurnEnds) {
  for (const char* id : {"1", "2", "3", "4", "5"}) write_letter(id, std::string(id) + "@126.com");
  outbox.answers = Delivery{.fate = Fate::kLater, .reason = "连接中断"};
  EXPECT_EQ(send(kNow).postponed, 3U);
}

TEST_F(SendTest, APauseKeepsEverythingUntilItIsOver) {
  write_letter("1", "a@126.com");
  write_letter("2", "b@126.com");
  outbox.answers = Delivery{.fate = Fate::kPaused,
                            .wait = std::chrono::minutes(15),
                            .reason = "15分钟内发信过多",
                            .answer = "451 MI:SFQ"};
  EXPECT_EQ(send(kNow).sent, 0U);
  EXPECT_TRUE(sent) << "nothing that people must mend";
  outbox.answers.reset();
  EXPECT_EQ(send("2022-10-24T10:14:59+08:00").sent, 0U);
  ASSERT_TRUE(*store.pause());
  EXPECT_EQ((*store.pause())->answer, "451 MI:SFQ");
  EXPECT_EQ(send("2022-10-24T10:15:00+08:00").sent, 2U);
  EXPECT_FALSE(*store.pause());
}

TEST_F(SendTest, APauseUntilTomorrowEndsTomorrow) {
  write_letter("1", "a@126.com");
  outbox.answers = Delivery{.fate = Fate::kPaused,
                            .wait = std::chrono::minutes(10),
                            .tomorrow = true,
                            .reason = "当天已满"};
  send("2022-10-24T22:00:00+08:00");
  EXPECT_EQ((*store.pause())->until, moment("2022-10-25T00:10:00+08:00"));
}

TEST_F(SendTest, APauseThatPeopleMustEndIsSaid) {
  write_letter("1", "a@126.com");
  outbox.answers = Delivery{.fate = Fate::kPaused,
                            .wait = std::chrono::hours(6),
                            .tell_staff = true,
                            .reason = "网易暂停了发信",
                            .answer = "554 HL:IHU"};
  send(kNow);
  ASSERT_FALSE(sent);
  EXPECT_TRUE(sent.error().may_retry()) << "the service goes on receiving";
  EXPECT_THAT(sent.error().message, HasSubstr("554 HL:IHU"));
  outbox.answers.reset();
  ASSERT_TRUE(*store.lift_pause());
  EXPECT_EQ(send(kNow).sent, 1U);
}

TEST_F(SendTest, WhenTheOutboxFailsTheLettersWait) {
  write_letter("1", "a@126.com");
  write_letter("2", "b@126.com");
  outbox.fails = Error{ErrorKind::kTransient, "磁盘空间已满", ""};
  EXPECT_EQ(send(kNow).sent, 0U);
  EXPECT_FALSE(sent);
  outbox.fails.reset();
  EXPECT_EQ(send(kNow).sent, 2U);
  EXPECT_EQ(outbox.delivered.size(), 2U);
}

TEST_F(SendTest, TheGateKnowsOurselvesAndNobody) {
  settings.mailbox.user = "office_demo@126.com";
  const auto stopped = [&](const std::string& to) {
    LetterRow row;
    row.letter.to = to;
    return gate(row, {}, false, moment(kNow), notice, settings).word == GateAnswer::Word::kHold;
  };
  EXPECT_FALSE(stopped("a@126.com"));
  EXPECT_TRUE(stopped(""));
  EXPECT_TRUE(stopped("<>"));
  EXPECT_TRUE(stopped("nobody"));
  EXPECT_TRUE(stopped("a@126.com\r\nBcc: b@126.com"));
  EXPECT_TRUE(stopped(notice.mailbox));
  EXPECT_TRUE(stopped("JLQMXX@126.com"));
  EXPECT_TRUE(stopped("office_demo@126.com"));
}

TEST_F(SendTest, EachLimitBelowAtAndAbove) {
  settings.outbox.per_address_day = 2;
  settings.outbox.per_day = 5;
  settings.outbox.per_minute = 3;
  LetterRow row;
  row.letter.to = "a@126.com";
  using Word = GateAnswer::Word;
  const auto word = [&](std::int64_t address, std::int64_t all, std::int64_t minute) {
    return gate(row, {address, all, minute}, false, moment(kNow), notice, settings).word;
  };
  EXPECT_EQ(word(1, 4, 2), Word::kPass);
  EXPECT_EQ(word(2, 4, 2), Word::kWait);
  EXPECT_EQ(word(3, 4, 2), Word::kWait);
  EXPECT_EQ(word(1, 5, 2), Word::kStop);
  EXPECT_EQ(word(1, 6, 2), Word::kStop);
  EXPECT_EQ(word(1, 4, 3), Word::kStop);
  EXPECT_EQ(word(1, 4, 4), Word::kStop);
}

}  // namespace
}  // namespace baosong::daemon
