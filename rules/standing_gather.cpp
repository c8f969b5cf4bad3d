// From the ledger to entries: in order, duplicates seen, photos settled; then what one item sees.
#include <algorithm>
#include <map>
#include <tuple>

#include "rules/meaning/meaning.hpp"
#include "rules/photo_name.hpp"
#include "rules/recognition_words.hpp"
#include "rules/standing_work.hpp"
#include "rules/versions.hpp"

namespace baosong::rules::work {
namespace {

using parsers::Format;
using parsers::Trouble;

bool has_bytes(const parsers::Document& d) {
  return !d.sha256.empty() && d.size > 0 && d.format != Format::kCloudLink;
}

bool shares_item(const Entry& a, const Entry& b) {
  if (a.items.empty() && b.items.empty()) return true;
  return std::ranges::any_of(a.items, [&](const Item* item) { return b.is_for(*item); });
}

const Item* photo_item(const Entry& e) {
  return !e.items.empty() && e.items.front()->kind == ItemKind::kPhotos ? e.items.front() : nullptr;
}

// Only which batch was open told where the photo belongs.
bool guessed(const Entry& e) {
  return photo_item(e) != nullptr && !e.row->recognition.certain &&
         e.row->recognition.why == "open-batch";
}

// Photos that only the open batch placed. Sent again under better names they stay with the item
// that has their bytes; a few that come while an earlier photo item still lacks them, and before
// anything of the later batch, are what was asked for there.
void settle_photos(const Notice& notice, std::vector<Entry>& entries) {
  std::map<const LedgerMail*, std::vector<Entry*>> groups;
  for (Entry& e : entries) {
    if (guessed(e)) groups[e.mail].push_back(&e);
  }
  std::vector<std::pair<std::size_t, std::vector<Entry*>>> ordered;
  for (auto& [mail, group] : groups)
    ordered.emplace_back(group.front()->mail_order, std::move(group));
  std::ranges::sort(ordered, {}, [](const auto& g) { return g.first; });

  for (auto& [order, group] : ordered) {
    const Item* here = photo_item(*group.front());
    for (const Item& other : notice.items) {
      if (&other == here || other.kind != ItemKind::kPhotos) continue;
      std::map<std::string, const Entry*> before;
      bool later_batch_began = false;
      for (const Entry& e : entries) {
        if (e.mail_order >= order) continue;
        if (e.is_for(other) && has_bytes(e.document())) before.emplace(e.document().sha256, &e);
        for (const Item* item : e.items)
          later_batch_began = later_batch_began || item->batch == here->batch;
      }
      const bool again = std::ranges::all_of(
          group, [&](const Entry* e) { return before.contains(e->document().sha256); });
      const bool earlier_batch = notice.batch_of(other).closes < notice.batch_of(*here).closes;
      const bool alone = std::ranges::all_of(entries, [&](const Entry& e) {
        return e.mail != group.front()->mail || e.items.empty() ||
               e.items.front()->batch != here->batch || guessed(e);
      });
      const auto lacking =
          std::max<std::ptrdiff_t>(0, other.min - static_cast<std::ptrdiff_t>(before.size()));
      const bool asked =
          earlier_batch && !later_batch_began && alone && std::ssize(group) <= lacking;
      if (!again && !asked) continue;
      for (Entry* e : group) e->items.front() = &other;
      break;
    }
  }
}

int name_worth(const Notice& notice, const Item& item, const PhotoWords& words, const Entry& e) {
  if (item.kind == ItemKind::kPhotos) {
    const auto name = judge_photo_name(e.document().name, words);
    return name == PhotoName::kFine ? 2 : name == PhotoName::kGeneric ? 1 : 0;
  }
  return nominee_from_name(e.document().name, notice, item).empty() ? 0 : 1;
}

Candidate look_at(const Notice& notice, const Item& item, const Entry& entry, bool word_beside,
                  const PhotoWords& words) {
  const CheckInput input{notice, &item, *entry.mail, *entry.row, word_beside, &words};
  Candidate c;
  c.entry = &entry;
  const FormatVerdict verdict = judge_format(input);
  c.half = verdict.half;
  c.findings = check_document(input);
  const auto& d = entry.document();
  c.unread = taken_unread(d) && !parsers::is_image(d.format);
  c.broken = (d.trouble != Trouble::kNone && !taken_unread(d)) || c.half == Half::kLink ||
             verdict.severity == Severity::kError;
  c.faulty = std::ranges::any_of(c.findings,
                                 [](const Finding& f) { return f.severity == Severity::kError; });
  return c;
}

}  // namespace

bool Entry::is_for(const Item& item) const {
  return std::ranges::find(items, &item) != items.end();
}

bool is_scan(const parsers::Document& d) {
  const auto* pdf = std::get_if<parsers::PdfFacts>(&d.facts);
  return d.format == Format::kPdf && d.trouble == Trouble::kNone && pdf != nullptr &&
         parsers::is_scan(*pdf);
}

std::vector<Entry> gather(const Notice& notice, std::span<const LedgerMail* const> mails) {
  const ItemWords words(notice);
  std::vector<Entry> entries;
  for (std::size_t m = 0; m < mails.size(); ++m) {
    std::vector<const LedgerDocument*> rows;
    for (const auto& row : mails[m]->documents) rows.push_back(&row);
    std::ranges::stable_sort(rows, {}, [](const auto* row) { return row->document.path; });
    for (const auto* row : rows) {
      Entry e;
      e.mail = mails[m];
      e.row = row;
      e.mail_order = m;
      e.why = row->recognition.why;
      if (const Item* item = notice.item(row->recognition.item)) e.items.push_back(item);
      for (const auto& id : row->recognition.also) {
        const Item* item = notice.item(id);
        if (item != nullptr && !e.is_for(*item)) e.items.push_back(item);
      }
      if (is_scan(row->document)) {
        const auto& head = std::get<parsers::PdfFacts>(row->document.facts).head;
        if (head) {
          e.scanned = words.scanned_title(head->text);
          e.confidence = head->confidence;
        }
      }
      entries.push_back(std::move(e));
    }
  }
  settle_photos(notice, entries);

  std::map<std::string, std::vector<std::size_t>> by_bytes;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Entry& e = entries[i];
    if (!has_bytes(e.document())) continue;
    auto& same = by_bytes[e.document().sha256];
    // Nothing but the name could have told it, and an earlier name told more.
    if (e.items.empty() && !same.empty() && !entries[same.front()].items.empty()) {
      e.items = entries[same.front()].items;
      e.why = "content";
    }
    const auto first =
        std::ranges::find_if(same, [&](std::size_t k) { return shares_item(entries[k], e); });
    if (first != same.end()) e.earlier = &entries[*first];
    same.push_back(i);
  }
  return entries;
}

