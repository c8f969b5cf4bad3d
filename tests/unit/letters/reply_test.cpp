#include "daemon/letters/reply.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/letters/points.hpp"
#include "daemon/letters/wording.hpp"
#include "parsers/text/utf8.hpp"
#include "tests/unit/letters/sample.hpp"

namespace baosong::test {
namespace {

TEST(ReplySubject, DoesNotPileUp) {
  EXPECT_EQ(reply_subject("朝阳区材料"), "朝阳区材料");
  EXPECT_EQ(reply_subject("Re:Re: 回复：RE[2]: 答复: 朝阳区材料【材料接收回执】【待补充】"),
            "朝阳区材料");
  EXPECT_EQ(reply_subject("转发：朝阳区材料"), "转发：朝阳区材料");
  EXPECT_EQ(reply_subject("Report: 总结"), "Report: 总结");
  EXPECT_EQ(reply_subject("农安县材料【请注意，邮件由a@b.cn代发】"), "农安县材料");
  EXPECT_EQ(reply_subject("a\r\nBcc: x@y.cn\t b"), "a Bcc: x@y.cn b");
  EXPECT_EQ(reply_subject("  \r\n"), "");
  EXPECT_EQ(reply_subject("Re:"), "");
  std::string long_subject;
  for (int i = 0; i < 500; ++i) long_subject += "长";
  const auto cut = reply_subject(long_subject);
  EXPECT_EQ(cut.size(), 80U * 3U);
  EXPECT_TRUE(cut.ends_with("…"));
}

TEST(ReplyAddress, TakesReplyToOnlyWhenStaffConfirmedIt) {
  const auto notice = sample_notice();
  parsers::Message message;
  message.from.address = "a@126.com";
  message.reply_to.address = "stranger@126.com";
  EXPECT_EQ(reply_address(message, notice, notice.unit("chaoyang")), "a@126.com");
  message.reply_to.address = "Office@cyjy.example.cn";
  EXPECT_EQ(reply_address(message, notice, notice.unit("chaoyang")), "Office@cyjy.example.cn");
  EXPECT_EQ(reply_address(message, notice, nullptr), "a@126.com");
}

TEST(Thread, KeepsFirstAndLastAndDropsWhatIsNoId) {
  parsers::Message message;
  for (int i = 0; i < 50; ++i) message.references.push_back("<" + std::to_string(i) + "@x.cn>");
  message.references.push_back("no id");
  message.references.push_back("<a@b>\r\nBcc: c@d");
  message.message_id = "<last@x.cn>";
  const auto thread = thread_of(message);
  ASSERT_EQ(thread.size(), 20U);
  EXPECT_EQ(thread.front(), "<0@x.cn>");
  EXPECT_EQ(thread.back(), "<last@x.cn>");
}

TEST(StableMessageId, DoesNotDependOnTheOrder) {
  EXPECT_EQ(stable_message_id({"b", "a"}, "x@126.com"), stable_message_id({"a", "b"}, "x@126.com"));
  EXPECT_NE(stable_message_id({"a"}, "x@126.com"), stable_message_id({"a", "b"}, "x@126.com"));
}

TEST(Wording, DatesReadAsChineseOfficesWriteThem) {
  const auto notice = sample_notice();
  const auto now = at("2022-10-24T16:00:00+08:00");
  EXPECT_EQ(chinese_deadline(notice.batches[0], notice.zone, now), "10月25日（周二）24:00");
  EXPECT_EQ(chinese_deadline(notice.batches[0], notice.zone, at("2023-01-02T00:00:00+08:00")),
            "2022年10月25日（周二）24:00");
  auto five = notice.batches[0];
  five.closes = at("2022-10-25T17:00:00+08:00") - std::chrono::seconds(1);
  EXPECT_EQ(chinese_deadline(five, notice.zone, now), "10月25日（周二）17:00");
  EXPECT_EQ(chinese_moment(at("2022-10-23T20:05:00Z"), notice.zone, now), "10月24日 04:05");
  EXPECT_EQ(short_moment(at("2022-01-02T03:04:05+08:00"), notice.zone), "01-02 03:04");
}

TEST(Wording, LinesAreSafeAndAligned) {
  EXPECT_EQ(one_line("a\xe2\x80\xae"
                     "gpj.exe\r\n\x01 b "),
            "agpj.exe b");
  EXPECT_EQ(display_width("朝阳区a…"), 9U);
  EXPECT_EQ(pad("朝阳", 6), "朝阳  ");
  EXPECT_EQ(shorten("一二三", 3), "一二三");
  EXPECT_EQ(shorten("一二三四", 3), "一二…");
}

TEST(JoinAlike, JoinsOnlyWhatDiffersInTheNameAlone) {
  Case c;
  const auto f = [&](const char* name, const char* text) {
    return c.finding("r", Severity::kError, "i", name, text);
  };
  const auto joined =
      join_alike({f("x/a.jpg", "“a.jpg”小，待更换。"), f("b.jpg", "“b.jpg”小，待更换。"),
                  f("c.jpg", "“c.jpg”为800像素。"), f("d.jpg", "“d.jpg”为900像素。"),
                  c.finding("other", Severity::kError, "i", "e.jpg", "“e.jpg”小，待更换。")});
  ASSERT_EQ(joined.size(), 4U);
  EXPECT_EQ(joined[0].message, "“a.jpg”、“b.jpg”小，待更换。");
  EXPECT_EQ(joined[1].message, "“c.jpg”为800像素。");
}

}  // namespace
}  // namespace baosong::test
