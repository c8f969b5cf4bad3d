#include "daemon/store/store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "daemon/store/database.hpp"
#include "tests/support/scratch.hpp"

namespace baosong::daemon {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::Scratch;

const Time kNoon{std::chrono::seconds(1'666'584'000)};
const Zone kZone;

std::string sha(char digit) { return std::string(64, digit); }
Time at(int minutes) { return kNoon + std::chrono::minutes(minutes); }

Store::Arrived arrived(char mail, std::string key, std::string quarantine = {}) {
  return {"maildir:/m", std::move(key), sha(mail), 10, kNoon, false, at(5), std::move(quarantine)};
}

parsers::Reading reading(char mail, std::string subject) {
  parsers::Reading out;
  out.is_mail = true;
  out.sha256 = sha(mail);
  out.message.message_id = std::string("<") + mail + "@x>";
  out.message.from = {"张小禾", "a@126.com"};
  out.message.subject = std::move(subject);
  parsers::Document document;
  document.path = "材料.zip/附件2.docx";
  document.name = "附件2.docx";
  document.size = 7;
  document.sha256 = sha('d');
  document.format = parsers::Format::kDocx;
  parsers::WordFacts facts;
  facts.box_texts = {"先进单位申报表"};
  document.facts = facts;
  out.documents.push_back(document);
  document.path = document.name = "logo.png";
  document.format = parsers::Format::kPng;
  document.facts = parsers::PhotoFacts{};
  out.documents.push_back(document);
  return out;
}

rules::Judgement judgement(const parsers::Reading& read, std::string unit) {
  rules::Judgement out;
  out.disposition = rules::Disposition::kSubmission;
  out.attribution.outcome = unit.empty() ? rules::Attributed::kNobody : rules::Attributed::kOne;
  out.attribution.unit = unit;
  out.attribution.evidence = {{"subject", "朝阳区\"材料\"", unit, true}};
  out.mail.sha256 = read.sha256;
  // The logo is decoration: it is left out.
  out.mail.documents = {{read.documents[0], {"unit-forms", {"unit-table"}, "title", true}}};
  out.mail.nil_statements = {{"person-forms", "无先进个人推荐"}};
  return out;
}

Letter letter(std::string message_id, std::string to, std::vector<std::string> answers,
              LetterKind kind = LetterKind::kCorrection) {
  Letter out;
  out.kind = kind;
  out.to = std::move(to);
  out.subject = "回复";
  out.text = "您好";
  out.message_id = std::move(message_id);
  out.references = {"<1@x>", "<2@x>"};
  out.answers = std::move(answers);
  return out;
}

class StoreTest : public ::testing::Test {
 protected:
  void receive(char mail, const std::string& subject, int received) {
    ASSERT_TRUE(store.add_archived(arrived(mail, std::string("k") + mail)));
    ASSERT_TRUE(store.add_reading(sha(mail), reading(mail, subject), at(received)));
  }
  void decide(char mail, const std::string& unit, rules::Verdict verdict) {
    const auto read = store.reading(sha(mail));
    ASSERT_TRUE(read);
    const auto judged = judgement(*read, unit);
    rules::Decision decision;
    decision.verdict = verdict;
    decision.reason = "because";
    rules::Finding finding;
    finding.rule = "text.title-length";
    finding.severity = rules::Severity::kError;
    finding.item = "exhibit-text";
    finding.measured = "24";
    finding.message = "题目“\n”过长";
    finding.about_sent = false;
    decision.findings = {finding};
    ASSERT_TRUE(store.transaction([&]() -> Result<void> {
      if (auto done = store.add_judgement(sha(mail), judged); !done) return done;
      return store.add_outcome(
          {sha(mail), judged, decision, at(100), parsers::Bounce{"y@126.com", "5.1.1", "<l1@x>"}});
    }));
  }

  Scratch dir;
  Store store = std::move(*Store::open(dir / "baosong.sqlite"));
};

TEST_F(StoreTest, IsPrivateAndOpensAgain) {
  const auto mode = std::filesystem::status(dir / "baosong.sqlite").permissions();
  EXPECT_EQ(mode, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_TRUE(Store::open(dir / "baosong.sqlite"));
}

TEST_F(StoreTest, RefusesAStoreFromANewerVersion) {
  {
    auto db = Database::open(dir / "baosong.sqlite", std::chrono::milliseconds(10));
    ASSERT_TRUE(db->run("INSERT INTO migration (name, applied_order) VALUES ('999_later.sql', 9)"));
  }
  const auto again = Store::open(dir / "baosong.sqlite");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::kPermanent);
  EXPECT_NE(again.error().message.find("999_later.sql"), std::string::npos);
}

TEST_F(StoreTest, HandsOutAnEmptyOneWhenNothingHasCome) {
  auto empty = Store::open_reading(dir / "absent");
  ASSERT_TRUE(empty);
  EXPECT_EQ(empty->counts()->seen, 0);
  EXPECT_FALSE(std::filesystem::exists(dir / "absent"));
}

TEST_F(StoreTest, CountsTheSameBytesOnce) {
  EXPECT_TRUE(*store.add_archived(arrived('a', "1")));
  EXPECT_FALSE(*store.add_archived(arrived('a', "2")));
  EXPECT_FALSE(*store.add_archived(arrived('a', "1")));
  EXPECT_TRUE(*store.fetched("maildir:/m", "2"));
  EXPECT_FALSE(*store.fetched("maildir:/other", "2"));
  EXPECT_FALSE(*store.fetched("maildir:/m", "3"));
  const auto counts = *store.counts();
  EXPECT_EQ(counts.seen, 1);
  EXPECT_EQ(counts.archived, 1);
  EXPECT_EQ(counts.waiting(), 1);
}

TEST_F(StoreTest, CountsWhatCannotBeReadUntilItCan) {
  ASSERT_TRUE(store.add_unfetched("maildir:/m", "1", at(0), "没有权限"));
  ASSERT_TRUE(store.add_archived(arrived('b', "2", "过大")));
  EXPECT_FALSE(*store.fetched("maildir:/m", "1"));
  auto counts = *store.counts();
  EXPECT_EQ(counts.seen, 2);
  EXPECT_EQ(counts.archived, 1);
  EXPECT_EQ(counts.quarantined, 2);
  const auto rows = *store.quarantined();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].key, "1");
  EXPECT_EQ(rows[0].trouble, "没有权限");
  EXPECT_EQ(rows[1].sha256, sha('b'));
  EXPECT_THAT(*store.unread(), IsEmpty());

  ASSERT_TRUE(store.add_archived(arrived('a', "1")));
  // A late complaint does not forget the bytes.
  ASSERT_TRUE(store.add_unfetched("maildir:/m", "1", at(0), "没有权限"));
  EXPECT_TRUE(*store.fetched("maildir:/m", "1"));
  counts = *store.counts();
  EXPECT_EQ(counts.seen, 2);
  EXPECT_EQ(counts.quarantined, 1);
  EXPECT_EQ(store.unread()->size(), 1U);
}

TEST_F(StoreTest, GivesBackTheReading) {
  receive('a', "材料", 3);
  const auto read = *store.reading(sha('a'));
  EXPECT_EQ(read.message.subject, "材料");
  ASSERT_EQ(read.documents.size(), 2U);
  EXPECT_EQ(read.documents[0].path, "材料.zip/附件2.docx");
  EXPECT_THAT(std::get<parsers::WordFacts>(read.documents[0].facts).box_texts,
              ElementsAre("先进单位申报表"));
  EXPECT_EQ(store.mail(sha('a'))->value().from_name, "张小禾");
  EXPECT_FALSE(store.mail(sha('b'))->has_value());
}

TEST_F(StoreTest, DecidesByTimeOfArrivalThenByHash) {
  receive('a', "third", 9);
  receive('c', "second", 5);
  receive('b', "first", 5);
  std::vector<std::string> subjects;
  const auto undecided = *store.undecided();
  for (const MailRow& mail : undecided) subjects.push_back(mail.subject);
  EXPECT_THAT(subjects, ElementsAre("first", "second", "third"));
}

TEST_F(StoreTest, BuildsTheLedgerOfAUnit) {
  receive('b', "later", 9);
  receive('a', "earlier", 5);
  receive('c', "of nobody", 6);
  decide('b', "chaoyang", rules::Verdict::kCorrect);
  decide('a', "chaoyang", rules::Verdict::kCorrect);
  decide('c', "", rules::Verdict::kAskUnit);
  ASSERT_TRUE(
      store.add_mark("chaoyang", {"cases", rules::ItemState::kSetByStaff, "纸质", at(7)}, "clerk"));
  rules::Notice notice;
  notice.units.resize(2);
  notice.units[0].id = "nanguan";
  notice.units[1].id = "chaoyang";
  const auto ledgers = *store.ledgers(notice);
  ASSERT_EQ(ledgers.size(), 2U);
  EXPECT_EQ(ledgers[0].unit, "nanguan");
  EXPECT_THAT(ledgers[0].mails, IsEmpty());
  const rules::Ledger& ledger = ledgers[1];
  ASSERT_EQ(ledger.mails.size(), 2U);
  EXPECT_EQ(ledger.mails[0].subject, "earlier");
  EXPECT_EQ(ledger.mails[0].from, "a@126.com");
  EXPECT_EQ(ledger.mails[0].received, at(5));
  ASSERT_EQ(ledger.mails[0].documents.size(), 1U);  // the logo does not count
  const rules::Recognition& found = ledger.mails[0].documents[0].recognition;
  EXPECT_EQ(found.item, "unit-forms");
  EXPECT_THAT(found.also, ElementsAre("unit-table"));
  EXPECT_TRUE(found.certain);
  ASSERT_EQ(ledger.mails[1].nil_statements.size(), 1U);
  EXPECT_EQ(ledger.mails[1].nil_statements[0].text, "无先进个人推荐");
  ASSERT_EQ(ledger.marks.size(), 1U);
  EXPECT_EQ(ledger.marks[0].why, "纸质");
  EXPECT_THAT(*store.last_mails(), ElementsAre(std::pair<std::string, Time>("chaoyang", at(9))));
}

TEST_F(StoreTest, GivesBackDecisions) {
  receive('a', "材料", 5);
  receive('b', "问题", 6);
  decide('a', "chaoyang", rules::Verdict::kCorrect);
  decide('b', "", rules::Verdict::kHold);
  const auto all = *store.decisions({at(100), at(101)});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_THAT(*store.decisions({at(0), at(100)}), IsEmpty());
  EXPECT_EQ(store.received({at(6), at(7)})->size(), 1U);
  const DecisionRow& row = all[0];
  EXPECT_EQ(row.unit, "chaoyang");
  EXPECT_EQ(row.attributed, rules::Attributed::kOne);
  EXPECT_EQ(row.documents, 1);
  ASSERT_EQ(row.evidence.size(), 1U);
  EXPECT_EQ(row.evidence[0].text, "朝阳区\"材料\"");
  ASSERT_EQ(row.findings.size(), 1U);
  EXPECT_EQ(row.findings[0].severity, rules::Severity::kError);
  EXPECT_EQ(row.findings[0].message, "题目“\n”过长");
  EXPECT_FALSE(row.findings[0].about_sent);
  ASSERT_TRUE(row.bounce);
  EXPECT_EQ(row.bounce->recipient, "y@126.com");
  EXPECT_EQ(store.held()->size(), 1U);
  EXPECT_EQ(store.counts()->decided, 2);
  // No mail is ever decided twice.
  EXPECT_ANY_THROW(static_cast<void>(store.add_outcome(
      {sha('a'), judgement(*store.reading(sha('a')), ""), {}, at(100), std::nullopt})));
}

TEST_F(StoreTest, MovesALetterFromPendingToSent) {
  receive('a', "材料", 5);
  const auto id = store.add_letter(
      {letter("<l1@x>", "a@126.com", {sha('a')}), "chaoyang", at(1), at(6), std::nullopt});
  ASSERT_TRUE(id);
  EXPECT_THAT(*store.due(at(5)), IsEmpty());
  const auto due = *store.due(at(6));
  ASSERT_EQ(due.size(), 1U);
  EXPECT_THAT(due[0].letter.references, ElementsAre("<1@x>", "<2@x>"));
  EXPECT_THAT(due[0].letter.answers, ElementsAre(sha('a')));
  ASSERT_TRUE(*store.begin_sending(*id, at(6)));
  EXPECT_FALSE(*store.begin_sending(*id, at(6))) << "somebody else has it";
  // Interrupted here, it is due again and keeps its Date.
  ASSERT_EQ(store.due(at(0))->size(), 1U);
  EXPECT_EQ(store.due(at(0))->front().date, at(6));
  ASSERT_TRUE(store.mark_sent(*id, at(7)));
  EXPECT_THAT(*store.due(at(999)), IsEmpty());
  EXPECT_EQ(store.letters(LetterState::kSent)->front().sent_at, at(7));
  EXPECT_EQ(store.letters_sent({at(7), at(8)})->size(), 1U);
  EXPECT_EQ(store.letters_to("chaoyang")->size(), 1U);
  const auto counts = *store.sent_counts("a@126.com", day_of(at(6), kZone), at(7));
  EXPECT_EQ(counts.to_address, 1);
  EXPECT_EQ(counts.in_all, 1);
  EXPECT_EQ(store.sent_counts("b@126.com", day_of(at(6), kZone), at(7))->to_address, 0);
  EXPECT_EQ(store.sent_counts("a@126.com", day_of(at(60 * 24), kZone), at(60 * 24))->in_all, 0);
  // The same letter cannot be written down twice.
  EXPECT_ANY_THROW(static_cast<void>(store.add_letter(
      {letter("<l1@x>", "a@126.com", {}), "chaoyang", at(1), at(6), std::nullopt})));
}

TEST_F(StoreTest, ReplacesAPendingLetterOnly) {
  const auto one = *store.add_letter(
      {letter("<l1@x>", "a@126.com", {sha('a')}), "chaoyang", at(1), at(6), std::nullopt});
  const auto pending = *store.pending_letter("chaoyang", "a@126.com");
  ASSERT_TRUE(pending);
  EXPECT_EQ(pending->id, one);
  EXPECT_FALSE(store.pending_letter("chaoyang", "b@126.com")->has_value());
  EXPECT_FALSE(store.pending_letter("nanguan", "a@126.com")->has_value());
  ASSERT_TRUE(store.add_letter(
      {letter("<l2@x>", "a@126.com", {sha('a'), sha('b')}), "chaoyang", at(2), at(7), one}));
  const auto left = *store.letters(LetterState::kPending);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].letter.message_id, "<l2@x>");
  EXPECT_THAT(left[0].letter.answers, ElementsAre(sha('a'), sha('b')));
}

