// Bounces and cloud attachments.
#include <gmock/gmock.h>

#include "parsers/mime/cloud_link.hpp"
#include "parsers/mime/message.hpp"
#include "tests/unit/mime/sample.hpp"

namespace baosong::parsers::mime {
namespace {

using sample::lines;
using sample::mail;
using testing::IsEmpty;
using testing::SizeIs;

std::optional<Bounce> bounce(const std::string& raw) { return read_message(scan(raw)).bounce; }

TEST(Bounce, DeliveryStatus) {
  const auto found =
      bounce(lines("From: Postmaster@126.com|Content-Type: Multipart/Report; "
                   "report-type=delivery-status; boundary=b||"
                   "--b||text|--b|Content-Type: Message/Delivery-Status||Reporting-MTA: dns; "
                   "x||Final-Recipient: rfc822; n@163.com|"
                   "Action: failed|Status: 5.1.1|--b|Content-Type: message/rfc822||Message-ID: "
                   "<our-2@126.com>|Subject: t||x|--b--|"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->recipient, "n@163.com");
  EXPECT_EQ(found->status, "5.1.1");
  EXPECT_EQ(found->original_message_id, "<our-2@126.com>");
}

TEST(Bounce, InProse) {
  const auto found = bounce(lines(
      "From: \"PostMaster\" <PostMaster@qq.com>|Subject: =?utf-8?B?5p2l6IeqcXEuY29t55qE6YCA5L+h?=|"
      "Content-Type: text/html; charset=utf-8||<p>很抱歉您发送的邮件被退回</p><p>无法发送到 "
      "n@qq.com</p>"
      "<p>退信原因：host mx said: 550 5.1.1 no such user</p>|"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->recipient, "n@qq.com");
  EXPECT_EQ(found->status, "5.1.1");
}

TEST(Bounce, PeopleWhoSpeakOfBouncesAreNone) {
  EXPECT_FALSE(bounce(lines("From: a@126.com|Subject: x||上次的邮件被退回了，再发一次。|")));
  EXPECT_FALSE(bounce(lines("From: postmaster@126.com|Subject: welcome||Hello|")));
}

std::vector<CloudAttachment> links(std::string_view type, const std::string& body) {
  return find_cloud_links(
      scan(mail("Content-Type: " + std::string(type) + "; charset=utf-8|", body)));
}

TEST(CloudLink, NetEase) {
  const std::string url =
      "https://mail.163.com/large-attachment-download/"
      "index.html?p=X-NETEASE-HUGE-ATTACHMENT&amp;file=KEY1&amp;title=t";
  const auto found =
      links("text/html",
            "<style>#divNeteaseBigAttach{}</style><p>您好</p><b>从网易163邮箱发来的超大附件</"
            "b><div><a href=\"" +
                url + "\"></a><a href=\"" + url +
                "\">全部材料.rar</a><span> (180.96M, 2022年11月9日 09:35 到期)</span>"
                "<a href='" +
                url + "'>下载</a></div>");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].name, "全部材料.rar");
  EXPECT_EQ(found[0].facts.host, "mail.163.com");
  EXPECT_EQ(found[0].facts.size_text, "180.96M");
  EXPECT_EQ(found[0].facts.expires, "2022-11-09T09:35");
  EXPECT_EQ(found[0].url.find("&amp;"), std::string::npos);
}

TEST(CloudLink, QqInPlainText) {
  const auto found = links(
      "text/plain",
      "材料||从QQ邮箱发来的超大附件||榆树市.zip (128.03M, 2022年11月27日 21:59 到期)进入下载页面："
      "http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=AAAA&code=1|"
      "照片.zip (1.5G, 2022年11月28日 08:00 到期)进入下载页面："
      "https://wx.mail.qq.com/ftn/download?func=3&key=BBBB&code=2|");
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_EQ(found[0].name, "榆树市.zip");
  EXPECT_EQ(found[0].facts.expires, "2022-11-27T21:59");
  EXPECT_EQ(found[1].name, "照片.zip");
  EXPECT_EQ(found[1].facts.size_text, "1.5G");
  EXPECT_EQ(found[1].facts.host, "wx.mail.qq.com");
}

TEST(CloudLink, BaiduAndOthers) {
  const auto found =
      links("text/plain", "链接：https://pan.baidu.com/s/1abcd?pwd=1234 提取码: 1234|");
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].facts.host, "pan.baidu.com");
  EXPECT_EQ(found[0].name, "百度网盘文件");
  EXPECT_THAT(links("text/plain", "https://mail.sina.com.cn/filecenter/download.php?id=12345|"),
              SizeIs(1));
}

