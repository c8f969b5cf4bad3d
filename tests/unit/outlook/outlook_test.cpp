#include <gtest/gtest.h>

#include <string>

#include "parsers/outlook/packed.hpp"
#include "tests/support/make_tnef.hpp"

namespace baosong::parsers::outlook {
namespace {

using test::msg_attachment;
using test::msg_property;
using test::TnefBuilder;
using test::TnefProperties;
using test::utf16le;

TEST(Tnef, AttachmentsWithTheirLongNames) {
  const std::string bytes =
      TnefBuilder()
          .codepage(936)
          .attribute(1, 0x00018004, "\xB2\xC4\xC1\xCF")  // 材料 in GBK
          .message(TnefProperties()
                       .number(0x0E07, 1)
                       .time(0x0E06)
                       .named(u"x-name", 7)
                       .unicode(0x0C1A, u"林晓禾")
                       .string8(0x0C1F, "/o=demo/cn=lin")
                       .unicode(0x5D01, u"lin@example.cn")
                       .unicode(0x1000, u"附件请查收"))
          .attachment("FUJIAN~1.DOC", "one",
                      TnefProperties().unicode(0x3707, u"附件1 示范活动汇总表.docx"))
          .attachment("\xD5\xD5\xC6\xAC.jpg", "two")  // 照片.jpg, only in GBK
          .attachment("x.bin", "", TnefProperties().binary(0x3701, "three"))
          .bytes();
  const Packed packed = read_tnef(bytes);
  EXPECT_EQ(packed.trouble, Trouble::kNone) << packed.detail;
  ASSERT_EQ(packed.mails.size(), 1u);
  EXPECT_EQ(packed.mails[0].subject, "材料");
  EXPECT_EQ(packed.mails[0].from.name, "林晓禾");
  EXPECT_EQ(packed.mails[0].from.address, "lin@example.cn");
  EXPECT_EQ(packed.mails[0].text, "附件请查收");
  ASSERT_EQ(packed.files.size(), 3u);
  EXPECT_EQ(packed.files[0].name, "附件1 示范活动汇总表.docx");
  EXPECT_EQ(packed.files[0].bytes, "one");
  EXPECT_EQ(packed.files[1].name, "照片.jpg");
  EXPECT_EQ(packed.files[1].bytes, "two");
  EXPECT_EQ(packed.files[2].bytes, "three");
}

TEST(Tnef, ALineEndBehindItIsNoDamage) {
  const std::string whole = TnefBuilder().attachment("a.txt", "text").bytes();
  EXPECT_EQ(read_tnef(whole + "\r\n").trouble, Trouble::kNone);
  EXPECT_EQ(read_tnef(whole + "\r\nx").trouble, Trouble::kDamaged);
  EXPECT_EQ(read_tnef("\x78\x9F\x3E\x22").trouble, Trouble::kDamaged);
}

TEST(Tnef, AMailInsideIsTnefAgain) {
  const std::string inner = TnefBuilder().attachment("a.txt", "text").bytes();
  const Packed packed = read_tnef(
      TnefBuilder().attachment("mail.dat", "", TnefProperties().object(0x3701, inner)).bytes());
  ASSERT_EQ(packed.files.size(), 1u);
  EXPECT_EQ(packed.files[0].bytes, inner);
}

TEST(Tnef, TheTextOfAWebPageIsReadWhenThereIsNoOther) {
  const Packed packed = read_tnef(
      TnefBuilder().message(TnefProperties().binary(0x1013, "<p>您好</p><p>材料</p>")).bytes());
  EXPECT_NE(packed.mails[0].text.find("您好"), std::string::npos);
  EXPECT_EQ(packed.mails[0].text.find('<'), std::string::npos);
}

TEST(Tnef, TruncationKeepsWhatCameBefore) {
  const std::string whole =
      TnefBuilder().attachment("a.txt", "first").attachment("b.txt", "second").bytes();
  for (std::size_t size = 7; size + 2 < whole.size(); ++size) {
    const Packed packed = read_tnef(std::string_view(whole).substr(0, size));
    EXPECT_LE(packed.files.size(), 2u);
    if (packed.trouble == Trouble::kNone) continue;  // cut between two attributes
    EXPECT_EQ(packed.trouble, Trouble::kDamaged);
  }
  EXPECT_EQ(read_tnef(std::string_view(whole).substr(0, whole.size() - 20)).files[0].bytes,
            "first");
}

TEST(Tnef, EveryChangedByteIsSurvived) {
  const std::string whole =
      TnefBuilder()
          .message(TnefProperties().named(u"name", 1).unicode(0x0037, u"x").time(1))
          .attachment("a", "b", TnefProperties().unicode(0x3707, u"y").object(0x3701, "z"))
          .bytes();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    for (const char c : {'\0', '\1', '\x7F', '\xFF'}) {
      std::string changed = whole;
      changed[at] = c;
      EXPECT_LE(read_tnef(changed).files.size(), 2u);
    }
  }
}

std::string message() {
  return test::make_ole(
      {{"__properties_version1.0", std::string(32, '\0')},
       msg_property("0037001F", utf16le(u"转发：材料")),
       msg_property("0C1A001F", utf16le(u"林晓禾")),
       msg_property("5D01001F", utf16le(u"lin@example.cn")),
       msg_property("1000001F", utf16le(u"见附件")),
       msg_attachment(0, u"附件2.docx", "one"),
       test::ole_storage("__attach_version1.0_#00000001",
                         {msg_property("3707001F", utf16le(u"里面的信")),
                          test::ole_storage("__substg1.0_3701000D",
                                            {msg_property("0037001E", "\xB1\xED"),  // 表 in GBK
                                             msg_attachment(0, u"附件3.docx", "two")})})});
}

TEST(Msg, SubjectTextAndAttachmentsOfAllDepths) {
  const Packed packed = read_msg(message());
  EXPECT_EQ(packed.trouble, Trouble::kNone) << packed.detail;
  ASSERT_EQ(packed.mails.size(), 2u);
  EXPECT_EQ(packed.mails[0].subject, "转发：材料");
  EXPECT_EQ(packed.mails[0].from.address, "lin@example.cn");
  EXPECT_EQ(packed.mails[0].text, "见附件");
  EXPECT_EQ(packed.mails[1].subject, "表");
  ASSERT_EQ(packed.files.size(), 2u);
  EXPECT_EQ(packed.files[0].name, "附件2.docx");
  EXPECT_EQ(packed.files[0].bytes, "one");
  EXPECT_EQ(packed.files[1].name, "里面的信/附件3.docx");
  EXPECT_EQ(packed.files[1].bytes, "two");
}

TEST(Msg, MailsInMailsEndAtADepth) {
  const auto nested = [](int depth) {
    std::vector<test::OleNode> inner{msg_attachment(0, u"a.txt", "text")};
    for (int i = 0; i < depth; ++i) {
      inner = {test::ole_storage("__attach_version1.0_#00000000",
                                 {test::ole_storage("__substg1.0_3701000D", std::move(inner))})};
    }
    return read_msg(test::make_ole(inner));
  };
  EXPECT_EQ(nested(8).trouble, Trouble::kNone);
  EXPECT_EQ(nested(8).files.size(), 1u);
  EXPECT_EQ(nested(9).trouble, Trouble::kTooLarge);
}

TEST(Msg, EveryChangedByteIsSurvived) {
  const std::string whole = message();
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    std::string changed = whole;
    changed[at] = static_cast<char>(~changed[at]);
    EXPECT_LE(read_msg(changed).files.size(), 10u);
  }
  EXPECT_EQ(read_msg("").trouble, Trouble::kDamaged);
}

}  // namespace
}  // namespace baosong::parsers::outlook
