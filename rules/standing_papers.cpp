// Words and PDFs: versions, pairs, counts.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "parsers/text/utf8.hpp"
#include "rules/pairing.hpp"
#include "rules/standing_work.hpp"
#include "rules/versions.hpp"

namespace baosong::rules::work {
namespace {

const Candidate* current_of(const Candidates& all, const Places& places, bool valid_only) {
  const Candidate* found = nullptr;
  for (const std::size_t i : places) {
    if (all[i].fate == Fate::kCurrent && (!valid_only || all[i].valid())) found = &all[i];
  }
  return found;
}

// A file may hold two cases (Q14): headings 案例一, 案例二 … or two centred title lines with text
// under each.
int cases_in(const parsers::WordFacts& word) {
  static constexpr std::array<std::string_view, 10> kNumerals{"一", "二", "三", "四", "五",
                                                              "六", "1",  "2",  "3",  "4"};
  std::set<std::string> numbered;
  int titles = 0;
  std::uint32_t text_since = 1;
  for (const auto& p : word.paragraphs) {
    const std::string line = parsers::fold(p.text);
    if (line.size() <= 60 * 3) {
      for (const std::string_view word_before :
           {"典型活动案例", "典型案例", "活动案例", "案例之", "案例"}) {
        const auto at = line.find(word_before);
        if (at == std::string::npos || at > 30) continue;
        const auto rest = std::string_view(line).substr(at + word_before.size());
        const auto* numeral = std::ranges::find_if(kNumerals, [&](auto n) {
          return rest.starts_with(n) || rest.starts_with("(" + std::string(n));
        });
        if (numeral != kNumerals.end()) numbered.insert(std::string(*numeral));
        break;
      }
    }
    // 一、 and （一） head sections, not texts.
    const bool section = line.starts_with("(") || line.find("、") < 8 ||
                         (!line.empty() && line[0] >= '0' && line[0] <= '9');
    if ((p.heading || p.centered) && p.count.high <= 40 && p.count.han >= 4 && !section) {
      if (text_since >= 80 || titles == 0) ++titles;
      text_since = 0;
    } else {
      text_since += p.count.high;
    }
  }
  if (text_since < 80 && titles > 1) --titles;  // a closing line: the name of the unit
  return std::max({1, static_cast<int>(numbered.size()), titles});
}

void settle(ItemWork& work) {
  for (const Slot& slot : work.slots) {
    settle_versions(work.candidates, slot.words);
    settle_versions(work.candidates, slot.pdfs);
  }
  for (Candidate& c : work.candidates) {
    if (c.half == Half::kAside) c.fate = Fate::kCurrent;
    // A PDF more than the forms want is kept beside them.
    if (c.half == Half::kPdf && c.fate == Fate::kLoose && c.valid()) c.fate = Fate::kCurrent;
  }
}

// A broken form of somebody unknown that came after the item was complete takes nothing away.
void forgive_late_broken(const Item& item, ItemWork& work) {
  for (std::size_t s = 0; s < work.slots.size();) {
    const Slot& slot = work.slots[s];
    const auto broken = [&](std::size_t i) { return !work.candidates[i].valid(); };
    const bool hopeless =
        std::ranges::all_of(slot.words, broken) && std::ranges::all_of(slot.pdfs, broken);
    std::size_t first_mail = SIZE_MAX;
    for (const auto* places : {&slot.words, &slot.pdfs}) {
      for (const std::size_t i : *places)
        first_mail = std::min(first_mail, work.candidates[i].rank.mail);
    }
    int before = 0, open = 0;
    for (std::size_t o = 0; o < work.slots.size(); ++o) {
      if (o == s) continue;
      const auto good = [&](const Places& places) {
        return std::ranges::any_of(places, [&](std::size_t i) {
          return work.candidates[i].valid() && work.candidates[i].rank.mail < first_mail;
        });
      };
      const auto early = [&](const Places& places) {
        return std::ranges::any_of(
            places, [&](std::size_t i) { return work.candidates[i].rank.mail < first_mail; });
      };
      const bool complete =
          (!item.word || good(work.slots[o].words)) && (!item.pdf || good(work.slots[o].pdfs));
      before += complete ? work.slots[o].worth : 0;
      open += !complete && (early(work.slots[o].words) || early(work.slots[o].pdfs)) ? 1 : 0;
    }
    if (!hopeless || before < item.min || open > 0) {
      ++s;
      continue;
    }
    for (const auto* places : {&slot.words, &slot.pdfs}) {
      for (const std::size_t i : *places) work.candidates[i].fate = Fate::kSoftened;
    }
    work.slots.erase(work.slots.begin() + static_cast<std::ptrdiff_t>(s));
  }
}

void compare_halves(const Notice& notice, const Slot& slot, const Candidate& word,
                    const Candidate& pdf, ItemWork& work) {
  const Item& item = *work.item;
  const RuleSetting& rule = notice.rule(&item, "item.pair-differs");
  const DocumentRef where{pdf.entry->mail, &pdf.document()};
  if (const Item* other = pdf.entry->scanned; other != nullptr && !pdf.entry->is_for(*other)) {
    // What a program made of a picture turns nobody away.
    say(notice, &item, where, std::min(rule.severity, Severity::kWarning),
        {.code = "item.pair-differs",
         .variant = "scanned-title",
         .measured = fmt::format("{} {}%", other->name, pdf.entry->confidence),
         .limit = item.name,
         .fields = {{"nominee", slot.nominee}, {"other", other->name}}},
        work.findings);
    return;
  }
  if (rule.severity == Severity::kOff || !rule.params.contains("likeness")) return;
  const double likeness = rule.number("likeness");
  const auto share = differ(item, slot, word, pdf, likeness);
  if (!share) return;
  say(notice, &item, where, rule.severity,
      {.code = "item.pair-differs",
       .measured = fmt::format("{:.2f}", *share),
       .limit = fmt::format("{:.2f}", likeness),
       .fields = {{"nominee", slot.nominee}, {"other", pdf.document().name}}},
      work.findings);
  --work.have;
}

void weigh_pairs(const Notice& notice, ItemWork& work, bool unsure_scans) {
  const Item& item = *work.item;
  const Severity severity = notice.rule(&item, "item.pair-missing").severity;
  for (const Slot& slot : work.slots) {
    const Candidate* word = current_of(work.candidates, slot.words, false);
    const Candidate* pdf = current_of(work.candidates, slot.pdfs, false);
    const bool whole = word != nullptr && pdf != nullptr && word->valid() && pdf->valid();
    work.have += whole ? 1 : 0;
    if (word == nullptr || pdf == nullptr) {
      const Candidate* there = word != nullptr ? word : pdf;
      if (there == nullptr) continue;
      if (word != nullptr) ++work.lacking_pdfs;
      const bool unsure = pdf == nullptr && unsure_scans;
      work.staff = work.staff || unsure;
      work.wanting = work.wanting || !unsure;
      say(notice, &item, {there->entry->mail, &there->document()},
          unsure ? std::min(severity, Severity::kWarning) : severity,
          {.code = "item.pair-missing",
           .variant = word == nullptr ? "word"
                      : unsure        ? "pdf-unsure"
                                      : "pdf",
           .measured = "0",
           .limit = "1",
           .fields = {{"nominee", slot.nominee}}},
          work.findings);
    } else if (whole) {
      compare_halves(notice, slot, *word, *pdf, work);
    }
  }
}

void weigh_words(ItemWork& work) {
  for (const Slot& slot : work.slots) {
    if (current_of(work.candidates, slot.words, true) != nullptr) work.have += slot.worth;
  }
}

void count(const Notice& notice, const std::string& unit, ItemWork& work) {
  const Item& item = *work.item;
  const RuleSetting& rule = notice.rule(&item, "item.count");
  int came = 0;
  std::size_t current_words = 0;
  for (const Slot& slot : work.slots) came += slot.worth;
  for (const Candidate& c : work.candidates) {
    if (c.half == Half::kWord && c.fate == Fate::kCurrent) ++current_words;
  }
  work.want = std::max(item.min, item.kind == ItemKind::kForm ? came : item.min);
  const auto fields = [](int have, int want) {
    return SentenceFields{{"have", std::to_string(have)}, {"want", std::to_string(want)}};
  };
  if (came > 0 && came < item.min) {
    work.wanting = true;
    // One file may hold what two were asked for; only people see whether it does.
    const bool one_file = item.kind == ItemKind::kText && came == 1 && current_words == 1;
    const Severity severity = rule.severity == Severity::kOff ? Severity::kOff
                              : one_file ? rule.severity_param("one_file_severity")
                                         : rule.severity;
    DocumentRef where;
    if (one_file) {
      const auto at = std::ranges::find_if(work.candidates, [](const Candidate& c) {
        return c.fate == Fate::kCurrent && c.half == Half::kWord;
      });
      where = {at->entry->mail, &at->document()};
    }
    say(notice, &item, where, severity,
        {.code = "item.count",
         .variant = one_file ? "one-file" : "",
         .measured = std::to_string(came),
         .limit = std::to_string(item.min),
         .fields = fields(came, item.min)},
        work.findings);
  }
  const auto quota = item.quota_max.find(unit);
  const auto max = quota != item.quota_max.end() ? std::optional<int>(quota->second) : item.max;
  const int pieces = std::max(
      came, item.kind == ItemKind::kForm || item.min > 1 ? 0 : static_cast<int>(current_words));
  if (max && pieces > *max && rule.severity != Severity::kOff) {
    say(notice, &item, {}, rule.severity_param("more_severity"),
        {.code = "item.count",
         .variant = "more",
         .measured = std::to_string(pieces),
         .limit = std::to_string(*max),
         .fields = fields(pieces, *max)},
        work.findings);
  }
}

// A text whose 字数 nobody could count is for people, however well it is named.
void note_unread(ItemWork& work) {
  const Item& item = *work.item;
  if (item.kind != ItemKind::kText) return;
  const auto asked = [&](std::string_view code, std::string_view param) {
    const auto at = item.rules.find(code);
    return at != item.rules.end() && at->second.severity != Severity::kOff &&
           at->second.params.contains(param);
  };
  if (!asked("text.title-length", "max") && !asked("text.body-length", "min")) return;
  for (const Candidate& c : work.candidates) {
    const auto* pdf = c.pdf();
    const bool uncounted =
        c.unread || (pdf != nullptr && c.half == Half::kWord && parsers::is_scan(*pdf));
    if (c.fate != Fate::kCurrent || !c.valid() || !uncounted) continue;
    work.staff = true;
    work.note = "“" + c.document().name + "”的文字系统未能读取，字数由工作人员核实。";
  }
}

}  // namespace

ItemWork weigh_papers(const Notice& notice, const std::string& unit, const Item& item,
                      std::span<const Entry> entries, bool unsure_scans) {
  ItemWork work;
  work.item = &item;
  work.candidates = candidates_for(notice, item, entries);
  work.touched = !work.candidates.empty();
  work.want = item.min;
  if (!work.touched) return work;

  if (item.kind == ItemKind::kForm) {
    work.slots = pair_forms(notice, item, work.candidates);
  } else if (item.min > 1) {
    work.slots = group_texts(notice, item, work.candidates);
  } else {
    Slot slot;
    for (std::size_t i = 0; i < work.candidates.size(); ++i) {
      if (work.candidates[i].half == Half::kWord) slot.words.push_back(i);
      if (work.candidates[i].half == Half::kPdf) slot.pdfs.push_back(i);
    }
    if (!slot.words.empty() || !slot.pdfs.empty()) work.slots.push_back(std::move(slot));
  }
  settle(work);
  if (item.kind == ItemKind::kForm || item.min > 1) forgive_late_broken(item, work);
  if (item.min > 1) {
    for (Slot& slot : work.slots) {
      const Candidate* c = current_of(work.candidates, slot.words, true);
      if (c != nullptr && c->word() != nullptr) slot.worth = cases_in(*c->word());
    }
  }
  if (item.word && item.pdf) {
    weigh_pairs(notice, work, unsure_scans);
  } else {
    weigh_words(work);
  }
  count(notice, unit, work);
  note_unread(work);
  return work;
}

}  // namespace baosong::rules::work
