#include "rules/pairing.hpp"

#include <algorithm>
#include <map>

#include "parsers/text/utf8.hpp"
#include "rules/likeness.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/versions.hpp"

namespace baosong::rules::work {
namespace {

constexpr std::size_t kLookedAt = 64;          // slots and texts that are compared with each other
constexpr std::size_t kTextBytes = 40 * 1024;  // of a text layer

// Who the forms in the file are for; one empty name when nobody can tell.
std::vector<std::string> nominees_of(const Item& item, const Candidate& c,
                                     const std::string& hint) {
  std::vector<std::string> names;
  if (const auto* word = c.word(); word != nullptr && !c.broken) {
    for (Form& form : read_forms(*word, item)) {
      // A blank form behind filled ones is a template that somebody left in the file.
      if (!form.nominee.empty()) names.push_back(std::move(form.nominee));
    }
  }
  if (names.empty()) names.push_back(hint);
  return names;
}

bool all_after(const Candidates& all, const Places& places, std::size_t mail) {
  return std::ranges::all_of(places, [&](std::size_t i) { return all[i].rank.mail > mail; });
}

class Pairing {
 public:
  Pairing(const Notice& notice, const Item& item, Candidates& all)
      : notice_(notice), item_(item), all_(all) {
    for (std::size_t i = 0; i < all_.size(); ++i) {
      if (all_[i].half == Half::kWord) words_.push_back(i);
      if (all_[i].half == Half::kPdf) pdfs_.push_back(i);
      stems_.push_back(name_stem(all_[i].document().name));
      hints_.push_back(nominee_from_name(all_[i].document().name, notice, item));
    }
    const auto by_rank = [&](std::size_t a, std::size_t b) { return all_[a].rank < all_[b].rank; };
    std::ranges::stable_sort(words_, by_rank);
    std::ranges::stable_sort(pdfs_, by_rank);
    for (const auto& label : item.nominee_labels)
      person_ = person_ || label.find("姓名") != std::string::npos;
  }

  std::vector<Slot> run() {
    for (const std::size_t i : words_) {
      if (!all_[i].broken) place_word(i);
    }
    for (const std::size_t i : words_) {
      if (all_[i].broken) place_broken_word(i);
    }
    make_up_for_broken();
    place_pdfs();
    for (const Slot& slot : slots_) {
      for (const std::size_t i : slot.words) all_[i].nominee = slot.nominee;
      for (const std::size_t i : slot.pdfs) all_[i].nominee = slot.nominee;
    }
    return std::move(slots_);
  }

 private:
  bool stem_in(const Slot& slot, std::size_t i, bool other_version_only) const {
    return std::ranges::any_of(slot.words, [&](std::size_t w) {
      return stems_[w] == stems_[i] && !(other_version_only && all_[w].rank == all_[i].rank);
    });
  }

  void place_word(std::size_t i) {
    for (auto& nominee : nominees_of(item_, all_[i], hints_[i])) {
      Slot* slot = nullptr;
      if (!nominee.empty()) {
        for (Slot& s : slots_) {
          if (slot == nullptr && same_name(s.nominee, nominee)) slot = &s;
        }
      }
      // Nobody named, or nobody named before: the same file name in another mail is another
      // version.
      for (Slot& s : slots_) {
        if (slot == nullptr && (nominee.empty() || s.nominee.empty()) && stem_in(s, i, true))
          slot = &s;
      }
      if (slot == nullptr) slot = &slots_.emplace_back();
      if (slot->nominee.empty()) slot->nominee = std::move(nominee);
      if (slot->words.empty() || slot->words.back() != i) slot->words.push_back(i);
    }
  }

  // The one slot that the file name tells, by nominee or by stem; null when none or several.
  Slot* told_by_name(std::size_t i) {
    const std::string& hint = hints_[i];
    Slot* found = nullptr;
    int hits = 0;
    if (!hint.empty()) {
      for (Slot& s : slots_) {
        if (fold_name(s.nominee) == fold_name(hint) && !s.nominee.empty()) return &s;
        if (name_hints_at(hint, s.nominee)) found = &s, ++hits;
      }
      if (hits == 1) return found;
    }
    found = nullptr;
    hits = 0;
    for (Slot& s : slots_) {
      if (stem_in(s, i, false)) found = &s, ++hits;
    }
    return hits == 1 ? found : nullptr;
  }

  void place_broken_word(std::size_t i) {
    Slot* slot = told_by_name(i);
    if (slot == nullptr) {
      slot = &slots_.emplace_back();
      slot->nominee = hints_[i];
    }
    slot->words.push_back(i);
  }