TEST_F(StoreTest, AReplacingLetterWaitsAsLongAsTheOneBefore) {
  const auto one = *store.add_letter(
      {letter("<l1@x>", "a@126.com", {sha('a')}), "chaoyang", at(1), at(6), std::nullopt});
  ASSERT_TRUE(*store.begin_sending(one, at(6)));
  ASSERT_TRUE(store.try_later(one, at(6), at(30), "对方邮箱忙", "450 busy"));
  ASSERT_TRUE(store.add_letter(
      {letter("<l2@x>", "a@126.com", {sha('a'), sha('b')}), "chaoyang", at(7), at(7), one}));
  EXPECT_THAT(*store.due(at(29)), IsEmpty());
  const auto due = *store.due(at(30));
  ASSERT_EQ(due.size(), 1U);
  EXPECT_EQ(due[0].letter.message_id, "<l2@x>");
  EXPECT_EQ(due[0].attempts, 1);
  EXPECT_EQ(due[0].first_try, at(6));
  EXPECT_EQ(due[0].last_answer, "450 busy");
}

TEST_F(StoreTest, HoldsALetterWithItsReason) {
  const auto id = *store.add_letter(
      {letter("<l1@x>", "a@126.com", {}), "chaoyang", at(1), at(6), std::nullopt});
  ASSERT_TRUE(store.hold_letter(id, "上限"));
  EXPECT_THAT(*store.due(at(999)), IsEmpty());
  EXPECT_EQ(store.letters(LetterState::kHeld)->front().gate_reason, "上限");
}

