// Attribution over the whole shipped roster, and the evidence that is shown.
#include <gtest/gtest.h>

#include "rules/judge.hpp"
#include "tests/support/load_notice.hpp"
#include "tests/support/mail_facts.hpp"
#include "tests/support/word_facts.hpp"

namespace baosong::rules {
namespace {

using testing::document;
using testing::Look;
using testing::MailBuilder;
using testing::pdf_text;
using testing::WordBuilder;

// "chaoyang", "conflict" or "nobody".
std::string who(const parsers::Reading& reading, const Notice& notice = test::shipped_notice()) {
  const auto a = attribute(notice, reading);
  if (a.outcome == Attributed::kNobody) return "nobody";
  return a.outcome == Attributed::kConflict ? "conflict" : a.unit;
}

parsers::WordFacts unit_table(std::string filled_by, std::string district = "",
                              std::string nominee = "青河社区教育学校") {
  WordBuilder word;
  word.line("2022年吉林省全民终身学习活动周工作先进单位汇总表", Look::kCentered);
  if (!filled_by.empty()) word.line("填报单位（盖章）：" + filled_by + "　　填报人：张小禾");
  word.table({{"序号", "县（市）区", "单位名称", "负责人", "备注"},
              {"1", std::move(district), std::move(nominee), "王小川", ""}});
  return word;
}
MailBuilder mail(std::string subject = "") {
  MailBuilder out;
  out.subject(std::move(subject));
  return out;
}

// Every unit of the roster is known by its name, its formal name and each strong alias in a
// subject.
TEST(Roster, EveryStrongAliasAttributesItsUnit) {
  const Notice& notice = test::shipped_notice();
  int tried = 0;
  for (const Unit& unit : notice.units) {
    for (const Alias& alias : unit.aliases) {
      if (alias.strength != AliasStrength::kStrong) continue;
      ++tried;
      EXPECT_EQ(who(mail(alias.text + "材料")), unit.id) << alias.text;
      EXPECT_EQ(who(mail("【" + alias.text + "】活动周材料")), unit.id) << alias.text;
      EXPECT_EQ(who(mail().file(alias.text + "材料.zip/附件1.docx")), unit.id) << alias.text;
      EXPECT_EQ(who(mail().file("附件3.docx", unit_table(alias.text))), unit.id) << alias.text;
    }
  }
  EXPECT_GT(tried, 100);
}

TEST(Roster, NoWeakAliasDecidesAlone) {
  for (const Unit& unit : test::shipped_notice().units) {
    for (const Alias& alias : unit.aliases) {
      if (alias.strength == AliasStrength::kStrong) continue;
      EXPECT_EQ(who(mail(alias.text + "材料")), "nobody") << alias.text;
    }
  }
}

TEST(Roster, NoTrapNamesAnybody) {
  for (const Unit& unit : test::shipped_notice().units) {
    for (const auto& trap : unit.traps) EXPECT_EQ(who(mail("学习材料：" + trap)), "nobody") << trap;
  }
}

TEST(Address, ConfirmedByStaffDecides) {
  Notice notice = test::shipped_notice();
  for (Unit& unit : notice.units) {
    if (unit.id == "jingkai") unit.addresses = {"jingkai_office@126.com"};
  }
  EXPECT_EQ(who(mail("材料").from("JingKai_Office@126.com"), notice), "jingkai");
  EXPECT_EQ(who(mail("经开区材料").from("jingkai_office@126.com"), notice), "jingkai");
  EXPECT_EQ(who(mail("朝阳区材料").from("jingkai_office@126.com"), notice), "conflict");
}

TEST(Evidence, NamesKindUnitAndText) {
  const auto a =
      attribute(test::shipped_notice(),
                mail("朝阳区—终身学习活动周材料").file("附件3.docx", unit_table("朝阳区教育局")));
  ASSERT_EQ(a.outcome, Attributed::kOne);
  ASSERT_GE(a.evidence.size(), 2U);
  EXPECT_EQ(a.evidence[0].kind, "form-cell");
  EXPECT_EQ(a.evidence[0].text, "填报单位：朝阳区教育局");
  EXPECT_EQ(a.evidence[1].kind, "subject");
  EXPECT_EQ(a.evidence[1].text, "朝阳区—终身学习活动周材料");
}

TEST(Evidence, OfAConflictShowsBothSides) {
  const auto a = attribute(test::shipped_notice(), mail("绿园区材料").file("双阳区附件1.docx"));
  ASSERT_EQ(a.outcome, Attributed::kConflict);
  EXPECT_TRUE(a.unit.empty());
  ASSERT_EQ(a.evidence.size(), 2U);
  EXPECT_NE(a.evidence[0].unit, a.evidence[1].unit);
}

TEST(Evidence, RepeatsNoTelephoneNumber) {
  const auto a = attribute(test::shipped_notice(), mail("朝阳区材料 张小禾 19900001234"));
  ASSERT_FALSE(a.evidence.empty());
  EXPECT_EQ(a.evidence[0].text.find("19900001234"), std::string::npos);
  EXPECT_EQ(a.evidence[0].text.find("1234"), std::string::npos);
}

TEST(BareDocument, IsAttributedByItsOwnWords) {
  parsers::Reading reading;
  reading.documents.push_back(document("附件3.docx", unit_table("朝阳区教育局")));
  EXPECT_EQ(who(reading), "chaoyang");
}

}  // namespace
}  // namespace baosong::rules
