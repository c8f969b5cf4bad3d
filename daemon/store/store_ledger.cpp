// Judgements, ledgers and decisions: tables ledger, nil_statement, mark, decision.
#include <map>

#include "daemon/store/columns.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/json.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/store.hpp"
#include "parsers/worker/wire.hpp"

namespace baosong::daemon {
namespace q = queries;
namespace {

constexpr std::array<std::string_view, 3> kAttributedNames{"nobody", "one", "conflict"};

bool in_ledger(const rules::Judgement& judgement) {
  return judgement.disposition == rules::Disposition::kSubmission &&
         judgement.attribution.outcome == rules::Attributed::kOne;
}

// BAOSONG_DECISIONS
using DecisionColumns =
    std::tuple<std::string, std::int64_t, std::string, std::int64_t, std::int64_t, std::string,
               std::string, std::string, std::string, std::string, std::string,
               // decision
               std::string, std::string, std::string, std::string, std::string, std::string,
               std::string, std::int64_t, std::int64_t, std::int64_t, std::string, std::string,
               std::string, std::string, std::string, std::string>;
DecisionRow to_decision(const DecisionColumns& row) {
  DecisionRow out;
  out.mail = to_mail(row);
  out.disposition = from_name<rules::Disposition>(rules::kDispositionNames, std::get<11>(row));
  out.attributed = from_name<rules::Attributed>(kAttributedNames, std::get<12>(row));
  out.unit = std::get<13>(row);
  out.evidence = store_json::to_evidence(std::get<14>(row));
  out.verdict = from_name<rules::Verdict>(rules::kVerdictNames, std::get<15>(row));
  out.reason = std::get<16>(row);
  out.findings = store_json::to_findings(std::get<17>(row));
  out.decided_at = to_time(std::get<18>(row));
  out.documents = std::get<19>(row);
  if (std::get<20>(row) != 0) {
    out.bounce = parsers::Bounce{std::get<21>(row), std::get<22>(row), std::get<23>(row)};
  }
  out.about_unit = std::get<24>(row);
  out.about_address = std::get<25>(row);
  out.about = std::get<26>(row);
  return out;
}

}  // namespace

Result<void> Store::add_judgement(std::string_view sha256, const rules::Judgement& judgement) {
  for (const std::string_view forget : {q::kForgetRecognition, q::kDropNil, q::kDropFromLedger}) {
    if (auto done = db_->run(forget, sha256); !done) return done;
  }
  for (const rules::LedgerDocument& document : judgement.mail.documents) {
    const rules::Recognition& found = document.recognition;
    auto set = db_->run(q::kSetRecognition, found.item, store_json::from_texts(found.also),
                        found.why, found.certain, sha256, document.document.path);
    if (!set) return set;
  }
  std::int64_t position = 0;
  for (const rules::NilStatement& nil : judgement.mail.nil_statements) {
    if (auto added = db_->run(q::kAddNil, sha256, position++, nil.item, nil.text); !added) {
      return added;
    }
  }
  if (!in_ledger(judgement)) return {};
  return db_->run(q::kAddToLedger, judgement.attribution.unit, sha256);
}

Result<void> Store::add_outcome(const Outcome& outcome) {
  const rules::Attribution& who = outcome.judgement.attribution;
  const bool one = who.outcome == rules::Attributed::kOne;
  auto added = db_->run(q::kAddDecision, outcome.sha256, name_of(outcome.judgement.disposition),
                        kAttributedNames[static_cast<std::size_t>(who.outcome)],
                        one ? who.unit : std::string(), store_json::from_evidence(who.evidence),
                        name_of(outcome.decision.verdict), outcome.decision.reason,
                        store_json::from_findings(outcome.decision.findings),
                        seconds_of(outcome.decided_at));
  if (!added) return added;
  if (outcome.bounce) {
    auto set = db_->run(q::kSetBounce, outcome.bounce->recipient, outcome.bounce->status,
                        outcome.bounce->original_message_id, outcome.sha256);
    if (!set) return set;
  }
  if (!outcome.about.empty()) {
    if (auto set = db_->run(q::kSetAbout, outcome.about, outcome.sha256); !set) return set;
  }
  return db_->run(q::kSetDecided, outcome.sha256);
}

Result<rules::Ledger> Store::ledger(std::string_view unit) {
  rules::Ledger ledger;
  ledger.unit = unit;
  auto mails =
      db_->rows<std::tuple<std::string, std::string, std::string, std::string, std::int64_t>>(
          q::kLedgerMails, unit);
  if (!mails) return tl::unexpected(mails.error());
  std::map<std::string, std::size_t, std::less<>> place;
  for (auto& [sha256, message_id, subject, sender, received] : *mails) {
    place.emplace(sha256, ledger.mails.size());
    ledger.mails.push_back({sha256, message_id, subject, sender, to_time(received), {}, {}});
  }

  auto documents =
      db_->rows<std::tuple<std::string, Blob, std::string, std::string, std::string, std::int64_t>>(
          q::kLedgerDocuments, unit);
  if (!documents) return tl::unexpected(documents.error());
  for (auto& [sha256, frame, item, also, why, certain] : *documents) {
    auto document = parsers::decode_document(frame.bytes);
    if (!document) return tl::unexpected(document.error());
    ledger.mails[place.at(sha256)].documents.push_back(
        {std::move(*document), {item, store_json::to_texts(also), why, certain != 0}});
  }

  auto nils = db_->rows<std::tuple<std::string, std::string, std::string>>(q::kLedgerNil, unit);
  if (!nils) return tl::unexpected(nils.error());
  for (auto& [sha256, item, text] : *nils) {
    ledger.mails[place.at(sha256)].nil_statements.push_back({item, text});
  }

  auto marks = each(
      db_->rows<std::tuple<std::string, std::string, std::string, std::int64_t>>(q::kMarks, unit),
      [](const auto& row) {
        return rules::StaffMark{
            std::get<0>(row), from_name<rules::ItemState>(rules::kItemStateNames, std::get<1>(row)),
            std::get<2>(row), to_time(std::get<3>(row))};
      });
  if (!marks) return tl::unexpected(marks.error());
  ledger.marks = std::move(*marks);
  return ledger;
}

Result<std::vector<rules::Ledger>> Store::ledgers(const rules::Notice& notice) {
  std::vector<rules::Ledger> out;
  for (const rules::Unit& unit : notice.units) {
    auto one = ledger(unit.id);
    if (!one) return tl::unexpected(one.error());
    if (auto found = find_photos_elsewhere(notice, *one); !found)
      return tl::unexpected(found.error());
    out.push_back(std::move(*one));
  }
  return out;
}

Result<void> Store::add_mark(std::string_view unit, const rules::StaffMark& mark,
                             std::string_view actor) {
  return db_->run(q::kAddMark, unit, mark.item, name_of(mark.state), mark.why, actor,
                  seconds_of(mark.at));
}

Result<std::vector<std::pair<std::string, Time>>> Store::last_mails() {
  return each(db_->rows<std::tuple<std::string, std::int64_t>>(q::kLastMails), [](const auto& row) {
    return std::pair<std::string, Time>(std::get<0>(row), to_time(std::get<1>(row)));
  });
}

Result<std::vector<DecisionRow>> Store::decisions(Period decided) {
  return each(
      db_->rows<DecisionColumns>(q::kDecisions, seconds_of(decided.from), seconds_of(decided.to)),
      to_decision);
}
Result<std::vector<DecisionRow>> Store::received(Period period) {
  return each(db_->rows<DecisionColumns>(q::kDecisionsReceived, seconds_of(period.from),
                                         seconds_of(period.to)),
              to_decision);
}
Result<std::vector<DecisionRow>> Store::held() {
  return each(db_->rows<DecisionColumns>(q::kHeld), to_decision);
}
Result<std::vector<DecisionRow>> Store::bounces(Period received) {
  return each(
      db_->rows<DecisionColumns>(q::kBounces, seconds_of(received.from), seconds_of(received.to)),
      to_decision);
}

}  // namespace baosong::daemon
