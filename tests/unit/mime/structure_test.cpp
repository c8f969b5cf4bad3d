// How parts are told apart when the mail keeps no rule.
#include <gmock/gmock.h>

#include "tests/unit/mime/sample.hpp"

namespace baosong::parsers::mime {
namespace {

using sample::Leaf;
using sample::leaves;
using sample::lines;
using sample::mail;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kBody =
    "--b||one|--b|Content-Disposition: attachment; filename=x||two|--b--|";
constexpr std::string_view kMixed = "Content-Type: multipart/mixed; boundary=b|";
const Leaf kOne{"", "one"}, kTwo{"x", "two"};

TEST(Structure, PathsParentsAndTypes) {
  const std::string raw =
      mail("Content-Type: multipart/MIXED; boundary=o|",
           "--o|Content-Type: multipart/alternative; boundary=i||--i||p|--i|"
           "Content-Type: text/html||h|--i--|--o|Content-Type: image/JPEG||j|--o--|");
  const Scan found = scan(raw);
  std::vector<std::string> rows;
  for (const Part& part : found.parts)
    rows.push_back(part.path + " " + part.type + (part.is_leaf ? " leaf" : ""));
  EXPECT_THAT(rows,
              ElementsAre("1 multipart/mixed", "1.1 multipart/alternative", "1.1.1 text/plain leaf",
                          "1.1.2 text/html leaf", "1.2 image/jpeg leaf"));
  EXPECT_EQ(found.parts[2].parent, 1);
  EXPECT_THAT(found.problems, IsEmpty());
}

TEST(Structure, EveryLineEnd) {
  const std::string crlf = mail(kMixed, kBody);
  for (const std::string_view end : {"\n", "\r"}) {
    std::string other;
    for (const char c : crlf)
      other += c == '\r' ? "" : c == '\n' ? std::string(end) : std::string(1, c);
    EXPECT_THAT(leaves(other), ElementsAre(kOne, kTwo)) << testing::PrintToString(std::string(end));
  }
}

TEST(Structure, TwoReturnsBeforeALineFeed) {
  const std::string crlf = mail(kMixed, kBody);
  std::string other;
  for (const char c : crlf) other += c == '\r' ? "\r\r" : std::string(1, c);
  EXPECT_THAT(leaves(other), ElementsAre(Leaf{"", "one\r"}, Leaf{"x", "two\r"}));
}

TEST(Structure, MixedLineEnds) {
  EXPECT_THAT(leaves("Content-Type: multipart/mixed; boundary=b\n\n" + lines(kBody)),
              ElementsAre(kOne, kTwo));
  EXPECT_THAT(leaves(mail(kMixed, "") + lines(kBody, "\n")), ElementsAre(kOne, kTwo));
  EXPECT_THAT(leaves(mail(kMixed, "") + lines(kBody, "\r")), ElementsAre(kOne, kTwo));
}

TEST(Structure, WhatStandsBeforeTheHeader) {
  for (const std::string_view before :
       {"\xEF\xBB\xBF", "\r\n\r\n", "\n", "From a@126.com Tue Oct 25 10:00:00 2022\r\n",
        ">From a Tue\n"}) {
    EXPECT_THAT(leaves(std::string(before) + mail(kMixed, kBody)), ElementsAre(kOne, kTwo));
  }
}

TEST(Structure, TheClosingDelimiterIsMissing) {
  EXPECT_THAT(leaves(mail(kMixed, "--b||one|--b|Content-Disposition: attachment; filename=x||two")),
              ElementsAre(kOne, kTwo));
  EXPECT_THAT(
      leaves(mail(kMixed, "--b||one|--b|Content-Disposition: attachment; filename=x||two|--b")),
      ElementsAre(kOne, kTwo, Leaf{"", ""}));
}

TEST(Structure, AnInnerMultipartIsNotClosed) {
  const std::string raw = mail("Content-Type: multipart/mixed; boundary=out|",
                               "--out|Content-Type: multipart/related; boundary=mid||--mid|"
                               "Content-Type: multipart/alternative; boundary=in||--in||one|"
                               "--out|Content-Disposition: attachment; filename=x||two|--out--|");
  EXPECT_THAT(leaves(raw), ElementsAre(kOne, kTwo));
  EXPECT_THAT(scan(raw).problems, ElementsAre(HasSubstr("without its closing delimiter")));
}

TEST(Structure, OneBoundaryBeginsWithTheOther) {
  for (const bool inner_is_short : {true, false}) {
    const std::string in = inner_is_short ? "AA" : "AA_1", out = inner_is_short ? "AA_1" : "AA";
    const std::string raw =
        mail("Content-Type: multipart/mixed; boundary=" + out + "|",
             "--" + out + "|Content-Type: multipart/alternative; boundary=" + in + "||--" + in +
                 "||one|--" + out + "|Content-Disposition: attachment; filename=x||two|--" + out +
                 "--|");
    EXPECT_THAT(leaves(raw), ElementsAre(kOne, kTwo));
  }
}

TEST(Structure, BoundariesThatEndInDashes) {
  EXPECT_THAT(
      leaves(mail("Content-Type: multipart/mixed; boundary=\"=_1_=----\"|",
                  "--=_1_=----||one|--=_1_=----|Content-Disposition: attachment; filename=x||two|"
                  "--=_1_=------|")),
      ElementsAre(kOne, kTwo));
}

TEST(Structure, NestedMultipartsShareABoundary) {
  EXPECT_THAT(leaves(mail(kMixed,
                          "--b|Content-Type: multipart/alternative; boundary=b||--b||one|--b--|"
                          "--b|Content-Disposition: attachment; filename=x||two|--b--|")),
              ElementsAre(kOne, kTwo));
}

TEST(Structure, BoundaryInsideALine) {
  EXPECT_THAT(leaves(mail(kMixed,
                          "--b||see --b here| --b|--bc|--b x|--b|Content-Disposition: attachment; "
                          "filename=x||two|--b--|")),
              ElementsAre(Leaf{"", "see --b here\r\n --b\r\n--bc\r\n--b x"}, kTwo));
}

TEST(Structure, DelimitersWithBlanksAndGarbage) {
  EXPECT_THAT(
      leaves(mail(kMixed,
                  "--b \t||one|--b  |Content-Disposition: attachment; filename=x||two|--b--xyz|")),
      ElementsAre(kOne, kTwo));
}

TEST(Structure, PartsBehindTheClosingDelimiter) {
  const std::string raw =
      mail(kMixed, "--b||one|--b--||--b|Content-Disposition: attachment; filename=x||two|--b--|");
  EXPECT_THAT(leaves(raw), ElementsAre(kOne, kTwo));
  EXPECT_THAT(scan(raw).problems, ElementsAre(HasSubstr("behind the closing delimiter")));
}

TEST(Structure, EmptyParts) {
  EXPECT_THAT(leaves(mail(kMixed, "--b|--b||--b|||--b--|")), ElementsAre(Leaf{}, Leaf{}, Leaf{}));
  EXPECT_THAT(leaves(mail(kMixed, "--b--|")), ElementsAre(Leaf{"", "--b--\r\n"}));
  EXPECT_THAT(leaves(mail(kMixed, "nothing here")), ElementsAre(Leaf{"", "nothing here"}));
}

TEST(Structure, HeaderWithoutEmptyLine) {
  EXPECT_THAT(
      leaves(mail(kMixed,
                  "--b|Content-Type: text/plain; name=x|--b|Content-Disposition: attachment; "
                  "filename=x|Content-Transfer-Encoding: base64|dHdv|--b--|")),
      ElementsAre(Leaf{"x", ""}, kTwo));
}

TEST(Structure, LinesThatAreNoFields) {
  EXPECT_THAT(leaves("Subject: a\r\nthis is no field\r\n" + mail(kMixed, kBody)),
              ElementsAre(kOne, kTwo));
  EXPECT_THAT(leaves("\xD6\xF7\xCC\xE2: x\r\n" + mail(kMixed, kBody)), ElementsAre(kOne, kTwo));
  EXPECT_THAT(leaves("X-A : x\r\n continued\r\n \r\n" + mail(kMixed, kBody)),
              ElementsAre(kOne, kTwo));
}

TEST(Structure, AFoldThatLostItsBlank) {
  EXPECT_THAT(leaves(mail("Content-Type: multipart/mixed;|boundary=b|", kBody)),
              ElementsAre(kOne, kTwo));
  EXPECT_THAT(
      leaves(
          mail(kMixed, "--b||one|--b|Content-Disposition: attachment;|filename=\"x\"||two|--b--|")),
      ElementsAre(kOne, kTwo));
}

TEST(Structure, SeveralContentTypes) {
  EXPECT_THAT(leaves("Content-Type: text/plain\r\n" + mail(kMixed, kBody)),
              ElementsAre(kOne, kTwo));
  EXPECT_THAT(leaves(mail(std::string(kMixed) + "Content-Type: text/plain|", kBody)),
              ElementsAre(kOne, kTwo));
}

TEST(Structure, BoundaryThatMustBeGuessed) {
  const std::string_view body =
      "preamble|--z|Content-Type: text/plain||one|--z|Content-Type: a/b; name=x||two|--z--|";
  for (const std::string_view header :
       {"Content-Type: multipart/mixed|", "Content-Type: multipart/mixed; boundary=|",
        "Content-Type: multipart/mixed; boundary=\"\"|"}) {
    EXPECT_THAT(leaves(mail(header, body)), ElementsAre(kOne, kTwo)) << header;
  }
  EXPECT_THAT(leaves(mail("", body.substr(9))), ElementsAre(kOne, kTwo));
  EXPECT_THAT(leaves(mail("", "text|--z|Content-Type: text/plain||one|--z--|")).size(), 1);
}

TEST(Structure, TransferEncodingOfAMultipartSaysNothing) {
  EXPECT_THAT(leaves(mail(std::string(kMixed) + "Content-Transfer-Encoding: base64|", kBody)),
              ElementsAre(kOne, kTwo));
}

TEST(Structure, InnerMails) {
  const std::string inner =
      "Subject: in|Content-Type: multipart/mixed; boundary=i||--i||one|--i|"
      "Content-Disposition: attachment; filename=x||two|--i--|";
  const std::string raw =
      mail(kMixed, "--b|Content-Type: Message/RFC822; name=m.eml||" + inner + "|--b--|");
  EXPECT_THAT(leaves(raw), ElementsAre(kOne, kTwo));
  const Scan found = scan(raw);
  EXPECT_TRUE(found.parts.back().inside_message);
  EXPECT_EQ(found.parts.back().message, 2);
  EXPECT_EQ(found.parts[1].name, "m.eml");
  // A digest's parts are mails without saying so (RFC 2046, 5.1.5).
  EXPECT_THAT(
      leaves(mail("Content-Type: multipart/digest; boundary=b|", "--b||" + inner + "|--b--|")),
      ElementsAre(kOne, kTwo));
}

TEST(Structure, InnerMailsThatWereEncoded) {
  const std::string raw =
      mail(kMixed,
           "--b|Content-Type: message/rfc822|Content-Transfer-Encoding: base64||"
           "U3ViamVjdDogaW4KQ29udGVudC1UeXBlOiBhL2I7IG5hbWU9eAoKdHdv|--b||one|--b--|");
  EXPECT_THAT(leaves(raw), ElementsAre(kTwo, kOne));
}

TEST(Structure, NoMailAtAll) {
  EXPECT_THAT(leaves(""), ElementsAre(Leaf{}));
  EXPECT_THAT(leaves("\r\n\r\n"), ElementsAre(Leaf{}));
  EXPECT_THAT(leaves("just text\r\nand more"), ElementsAre(Leaf{"", "just text\r\nand more"}));
  EXPECT_THAT(leaves("Subject: x"), ElementsAre(Leaf{}));
  EXPECT_THAT(leaves(std::string(1000, '\0')).size(), 1);
}

}  // namespace
}  // namespace baosong::parsers::mime
