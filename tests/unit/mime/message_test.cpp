// What is read out of a whole mail: header, text, quotes, forwards, files.
#include "parsers/mime/message.hpp"

#include <gmock/gmock.h>

#include "parsers/mime/attachments.hpp"
#include "tests/unit/mime/sample.hpp"

namespace baosong::parsers::mime {
namespace {

using sample::lines;
using sample::mail;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

Message read(const std::string& raw) { return read_message(scan(raw)); }

TEST(Message, Header) {
  const Message m = read(lines(
      "Received: from x by y; Tue, 25 Oct 2022 09:13:22 +0800 (CST)|Received: z; Mon, 24 Oct 2022 "
      "00:00:00 +0800|"
      "From: =?GBK?B?1cXQobrM?= <a@126.com>|To: b@126.com, c@126.com|Cc: undisclosed-recipients:|"
      "Reply-To: d@126.com|Subject: =?gbk?B?s6/R9Mf4ssTBzw==?=|Message-ID: <1@x>|In-Reply-To: "
      "<0@x>|"
      "References: <00@x>| <0@x>|Date: Tue, 25 Oct 2022 09:13:20 +0800|X-Mailer: Foxmail|X-Spam: "
      "no|"
      "Content-Type: multipart/Report; report-type=Delivery-Status; boundary=b||--b||text|--b--|"));
  EXPECT_EQ(m.from.name, "张小禾");
  EXPECT_EQ(m.from.address, "a@126.com");
  EXPECT_EQ(m.reply_to.address, "d@126.com");
  EXPECT_THAT(m.to, SizeIs(2));
  EXPECT_THAT(m.cc, IsEmpty());
  EXPECT_EQ(m.subject, "朝阳区材料");
  EXPECT_EQ(m.message_id, "<1@x>");
  EXPECT_EQ(m.in_reply_to, "<0@x>");
  EXPECT_THAT(m.references, ElementsAre("<00@x>", "<0@x>"));
  EXPECT_EQ(format_rfc3339(*m.received, Zone{}), "2022-10-25T09:13:22+08:00");
  EXPECT_EQ(format_rfc3339(*m.date, Zone{}), "2022-10-25T09:13:20+08:00");
  EXPECT_EQ(m.content_type, "multipart/report");
  EXPECT_EQ(m.report_type, "delivery-status");
  ASSERT_THAT(m.fields, SizeIs(1));
  EXPECT_EQ(m.fields[0].name, "x-mailer");
}

TEST(Message, NothingAtAll) {
  const Message m = read("");
  EXPECT_TRUE(m.from.address.empty() && m.subject.empty() && m.text.empty() && !m.bounce &&
              !m.date);
}

TEST(Message, PlainTextIsPreferredUnlessBlank) {
  const auto text = [](std::string_view plain) {
    return read(mail("Content-Type: multipart/alternative; boundary=b|",
                     "--b|Content-Type: text/plain||" + std::string(plain) +
                         "|--b|Content-Type: text/html||<p>html</p>|--b--|"))
        .text;
  };
  EXPECT_EQ(text("plain"), "plain");
  EXPECT_EQ(text("  |"), "html");
}

TEST(Message, SeveralTextsAreJoined) {
  EXPECT_EQ(
      read(mail("Content-Type: multipart/mixed; boundary=b|",
                "--b|Content-Type: text/html||<p>one</p>|--b|Content-Type: text/plain||two|--b|"
                "Content-Type: text/plain; name=three.txt||three|--b--|"))
          .text,
      "one\ntwo");
}

TEST(Message, CharsetsOfBodies) {
  EXPECT_EQ(read(mail("Content-Type: text/plain; charset=gb2312|", "\xB1\xA8\xB8\xE6")).text,
            "报告");
  EXPECT_EQ(read(mail("", "\xB1\xA8\xB8\xE6")).text, "报告");
  EXPECT_EQ(
      read(mail("Content-Type: text/html|", "<meta charset=\"gbk\"><p>\xB1\xA8\xB8\xE6</p>")).text,
      "报告");
}

TEST(Message, UuencodedFilesAreNoText) {
  EXPECT_EQ(read(mail("", "hello|begin 644 a|#0V%T|`|end|bye|")).text, "hello\nbye");
}

TEST(Message, InlineForward) {
  const std::string body =
      "宽城区|||-------- 转发邮件信息 --------|发件人：赵小禾 <zhao@163.com>|发送日期：2022-10-24 "
      "15:33:41|"
      "收件人：\"k\" <k@126.com>|主题：某街道材料||请查收||";
  const Message m = read(mail("Content-Type: text/plain; charset=utf-8|", body));
  EXPECT_EQ(m.text, "宽城区");
  EXPECT_TRUE(m.quoted.starts_with("-------- 转发邮件信息"));
  ASSERT_THAT(m.forwarded, SizeIs(1));
  EXPECT_EQ(m.forwarded[0].from.address, "zhao@163.com");
  EXPECT_EQ(m.forwarded[0].subject, "某街道材料");
  EXPECT_EQ(m.forwarded[0].text, "请查收");
}

TEST(Message, AReplyIsNoForward) {
  const std::string body =
      "已补充||------------------ 原始邮件 ------------------|发件人: \"office\" <o@126.com>;|"
      "发送时间: 2022年10月27日(星期二) 中午11:16|收件人: \"x\"<x@qq.com>;|主题: "
      "材料||请朝阳区补充|";
  const Message reply =
      read("Subject: =?utf-8?B?5Zue5aSN77ya5p2Q5paZ?=\r\nContent-Type: text/plain\r\n\r\n" +
           lines(body));
  EXPECT_EQ(reply.text, "已补充");
  EXPECT_THAT(reply.forwarded, IsEmpty());
  const Message forward =
      read("Subject: =?utf-8?B?6L2s5Y+R77ya5p2Q5paZ?=\r\nContent-Type: text/plain\r\n\r\n" +
           lines(body));
  ASSERT_THAT(forward.forwarded, SizeIs(1));
  EXPECT_EQ(forward.forwarded[0].from.address, "o@126.com");
}

TEST(Message, InnerMailIsForwarded) {
  const Message m = read(
      mail("Content-Type: multipart/mixed; boundary=b|",
           "--b||see|--b|Content-Type: message/rfc822||From: s@163.com|Subject: in||inner|--b--|"));
  EXPECT_EQ(m.text, "see");
  ASSERT_THAT(m.forwarded, SizeIs(1));
  EXPECT_EQ(m.forwarded[0].from.address, "s@163.com");
  EXPECT_EQ(m.forwarded[0].subject, "in");
  EXPECT_EQ(m.forwarded[0].text, "inner");
}

std::vector<std::string> files(const std::string& raw) {
  std::vector<std::string> out;
  for (const Attachment& file : list_attachments(scan(raw)))
    out.push_back(file.path + (file.inline_image ? " inline" : ""));
  return out;
}

TEST(Attachments, WhichLeavesAreFiles) {
  EXPECT_THAT(
      files(mail("Content-Type: multipart/mixed; boundary=b|",
                 "--b|Content-Type: text/plain||body|--b|Content-Type: text/plain; name=a.txt||x|"
                 "--b|Content-Type: image/jpeg||x|--b|Content-Disposition: attachment||x|"
                 "--b|Content-Type: message/delivery-status||x|--b|Content-Type: "
                 "application/pgp-signature||x|"
                 "--b|Content-Type: a/b; name=a.txt||x|--b--|")),
      ElementsAre("a.txt", "未命名1.jpg", "未命名2.txt", "a (2).txt"));
  EXPECT_THAT(files(mail("Content-Type: application/msword; name=a.doc|", "x")),
              ElementsAre("a.doc"));
  EXPECT_THAT(files(mail("Content-Type: multipart/mixed; boundary=b|", "no part")), IsEmpty());
}

TEST(Attachments, PathsNameTheForwardedMail) {
  const std::string inner = "Subject: in|Content-Type: a/b; name=x.doc||x|";
  EXPECT_THAT(files(mail("Content-Type: multipart/mixed; boundary=b|",
                         "--b|Content-Type: message/rfc822; name=\"转发.eml\"||" + inner + "|--b|" +
                             "Content-Type: message/rfc822||" + inner +
                             "|--b|Content-Type: message/rfc822||" + inner + "|--b--|")),
              ElementsAre("转发.eml/x.doc", "转发邮件.eml/x.doc", "转发邮件 (2).eml/x.doc"));
}

TEST(Attachments, ImagesThatTheBodyShows) {
  const std::string image = "Content-Type: image/png; name=a.png|Content-ID: <logo@x>||x|";
  EXPECT_THAT(
      files(mail("Content-Type: multipart/related; boundary=b|",
                 "--b|Content-Type: text/html||<img src=\"CID:logo@x\">|--b|" + image + "--b--|")),
      ElementsAre("a.png inline"));
  EXPECT_THAT(files(mail("Content-Type: multipart/mixed; boundary=b|",
                         "--b|Content-Type: text/html||<p>x</p>|--b|" + image + "--b--|")),
              ElementsAre("a.png"));
}

}  // namespace
}  // namespace baosong::parsers::mime
