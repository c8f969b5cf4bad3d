#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mimetic/mimetic.h>

#include <fstream>
#include <sstream>

#include "daemon/letters/pictures.hpp"
#include "parsers/worker/read.hpp"
#include "tests/unit/letters/sample.hpp"

namespace baosong::test {
namespace {

using testing::HasSubstr;
using testing::Not;

Letter small_letter() {
  Letter letter;
  letter.kind = LetterKind::kCorrection;
  letter.to = "zhangxiaohe@mail.example.cn";
  letter.subject = "回复：朝阳区—2022年全民终身学习活动周材料【材料接收回执】【待补充】";
  letter.text = "您好！\n.\n--=_baosong\n谢谢\n";
  letter.html = "<p>您好！</p>\n";
  letter.message_id = "<baosong-0123@126.com>";
  letter.in_reply_to = "<one@mail.example.cn>";
  letter.references = {"<zero@mail.example.cn>", "<one@mail.example.cn>"};
  return letter;
}

std::string mail_of(const Letter& letter) {
  return to_rfc5322(letter, "jlqmxx@126.com", "长春市全民终身学习活动周工作领导小组办公室",
                    at("2022-10-24T16:05:09+08:00"), Zone{});
}

std::vector<std::string> lines_of(const std::string& mail) {
  std::vector<std::string> lines;
  std::size_t from = 0;
  for (auto to = mail.find("\r\n"); to != std::string::npos; to = mail.find("\r\n", from)) {
    lines.push_back(mail.substr(from, to - from));
    from = to + 2;
  }
  EXPECT_EQ(from, mail.size()) << "the mail ends in CRLF";
  return lines;
}

TEST(Rfc5322, IsTheSameBytesEachTime) {
  ASSERT_EQ(mail_of(small_letter()), mail_of(small_letter()));
  std::ostringstream golden;
  golden << std::ifstream(std::string(BAOSONG_FIXTURES) + "/letters/correction.eml",
                          std::ios::binary)
                .rdbuf();
  EXPECT_EQ(mail_of(small_letter()), golden.str());
}

TEST(Rfc5322, HoldsTheLimitsOfTheRfcs) {
  auto letter = small_letter();
  letter.subject.clear();
  for (int i = 0; i < 200; ++i) letter.subject += "材料𠀀 a";
  for (int i = 0; i < 20; ++i)
    letter.references.push_back("<" + std::string(60, 'r') + std::to_string(i) + "@x.cn>");
  const auto mail = mail_of(letter);
  for (const auto& line : lines_of(mail)) {
    EXPECT_LE(line.size(), 78U) << line;
    for (const char c : line) EXPECT_TRUE(c == '\t' || (c >= 0x20 && c < 0x7F)) << line;
  }
  for (const char* field :
       {"\r\nMIME-Version: 1.0\r\n", "Date: Mon, 24 Oct 2022 16:05:09 +0800\r\n",
        "\r\nAuto-Submitted: auto-replied\r\n", "\r\nX-Baosong-Letter: correction\r\n",
        "\r\nIn-Reply-To: <one@mail.example.cn>\r\n", "\r\nMessage-ID: <baosong-0123@126.com>\r\n",
        "\r\nTo: zhangxiaohe@mail.example.cn\r\n"}) {
    EXPECT_THAT(mail, HasSubstr(field));
  }
  for (const char* none : {"Precedence", "Disposition-Notification-To", "Bcc", "Cc:"})
    EXPECT_THAT(mail, Not(HasSubstr(none)));
  // Encoded words: at most 75 characters, and each decodes by itself (RFC 2047, 2 and 5).
  for (auto at_word = mail.find("=?UTF-8?B?"); at_word != std::string::npos;
       at_word = mail.find("=?UTF-8?B?", at_word + 1)) {
    EXPECT_LE(mail.find("?=", at_word) + 2 - at_word, 75U);
  }
}

TEST(Rfc5322, MimeticReadsBackBothParts) {
  const auto bytes = mail_of(small_letter());
  mimetic::MimeEntity mail(bytes.begin(), bytes.end());
  ASSERT_EQ(mail.body().parts().size(), 2U);
  mimetic::Base64::Decoder decoder;
  std::string text;
  const std::string& body = mail.body().parts().front()->body();
  mimetic::decode(body.begin(), body.end(), decoder, std::back_inserter(text));
  EXPECT_EQ(text, "您好！\r\n.\r\n--=_baosong\r\n谢谢\r\n");
}

TEST(Rfc5322, OurOwnReaderReadsItBack) {
  auto letter = small_letter();
  letter.subject += "很长的主题𠀀，连同标点和 ASCII words，要分成好几个编码字";
  const auto reading = parsers::read(mail_of(letter), "", parsers::InputKind::kMail);
  const auto& mail = reading.message;
  EXPECT_THAT(reading.problems, testing::IsEmpty());
  EXPECT_THAT(reading.documents, testing::IsEmpty());
  EXPECT_EQ(mail.subject, letter.subject);
  EXPECT_EQ(mail.from.name, "长春市全民终身学习活动周工作领导小组办公室");
  EXPECT_EQ(mail.from.address, "jlqmxx@126.com");
  ASSERT_EQ(mail.to.size(), 1U);
  EXPECT_EQ(mail.to[0].address, letter.to);
  EXPECT_EQ(mail.message_id, letter.message_id);
  EXPECT_EQ(mail.in_reply_to, letter.in_reply_to);
  EXPECT_EQ(mail.references, letter.references);
  EXPECT_EQ(mail.date, at("2022-10-24T16:05:09+08:00"));
  EXPECT_THAT(mail.text, HasSubstr("您好！"));
  // Should it ever come back to us, it is recognised as a machine's mail.
  EXPECT_NE(rules::dispose(sample_notice(), reading), rules::Disposition::kSubmission);
  EXPECT_NE(rules::dispose(sample_notice(), reading), rules::Disposition::kInquiry);
}

TEST(Rfc5322, RefusesLineBreaksInAddresses) {
  auto letter = small_letter();
  letter.to = "a@b.cn\r\nBcc: c@d.cn";
  EXPECT_THROW(mail_of(letter), std::logic_error);
  EXPECT_THROW(to_rfc5322(small_letter(), "a@b.cn\nX: y", "", Time{}, Zone{}), std::logic_error);
  letter = small_letter();
  letter.message_id = "<a@b>\r\nX: y";
  EXPECT_THROW(mail_of(letter), std::logic_error);
  letter = small_letter();
  letter.subject = "a\r\nBcc: c@d.cn";
  letter.references.push_back("<a@b>\r\nBcc: c@d.cn");
  EXPECT_THAT(mail_of(letter), Not(HasSubstr("\nBcc")));
}

// Webmail strips data: addresses, so a mail has its pictures as parts of its own.
TEST(Rfc5322, PicturesTravelAsRelatedParts) {
  auto letter = small_letter();
  letter.kind = LetterKind::kDigest;
  const std::vector<std::vector<std::uint8_t>> jpegs{std::vector<std::uint8_t>(100, 0xD8),
                                                     {1, 2, 3}};
  letter.html = with_pictures(
      "<img src=\"" + picture_mark(2) + "\"><img src=\"" + picture_mark(1) + "\">\n", jpegs);
  const auto bytes = mail_of(letter);
  EXPECT_EQ(bytes, mail_of(letter));
  for (const auto& line : lines_of(bytes)) EXPECT_LE(line.size(), 100U) << line;
  mimetic::MimeEntity mail(bytes.begin(), bytes.end());
  ASSERT_EQ(mail.body().parts().size(), 2U);
  const auto& related = *mail.body().parts().back();
  EXPECT_EQ(related.header().contentType().subtype(), "related");
  ASSERT_EQ(related.body().parts().size(), 3U);
  const auto decoded = [](const mimetic::MimeEntity& part) {
    mimetic::Base64::Decoder decoder;
    std::string out;
    const std::string& body = part.body();
    mimetic::decode(body.begin(), body.end(), decoder, std::back_inserter(out));
    return out;
  };
  auto part = related.body().parts().begin();
  const std::string html = decoded(**part);
  EXPECT_THAT(html, Not(HasSubstr("data:")));
  for (const std::string& jpeg : {std::string("\1\2\3"), std::string(100, '\xD8')}) {
    const auto& picture = **++part;
    EXPECT_EQ(decoded(picture), jpeg);
    auto id = picture.header().field("Content-ID").value();
    id = id.substr(1, id.size() - 2);
    EXPECT_THAT(html, HasSubstr("src=\"cid:" + id + "\""));
  }
  // A template that shows no pictures, and a letter without any, stay what they were.
  EXPECT_EQ(with_pictures("<p>x</p>", jpegs), "<p>x</p>");
  EXPECT_THAT(mail_of(small_letter()), Not(HasSubstr("multipart/related")));
}

TEST(Rfc5322, DigestAnswersNobody) {
  auto letter = small_letter();
  letter.kind = LetterKind::kDigest;
  letter.in_reply_to.clear();
  letter.references.clear();
  const auto mail = mail_of(letter);
  EXPECT_THAT(mail, HasSubstr("\r\nAuto-Submitted: auto-generated\r\n"));
  EXPECT_THAT(mail, Not(HasSubstr("In-Reply-To")));
  EXPECT_THAT(mail, Not(HasSubstr("References")));
}

}  // namespace
}  // namespace baosong::test
