#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/letters/sample.hpp"

namespace baosong::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// The order that every reply keeps.
void expect_order(const std::string& text, const std::vector<std::string>& marks) {
  std::size_t last = 0;
  for (const auto& mark : marks) {
    const auto at = text.find(mark);
    ASSERT_NE(at, std::string::npos) << mark << "\n" << text;
    EXPECT_GE(at, last) << mark << "\n" << text;
    last = at;
  }
}

Case correction() {
  Case c;
  c.bring("exhibit-text", "展板素材.docx", ItemState::kNeedsCorrection);
  c.bring("exhibit-photos", "微信图片_20221024101500.jpg", ItemState::kNeedsCorrection);
  c.bring("exhibit-photos", "微信图片_20221024101501.jpg", ItemState::kNeedsCorrection);
  c.bring("unit-forms", "附件2.docx", ItemState::kComplete);
  c.missing("person-forms", Severity::kInfo);
  c.find("text.title-length", Severity::kError, "exhibit-text", "展板素材.docx",
         "题目现为24字，要求20字以内（含标点），待调整；烦请精简题目后重新发送Word版。");
  for (const char* name : {"微信图片_20221024101500.jpg", "微信图片_20221024101501.jpg"}) {
    c.find("photo.name-machine", Severity::kError, "exhibit-photos", name,
           ("“" + std::string(name) + "”是手机或软件自动生成的文件名，待更换。").c_str());
  }
  c.find("form.blank-fields", Severity::kWarning, "unit-forms", "附件2.docx",
         "“附件2.docx”中联系电话尚未填写，待核实。");
  c.decision.verdict = rules::Verdict::kCorrect;
  return c;
}

TEST(Compose, CorrectionSaysAllAtOnceInOrder) {
  const auto letter = correction().compose();
  ASSERT_TRUE(letter);
  EXPECT_EQ(letter->kind, LetterKind::kCorrection);
  EXPECT_EQ(letter->to, "zhangxiaohe@mail.example.cn");
  EXPECT_EQ(letter->subject, "回复：朝阳区—终身学习活动周材料【材料接收回执】【待补充】");
  EXPECT_EQ(letter->in_reply_to, "<one@mail.example.cn>");
  EXPECT_THAT(letter->references, ElementsAre("<one@mail.example.cn>"));
  expect_order(
      letter->text,
      {"朝阳区教育局 负责同志：", "10月24日 15:20报送的第一批材料已收到", "已齐全1项，还有2处",
       "【已收到】", "1. 展板素材文稿 — 展板素材.docx — 已收，待补充",
       "3. 先进单位申报表 — 附件2.docx — 已收", "【待补充】",
       "1. 展板素材文稿：题目现为24字，要求20字以内",
       "2. "
       "展板照片：“微信图片_20221024101500.jpg”、“微信图片_20221024101501."
       "jpg”是手机或软件自动生成的文件名",
       "【提示】另有1项提示，不影响接收：", "1. 先进单位申报表：“附件2.docx”中联系电话",
       "【还未报送】", "第一批（请于10月25日（周二）24:00前报送）：先进个人申报表", "【时限】",
       "第一批材料请于10月25日（周二）24:00前回复本邮件一并报送", "【回复方式】", "【联系人】",
       "联系人：吴老师", "本邮件由材料接收系统自动发出"});
  for (const char* bad : {"不合格", "错误", "驳回", "责令", "第二批", "年度工作总结"}) {
    EXPECT_THAT(letter->text, Not(HasSubstr(bad)));
    EXPECT_THAT(letter->html, Not(HasSubstr(bad)));
  }
  for (const char* said : {"题目现为24字", "微信图片_20221024101501.jpg", "先进个人申报表",
                           "10月25日（周二）24:00前"}) {
    EXPECT_THAT(letter->html, HasSubstr(said));
  }
  EXPECT_THAT(letter->text, Not(HasSubstr("{{")));
  EXPECT_THAT(letter->text, Not(HasSubstr("\n\n\n")));
}

TEST(Compose, AcknowledgesWhatIsComplete) {
  Case c;
  for (const char* id : {"exhibit-text", "exhibit-photos", "unit-forms"})
    c.bring(id, id, ItemState::kComplete);
  c.item("person-forms").state = ItemState::kNoneToNominate;
  c.judgement.mail.nil_statements.push_back({"person-forms", "无先进个人推荐"});
  const auto letter = c.compose();
  ASSERT_TRUE(letter);
  EXPECT_EQ(letter->kind, LetterKind::kAcknowledgement);
  EXPECT_EQ(letter->subject, "回复：朝阳区—终身学习活动周材料【材料接收回执】");
  expect_order(letter->text, {"已齐全4项，暂无需补充的内容", "4. 先进个人申报表 — 无推荐（已说明）",
                              "【回复方式】"});
  for (const char* none : {"【待补充】", "【还未报送】", "【时限】", "第二批"})
    EXPECT_THAT(letter->text, Not(HasSubstr(none)));
}