  bool only_broken(const Slot& slot) const {
    return !slot.words.empty() &&
           std::ranges::all_of(slot.words, [&](std::size_t i) { return all_[i].broken; });
  }

  // A broken form whose nominee nobody knows, and a readable one that first came in a later mail:
  // the later one is the answer to the earlier. Each makes up for one.
  void make_up_for_broken() {
    std::vector<bool> used(slots_.size(), false);
    for (std::size_t b = 0; b < slots_.size(); ++b) {
      if (!only_broken(slots_[b])) continue;
      for (std::size_t s = 0; s < slots_.size(); ++s) {
        if (used[s] || only_broken(slots_[s])) continue;
        if (!all_after(all_, slots_[s].words, all_[slots_[b].words.back()].rank.mail)) continue;
        used[s] = true;
        slots_[s].words.insert(slots_[s].words.begin(), slots_[b].words.begin(),
                               slots_[b].words.end());
        slots_[b].words.clear();
        break;
      }
    }
    std::erase_if(slots_, [](const Slot& s) { return s.words.empty(); });
  }

  // --- PDFs

  const std::string& text_of(std::size_t i) {
    const auto [at, fresh] = texts_.try_emplace(i);
    const auto* pdf = all_[i].pdf();
    if (fresh && pdf != nullptr && !parsers::is_scan(*pdf)) {
      at->second = parsers::fold(parsers::cut_utf8(pdf->text, kTextBytes));
    } else if (fresh && pdf != nullptr && pdf->head) {
      at->second = parsers::fold(pdf->head->text);
    }
    return at->second;
  }

  std::vector<Slot*> named_in_text(std::size_t i) {
    std::vector<Slot*> out;
    const std::string& text = text_of(i);
    if (text.empty()) return out;
    for (std::size_t s = 0; s < std::min(slots_.size(), kLookedAt); ++s) {
      const std::string name = fold_name(slots_[s].nominee);
      if (name.size() >= 6 && text.find(name) != std::string::npos) out.push_back(&slots_[s]);
    }
    return out;
  }

  bool holds_several(std::size_t i, std::size_t forms) {
    const std::string& text = text_of(i);
    std::size_t titles = 0;
    for (const auto& title : item_.titles) {
      const std::string folded = parsers::fold(title);
      std::size_t n = 0;
      for (auto at = text.find(folded); at != std::string::npos;
           at = text.find(folded, at + folded.size()))
        ++n;
      titles = std::max(titles, n);
    }
    const auto* pdf = all_[i].pdf();
    return titles >= 2 || (item_.bundle_ok && pdf != nullptr && pdf->pages >= forms);
  }

  double word_likeness(const Slot& slot, std::size_t pdf) {
    const std::string& text = text_of(pdf);
    if (text.empty() || slot.words.empty()) return 0;
    const auto* word = all_[slot.words.back()].word();
    if (word == nullptr) return 0;
    std::vector<std::string> own;
    for (const Form& form : read_forms(*word, item_)) {
      for (const auto& cell : form.cells) own.push_back(parsers::fold(cell.value));
    }
    const PairSet pairs(own);
    return pairs.size() < 6 ? 0 : pairs.share_in(PairSet(text));
  }

  void place_pdfs() {
    Places foreign, pool, broken;
    for (const std::size_t i : pdfs_) {
      if (Slot* slot = told_by_name(i)) {
        slot->pdfs.push_back(i);
        continue;
      }
      if (all_[i].broken) {
        broken.push_back(i);
        continue;
      }
      auto named = named_in_text(i);
      if (named.size() == 1 || (named.size() > 1 && holds_several(i, named.size()))) {
        for (Slot* slot : named) slot->pdfs.push_back(i);
      } else if (named.size() > 1) {
        Slot* best =
            *std::ranges::max_element(named, {}, [&](Slot* s) { return word_likeness(*s, i); });
        best->pdfs.push_back(i);
      } else if (!hints_[i].empty()) {
        foreign.push_back(i);
      } else {
        pool.push_back(i);
      }
    }
    place_foreign(foreign);
    place_pool(pool);
    place_broken_pdfs(broken);
  }

  std::vector<Slot*> lacking() {
    std::vector<Slot*> out;
    for (Slot& s : slots_) {
      if (s.pdfs.empty() && !s.words.empty()) out.push_back(&s);
    }
    return out;
  }

