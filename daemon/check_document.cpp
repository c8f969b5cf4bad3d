#include "daemon/check_document.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace baosong::daemon {
namespace {

constexpr std::array<std::string_view, 4> kOfTheMail{"item.missing", "mail.late", "unit.unknown",
                                                     "unit.conflict"};
// What one file alone cannot be asked for.
constexpr std::array<std::string_view, 6> kOfTheSet{"item.count",          "item.pair-missing",
                                                    "item.pair-differs",   "table.rows-mismatch",
                                                    "photo.embedded-only", "file.duplicate"};

template <class Range>
bool has(const Range& range, std::string_view word) {
  return std::ranges::find(range, word) != std::ranges::end(range);
}

}  // namespace

DryRun check_document(const rules::Notice& notice, parsers::Reading reading, Time now) {
  DryRun run;
  run.reading = std::move(reading);
  run.received = now;
  run.judgement = rules::judge(notice, run.reading, now);
  rules::Ledger ledger;
  ledger.unit = run.judgement.attribution.unit;
  ledger.mails.push_back(run.judgement.mail);
  run.standing = rules::evaluate(notice, ledger, now);
  run.has_standing = true;

  const bool alone = run.judgement.mail.documents.size() < 2;
  const auto about_it = [&](const rules::Finding& finding) {
    return !has(kOfTheMail, finding.rule) && !(alone && has(kOfTheSet, finding.rule));
  };
  for (const auto& finding : run.standing.findings) {
    if (about_it(finding)) run.decision.findings.push_back(finding);
  }
  std::set<std::string> items;
  for (const auto& assignment : run.standing.assignments) items.insert(assignment.item);
  for (auto& item : run.standing.items) {
    std::erase_if(item.findings, [&](const auto& finding) { return !about_it(finding); });
    if (items.contains(item.item)) {
      run.decision.findings.insert(run.decision.findings.end(), item.findings.begin(),
                                   item.findings.end());
    }
  }
  std::erase_if(run.standing.items, [&](const auto& item) { return !items.contains(item.item); });
  const bool faulty = std::ranges::any_of(
      run.decision.findings, [](const auto& f) { return f.severity == rules::Severity::kError; });
  run.decision.verdict = faulty ? rules::Verdict::kCorrect : rules::Verdict::kAcknowledge;
  run.decision.reason = "a document looked at by itself";
  return run;
}

}  // namespace baosong::daemon