TEST(Compose, ListsWhatIsOutstandingWithoutCallingItAFault) {
  Case c;
  c.bring("unit-forms", "附件2.docx", ItemState::kComplete);
  c.missing("exhibit-text", Severity::kInfo);
  c.missing("annual-summary", Severity::kInfo);
  const auto letter = c.compose();
  ASSERT_TRUE(letter);
  EXPECT_EQ(letter->kind, LetterKind::kAcknowledgement);
  EXPECT_THAT(letter->subject, Not(HasSubstr("待补充")));
  expect_order(letter->text, {"本次报送的材料暂无需补充的内容", "【还未报送】",
                              "第一批（请于10月25日（周二）24:00前报送）：展板素材文稿",
                              "第二批（请于12月10日（周六）24:00前报送）：年度工作总结"});
}

TEST(Compose, LateLetterListsThePointsToo) {
  auto c = correction();
  c.now = c.judgement.mail.received = at("2022-10-26T09:12:00+08:00");
  c.item("person-forms").findings.clear();
  c.missing("person-forms", Severity::kError);
  const auto letter = c.compose();
  ASSERT_TRUE(letter);
  EXPECT_EQ(letter->kind, LetterKind::kLate);
  expect_order(letter->text,
               {"第一批材料已于10月26日 09:12收到，截止日期为10月25日，已按“逾期报送”登记",
                "是否纳入本次汇总由领导小组办公室确定", "1. 展板素材文稿：题目现为24字",
                "第一批（截止日期10月25日已过，烦请尽快补报）：先进个人申报表",
                "第一批材料的截止日期10月25日已过，烦请方便时尽早回复本邮件补充"});
  EXPECT_THAT(letter->text, Not(HasSubstr("请于10月25日")));
  EXPECT_THAT(letter->text, Not(HasSubstr("前回复本邮件")));
}

TEST(Compose, KindFollowsWhatIsWrong) {
  struct Row {
    const char* rule;
    LetterKind kind;
  };
  for (const auto& row : {Row{"file.encrypted", LetterKind::kUnreadable},
                          Row{"file.unreadable", LetterKind::kUnreadable},
                          Row{"file.cloud-link", LetterKind::kCloudLink},
                          Row{"file.wrong-format", LetterKind::kCorrection}}) {
    Case c;
    c.bring_unknown("材料.rar");
    c.find(row.rule, Severity::kError, "", "材料.rar", "“材料.rar”设有密码，待更换。");
    c.decision.verdict = rules::Verdict::kCorrect;
    const auto letter = c.compose();
    ASSERT_TRUE(letter);
    EXPECT_EQ(letter->kind, row.kind) << row.rule;
    EXPECT_THAT(letter->text, HasSubstr("1. “材料.rar”设有密码"));
    EXPECT_THAT(letter->subject, HasSubstr("【待补充】"));
  }
}

TEST(Compose, LockedFileBesideOtherPointsIsACorrection) {
  auto c = correction();
  c.bring_unknown("材料.rar");
  c.find("file.encrypted", Severity::kError, "", "材料.rar", "“材料.rar”设有密码，待更换。");
  EXPECT_EQ(c.compose()->kind, LetterKind::kCorrection);
}

TEST(Compose, IdenticalFilesAreADuplicate) {
  Case c;
  c.bring("unit-forms", "附件2.docx", ItemState::kComplete);
  c.find("file.duplicate", Severity::kInfo, "", "附件2.docx",
         "“附件2.docx”与此前收到的“附件2.docx”内容一致，无需处理。");
  auto letter = c.compose();
  ASSERT_TRUE(letter);
  EXPECT_EQ(letter->kind, LetterKind::kDuplicate);
  EXPECT_THAT(letter->text,
              HasSubstr("1个文件与此前已收到的文件内容一致，未重复登记，无需再次报送"));
  EXPECT_THAT(letter->text, Not(HasSubstr("【提示】")));
  c.bring("exhibit-text", "新.docx", ItemState::kComplete);
  letter = c.compose();
  EXPECT_EQ(letter->kind, LetterKind::kAcknowledgement);
  EXPECT_THAT(letter->text, HasSubstr("“附件2.docx”与此前收到的“附件2.docx”内容一致"));
  c.bring_unknown("附件3.docx");
  c.find("file.duplicate", Severity::kInfo, "", "附件3.docx", "“附件3.docx”内容一致。");
  EXPECT_THAT(
      c.compose()->text,
      HasSubstr("“附件2.docx”、“附件3.docx”与已收到的文件内容一致，未重复登记，无需处理。"));
}

