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

TEST_F(SendTest, HoldsWhatIsOverTheLimits) {
  settings.outbox.per_address_day = 2;
  settings.outbox.per_day = 3;
  for (const char* id : {"1", "2", "3"}) write_letter(id, "a@126.com");
  for (const char* id : {"4", "5"}) write_letter(id, "b@126.com");
  const SendCounts counts = send(kNow);
  EXPECT_EQ(counts.sent, 3U);
  EXPECT_EQ(counts.held, 2U);
  const auto held = *store.letters(LetterState::kHeld);
  ASSERT_EQ(held.size(), 2U);
  EXPECT_THAT(held[0].gate_reason, HasSubstr("该地址"));
  EXPECT_THAT(held[1].gate_reason, HasSubstr("总数"));
  // Another day, another count; held letters wait for people.
  write_letter("6", "a@126.com");
  EXPECT_EQ(send("2022-10-25T00:00:00+08:00").sent, 1U);
}

TEST_F(SendTest, AnInterruptedLetterThatLeftIsNotSentAgain) {
  const auto id = write_letter("1", "a@126.com");
  ASSERT_TRUE(store.begin_sending(id, moment(kNow)));
  outbox.delivered.push_back({"<1@test.example>", "", "a@126.com", ""});
  EXPECT_EQ(send("2022-10-24T11:00:00+08:00").sent, 1U);
  EXPECT_EQ(outbox.delivered.size(), 1U);
}

TEST_F(SendTest, AnInterruptedLetterThatDidNotLeaveKeepsItsDate) {
  const auto id = write_letter("1", "a@126.com");
  ASSERT_TRUE(store.begin_sending(id, moment(kNow)));
  EXPECT_EQ(send("2022-10-24T11:00:00+08:00").sent, 1U);
  ASSERT_EQ(outbox.delivered.size(), 1U);
  EXPECT_THAT(outbox.delivered[0].bytes, HasSubstr("10:00:00 +0800"));
}

TEST_F(SendTest, AnInterruptedLetterThatNobodyKnowsAboutIsHeld) {
  const auto id = write_letter("1", "a@126.com");
  ASSERT_TRUE(store.begin_sending(id, moment(kNow)));
  outbox.can_tell = false;
  EXPECT_EQ(send(kNow).held, 1U);
  EXPECT_TRUE(outbox.delivered.empty());
  EXPECT_THAT(store.letters(LetterState::kHeld)->front().gate_reason, HasSubstr("人工核实"));
}

TEST_F(SendTest, ARefusedLetterIsHeldAndTheNextIsSent) {
  write_letter("1", "a@126.com");
  outbox.refuses = Error{ErrorKind::kInput, "收件人不存在", ""};
  EXPECT_EQ(send(kNow).held, 1U);
  EXPECT_TRUE(sent);
}

TEST_F(SendTest, WhenTheOutboxFailsTheLettersWait) {
  write_letter("1", "a@126.com");
  write_letter("2", "b@126.com");
  outbox.refuses = Error{ErrorKind::kTransient, "磁盘空间已满", ""};
  EXPECT_EQ(send(kNow).sent, 0U);
  EXPECT_FALSE(sent);
  outbox.refuses.reset();
  EXPECT_EQ(send(kNow).sent, 2U);
  EXPECT_EQ(outbox.delivered.size(), 2U);
}

TEST_F(SendTest, TheGateKnowsOurselvesAndNobody) {
  settings.mailbox.user = "office_demo@126.com";
  const auto stopped = [&](const std::string& to) {
    LetterRow row;
    row.letter.to = to;
    return gate(row, {}, notice, settings).has_value();
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

}  // namespace
}  // namespace baosong::daemon