TEST_F(StoreTest, RemembersAnOpenQuestion) {
  EXPECT_FALSE(*store.question_open("a@126.com"));
  ASSERT_TRUE(store.add_letter(
      {letter("<q@x>", "a@126.com", {}, LetterKind::kQuestion), "", at(1), at(6), std::nullopt}));
  EXPECT_TRUE(*store.question_open("a@126.com"));
  EXPECT_FALSE(*store.question_open("b@126.com"));
  ASSERT_TRUE(store.close_questions("a@126.com"));
  EXPECT_FALSE(*store.question_open("a@126.com"));
}

TEST_F(StoreTest, KeepsTheAuditLog) {
  ASSERT_TRUE(store.log({0, at(3), "clerk", "mark", "chaoyang/cases", "纸质"}));
  const auto rows = *store.audit(day_of(at(0), kZone));
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].actor, "clerk");
  EXPECT_EQ(rows[0].detail, "纸质");
}

TEST(DayTest, IsADayOnTheWallOfTheZone) {
  // 2022-10-24T16:00:00Z is midnight in Changchun.
  const Period day = day_of(Time(std::chrono::seconds(1'666'627'200)), kZone);
  EXPECT_EQ(day.from, Time(std::chrono::seconds(1'666'627'200)));
  EXPECT_EQ(day.to - day.from, std::chrono::hours(24));
  EXPECT_EQ(day_of(day.to - std::chrono::seconds(1), kZone).from, day.from);
}

}  // namespace
}  // namespace baosong::daemon