TEST(Compose, QuestionTellsNothingAboutAnyUnit) {
  Case c;
  c.judgement.attribution = {};
  c.has_standing = false;
  c.bring_unknown("附件2.docx");
  c.decision.verdict = rules::Verdict::kAskUnit;
  c.message.subject = "";
  const auto letter = c.compose();
  ASSERT_TRUE(letter);
  EXPECT_EQ(letter->kind, LetterKind::kQuestion);
  EXPECT_EQ(letter->subject, "回复：2022年长春市全民终身学习活动周材料【材料接收回执】【待补充】");
  EXPECT_THAT(letter->text, HasSubstr("未能从邮件及附件中确认报送单位"));
  EXPECT_THAT(letter->text, Not(HasSubstr("朝阳区")));
  EXPECT_THAT(letter->text, Not(HasSubstr("附件2.docx")));
}

TEST(Compose, UnrecognisedFilesGoToStaff) {
  Case c;
  c.bring("unit-forms", "附件2.docx", ItemState::kComplete);
  c.bring_unknown("会议照片说明.docx");
  c.find("file.unrecognised", Severity::kWarning, "", "会议照片说明.docx",
         "“会议照片说明.docx”未能对应");
  const auto letter = c.compose();
  expect_order(letter->text,
               {"其中部分材料由工作人员核对", "【由工作人员核对】", "会议照片说明.docx"});
  EXPECT_THAT(letter->text, Not(HasSubstr("【提示】")));
}

TEST(Compose, NamesFilesOnlyToWhoeverSentThem) {
  Case c;
  c.has_ledger = true;
  rules::LedgerMail earlier;
  earlier.sha256 = std::string(64, 'b');
  earlier.from = "someone@else.example.cn";
  c.ledger.mails.push_back(earlier);
  c.bring("unit-forms", "附件2.docx", ItemState::kComplete);
  c.bring_from(earlier.sha256, "person-forms", "李小满申报表.docx", ItemState::kNeedsCorrection);
  auto f = c.finding("form.blank-fields", Severity::kError, "person-forms", "李小满申报表.docx",
                     "“李小满申报表.docx”尚未填写");
  f.message_sha256 = earlier.sha256;
  c.item("person-forms").findings.push_back(f);

  auto strange = c;
  auto letter = strange.compose();
  EXPECT_THAT(letter->text, Not(HasSubstr("李小满")));
  EXPECT_THAT(letter->html, Not(HasSubstr("李小满")));
  EXPECT_THAT(letter->text, HasSubstr("先进个人申报表 — 此前收到的1个文件 — 已收，待补充"));
  EXPECT_THAT(letter->text, HasSubstr("此前报送的材料还有1处烦请补充或更换"));

  auto same = c;
  same.ledger.mails.front().from = "ZhangXiaoHe@mail.example.cn";
  EXPECT_THAT(same.compose()->text, HasSubstr("“李小满申报表.docx”尚未填写"));
  auto confirmed = c;
  confirmed.message.from.address = "office@cyjy.example.cn";
  EXPECT_THAT(confirmed.compose()->text, HasSubstr("“李小满申报表.docx”尚未填写"));
}

TEST(Compose, MasksNumbersAndEscapesHtml) {
  Case c;
  c.bring("unit-forms", "王<b>&13900001234.docx", ItemState::kComplete);
  c.message.subject = "材料 220199199001019876";
  const auto letter = c.compose();
  EXPECT_THAT(letter->text, HasSubstr("王<b>&***********.docx"));
  EXPECT_THAT(letter->html, HasSubstr("王&lt;b&gt;&amp;***********.docx"));
  EXPECT_THAT(letter->html, Not(HasSubstr("王<b>")));
  EXPECT_EQ(letter->subject, "回复：材料 ******************【材料接收回执】");
  EXPECT_THAT(letter->text, HasSubstr("0431-82857798、19900001234"));
}

TEST(Compose, SendsNothingWhereNothingMayGo) {
  for (const auto verdict : {rules::Verdict::kHold, rules::Verdict::kSilent}) {
    Case c;
    c.decision.verdict = verdict;
    EXPECT_FALSE(c.compose());
  }
  for (const char* from :
       {"", "jlqmxx@126.com", "JLQMXX@126.com", "MAILER-DAEMON@x.cn", "postmaster@x.cn",
        "no-reply@x.cn", "a@b@c", "a b@c.cn", "a@b.cn\r\nBcc: x@y.cn", "张@b.cn", "@b.cn", "a@"}) {
    Case c;
    c.message.from.address = from;
    EXPECT_FALSE(c.compose()) << from;
  }
}

TEST(Compose, MessageIdIsStable) {
  EXPECT_EQ(correction().compose()->message_id, correction().compose()->message_id);
  auto other = correction();
  other.judgement.mail.sha256 = std::string(64, 'c');
  EXPECT_NE(other.compose()->message_id, correction().compose()->message_id);
  EXPECT_THAT(correction().compose()->message_id,
              testing::MatchesRegex("<baosong-[0-9a-f]{40}@126\\.com>"));
}

}  // namespace
}  // namespace baosong::test
