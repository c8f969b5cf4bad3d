#include "rules/decision.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace baosong::rules {
namespace {

// Items that the mail speaks of: by documents, or by saying that there is nobody to nominate.
std::set<std::string> touched_items(const LedgerMail& mail, const Standing& standing) {
  std::set<std::string> out;
  for (const Assignment& a : standing.assignments) {
    if (a.message_sha256 == mail.sha256 && !a.item.empty()) out.insert(a.item);
  }
  for (const auto& row : mail.documents) {
    for (const auto& item : row.recognition.also) out.insert(item);
  }
  for (const auto& nil : mail.nil_statements) out.insert(nil.item);
  return out;
}

class Collector {
 public:
  Collector(const Notice& notice, const LedgerMail& mail, const Standing& standing)
      : notice_(notice),
        mail_(mail),
        standing_(standing),
        touched_(touched_items(mail, standing)) {}

  std::vector<Finding> run() {
    for (const Finding& f : standing_.findings) {
      if (f.message_sha256 == mail_.sha256) take(f);
    }
    for (const ItemStanding& item : standing_.items) {
      const bool touched = touched_.contains(item.item);
      for (const Finding& f : item.findings) {
        if (touched || f.message_sha256 == mail_.sha256 || !f.about_sent || partner_touched(f))
          take(f);
      }
    }
    return std::move(out_);
  }

 private:
  // Forms that come in change what is to be said about their table.
  bool partner_touched(const Finding& f) const {
    if (f.rule != "table.rows-mismatch") return false;
    const Item* table = notice_.item(f.item);
    return table != nullptr && touched_.contains(table->forms_item);
  }
  void take(const Finding& f) { out_.push_back(f); }

  const Notice& notice_;
  const LedgerMail& mail_;
  const Standing& standing_;
  std::set<std::string> touched_;
  std::vector<Finding> out_;
};

// The notice's order of items (what concerns no item first), then the document, then the rule.
void put_in_order(const Notice& notice, std::vector<Finding>& findings) {
  const auto key = [&](const Finding& f) {
    const auto item = f.item.empty() ? notice.items.begin()
                                     : std::ranges::find(notice.items, f.item, &Item::id) + 1;
    const auto rows = rule_table();
    const auto rule = std::ranges::find(rows, f.rule, &RuleRow::code) - rows.begin();
    return std::tuple(item - notice.items.begin(), f.document, rule);
  };
  std::ranges::stable_sort(findings, {}, key);
}

bool anything_recognised(const LedgerMail& mail, const Standing& standing) {
  return !touched_items(mail, standing).empty();
}

struct Reasoned {
  Verdict verdict;
  std::string reason;
};

Reasoned weigh_submission(const Notice& notice, const Judgement& judgement,
                          const Standing* standing, const std::vector<Finding>& findings) {
  switch (judgement.attribution.outcome) {
    case Attributed::kConflict:
      return {Verdict::kHold, "two units can be named as the sender"};
    case Attributed::kNobody:
      if (notice.policies.unknown_unit == "hold")
        return {Verdict::kHold, "no unit can be named, and the notice says staff look first"};
      return {Verdict::kAskUnit, "no unit can be named"};
    case Attributed::kOne:
      break;
  }
  if (standing == nullptr) return {Verdict::kHold, "no standing to judge by"};
  const bool late =
      std::ranges::any_of(findings, [](const Finding& f) { return f.rule == "mail.late"; });
  if (late && notice.policies.late == "hold")
    return {Verdict::kHold, "late, and the notice says staff look first"};
  const auto error = std::ranges::find_if(
      findings, [](const Finding& f) { return f.severity == Severity::kError && f.about_sent; });
  if (error != findings.end())
    return {Verdict::kCorrect, "error about what was sent: " + error->rule};
  if (!anything_recognised(judgement.mail, *standing))
    return {Verdict::kHold, "nothing in the mail fits an item of the notice"};
  return {Verdict::kAcknowledge, "no error about anything that was sent"};
}

}  // namespace

Decision decide(const Notice& notice, const Judgement& judgement, const Standing* standing) {
  Decision out;
  switch (judgement.disposition) {
    case Disposition::kAutoReply:
    case Disposition::kBounce:
    case Disposition::kListOrBulk:
    case Disposition::kOwn:
      out.verdict = Verdict::kSilent;
      out.reason = std::string(name_of(judgement.disposition)) + " is never answered";
      return out;
    case Disposition::kInquiry:
    case Disposition::kEmpty:
      out.verdict = Verdict::kHold;
      out.reason = std::string(name_of(judgement.disposition)) + " is for people";
      return out;
    case Disposition::kSubmission:
      break;
  }
  out.findings = judgement.findings;
  if (standing != nullptr) {
    auto more = Collector(notice, judgement.mail, *standing).run();
    std::ranges::move(more, std::back_inserter(out.findings));
  }
  put_in_order(notice, out.findings);
  auto [verdict, reason] = weigh_submission(notice, judgement, standing, out.findings);
  out.verdict = verdict;
  out.reason = std::move(reason);
  return out;
}

}  // namespace baosong::rules
