#include "daemon/outbox/smtp_reply.hpp"

#include <gtest/gtest.h>

#include "daemon/limits.hpp"

namespace baosong::daemon::smtp {
namespace {

using Step = ReplyParser::Step;

Step feed_all(ReplyParser& parser, const std::vector<std::string>& lines) {
  Step step = Step::kMore;
  for (const std::string& line : lines) step = parser.feed(line);
  return step;
}

TEST(SmtpReply, OneLineIsAReply) {
  ReplyParser parser;
  ASSERT_EQ(parser.feed("250 2.1.0 Ok"), Step::kDone);
  EXPECT_EQ(parser.reply.code, 250);
  EXPECT_EQ(parser.reply.enhanced, "2.1.0");
  EXPECT_TRUE(parser.reply.positive());
  EXPECT_EQ(parser.reply.one_line(), "250 2.1.0 Ok");
}

TEST(SmtpReply, ManyLinesAreOneReply) {
  ReplyParser parser;
  EXPECT_EQ(parser.feed("550-5.1.1 The email account"), Step::kMore);
  EXPECT_EQ(parser.feed("550-5.1.1 does not exist"), Step::kMore);
  ASSERT_EQ(parser.feed("550 5.1.1 see there"), Step::kDone);
  EXPECT_EQ(parser.reply.enhanced, "5.1.1");
  EXPECT_EQ(parser.reply.lines.size(), 3U);
  // The next line begins a new reply.
  ASSERT_EQ(parser.feed("221 Bye"), Step::kDone);
  EXPECT_EQ(parser.reply.code, 221);
  EXPECT_EQ(parser.reply.lines.size(), 1U);
  EXPECT_EQ(parser.reply.enhanced, "");
}

TEST(SmtpReply, ABareCodeIsAReply) {
  ReplyParser parser;
  EXPECT_EQ(parser.feed("250"), Step::kDone);
  EXPECT_EQ(parser.feed("250-"), Step::kMore);
  EXPECT_EQ(parser.feed("250 "), Step::kDone);
}

TEST(SmtpReply, WhatIsNoReplyIsRefused) {
  for (const char* line : {"", "2", "25", "abc", "199 x", "600 x", "2x0 x", "250x", "250_ok",
                           " 250 ok", "* OK", "-"}) {
    ReplyParser parser;
    EXPECT_EQ(parser.feed(line), Step::kBroken) << line;
  }
  ReplyParser mixed;
  EXPECT_EQ(feed_all(mixed, {"250-a", "550 b"}), Step::kBroken);
}

TEST(SmtpReply, HasALimitOfLines) {
  const auto lines = [](std::size_t count) {
    std::vector<std::string> all(count, "250-x");
    all.back() = "250 x";
    return all;
  };
  ReplyParser below, at, above;
  EXPECT_EQ(feed_all(below, lines(limits::kReplyLines - 1)), Step::kDone);
  EXPECT_EQ(feed_all(at, lines(limits::kReplyLines)), Step::kDone);
  EXPECT_EQ(feed_all(above, lines(limits::kReplyLines + 1)), Step::kBroken);
}

TEST(SmtpReply, AnEnhancedStatusIsOnlyOneOfTheSameClass) {
  const auto enhanced = [](const std::string& line) {
    ReplyParser parser;
    EXPECT_EQ(parser.feed(line), Step::kDone);
    return parser.reply.enhanced;
  };
  EXPECT_EQ(enhanced("450 4.2.1 busy"), "4.2.1");
  EXPECT_EQ(enhanced("550 5.7.123 no"), "5.7.123");
  EXPECT_EQ(enhanced("550 4.7.1 no"), "");
  EXPECT_EQ(enhanced("550 5.7 no"), "");
  EXPECT_EQ(enhanced("550 5.7.1.1 no"), "");
  EXPECT_EQ(enhanced("550 5..1 no"), "");
  EXPECT_EQ(enhanced("550 5.1234.1 no"), "");
  EXPECT_EQ(enhanced("550 192.168.0.1 no"), "");
}

TEST(SmtpReply, IsShownAsOnePrintableLine) {
  ReplyParser parser;
  parser.feed("554-DT:SPM \x1b[31m\xd3\xca\xbc\xfe");
  parser.feed("554 " + std::string(5000, 'x'));
  const std::string line = parser.reply.one_line();
  EXPECT_EQ(line.size(), limits::kReplyBytes);
  EXPECT_TRUE(line.starts_with("554 DT:SPM ?[31m???? xxx")) << line;
}

TEST(SmtpReply, EhloTellsTheMechanisms) {
  const auto offers = [](const std::vector<std::string>& lines) {
    ReplyParser parser;
    EXPECT_EQ(feed_all(parser, lines), Step::kDone);
    return capabilities_of(parser.reply);
  };
  const auto both = offers({"250-mail", "250-PIPELINING", "250-AUTH LOGIN PLAIN", "250 8BITMIME"});
  EXPECT_TRUE(both.auth_plain && both.auth_login);
  const auto old = offers({"250-mail", "250-auth=login", "250 8BITMIME"});
  EXPECT_TRUE(!old.auth_plain && old.auth_login);
  const auto none = offers({"250-mail", "250-AUTH XOAUTH2 PLAIN-CLIENTTOKEN", "250 XAUTH PLAIN"});
  EXPECT_FALSE(none.auth_plain || none.auth_login);
}

TEST(SmtpStuff, DoublesADotAtTheStartOfALine) {
  EXPECT_EQ(stuff("a\r\n.\r\n..b\r\nc.d\r\n").bytes, "a\r\n..\r\n...b\r\nc.d\r\n");
  EXPECT_EQ(stuff(".").bytes, "..\r\n");
  EXPECT_EQ(stuff("a").bytes, "a\r\n");
  EXPECT_EQ(stuff("").bytes, "");
}

TEST(SmtpStuff, RefusesWhatSmtpCannotCarry) {
  for (const std::string& mail :
       {std::string("a\nb\r\n"), std::string("a\rb\r\n"), std::string("a\r\n\n"),
        std::string("a\0b\r\n", 5), std::string("\xe6\x8a\xa5\r\n"),
        std::string(limits::kMailLine + 1, 'x')}) {
    EXPECT_FALSE(stuff(mail).fault.empty()) << mail.substr(0, 20);
  }
  EXPECT_TRUE(stuff(std::string(limits::kMailLine, 'x')).fault.empty());
  EXPECT_TRUE(stuff(std::string(limits::kMailLine - 1, 'x')).fault.empty());
}

}  // namespace
}  // namespace baosong::daemon::smtp
