// A day in the office, as the tests of the digest want it.
#pragma once

#include <utility>
#include <vector>

#include "daemon/digest.hpp"
#include "tests/unit/letters/sample.hpp"

namespace baosong::test {

// Four units, one of each state, and one of each thing that needs people.
struct Day {
  rules::Notice notice = sample_notice();
  DigestInput in;

  Day() {
    for (const char* name : {"双阳区", "德惠市"}) {
      rules::Unit unit;
      unit.id = name;
      unit.name = name;
      notice.units.push_back(unit);
    }
    in.notice = &notice;
    in.now = at("2022-10-24T16:00:00+08:00");
    in.counts = {20, 20, 19, 1};
    for (const auto& unit : notice.units) {
      rules::Standing standing;
      standing.unit = unit.id;
      for (const auto& item : notice.items)
        standing.items.push_back({item.id, ItemState::kMissing, {}, {}, 0, 1, {}});
      in.standings.push_back(standing);
      in.ledgers.push_back({unit.id, {}, {}, {}});
    }
    set(0, {ItemState::kComplete, ItemState::kComplete, ItemState::kNoneToNominate,
            ItemState::kComplete});
    set(1, {ItemState::kNeedsCorrection, ItemState::kPartial, ItemState::kComplete,
            ItemState::kMissing});
    in.standings[1].items[1].have = 3;
    in.standings[1].items[1].want = 4;
    set(2, {ItemState::kComplete, ItemState::kComplete, ItemState::kNeedsStaff, ItemState::kLate});
    in.last_mails = {{"chaoyang", at("2022-10-24T09:12:00+08:00")},
                     {"nongan", at("2022-10-23T17:40:00+08:00")}};
    in.quarantined.push_back(mail("quarantined", "stuck@x.cn", "大邮件"));
    in.quarantined[0].trouble = "邮件超过256MB，未读取";
  }
  void set(std::size_t unit, std::vector<ItemState> states) {
    for (std::size_t i = 0; i < states.size(); ++i) in.standings[unit].items[i].state = states[i];
  }
  static MailRow mail(const char* sha256, const char* from, const char* subject) {
    MailRow row;
    row.sha256 = sha256;
    row.from = from;
    row.subject = subject;
    row.received = row.first_seen = at("2022-10-24T10:30:00+08:00");
    return row;
  }
  DecisionRow decision(const char* sha256, rules::Disposition disposition,
                       rules::Attributed attributed, rules::Verdict verdict) {
    DecisionRow row;
    row.mail = mail(sha256, "zhang@x.cn", "关于材料");
    row.disposition = disposition;
    row.attributed = attributed;
    row.verdict = verdict;
    return row;
  }
  Finding finding(const char* rule, const char* document) {
    Finding f;
    f.rule = rule;
    f.severity = Severity::kError;
    f.document = document;
    f.message_sha256 = "m";
    return f;
  }
  Letter letter() { return make_digest(shipped_templates(), in, "clerk@x.cn"); }

  // Everything that can need people, one of each.
  void fill_needs() {
    using rules::Attributed;
    using rules::Disposition;
    using rules::Verdict;
    auto conflict = decision("c", Disposition::kSubmission, Attributed::kConflict, Verdict::kHold);
    conflict.evidence = {{"subject", "朝阳区", "chaoyang", true},
                         {"title", "农安县", "nongan", true}};
    auto inquiry = decision("i", Disposition::kInquiry, Attributed::kOne, Verdict::kHold);
    inquiry.unit = "chaoyang";
    in.words["i"] = "老师您好，请问先进个人名额有几个？我的电话是13900001234。\n谢谢";
    auto other = decision("o", Disposition::kSubmission, Attributed::kOne, Verdict::kHold);
    other.unit = "nongan";
    other.documents = 2;
    in.held = {conflict, inquiry, other};
    auto bounce = decision("b", Disposition::kBounce, Attributed::kNobody, Verdict::kSilent);
    bounce.bounce = parsers::Bounce{"gone@x.cn", "5.1.1", ""};
    bounce.about_unit = "nongan";
    in.today = {conflict, inquiry, bounce,
                decision("a", Disposition::kSubmission, Attributed::kNobody, Verdict::kAskUnit)};
    LetterRow held;
    held.letter.to = "often@x.cn";
    held.letter.subject = "回复：材料";
    held.gate_reason = "今天已给该地址发出6封";
    held.decided_at = in.now;
    in.held_letters = {held};
    rules::LedgerMail mail;
    mail.sha256 = "m";
    mail.received = at("2022-10-22T08:00:00+08:00");
    rules::LedgerDocument link;
    link.document.path = "全部材料.rar";
    link.document.facts = parsers::CloudLink{"mail.163.com", "128M", "2022-11-09T13:35"};
    mail.documents = {link};
    in.ledgers[1].mails = {mail};
    in.standings[1].findings = {
        finding("file.cloud-link", "全部材料.rar"), finding("file.encrypted", "锁.zip"),
        finding("file.unrecognised", "其他.docx"), finding("file.unrecognised", "其他.docx")};
  }
};

}  // namespace baosong::test
