// Texts held against each other: the halves of a pair, and the versions of one text among several.
#include <algorithm>

#include "parsers/text/utf8.hpp"
#include "rules/likeness.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/pairing.hpp"
#include "rules/versions.hpp"

namespace baosong::rules::work {
namespace {

constexpr std::size_t kLookedAt = 64;          // texts that are compared with each other
constexpr std::size_t kTextBytes = 40 * 1024;  // of a text layer

// What somebody filled in, cell by cell; the printed labels are the same in every form.
struct Filled {
  std::vector<std::string> names;  // nominees of the rows
  std::vector<std::string> cells;
};

Filled filled_in(const Item& item, const parsers::WordFacts& word) {
  Filled out;
  if (item.kind == ItemKind::kTable) {
    for (const auto& row : read_summary(word, item).rows) {
      out.names.push_back(fold_name(row.nominee));
      for (const auto& [head, text] : row.cells) out.cells.push_back(parsers::fold(text));
    }
    std::erase(out.names, std::string());
  } else {
    for (const Form& form : read_forms(word, item)) {
      for (const auto& cell : form.cells) out.cells.push_back(parsers::fold(cell.value));
    }
  }
  return out;
}

// A long name that is broken over the lines of a cell still shares most of its pairs.
bool names(const std::string& text, const PairSet& whole, const std::string& name) {
  if (name.empty()) return false;
  if (text.find(name) != std::string::npos) return true;
  const PairSet pairs(name);
  return pairs.size() >= 3 && pairs.share_in(whole) >= 0.6;
}

// A person's form: behind the label of the name stands another name, and behind that the next
// label. Names that share a character may be one name that the reader of a scan got wrong.
bool names_another_person(const Item& item, const std::string& text, std::string_view name) {
  const auto characters = [](std::string_view from, std::size_t most) {
    std::vector<char32_t> out;
    for (std::size_t at = 0; at < from.size() && out.size() < most;) {
      out.push_back(parsers::next_character(from, at));
    }
    return out;
  };
  constexpr std::size_t kLongestName = 4;
  const auto own = characters(name, kLongestName + 1);
  if (own.size() < 2 || own.size() > kLongestName) return false;
  for (const auto& label : item.nominee_labels) {
    const std::string folded = parsers::fold(label);
    const std::size_t at = text.find(folded);
    if (at == std::string::npos) continue;
    std::string_view value = std::string_view(text).substr(at + folded.size());
    if (value.starts_with(':')) value.remove_prefix(1);
    std::size_t end = 0;
    for (std::size_t length = 1; length <= kLongestName && end < value.size(); ++length) {
      if (!parsers::is_han(parsers::next_character(value, end))) break;
      const bool label_next = std::ranges::any_of(item.table_heads, [&](const auto& head) {
        return value.substr(end).starts_with(parsers::fold(head));
      });
      if (length < 2 || !label_next) continue;
      const auto other = characters(value.substr(0, end), kLongestName);
      return std::ranges::none_of(
          other, [&](char32_t c) { return std::ranges::find(own, c) != own.end(); });
    }
  }
  return false;
}

}  // namespace

std::optional<double> differ(const Item& item, const Slot& slot, const Candidate& word,
                             const Candidate& pdf, double likeness) {
  const auto* w = word.word();
  const auto* p = pdf.pdf();
  // A few words of OCR or a page number say nothing about what the page shows.
  if (w == nullptr || p == nullptr || p->text_characters < 60) return std::nullopt;
  const std::string text = parsers::fold(parsers::cut_utf8(p->text, kTextBytes));
  const PairSet whole(text);
  const std::string nominee = fold_name(slot.nominee);
  if (names(text, whole, nominee)) return std::nullopt;
  // Deeds are copied from one form to the next: whose form it is the name says.
  if (names_another_person(item, text, nominee)) return 0;
  const Filled filled = filled_in(item, *w);
  const auto found = std::ranges::count_if(
      filled.names, [&](const auto& name) { return names(text, whole, name); });
  if (found > 0 && found * 2 >= std::ssize(filled.names)) return std::nullopt;
  const PairSet own(filled.cells);
  if (own.size() < 8) return std::nullopt;  // too little to compare
  const double share = own.share_in(whole);
  if (share >= likeness) return std::nullopt;
  return share;
}

std::vector<Slot> group_texts(const Notice& notice, const Item& item, Candidates& all) {
  struct Key {
    std::string title, stem;
    std::optional<PairSet> pairs;
  };
  std::vector<Slot> slots;
  std::vector<Key> keys;
  Places order;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].half == Half::kWord) order.push_back(i);
  }
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
    return all[a].broken != all[b].broken ? all[b].broken : all[a].rank < all[b].rank;
  });
  for (const std::size_t i : order) {
    Key key{{}, name_stem(all[i].document().name), std::nullopt};
    if (const auto* word = all[i].word(); word != nullptr && !all[i].broken) {
      if (const auto title = title_of(*word, notice, &item)) key.title = parsers::fold(title->text);
      std::string text;
      for (const auto& p : word->paragraphs) {
        if (text.size() < kTextBytes) text += parsers::fold(p.text);
      }
      if (slots.size() < kLookedAt) key.pairs.emplace(text);
    }
    std::size_t at = slots.size();
    for (std::size_t s = 0; s < slots.size() && at == slots.size(); ++s) {
      const bool other_version = all[slots[s].words.back()].rank != all[i].rank;
      if (!other_version) continue;
      const bool comparable =
          key.pairs && keys[s].pairs && key.pairs->size() >= 20 && keys[s].pairs->size() >= 20;
      const double share = comparable ? std::min(key.pairs->share_in(*keys[s].pairs),
                                                 keys[s].pairs->share_in(*key.pairs))
                                      : 1.0;
      const bool same_stem = key.stem == keys[s].stem;
      const bool same_title = !key.title.empty() && key.title == keys[s].title;
      // Two cases of one author are alike too, so likeness alone makes no version.
      const bool near_title =
          PairSet(key.title).share_in(PairSet(keys[s].title)) >= 0.5 && !key.title.empty();
      if ((share >= 0.5 && (same_stem || same_title)) || (share >= 0.8 && near_title)) at = s;
    }
    if (at == slots.size() && all[i].broken) {
      // A text that first came in a later mail is the answer to one that could not be read.
      for (std::size_t s = 0; s < slots.size() && at == slots.size(); ++s) {
        const bool answered =
            std::ranges::any_of(slots[s].words, [&](std::size_t w) { return all[w].broken; });
        if (!answered && std::ranges::all_of(slots[s].words, [&](std::size_t w) {
              return all[w].rank.mail > all[i].rank.mail;
            }))
          at = s;
      }
    }
    if (at == slots.size()) {
      slots.emplace_back();
      keys.push_back(std::move(key));
    }
    slots[at].words.push_back(i);
  }
  return slots;
}

}  // namespace baosong::rules::work
