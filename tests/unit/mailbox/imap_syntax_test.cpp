#include "daemon/mailbox/imap_syntax.hpp"

#include <gtest/gtest.h>

namespace baosong::daemon::imap {
namespace {

using Step = FetchParser::Step;

TEST(ImapSyntax, DateTime) {
  const auto expected = parse_rfc3339("2022-10-24T16:00:00+08:00");
  EXPECT_EQ(parse_date_time("24-Oct-2022 16:00:00 +0800"), expected);
  EXPECT_EQ(parse_date_time("24-OCT-2022 08:00:00 +0000"), expected);
  EXPECT_EQ(parse_date_time(" 1-Oct-2022 00:00:00 -0130"),
            parse_rfc3339("2022-10-01T01:30:00+00:00"));
  for (const char* bad :
       {"", "24-Oct-2022", "24-Foo-2022 16:00:00 +0800", "31-Feb-2022 16:00:00 +0800",
        "24-Oct-2022 25:00:00 +0800", "24-Oct-2022 16:00:00", "-Oct-2022 16:00:00 +0800        "}) {
    EXPECT_EQ(parse_date_time(bad), std::nullopt) << bad;
  }
}

TEST(ImapSyntax, QuoteRefusesLineEnds) {
  EXPECT_EQ(quote(R"(a"b\c)"), R"("a\"b\\c")");
  EXPECT_EQ(quote("a\r\nb"), std::nullopt);
}

TEST(ImapSyntax, ModifiedUtf7) {
  EXPECT_EQ(modified_utf7("INBOX"), "INBOX");
  EXPECT_EQ(modified_utf7("A&B"), "A&-B");
  EXPECT_EQ(modified_utf7("台北"), "&U,BTFw-");  // the example of RFC 3501, 5.1.3
  EXPECT_EQ(modified_utf7("日本語"), "&ZeVnLIqe-");
}

TEST(ImapSyntax, FetchWithLiteralInTheMiddle) {
  std::string_view rest;
  ASSERT_TRUE(FetchParser::starts("* 12 FETCH (UID 5 BODY[] {42}", rest));
  FetchParser parser;
  ASSERT_EQ(parser.feed(rest), Step::kLiteral);
  EXPECT_EQ(parser.literal, 42u);
  EXPECT_EQ(parser.feed(R"x( INTERNALDATE "24-Oct-2022 16:00:00 +0800" FLAGS (\Seen $x)))x"),
            Step::kDone);
  EXPECT_EQ(parser.mail.uid, 5u);
  EXPECT_TRUE(parser.mail.has_body);
  EXPECT_TRUE(parser.mail.internal_date);
}

TEST(ImapSyntax, UidMayFollowTheLiteral) {
  FetchParser parser;
  ASSERT_EQ(parser.feed("(BODY[] {0}"), Step::kLiteral);
  EXPECT_EQ(parser.feed(" UID 7)"), Step::kDone);
  EXPECT_EQ(parser.mail.uid, 7u);
}

TEST(ImapSyntax, HeaderFieldsAreABodyOnlyWhenTheyWereAskedFor) {
  FetchParser asked(FetchParser::Body::kHeaderFields);
  ASSERT_EQ(asked.feed(R"x((UID 7 BODY[HEADER.FIELDS ("MESSAGE-ID")] {40})x"), Step::kLiteral);
  EXPECT_EQ(asked.literal, 40u);
  EXPECT_EQ(asked.feed(")"), Step::kDone);
  EXPECT_TRUE(asked.mail.has_body);
  FetchParser other(FetchParser::Body::kHeaderFields);
  EXPECT_EQ(other.feed("(UID 7 BODY[] {40}"), Step::kBroken);
  FetchParser whole;
  EXPECT_EQ(whole.feed("(UID 7 BODY[HEADER.FIELDS (MESSAGE-ID)] {40}"), Step::kBroken);
}

TEST(ImapSyntax, ListedFolders) {
  const auto sent = listed_of(R"(* LIST (\HasNoChildren \Sent) "/" "&XfJT0ZAB-")");
  ASSERT_TRUE(sent);
  EXPECT_EQ(sent->attributes, (std::vector<std::string>{"\\HASNOCHILDREN", "\\SENT"}));
  EXPECT_EQ(sent->name, modified_utf7("已发送"));
  EXPECT_EQ(listed_of(R"(* xlist () NIL Sent)")->name, "Sent");
  EXPECT_EQ(listed_of(R"(* LIST () "/" "a \"b\" c")")->name, "a \"b\" c");
  EXPECT_EQ(listed_of(R"(* LIST () "/" {5})")->literal, 5u);
  for (const char* bad : {"", "* LIST", "* LIST (", R"(* LIST () "/")", R"(* LIST () "/" "open)",
                          R"(* LIST () "/" {x})", R"(* LIST () "/" a b)", "* SEARCH (1) 2 3"}) {
    EXPECT_FALSE(listed_of(bad)) << bad;
  }
}

TEST(ImapSyntax, QuotedAndNilBodies) {
  FetchParser quoted;
  ASSERT_EQ(quoted.feed(R"((UID 1 BODY[] "a \"b\""))"), Step::kDone);
  EXPECT_EQ(quoted.mail.quoted_body, "a \"b\"");
  FetchParser nil;
  ASSERT_EQ(nil.feed("(UID 1 BODY[] NIL)"), Step::kDone);
  EXPECT_TRUE(nil.mail.body_nil);
}

TEST(ImapSyntax, WhatIsNoFetchIsBroken) {
  for (const char* bad :
       {"", "UID 1", "(UID x)", "(UID -1)", "(UID 1", "(UID 1) more", "(BODY[] {-5}", "(BODY[] {9",
        "(BODY[] {99999999999999999999}", "(BODY[] {5} x", "(FOO {5}", "(BODY[] atom)",
        "(UID 1 BODY[] \"open)", "((UID 1))"}) {
    FetchParser parser;
    EXPECT_EQ(parser.feed(bad), Step::kBroken) << bad;
  }
  FetchParser two;
  ASSERT_EQ(two.feed("(BODY[] {1}"), Step::kLiteral);
  EXPECT_EQ(two.feed(" BODY[] {1}"), Step::kBroken);
}

TEST(ImapSyntax, OtherLines) {
  std::string_view rest;
  EXPECT_FALSE(FetchParser::starts("* 12 EXISTS", rest));
  EXPECT_FALSE(FetchParser::starts("* OK FETCH (", rest));
  EXPECT_EQ(exists_of("* 172 EXISTS"), 172u);
  EXPECT_EQ(exists_of("* 172 RECENT"), std::nullopt);
  EXPECT_EQ(code_of("* OK [UIDVALIDITY 3857529045] UIDs valid", "UIDVALIDITY"), 3857529045u);
  EXPECT_EQ(code_of("* OK [UIDNEXT 5]", "UIDVALIDITY"), std::nullopt);
}

}  // namespace
}  // namespace baosong::daemon::imap
