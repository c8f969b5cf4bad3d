// What comes back for a letter of ours: bounces and automatic replies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/digest.hpp"
#include "office.hpp"

namespace baosong::daemon {
namespace {

using ::testing::HasSubstr;
using testing::mail;
using testing::moment;

const std::string kNow = "2022-10-24T12:00:00+08:00";

class AftermathTest : public testing::OfficeTest {
 protected:
  // A letter to Chaoyang that has left; its Message-ID.
  std::string letter_left() {
    arrives(mail("nil", "cy_demo@126.com", "朝阳区教育局情况说明", "09:02",
                 "朝阳区教育局：我区无先进单位推荐。"));
    turn("2022-10-24T10:00:00+08:00");
    send("2022-10-24T10:10:00+08:00");
    const auto letters = *store.letters(LetterState::kSent);
    EXPECT_EQ(letters.size(), 1U);
    return letters.front().letter.message_id;
  }
  // RFC 3464, with the header of what came back.
  static std::string report(const std::string& id, const std::string& status,
                            const std::string& recipient = "cy_demo@126.com") {
    return "From: MAILER-DAEMON@mx.example\r\nTo: jlqmxx@126.com\r\n"
           "Subject: Undelivered Mail Returned to Sender\r\nMessage-ID: <dsn@mx.example>\r\n"
           "Date: Mon, 24 Oct 2022 11:00:00 +0800\r\nMIME-Version: 1.0\r\n"
           "Content-Type: multipart/report; report-type=delivery-status; boundary=r\r\n\r\n"
           "--r\r\nContent-Type: text/plain\r\n\r\nnot delivered\r\n"
           "--r\r\nContent-Type: message/delivery-status\r\n\r\n"
           "Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; " +
           recipient + "\r\nAction: failed\r\nStatus: " + status +
           "\r\n\r\n--r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: " + id +
           "\r\nSubject: x\r\n\r\n--r--\r\n";
  }
  std::vector<Need> needs() { return needs_of(*read_digest(store, notice, moment(kNow))); }
  const Need* need(const std::vector<Need>& all, std::string_view kind) {
    const auto found = std::ranges::find(all, kind, &Need::kind);
    return found == all.end() ? nullptr : &*found;
  }
};

TEST_F(AftermathTest, ABounceIsMatchedByMessageIdAndBlocksTheAddress) {
  const std::string id = letter_left();
  arrives(report(id, "5.1.1", "forwarded_demo@163.com"));
  turn("2022-10-24T11:05:00+08:00");
  EXPECT_EQ(decisions().back().about, id);
  EXPECT_EQ(decisions().back().about_unit, "chaoyang");
  // The address that we wrote to, not the one that it was forwarded to.
  const auto blocked = *store.blocked();
  ASSERT_EQ(blocked.size(), 1U);
  EXPECT_EQ(blocked[0].address, "cy_demo@126.com");
  const auto all = needs();
  const Need* bounced = need(all, "回信被退回");
  ASSERT_NE(bounced, nullptr);
  ASSERT_EQ(bounced->rows.size(), 1U);
  EXPECT_EQ(bounced->rows[0].who, "朝阳区");
  EXPECT_EQ(bounced->rows[0].what, "cy_demo@126.com");
  EXPECT_EQ(bounced->rows[0].id, "cy_demo@126.com");
}

TEST_F(AftermathTest, ABounceThatNamesOnlyTheAddressBelongsToTheLastLetterThere) {
  const std::string id = letter_left();
  arrives(
      "From: Postmaster@126.com\r\nTo: jlqmxx@126.com\r\nSubject: =?UTF-8?B?57O757uf6YCA5L+h?=\r\n"
      "Message-ID: <back@126.com>\r\nDate: Mon, 24 Oct 2022 11:00:00 +0800\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\n"
      "抱歉，您的邮件被退回来了……\r\n收件人（cy_demo@126.com）：该邮箱不存在\r\n");
  turn("2022-10-24T11:05:00+08:00");
  EXPECT_EQ(decisions().back().about, id);
  EXPECT_EQ(store.blocked()->size(), 1U);
}

TEST_F(AftermathTest, AnotherServerThatStillTriesBlocksNothing) {
  const std::string id = letter_left();
  arrives(report(id, "4.4.1"));
  turn("2022-10-24T11:05:00+08:00");
  EXPECT_EQ(decisions().back().about, id);
  EXPECT_TRUE(store.blocked()->empty());
  const auto all = needs();
  const Need* bounced = need(all, "回信被退回");
  ASSERT_NE(bounced, nullptr);
  EXPECT_THAT(bounced->rows[0].detail, HasSubstr("仍在投递"));
}

TEST_F(AftermathTest, ABounceOfAnAddressWeNeverWroteToBlocksNothing) {
  letter_left();
  arrives(report("<other@example.com>", "5.1.1", "stranger_demo@163.com"));
  turn("2022-10-24T11:05:00+08:00");
  EXPECT_EQ(decisions().back().about, "");
  EXPECT_TRUE(store.blocked()->empty());
}

TEST_F(AftermathTest, ALetterLongAgoIsNotMeant) {
  letter_left();
  std::string old = report("", "5.1.1");
  old.replace(old.find("24 Oct 2022 11"), 11, "30 Nov 2022");
  arrives(old);
  turn("2022-11-30T11:05:00+08:00");
  EXPECT_TRUE(store.blocked()->empty());
}

TEST_F(AftermathTest, AnAutomaticReplyIsMatchedAndShown) {
  const std::string id = letter_left();
  arrives(
      "From: cy_demo@126.com\r\nTo: jlqmxx@126.com\r\nSubject: =?UTF-8?B?6Ieq5Yqo5Zue5aSN?=\r\n"
      "Message-ID: <vacation@126.com>\r\nIn-Reply-To: " +
      id +
      "\r\nAuto-Submitted: auto-replied\r\nDate: Mon, 24 Oct 2022 11:00:00 +0800\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\n我正在休假。\r\n");
  turn("2022-10-24T11:05:00+08:00");
  EXPECT_EQ(decisions().back().disposition, rules::Disposition::kAutoReply);
  EXPECT_EQ(decisions().back().about, id);
  EXPECT_TRUE(store.blocked()->empty());
  const auto all = needs();
  const Need* replied = need(all, "对方设有自动回复");
  ASSERT_NE(replied, nullptr);
  EXPECT_EQ(replied->rows[0].who, "朝阳区");
  EXPECT_EQ(replied->rows[0].what, "cy_demo@126.com");
}

TEST_F(AftermathTest, AMailThatComesWhileALetterIsBeingSentGetsALetterOfItsOwn) {
  arrives(mail("nil", "cy_demo@126.com", "朝阳区教育局情况说明", "09:02",
               "朝阳区教育局：我区无先进单位推荐。"));
  turn("2022-10-24T10:00:00+08:00");
  const auto first = pending().front();
  ASSERT_TRUE(*store.begin_sending(first.id, moment("2022-10-24T10:10:00+08:00")));
  ASSERT_TRUE(store.mark_handed(first.id));
  arrives(mail("more", "cy_demo@126.com", "朝阳区教育局补充说明", "10:09",
               "朝阳区教育局：我区无先进个人推荐。"));
  turn("2022-10-24T10:11:00+08:00");
  ASSERT_EQ(pending().size(), 1U);
  EXPECT_NE(pending()[0].letter.message_id, first.letter.message_id);
  EXPECT_EQ(pending()[0].letter.answers.size(), 1U);
  outbox.can_tell = Delivered::kYes;
  EXPECT_EQ(send("2022-10-24T10:30:00+08:00").sent, 2U);
  ASSERT_EQ(outbox.delivered.size(), 1U);
  EXPECT_NE(outbox.delivered[0].message_id, first.letter.message_id);
}

TEST_F(AftermathTest, TheDigestTellsWhatWaitsAndWhy) {
  settings.outbox.per_day = 1;
  for (const auto& [id, unit] : std::vector<std::pair<std::string, std::string>>{
           {"a", "朝阳区"}, {"b", "南关区"}, {"c", "宽城区"}}) {
    arrives(mail(id, id + "_demo@126.com", unit + "教育局情况说明", "09:02",
                 unit + "教育局：我区无先进单位推荐。"));
  }
  turn("2022-10-24T10:00:00+08:00");
  send("2022-10-24T10:10:00+08:00");
  ASSERT_TRUE(store.set_pause(
      {moment(kNow), moment("2022-10-24T18:00:00+08:00"), "网易暂停了发信", "554 HL:IHU", true}));
  const auto all = needs();
  const Need* late = need(all, "推迟发出的回信");
  ASSERT_NE(late, nullptr);
  ASSERT_EQ(late->rows.size(), 1U);
  EXPECT_EQ(late->rows[0].who, "2封");
  EXPECT_THAT(late->rows[0].detail, HasSubstr("总数"));
  EXPECT_THAT(late->rows[0].id, HasSubstr("L"));
  const Need* paused = need(all, "发信暂停");
  ASSERT_NE(paused, nullptr);
  EXPECT_TRUE(paused->urgent);
  EXPECT_EQ(paused->rows[0].id, "outbox");
  EXPECT_THAT(paused->rows[0].detail, HasSubstr("554 HL:IHU"));
}

}  // namespace
}  // namespace baosong::daemon
