#include <gtest/gtest.h>

#include "rules/judge.hpp"
#include "tests/support/load_notice.hpp"
#include "tests/support/mail_facts.hpp"
#include "tests/support/word_facts.hpp"

namespace baosong::rules {
namespace {

using testing::document;
using testing::MailBuilder;
using testing::WordBuilder;

const Time kReceived = *parse_rfc3339("2022-10-24T16:00:00+08:00");

struct Case {
  std::string name;
  parsers::Reading mail;
  Disposition disposition;
};
class Disposes : public ::testing::TestWithParam<Case> {};
TEST_P(Disposes, OfMail) {
  EXPECT_EQ(name_of(dispose(test::shipped_notice(), GetParam().mail)),
            name_of(GetParam().disposition));
}
std::string name_of_case(const ::testing::TestParamInfo<Case>& test) { return test.param.name; }

MailBuilder mail(std::string subject, std::string body = "") {
  MailBuilder out;
  out.subject(std::move(subject)).body(std::move(body));
  return out;
}
MailBuilder bounce_in_fields() {
  MailBuilder out = mail("系统退信", "抱歉，您的邮件被退回来了");
  out.from("Postmaster@126.com").report("delivery-status");
  return out;
}
MailBuilder with_inline(std::uint32_t side, std::uint64_t size) {
  parsers::PhotoFacts photo;
  photo.width = side * 2;
  photo.height = side;
  parsers::Document image = document("image001.png", photo);
  image.inline_image = true;
  image.size = size;
  MailBuilder out = mail("您好", "请问怎么报送？");
  out.add(image);
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    Judge, Disposes,
    ::testing::Values(
        Case{"documents", mail("材料").file("附件1.docx"), Disposition::kSubmission},
        Case{"documents_without_words", mail("").file("附件1.docx"), Disposition::kSubmission},
        Case{"question", mail("咨询", "请问附件1在哪里下载？"), Disposition::kInquiry},
        Case{"forgotten_attachment", mail("朝阳区材料", "附件请查收。"), Disposition::kInquiry},
        Case{"nothing", mail("朝阳区材料"), Disposition::kEmpty},
        Case{"only_the_client", mail("", "发自我的iPhone"), Disposition::kEmpty},
        Case{"nil_statement", mail("朝阳区", "我区无先进个人推荐。"), Disposition::kSubmission},
        Case{"own", mail("材料").from("JLQMXX@126.com").file("a.docx"), Disposition::kOwn},
        Case{"qq_vacation",
             mail("自动回复: 回复：朝阳区材料", "假期自动回复").field("x-qq-auto-reply", "true"),
             Disposition::kAutoReply},
        Case{"qq_holiday", mail("自动回复:材料", "x").field("x-qq-holidayreply", "true"),
             Disposition::kAutoReply},
        Case{"vacation_by_subject", mail("自动回复: 材料", "我在休假"), Disposition::kAutoReply},
        Case{"sina", mail("来自demo@sina.com的自动回复", "x"), Disposition::kAutoReply},
        Case{"rfc3834", mail("材料", "x").field("auto-submitted", "auto-replied"),
             Disposition::kAutoReply},
        Case{"not_automatic", mail("材料", "请问？").field("auto-submitted", "no"),
             Disposition::kInquiry},
        Case{"read_receipt", mail("已读", "x").report("disposition-notification"),
             Disposition::kAutoReply},
        Case{"reply_to_an_auto_reply", mail("回复：自动回复: 材料", "收到").file("附件1.docx"),
             Disposition::kSubmission},
        Case{"qq_auto_forward", mail("转发：材料").field("x-qq-auto-fwd", "1").file("附件1.docx"),
             Disposition::kSubmission},
        Case{"netease_bounce", bounce_in_fields(), Disposition::kBounce},
        Case{"qq_bounce",
             mail("来自qq.com的退信", "无法发送到 nobody@qq.com").from("PostMaster@qq.com"),
             Disposition::kBounce},
        Case{"daemon_bounce",
             mail("Undelivered Mail Returned to Sender", "x").from("MAILER-DAEMON@example.com"),
             Disposition::kBounce},
        Case{"null_sender_bounce",
             mail("Delivery Status Notification", "x").field("return-path", "<>"),
             Disposition::kBounce},
        Case{"person_asks_about_a_bounce", mail("收到退信怎么办", "请问为什么退信？"),
             Disposition::kInquiry},
        Case{"list", mail("周报", "x").field("list-id", "<news.example.com>"),
             Disposition::kListOrBulk},
        Case{"bulk", mail("优惠", "x").field("precedence", "bulk"), Disposition::kListOrBulk},
        Case{"newsletter", mail("优惠", "x").field("list-unsubscribe", "<mailto:x@example.com>"),
             Disposition::kListOrBulk},
        Case{"noreply", mail("通知", "验证码").from("noreply@example.com"),
             Disposition::kListOrBulk},
        Case{"small_inline_image", with_inline(120, 9'000), Disposition::kInquiry},
        Case{"large_inline_image", with_inline(1080, 400'000), Disposition::kSubmission},
        Case{"business_card", mail("您好", "请问截止日期？").file("card.vcf"),
             Disposition::kInquiry},
        Case{"forward_of_words",
             mail("Fw:咨询").forwarded("", "b@163.com", "咨询", "请问怎么报送？"),
             Disposition::kInquiry}),
    name_of_case);

TEST(Disposition, OfAnEmptyAttachmentIsASubmission) {
  parsers::Document empty = document("附件1.docx");
  empty.size = 0;
  empty.trouble = parsers::Trouble::kEmpty;
  EXPECT_EQ(dispose(test::shipped_notice(), mail("材料").add(empty)), Disposition::kSubmission);
}

TEST(Disposition, OfABareDocumentIsASubmission) {
  parsers::Reading reading;
  reading.documents.push_back(document("附件1.docx"));
  EXPECT_EQ(dispose(test::shipped_notice(), reading), Disposition::kSubmission);
}

struct NilCase {
  std::string text;
  std::string items;  // "unit-forms person-forms"; empty: no statement
};
class NilStatements : public ::testing::TestWithParam<NilCase> {};
TEST_P(NilStatements, AreToldFromTalk) {
  std::string items;
  for (const auto& nil : nil_statements(test::shipped_notice(), mail("材料", GetParam().text))) {
    if (!items.empty()) items += ' ';
    items += nil.item;
  }
  EXPECT_EQ(items, GetParam().items) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    True, NilStatements,
    ::testing::Values(
        NilCase{"我区无推荐。", "unit-forms person-forms"},
        NilCase{"本单位无先进个人推荐对象", "person-forms"},
        NilCase{"先进单位、先进个人均无。", "unit-forms person-forms"},
        NilCase{"我区无先进个人推荐", "person-forms"}, NilCase{"先进个人：无", "person-forms"},
        NilCase{"先进单位：无；先进个人见附件", "unit-forms"},
        NilCase{"经研究，我县不推荐先进个人。", "person-forms"},
        NilCase{"我市没有推荐先进单位。", "unit-forms"}, NilCase{"本次无推荐单位", "unit-forms"},
        NilCase{"先进集体无推荐", "unit-forms"},
        NilCase{"先进单位和先进个人两项我区均不推荐。", "unit-forms person-forms"},
        NilCase{"先进个人申报表见附件，先进单位无推荐。", "unit-forms"},
        NilCase{"我区未推荐先进个人。", "person-forms"},
        NilCase{"我单位今年没有符合条件的先进个人", "person-forms"},
        NilCase{"无先进单位、先进个人推荐", "unit-forms person-forms"},
        NilCase{"我区无示范活动。", "demo-activities"}, NilCase{"先进个人零推荐", "person-forms"}));
INSTANTIATE_TEST_SUITE_P(
    False, NilStatements,
    ::testing::Values(
        NilCase{"如无推荐请说明。", ""}, NilCase{"如无先进个人推荐，请回复说明", ""},
        NilCase{"暂未推荐，稍后报送。", ""}, NilCase{"推荐表附后。", ""},
        NilCase{"先进个人推荐表附后，请查收", ""}, NilCase{"先进单位材料核对无误。", ""},
        NilCase{"先进个人申报表没有盖章，可以吗？", ""}, NilCase{"先进个人没有照片", ""},
        NilCase{"没有收到先进个人申报表模板", ""}, NilCase{"若无先进单位推荐是否需要说明？", ""},
        NilCase{"先进个人尚未确定，后续补报", ""}, NilCase{"暂无先进个人推荐，稍后报送。", ""},
        NilCase{"请问可以不推荐先进个人吗？", ""}, NilCase{"先进单位1个，先进个人2名。", ""},
        NilCase{"请查收，无需回复。", ""}, NilCase{"我区全民终身学习活动周材料无遗漏。", ""},
        NilCase{"先进个人材料已报送，无其他问题", ""}, NilCase{"附件无法打开请联系我", ""},
        NilCase{"有无推荐名额限制", ""}));

TEST(NilStatements, InQuotedTextDoNotCount) {
  EXPECT_TRUE(nil_statements(test::shipped_notice(), mail("回复", "请查收").quoted("我区无推荐。"))
                  .empty());
}

TEST(NilStatements, MayStandInTheSubjectOfANewMail) {
  EXPECT_EQ(nil_statements(test::shipped_notice(), mail("朝阳区先进个人无推荐")).size(), 1U);
  EXPECT_TRUE(nil_statements(test::shipped_notice(), mail("回复：朝阳区先进个人无推荐")).empty());
}

TEST(NilStatements, OfAShortWordFileCount) {
  const auto nil = nil_statements(
      test::shipped_notice(),
      mail("材料").file("说明.docx", WordBuilder().line("我区无先进个人推荐。").facts()));
  ASSERT_EQ(nil.size(), 1U);
  EXPECT_EQ(nil[0].item, "person-forms");
}

TEST(NilStatements, OfATableThatSaysNoneCount) {
  const auto nil = nil_statements(
      test::shipped_notice(),
      mail("材料").file(
          "附件5.docx",
          WordBuilder()
              .line("先进个人汇总表")
              .table({{"序号", "县（市）区", "姓名", "性别", "工作单位"}, {"1", "", "无", "", ""}})
              .facts()));
  ASSERT_EQ(nil.size(), 1U);
  EXPECT_EQ(nil[0].item, "person-forms");
}

TEST(NilStatements, GiveTheSentenceAsWritten) {
  const auto nil =
      nil_statements(test::shipped_notice(), mail("材料", "老师您好！我区无先进个人推荐。谢谢！"));
  ASSERT_EQ(nil.size(), 1U);
  EXPECT_EQ(nil[0].text, "我区无先进个人推荐。");
}

TEST(Judge, LeavesDecorationOutAndKeepsLargePictures) {
  EXPECT_TRUE(
      judge(test::shipped_notice(), with_inline(120, 9'000), kReceived).mail.documents.empty());
  EXPECT_EQ(
      judge(test::shipped_notice(), with_inline(1080, 400'000), kReceived).mail.documents.size(),
      1U);
}

TEST(Judge, SaysWhenNobodyCanBeNamed) {
  const auto judged = judge(test::shipped_notice(), mail("最终版").file("附件1.docx"), kReceived);
  ASSERT_EQ(judged.findings.size(), 1U);
  EXPECT_EQ(judged.findings[0].rule, "unit.unknown");
  EXPECT_EQ(judged.findings[0].severity, Severity::kError);
  EXPECT_FALSE(judged.findings[0].message.empty());
}

TEST(Judge, SaysWhichUnitsConflict) {
  const auto judged =
      judge(test::shipped_notice(), mail("绿园区材料").file("双阳区附件1.docx"), kReceived);
  ASSERT_EQ(judged.findings.size(), 1U);
  EXPECT_EQ(judged.findings[0].rule, "unit.conflict");
  EXPECT_NE(judged.findings[0].measured.find("绿园区"), std::string::npos);
  EXPECT_NE(judged.findings[0].measured.find("双阳区"), std::string::npos);
}

TEST(Judge, SaysNothingAboutAClearSubmissionOrAQuestion) {
  EXPECT_TRUE(judge(test::shipped_notice(), mail("朝阳区材料").file("附件1.docx"), kReceived)
                  .findings.empty());
  EXPECT_TRUE(judge(test::shipped_notice(), mail("咨询", "请问？"), kReceived).findings.empty());
}

TEST(Judge, TakesNothingFromAMachine) {
  const auto judged =
      judge(test::shipped_notice(), bounce_in_fields().file("朝阳区附件1.docx"), kReceived);
  EXPECT_EQ(judged.disposition, Disposition::kBounce);
  EXPECT_TRUE(judged.mail.documents.empty());
  EXPECT_TRUE(judged.findings.empty());
}

}  // namespace
}  // namespace baosong::rules
