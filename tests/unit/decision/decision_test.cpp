// What a mail is answered with.
#include "rules/decision.hpp"

#include <gmock/gmock.h>

#include "tests/support/ledger.hpp"
#include "tests/support/load_notice.hpp"

namespace baosong::test {
namespace {

using rules::Attributed;
using rules::Decision;
using rules::Disposition;
using rules::Judgement;
using rules::Severity;
using rules::Verdict;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Judgement judgement(LedgerMail m) {
  Judgement out;
  out.disposition = Disposition::kSubmission;
  out.attribution.outcome = Attributed::kOne;
  out.attribution.unit = "chaoyang";
  out.mail = std::move(m);
  return out;
}

// The last mail is the one decided about.
Decision decide(std::vector<LedgerMail> mails, const rules::Notice& notice = shipped_notice()) {
  const auto now = mails.back().received;
  const auto j = judgement(mails.back());
  const auto standing = rules::evaluate(notice, ledger(std::move(mails)), now);
  return rules::decide(notice, j, &standing);
}

TEST(Decision, MachinesAreNeverAnswered) {
  for (const auto d : {Disposition::kAutoReply, Disposition::kBounce, Disposition::kListOrBulk,
                       Disposition::kOwn}) {
    auto j = judgement(mail(kOct20, october()));
    j.disposition = d;
    EXPECT_EQ(rules::decide(shipped_notice(), j, nullptr).verdict, Verdict::kSilent) << name_of(d);
  }
}

TEST(Decision, QuestionsAndEmptyMailsAreForPeople) {
  for (const auto d : {Disposition::kInquiry, Disposition::kEmpty}) {
    auto j = judgement(mail(kOct20, {}));
    j.disposition = d;
    EXPECT_EQ(rules::decide(shipped_notice(), j, nullptr).verdict, Verdict::kHold) << name_of(d);
  }
}

TEST(Decision, NobodyAndTwoUnits) {
  auto j = judgement(mail(kOct20, october()));
  j.attribution.outcome = Attributed::kNobody;
  EXPECT_EQ(rules::decide(shipped_notice(), j, nullptr).verdict, Verdict::kAskUnit);
  auto notice = shipped_notice();
  notice.policies.unknown_unit = "hold";
  EXPECT_EQ(rules::decide(notice, j, nullptr).verdict, Verdict::kHold);
  j.attribution.outcome = Attributed::kConflict;
  rules::Finding conflict;
  conflict.rule = "unit.conflict";
  conflict.severity = Severity::kError;
  j.findings.push_back(conflict);
  const auto d = rules::decide(shipped_notice(), j, nullptr);
  EXPECT_EQ(d.verdict, Verdict::kHold);
  EXPECT_THAT(said(d.findings), ElementsAre("unit.conflict error"));
}

TEST(Decision, AllCompleteIsAcknowledgedWithoutAWord) {
  const auto d = decide({mail(kOct20, october())});
  EXPECT_EQ(d.verdict, Verdict::kAcknowledge);
  EXPECT_THAT(said(d.findings, Severity::kInfo), IsEmpty());
}

TEST(Decision, WhatHasNotComeIsNoFaultOfWhatHas) {
  const auto d = decide({mail(kOct20, {demo_table()})});
  EXPECT_EQ(d.verdict, Verdict::kAcknowledge);
  EXPECT_THAT(said(d.findings, Severity::kInfo), Contains("item.missing info 0/4"));
  // The same after the deadline: an error, and still nothing that this mail did wrong.
  const auto late = decide({mail(kOct26, {demo_table()})});
  EXPECT_EQ(late.verdict, Verdict::kAcknowledge);
  EXPECT_THAT(said(late.findings), Contains("item.missing error 0/1"));
}

TEST(Decision, ErrorsAboutWhatCameAskForCorrection) {
  EXPECT_EQ(decide({mail(kOct20, without(october(), "附件3先进单位汇总表（盖章）.pdf"))}).verdict,
            Verdict::kCorrect);
  EXPECT_EQ(decide({mail(kOct20, without(october(), "社区书法课堂.jpg"))}).verdict,
            Verdict::kCorrect);
  EXPECT_EQ(decide({mail(kOct20, {exhibit_text("展板素材.docx", 700)})}).verdict,
            Verdict::kCorrect);
  EXPECT_EQ(
      decide({mail(kOct20, {broken(file("材料.zip", Format::kZip, ""), Trouble::kEncrypted)})})
          .verdict,
      Verdict::kCorrect);
}

TEST(Decision, LateAloneIsAcknowledgedUnlessStaffWantToLookFirst) {
  const auto d = decide({mail(kOct26, october())});
  EXPECT_EQ(d.verdict, Verdict::kAcknowledge);
  EXPECT_EQ(said(d.findings).size(), 1U);
  auto notice = shipped_notice();
  notice.policies.late = "hold";
  EXPECT_EQ(decide({mail(kOct26, october())}, notice).verdict, Verdict::kHold);
}

TEST(Decision, NothingRecognisedIsHeld) {
  const auto d = decide(
      {mail(kOct20, {file("说明.docx", Format::kDocx, "", WordBuilder().line("说明").facts())})});
  EXPECT_EQ(d.verdict, Verdict::kHold);
  EXPECT_THAT(said(d.findings), ElementsAre("file.unrecognised warning"));
}

TEST(Decision, ANilStatementAloneIsAcknowledged) {
  auto m = mail(kOct20, {});
  m.nil_statements.push_back({"person-forms", "我区无先进个人推荐"});
  EXPECT_EQ(decide({m}).verdict, Verdict::kAcknowledge);
}

TEST(Decision, ACorrectionIsAcknowledged) {
  const auto first =
      mail(kOct20, with(without(october(), "展板素材.docx"), exhibit_text("展板素材.docx", 700)));
  const auto d = decide({first, mail(kOct24, {same_bytes(exhibit_text("展板素材.docx"), "new")})});
  EXPECT_EQ(d.verdict, Verdict::kAcknowledge);
  EXPECT_THAT(said(d.findings), IsEmpty());
}

TEST(Decision, FaultsOfEarlierMailsInOtherItemsAreNotRepeated) {
  const auto first = mail(kOct20, {exhibit_text("展板素材.docx", 700)});
  const auto d = decide({first, mail(kOct24, {demo_table()})});
  EXPECT_EQ(d.verdict, Verdict::kAcknowledge);
  for (const auto& f : d.findings) EXPECT_NE(f.rule, "text.body-length");
  // The half that is still wanting is asked for again when its item is touched.
  const auto half = mail(kOct20, {unit_form(kSchool, "附件2.docx")});
  EXPECT_EQ(
      decide({half, mail(kOct24, {same_bytes(unit_form(kSchool, "附件2.docx"), "new")})}).verdict,
      Verdict::kCorrect);
}

TEST(Decision, IdenticalResubmission) {
  const auto d = decide({mail(kOct20, october()), mail(kOct24, october())});
  EXPECT_EQ(d.verdict, Verdict::kAcknowledge);
  EXPECT_EQ(d.findings.size(), october().size());
  for (const auto& f : d.findings) EXPECT_EQ(f.rule, "file.duplicate");
}

TEST(Decision, FormsThatComeLaterMayNotFitTheirTable) {
  const auto table = mail(kOct20, {person_table({kPerson}), scan("附件5.pdf", "person-table")});
  const auto forms = mail(kOct24, {person_form(kPerson2, "附件4-李小麦.docx"),
                                   scan("附件4-李小麦.pdf", "person-forms")});
  const auto d = decide({table, forms});
  EXPECT_EQ(d.verdict, Verdict::kCorrect);
  EXPECT_THAT(said(d.findings), Contains("table.rows-mismatch error 1/1"));
}

TEST(Decision, FindingsStandInTheOrderOfTheNotice) {
  auto files = without(october(), "附件3先进单位汇总表（盖章）.pdf");
  files = with(without(files, "展板素材.docx"), exhibit_text("展板素材.docx", 700));
  files.push_back(file("说明.docx", Format::kDocx, "", WordBuilder().line("说明").facts()));
  const auto d = decide({mail(kOct20, files)});
  EXPECT_THAT(said(d.findings),
              ElementsAre("file.unrecognised warning", "text.body-length error 700/240-360",
                          "item.pair-missing error 0/1"));
}

}  // namespace
}  // namespace baosong::test
