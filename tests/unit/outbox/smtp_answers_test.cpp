#include "daemon/outbox/smtp_answers.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>

#include "tests/support/load_notice.hpp"

namespace baosong::daemon::smtp {
namespace {

using namespace std::chrono_literals;

constexpr std::array kSteps{Step::kConnect,   Step::kLogin, Step::kSender,
                            Step::kRecipient, Step::kData,  Step::kEnd};

Reply reply(const std::string& line) {
  ReplyParser parser;
  EXPECT_EQ(parser.feed(line), ReplyParser::Step::kDone) << line;
  return parser.reply;
}

struct Case {
  std::string said;
  Step step;
  Fate fate;
  std::chrono::seconds wait;
  bool tomorrow = false, tell_staff = false, bad_address = false;
};

// What is known of NetEase, as the servers say it.
TEST(SmtpAnswers, EveryCodeOfNetEaseMeansWhatItMeans) {
  const std::vector<Case> cases{
      {"451 MI:SFQ 163 smtp1,x http://mail.163.com/help", Step::kEnd, Fate::kPaused, 15min},
      {"451 RP:QRC 163 smtp1,x", Step::kRecipient, Fate::kPaused, 15min},
      {"550 RP:TRC 163 smtp1,x", Step::kRecipient, Fate::kPaused, 10min, true},
      {"550 MI:STC 163 smtp1,x", Step::kSender, Fate::kPaused, 10min, true},
      {"554 MI:STC 163 smtp1,x", Step::kEnd, Fate::kPaused, 10min, true},
      {"450 MI:DMC 163 smtp1,x", Step::kSender, Fate::kPaused, 1min},
      {"451 MI:DMC 163 smtp1,x", Step::kSender, Fate::kPaused, 1min},
      {"421 HL:ICC 163 smtp1,x", Step::kConnect, Fate::kPaused, 10min},
      {"554 HL:IHU 163 smtp1,x", Step::kConnect, Fate::kPaused, 6h, false, true},
      {"451 DT:SPM 163 smtp1,x", Step::kEnd, Fate::kLater, 2min},
      {"554 DT:SPM 163 smtp1,x", Step::kEnd, Fate::kRefused, 0s},
      {"554 MI:SPB 163 smtp1,x", Step::kSender, Fate::kPaused, 6h, false, true},
      {"552 Illegal Attachment", Step::kEnd, Fate::kRefused, 0s},
      {"553 Mail from must equal authorized user", Step::kSender, Fate::kPaused, 1h, false, true},
  };
  for (const Case& one : cases) {
    const Delivery got = delivery_of(one.step, reply(one.said));
    EXPECT_EQ(got.fate, one.fate) << one.said;
    EXPECT_EQ(got.wait, one.wait) << one.said;
    EXPECT_EQ(got.tomorrow, one.tomorrow) << one.said;
    EXPECT_EQ(got.tell_staff, one.tell_staff) << one.said;
    EXPECT_FALSE(got.bad_address) << one.said;
    EXPECT_EQ(got.answer, one.said);
    EXPECT_FALSE(got.reason.empty());
  }
}

TEST(SmtpAnswers, WhatOtherServersSayGoesByClassAndPlace) {
  const std::vector<Case> cases{
      {"535 5.7.8 authentication failed", Step::kLogin, Fate::kPaused, 1h, false, true},
      {"454 4.7.0 temporary failure", Step::kLogin, Fate::kPaused, 10min},
      {"554 no", Step::kConnect, Fate::kPaused, 1h, false, true},
      {"421 closing", Step::kEnd, Fate::kPaused, 5min},
      {"530 5.7.0 authentication required", Step::kSender, Fate::kPaused, 1h, false, true},
      {"450 4.2.1 mailbox busy", Step::kRecipient, Fate::kLater, 5min},
      {"452 4.2.2 mailbox full", Step::kRecipient, Fate::kLater, 30min},
      {"550 5.1.1 no such user", Step::kRecipient, Fate::kRefused, 0s, false, false, true},
      {"550 User not found", Step::kRecipient, Fate::kRefused, 0s, false, false, true},
      {"550 5.1.1 no such user", Step::kEnd, Fate::kRefused, 0s, false, false, true},
      {"552 5.2.2 over quota", Step::kRecipient, Fate::kRefused, 0s},
      {"550 5.7.1 rejected by policy", Step::kRecipient, Fate::kRefused, 0s},
      {"554 5.7.1 Relay access denied", Step::kRecipient, Fate::kPaused, 1h, false, true},
      {"553 5.7.1 <a@b.cn>: Sender address rejected: not owned by user c@b.cn", Step::kRecipient,
       Fate::kPaused, 1h, false, true},
      {"550 5.1.8 bad sender", Step::kRecipient, Fate::kPaused, 1h, false, true},
      {"451 4.3.0 try later", Step::kEnd, Fate::kLater, 5min},
      {"552 too big", Step::kEnd, Fate::kRefused, 0s},
      {"554 no", Step::kEnd, Fate::kRefused, 0s},
      {"550 spam", Step::kEnd, Fate::kRefused, 0s},
  };
  for (const Case& one : cases) {
    const Delivery got = delivery_of(one.step, reply(one.said));
    EXPECT_EQ(got.fate, one.fate) << one.said;
    EXPECT_EQ(got.wait, one.wait) << one.said;
    EXPECT_EQ(got.tell_staff, one.tell_staff) << one.said;
    EXPECT_EQ(got.bad_address, one.bad_address) << one.said;
  }
}

TEST(SmtpAnswers, EveryRefusalAtEveryPlaceHasARow) {
  for (const Step step : kSteps) {
    for (int code = 400; code < 600; ++code) {
      const auto& row = row_for(step, reply(std::to_string(code) + " x"));
      EXPECT_GT(row.least, 0) << code;
    }
  }
}

TEST(SmtpAnswers, NoRowIsInTheShadowOfAnEarlierOne) {
  for (const AnswerRow& row : answer_table()) {
    bool reached = false;
    for (const Step step : kSteps) {
      for (int code = row.least; code <= row.most && !reached; ++code) {
        const bool enhanced = !row.mark.empty() && row.mark[0] <= '9';
        std::string mark(row.mark);
        if (mark.ends_with('.')) mark += "1";
        if (enhanced && mark[0] != '0' + code / 100) continue;
        reached = &row_for(step, reply(std::to_string(code) + " " + mark + " x")) == &row;
      }
    }
    EXPECT_TRUE(reached) << row.least << " " << row.mark << " " << row.says;
  }
}

TEST(SmtpAnswers, TheDocumentIsTheTable) {
  const auto path = std::string(BAOSONG_CONFIG) + "/../docs/SMTP.md";
  if (std::getenv("BAOSONG_ACCEPT") != nullptr) {
    std::ofstream(path, std::ios::binary) << answers_markdown();
    GTEST_SKIP() << "written anew: " << path;
  }
  EXPECT_EQ(test::read_text(path), answers_markdown());
}

}  // namespace
}  // namespace baosong::daemon::smtp
