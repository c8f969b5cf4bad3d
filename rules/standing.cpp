#include "rules/standing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "rules/standing_work.hpp"

namespace baosong::rules {
namespace {

using work::Entry;
using work::Fate;
using work::ItemWork;
using work::Weighed;
using Mails = std::vector<const LedgerMail*>;

Mails in_order(const Ledger& ledger) {
  Mails mails;
  std::set<std::string> seen;
  for (const auto& mail : ledger.mails) {
    if (seen.insert(mail.sha256).second) mails.push_back(&mail);
  }
  std::ranges::stable_sort(mails, [](const LedgerMail* a, const LedgerMail* b) {
    return std::tie(a->received, a->sha256) < std::tie(b->received, b->sha256);
  });
  return mails;
}

std::string day_in_words(const Civil& c) {
  return fmt::format("{}月{}日", static_cast<unsigned>(c.date.month()),
                     static_cast<unsigned>(c.date.day()));
}
std::string time_in_words(Time time, const Zone& zone) {
  const Civil c = civil(time, zone);
  return fmt::format("{} {:02}:{:02}", day_in_words(c), c.hour, c.minute);
}

// Batches of which anything came; those that are due.
struct Batches {
  std::set<std::string> touched, due;
};

Batches batches_of(const Notice& notice, const Weighed& weighed, Time now) {
  Batches out;
  for (const ItemWork& w : weighed.items) {
    if (w.touched) out.touched.insert(w.item->batch);
  }
  for (const Batch& batch : notice.batches) {
    if (now > batch.closes) out.due.insert(batch.id);
  }
  return out;
}

// complete -> late where the documents that were in time would not have done.
void find_late(const Notice& notice, const Ledger& ledger, const Mails& mails, Weighed& weighed) {
  for (const Batch& batch : notice.batches) {
    Mails in_time;
    std::ranges::copy_if(mails, std::back_inserter(in_time),
                         [&](const LedgerMail* m) { return m->received <= batch.closes; });
    if (in_time.size() == mails.size()) continue;
    const bool concerned = std::ranges::any_of(weighed.items, [&](const ItemWork& w) {
      return w.item->batch == batch.id && w.state == ItemState::kComplete;
    });
    if (!concerned) continue;
    const Weighed before = work::weigh(notice, ledger, in_time);
    for (std::size_t i = 0; i < weighed.items.size(); ++i) {
      ItemWork& w = weighed.items[i];
      if (w.item->batch != batch.id || w.state != ItemState::kComplete) continue;
      if (before.items[i].state != ItemState::kComplete) w.state = ItemState::kLate;
    }
  }
}

void say_missing(const Notice& notice, const Batches& batches, Time now, ItemWork& w) {
  if (w.state != ItemState::kMissing) return;
  const bool due = batches.due.contains(w.item->batch);
  if (!due && !batches.touched.contains(w.item->batch)) return;
  const RuleSetting& rule = notice.rule(w.item, "item.missing");
  if (rule.severity == Severity::kOff) return;
  (void)now;
  const auto want = std::to_string(w.item->min);
  const std::size_t before = w.findings.size();
  say(notice, w.item, {}, due ? rule.severity_param("overdue_severity") : rule.severity,
      {.code = "item.missing",
       .variant = due ? "overdue" : "",
       .measured = "0",
       .limit = want,
       .fields = {{"have", "0"}, {"want", want}}},
      w.findings);
  if (w.findings.size() > before) w.findings.back().about_sent = false;
}

void say_duplicates(const Notice& notice, const Weighed& weighed, Findings& out) {
  for (const Entry& e : weighed.entries) {
    if (e.earlier == nullptr) continue;
    const bool same_mail = e.earlier->mail == e.mail;
    const Item* item = e.items.empty() ? nullptr : e.items.front();
    // A photo that comes again under another name is a correction of its name, no repetition.
    if (item != nullptr && item->kind == ItemKind::kPhotos && !same_mail &&
        e.document().name != e.earlier->document().name) {
      continue;
    }
    std::string earlier = e.earlier->document().name;
    if (!same_mail)
      earlier += "（" + time_in_words(e.earlier->mail->received, notice.zone) + "收到）";
    say(notice, item, {e.mail, &e.document()}, notice.rule(item, "file.duplicate").severity,
        {.code = "file.duplicate",
         .variant = same_mail ? "same-mail" : "",
         .fields = {{"earlier", earlier}}},
        out);
  }
}

// Documents that belong to no item: what is wrong with the file, else that nobody knows what it is.
void say_unrecognised(const Notice& notice, const Weighed& weighed, Findings& out) {
  const bool unsure = std::ranges::any_of(weighed.items, [](const ItemWork& w) {
    return std::ranges::any_of(w.findings, [](const Finding& f) {
      return f.rule == "item.pair-missing" && f.severity != Severity::kError;
    });
  });
  for (const Entry& e : weighed.entries) {
    if (!e.items.empty() || e.earlier != nullptr) continue;
    const CheckInput input{notice, nullptr, *e.mail, *e.row};
    Findings found = check_document(input);
    const bool scan_for_staff = unsure && work::is_scan(e.document());
    if (found.empty() && !scan_for_staff) {
      say(input, notice.rule(nullptr, "file.unrecognised").severity, {.code = "file.unrecognised"},
          found);
    }
    std::ranges::move(found, std::back_inserter(out));
  }
}

void say_late(const Notice& notice, const Weighed& weighed, Findings& out) {
  std::set<std::pair<const LedgerMail*, const Batch*>> late;
  std::vector<std::pair<const LedgerMail*, const Batch*>> ordered;
  for (const Entry& e : weighed.entries) {
    if (e.items.empty() || e.earlier != nullptr) continue;
    const Batch& batch = notice.batch_of(*e.items.front());
    if (e.mail->received > batch.closes && late.emplace(e.mail, &batch).second)
      ordered.emplace_back(e.mail, &batch);
  }
  for (const auto& [mail, batch] : ordered) {
    const Civil deadline = civil(batch->closes, notice.zone);
    say(notice, nullptr, {mail, nullptr}, notice.rule(nullptr, "mail.late").severity,
        {.code = "mail.late",
         .measured = format_rfc3339(mail->received, notice.zone),
         .limit = format_rfc3339(batch->closes, notice.zone),
         .fields = {{"batch", batch->name},
                    {"deadline", day_in_words(deadline)},
                    {"received", time_in_words(mail->received, notice.zone)}}},
        out);
  }
}

std::size_t rule_order(const std::string& code) {
  const auto rows = rule_table();
  return static_cast<std::size_t>(std::ranges::find(rows, code, &RuleRow::code) - rows.begin());
}

ItemStanding standing_of(ItemWork& w) {
  ItemStanding out;
  out.item = w.item->id;
  out.state = w.state;
  out.have = w.have;
  out.want = w.want;
  out.note = std::move(w.note);
  for (auto& c : w.candidates) {
    const bool unseen =
        work::is_scan(c.document()) && c.half == Half::kPdf && c.entry->scanned == nullptr;
    out.documents.push_back({c.entry->mail->sha256, c.document().path, c.document().name,
                             c.fate == Fate::kCurrent, c.nominee, unseen});
    std::ranges::move(c.findings, std::back_inserter(out.findings));
  }
  std::ranges::move(w.findings, std::back_inserter(out.findings));
  std::ranges::stable_sort(
      out.findings, {}, [](const Finding& f) { return std::pair(f.document, rule_order(f.rule)); });
  return out;
}

UnitState unit_state(const Notice& notice, const Weighed& weighed, const Batches& batches) {
  if (weighed.entries.empty() && batches.touched.empty() &&
      std::ranges::none_of(weighed.items,
                           [](const ItemWork& w) { return w.state == ItemState::kSetByStaff; })) {
    return UnitState::kNothing;
  }
  std::map<ItemState, int> seen;
  for (const ItemWork& w : weighed.items) {
    if (batches.touched.contains(w.item->batch) || batches.due.contains(w.item->batch))
      ++seen[w.state];
  }
  (void)notice;
  if (seen.contains(ItemState::kNeedsCorrection)) return UnitState::kNeedsCorrection;
  if (seen.contains(ItemState::kNeedsStaff)) return UnitState::kNeedsStaff;
  // Things came, and none of them could be told apart.
  if (batches.touched.empty() && !weighed.entries.empty()) return UnitState::kNeedsStaff;
  if (seen.contains(ItemState::kMissing) || seen.contains(ItemState::kPartial))
    return UnitState::kPartial;
  return seen.contains(ItemState::kLate) ? UnitState::kLate : UnitState::kComplete;
}

}  // namespace

const ItemStanding* Standing::item(std::string_view id) const {
  const auto at = std::ranges::find(items, id, &ItemStanding::item);
  return at == items.end() ? nullptr : &*at;
}

Standing evaluate(const Notice& notice, const Ledger& ledger, Time now) {
  const Mails mails = in_order(ledger);
  Weighed weighed = work::weigh(notice, ledger, mails);
  find_late(notice, ledger, mails, weighed);
  const Batches batches = batches_of(notice, weighed, now);

  Standing out;
  out.unit = ledger.unit;
  out.state = unit_state(notice, weighed, batches);
  say_duplicates(notice, weighed, out.findings);
  say_unrecognised(notice, weighed, out.findings);
  say_late(notice, weighed, out.findings);
  for (const Entry& e : weighed.entries) {
    out.assignments.push_back({e.mail->sha256, e.document().path,
                               e.items.empty() ? std::string() : e.items.front()->id, e.why});
  }
  for (ItemWork& w : weighed.items) {
    say_missing(notice, batches, now, w);
    out.items.push_back(standing_of(w));
  }
  return out;
}

}  // namespace baosong::rules
