// All items of a ledger together.
#include <algorithm>

#include "rules/standing_work.hpp"
#include "rules/versions.hpp"

namespace baosong::rules::work {
namespace {

ItemWork weigh_one(const Notice& notice, const std::string& unit, const Item& item,
                   std::span<const Entry> entries, bool unsure) {
  return item.kind == ItemKind::kPhotos ? weigh_photos(notice, item, entries)
                                        : weigh_papers(notice, unit, item, entries, unsure);
}

// Scans that nothing identifies against the PDF halves that are wanting: as many as there are
// places, and each takes one; otherwise the places are for people to look at.
bool settle_scans(const std::vector<ItemWork>& items, std::vector<Entry>& entries) {
  std::vector<Entry*> scans;
  for (Entry& e : entries) {
    if (e.items.empty() && e.earlier == nullptr && is_scan(e.document())) scans.push_back(&e);
  }
  std::vector<const Item*> places;
  for (const ItemWork& work : items)
    places.insert(places.end(), static_cast<std::size_t>(work.lacking_pdfs), work.item);
  if (scans.empty() || places.empty()) return false;
  if (scans.size() != places.size()) return true;
  for (std::size_t i = 0; i < scans.size(); ++i) {
    scans[i]->items = {places[i]};
    scans[i]->why = "elimination";
  }
  return false;
}

bool has_error(const Findings& findings, bool (*counts)(const Finding&)) {
  return std::ranges::any_of(
      findings, [&](const Finding& f) { return f.severity == Severity::kError && counts(f); });
}

// Something that was sent is faulty, as against something that has not come.
bool is_fault(const Finding& f) {
  return f.rule != "item.count" && f.rule != "item.pair-missing" && f.rule != "item.missing" &&
         f.rule != "file.cloud-link";
}

ItemState state_of(const ItemWork& work) {
  if (!work.touched) return ItemState::kMissing;
  bool faulty = has_error(work.findings, is_fault);
  bool link = false;
  for (const Candidate& c : work.candidates) {
    faulty = faulty || has_error(c.findings, is_fault);
    link = link || (c.half == Half::kLink && c.fate == Fate::kLoose);
  }
  if (faulty) return ItemState::kNeedsCorrection;
  if (link) return ItemState::kNeedsStaff;
  if (work.wanting) return ItemState::kPartial;
  if (work.staff) return ItemState::kNeedsStaff;
  return ItemState::kComplete;
}

// A link or a locked archive beside everything that was asked is no reason for another mail.
void forgive_extras(const Notice& notice, ItemWork& work) {
  const bool complete = !work.wanting && !work.staff && work.have >= std::max(1, work.item->min) &&
                        !has_error(work.findings, is_fault);
  if (complete) {
    for (Candidate& c : work.candidates) {
      if (c.half == Half::kLink || c.half == Half::kPack) c.fate = Fate::kSoftened;
    }
  }
  apply_fates(notice, *work.item, work.candidates);
}

void hear_nil(const Item& item, std::span<const LedgerMail* const> mails,
              std::vector<ItemWork>& items, ItemWork& work) {
  if (!work.candidates.empty()) return;
  const auto settles = [&](std::string_view id) {
    return (id == item.id && item.nil_allowed) || (!item.nil_with.empty() && id == item.nil_with);
  };
  for (const LedgerMail* mail : mails) {
    for (const auto& nil : mail->nil_statements) {
      if (!settles(nil.item)) continue;
      work.state = ItemState::kNoneToNominate;
      work.note = nil.text;
      work.touched = true;
    }
  }
  // 汇总表 that says 无 speaks for its forms.
  ItemWork* table = find(items, item.table_item);
  if (work.state == ItemState::kMissing && item.nil_allowed && table != nullptr &&
      says_nil(*table)) {
    work.state = ItemState::kNoneToNominate;
    work.note = "汇总表写明“无”。";
  }
}

void hear_staff(const Notice& notice, const Ledger& ledger, ItemWork& work) {
  const Duty duty = notice.duty(*work.item, ledger.unit);
  if (duty == Duty::kNotApplicable || (duty == Duty::kOptional && !work.touched))
    work.state = ItemState::kNotRequired;
  for (const StaffMark& mark : ledger.marks) {
    if (mark.item != work.item->id) continue;
    work.state = mark.state;
    work.note = mark.why;
  }
  const bool marked = std::ranges::any_of(
      ledger.marks, [&](const StaffMark& m) { return m.item == work.item->id; });
  if (!marked) return;
  // What people decided needs no more from the sender.
  work.findings.clear();
  for (Candidate& c : work.candidates) c.findings.clear();
}

}  // namespace

Weighed weigh(const Notice& notice, const Ledger& ledger,
              std::span<const LedgerMail* const> mails) {
  Weighed out;
  out.entries = gather(notice, mails);
  const auto weigh_all = [&](bool unsure) {
    out.items.clear();
    for (const Item& item : notice.items)
      out.items.push_back(weigh_one(notice, ledger.unit, item, out.entries, unsure));
  };
  weigh_all(false);
  const bool unsure = settle_scans(out.items, out.entries);
  const bool moved =
      std::ranges::any_of(out.entries, [](const Entry& e) { return e.why == "elimination"; });
  if (unsure || moved) weigh_all(unsure);

  for (ItemWork& work : out.items) {
    if (work.item->kind == ItemKind::kPhotos) {
      count_photos(notice, work, find(out.items, work.item->text_item));
      find_photo_duplicates(notice, work, out.entries);
    }
    if (ItemWork* forms = find(out.items, work.item->forms_item))
      compare_rows(notice, work, *forms);
  }
  find_reused_photos(notice, ledger, out.items);
  for (ItemWork& work : out.items) {
    forgive_extras(notice, work);
    work.state = state_of(work);
  }
  for (ItemWork& work : out.items) hear_nil(*work.item, mails, out.items, work);
  for (ItemWork& work : out.items) hear_staff(notice, ledger, work);
  return out;
}

}  // namespace baosong::rules::work