  // PDFs whose names speak of somebody who has no Word.
  void place_foreign(const Places& foreign) {
    for (const std::size_t i : foreign) {
      const std::string& hint = hints_[i];
      // An earlier PDF of the same somebody.
      const auto same = std::ranges::find_if(
          slots_, [&](const Slot& s) { return s.words.empty() && same_name(s.nominee, hint); });
      if (same != slots_.end()) {
        same->pdfs.push_back(i);
        continue;
      }
      auto open = lacking();
      const auto nameless =
          std::ranges::find_if(open, [](const Slot* s) { return s->nominee.empty(); });
      // Bodies are shortened in many ways; of people the name is the name.
      if (nameless != open.end()) {
        (*nameless)->pdfs.push_back(i);
      } else if (!person_ && open.size() == 1 && foreign.size() == 1) {
        open.front()->pdfs.push_back(i);
      } else {
        slots_.push_back({.nominee = hint, .words = {}, .pdfs = {i}});
      }
    }
  }

  // PDFs that nothing identifies.
  void place_pool(const Places& pool) {
    if (pool.empty()) return;
    auto open = lacking();
    Places rest;
    for (const std::size_t i : pool) {
      Slot* best = nullptr;
      double share = item_.rules.contains("item.pair-differs")
                         ? notice_.rule(&item_, "item.pair-differs").number("likeness")
                         : 0.35;
      for (std::size_t s = 0; s < std::min(open.size(), kLookedAt); ++s) {
        if (const double now = word_likeness(*open[s], i); now >= share)
          best = open[s], share = now;
      }
      if (best == nullptr) {
        rest.push_back(i);
        continue;
      }
      best->pdfs.push_back(i);
      std::erase(open, best);
    }
    if (rest.empty()) return;
    if (open.empty()) return place_surplus(rest);
    if (rest.size() >= open.size()) {
      std::size_t next = 0;
      for (Slot* slot : open) slot->pdfs.push_back(rest[next++]);
      if (next < rest.size())
        place_surplus({rest.begin() + static_cast<std::ptrdiff_t>(next), rest.end()});
      return;
    }
    std::uint64_t pages = 0;
    for (const std::size_t i : rest) pages += all_[i].pdf() != nullptr ? all_[i].pdf()->pages : 1;
    if (item_.bundle_ok && pages >= open.size()) {
      for (Slot* slot : open) slot->pdfs.insert(slot->pdfs.end(), rest.begin(), rest.end());
    } else {
      for (std::size_t n = 0; n < rest.size(); ++n) open[n]->pdfs.push_back(rest[n]);
    }
  }

  // More PDFs than Words want one: of a single form they are versions or pages; without any Word
  // each file name is a form of its own.
  void place_surplus(const Places& rest) {
    const bool words = std::ranges::any_of(slots_, [](const Slot& s) { return !s.words.empty(); });
    for (const std::size_t i : rest) {
      if (words) {
        if (slots_.size() == 1) slots_.front().pdfs.push_back(i);
        continue;
      }
      const auto same = std::ranges::find_if(slots_, [&](const Slot& s) {
        return std::ranges::any_of(s.pdfs, [&](std::size_t p) {
          return stems_[p] == stems_[i] && all_[p].rank != all_[i].rank;
        });
      });
      if (same != slots_.end()) {
        same->pdfs.push_back(i);
      } else {
        slots_.push_back({.nominee = {}, .words = {}, .pdfs = {i}});
      }
    }
  }

  void place_broken_pdfs(const Places& broken) {
    auto open = lacking();
    std::size_t next = 0;
    for (const std::size_t i : broken) {
      if (next < open.size()) {
        open[next++]->pdfs.push_back(i);
      } else if (slots_.empty()) {
        slots_.push_back({.nominee = hints_[i], .words = {}, .pdfs = {i}});
      } else if (!make_up_for_pdf(i)) {
        slots_.back().pdfs.push_back(i);
      }
    }
  }

  // Every slot has its PDF: the broken one belongs to the slot whose PDF came after it, else to one
  // that had its PDF before.
  bool make_up_for_pdf(std::size_t i) {
    const auto later = std::ranges::find_if(slots_, [&](const Slot& s) {
      return std::ranges::any_of(
          s.pdfs, [&](std::size_t p) { return all_[p].valid() && all_[p].rank > all_[i].rank; });
    });
    if (later == slots_.end()) return false;
    later->pdfs.push_back(i);
    return true;
  }

  const Notice& notice_;
  const Item& item_;
  Candidates& all_;
  Places words_, pdfs_;
  std::vector<std::string> stems_, hints_;
  std::vector<Slot> slots_;
  std::map<std::size_t, std::string> texts_;
  bool person_ = false;
};

}  // namespace

std::vector<Slot> pair_forms(const Notice& notice, const Item& item, Candidates& all) {
  return Pairing(notice, item, all).run();
}

}  // namespace baosong::rules::work