// One row a form in which providers were seen to write their links.
TEST(CloudLink, HostsThatAreKnown) {
  struct Row {
    const char* url;
    const char* host;
  };
  for (const Row& row : {
           Row{"https://mail.163.com/large-attachment-download/index.html?p=X-NETEASE-HUGE-"
               "ATTACHMENT&file=KEY1&title=a",
               "mail.163.com"},
           Row{"http://fs.163.com/fs/display/?p=X-NETEASE-HUGE-ATTACHMENT&file=KEY1", "fs.163.com"},
           Row{"https://mail.126.com/download?p=X-NTES-HUGE-ATTACHMENT&file=KEY1", "mail.126.com"},
           Row{"https://u.163.com/Ab12Cd", "u.163.com"},
           Row{"https://dashi.163.com/html/cloud-attachment-download/?key=KEY1", "dashi.163.com"},
           Row{"http://mail.qq.com/cgi-bin/ftnExs_download?t=exs_ftn_download&k=KEY1&code=c1",
               "mail.qq.com"},
           Row{"https://exmail.qq.com/cgi-bin/ftnExs_download?k=KEY1&code=c1", "exmail.qq.com"},
           Row{"https://wx.mail.qq.com/ftn/download?func=3&key=KEY1&code=c1", "wx.mail.qq.com"},
           Row{"https://mail.sina.com.cn/filecenter/download.php?id=1", "mail.sina.com.cn"},
           Row{"https://pan.baidu.com/s/1abcd?pwd=1234", "pan.baidu.com"},
           Row{"https://mail.10086.cn/big/1234", "mail.10086.cn"},
           Row{"https://share.weiyun.com/Ab12Cd", "share.weiyun.com"},
           Row{"https://www.kdocs.cn/l/cAb12Cd", "www.kdocs.cn"},
           Row{"https://docs.qq.com/sheet/DAb12Cd", "docs.qq.com"},
           Row{"https://www.jianguoyun.com/p/DAb12Cd", "www.jianguoyun.com"},
       }) {
    const auto found = links("text/plain", std::string(row.url) + " 提取码: 1234|");
    ASSERT_THAT(found, SizeIs(1)) << row.url;
    EXPECT_EQ(found[0].facts.host, row.host);
    EXPECT_EQ(found[0].url, row.url);
  }
}

TEST(CloudLink, WordsForTheEnd) {
  // The mail was sent on 24 October 2022.
  const auto expires = [](const std::string& around) {
    const auto found = find_cloud_links(
        scan(mail("Date: Mon, 24 Oct 2022 16:00:00 +0800|Content-Type: text/plain; charset=utf-8|",
                  around + "|")));
    return found.size() == 1 ? found[0].facts.expires : "no link";
  };
  const std::string link = "https://mail.163.com/large-attachment-download/index.html?file=KEY1";
  EXPECT_EQ(expires("材料.rar (1.2G, 2022年11月9日 到期)" + link), "2022-11-09");
  EXPECT_EQ(expires("材料.rar (1.2G, 2022-11-09 09:05:30 到期)" + link), "2022-11-09T09:05");
  EXPECT_EQ(expires("材料.rar（1.2G，有效期30天）" + link), "2022-11-23");
  EXPECT_EQ(expires("材料.rar (1.2G, 7天后到期)" + link), "2022-10-31");
  EXPECT_EQ(expires("材料.rar (1.2G, 无限期)" + link), "");
  EXPECT_EQ(expires("材料.rar (1.2G, 2022年13月9日 到期)" + link), "");
  EXPECT_EQ(expires("文件名：材料.rar|大小：1.2G|有效期至：2022/11/9|" + link), "2022-11-09");
  EXPECT_EQ(expires(link + "|过期时间：2022-11-09 21:59"), "2022-11-09T21:59");
  EXPECT_EQ(expires(link + "|有效期：永久有效"), "");
  EXPECT_EQ(expires("活动时间：2022年10月18日|" + link), "");
}

TEST(CloudLink, LabelsTellNameAndSize) {
  const auto found =
      links("text/plain",
            "通过网盘分享的文件：南关区材料.zip|链接: https://pan.baidu.com/s/1abcd?pwd=1234 "
            "提取码: 1234|"
            "通过网盘分享的文件：照片.zip|链接: https://pan.baidu.com/s/1efgh 提取码: 5678|"
            "文件名：总结.docx|文件大小：56.7 MB|https://mail.10086.cn/big/1234|"
            "我用百度网盘给你分享了“视频.mp4”，链接：https://pan.baidu.com/s/1ijkl|");
  ASSERT_THAT(found, SizeIs(4));
  EXPECT_EQ(found[0].name, "南关区材料.zip");
  EXPECT_EQ(found[1].name, "照片.zip");
  EXPECT_EQ(found[2].name, "总结.docx");
  EXPECT_EQ(found[2].facts.size_text, "56.7MB");
  EXPECT_EQ(found[3].name, "视频.mp4");
}

TEST(CloudLink, WhatIsNone) {
  EXPECT_THAT(
      links("text/html", "<style>#divNeteaseBigAttach,.X{color:red}</style><p>附件请查收</p>"),
      IsEmpty());
  EXPECT_THAT(
      links("text/plain",
            "见 https://www.126.com/ 和 https://mail.163.com 以及 https://pan.baidu.com/ |"),
      IsEmpty());
  EXPECT_THAT(links("text/plain", "https://evil.example/?u=pan.baidu.com/s/1abcd|"), IsEmpty());
  // a link in the text that a reply quotes is old
  EXPECT_THAT(links("text/plain",
                    "收到||------------------ 原始邮件 ------------------|发件人: a|"
                    "https://pan.baidu.com/s/1abcd|"),
              IsEmpty());
}

}  // namespace
}  // namespace baosong::parsers::mime