Candidates candidates_for(const Notice& notice, const Item& item, std::span<const Entry> entries) {
  std::vector<std::pair<const Entry*, const Entry*>> chosen;  // first of its bytes, best name
  std::map<std::string_view, std::size_t> by_bytes;
  bool word_beside = false;
  PhotoWords words;
  if (item.kind == ItemKind::kPhotos) words = photo_words(notice, &item);
  for (const Entry& e : entries) {
    if (!e.is_for(item)) continue;
    const auto& d = e.document();
    word_beside = word_beside ||
                  (parsers::is_word(d.format) && (d.trouble == Trouble::kNone || taken_unread(d)));
    if (has_bytes(d)) {
      const auto [at, fresh] = by_bytes.try_emplace(d.sha256, chosen.size());
      if (!fresh) {
        auto& best = chosen[at->second].second;
        if (name_worth(notice, item, words, e) > name_worth(notice, item, words, *best)) best = &e;
        continue;
      }
    }
    chosen.emplace_back(&e, &e);
  }
  Candidates out;
  for (const auto& [first, best] : chosen) {
    Candidate c = look_at(notice, item, *best, word_beside, words);
    c.rank = {first->mail_order, says_final(best->document().name)};
    out.push_back(std::move(c));
  }
  return out;
}

ItemWork* find(std::vector<ItemWork>& items, std::string_view id) {
  const auto at = std::ranges::find_if(items, [&](const ItemWork& w) { return w.item->id == id; });
  return id.empty() || at == items.end() ? nullptr : &*at;
}

}  // namespace baosong::rules::work
