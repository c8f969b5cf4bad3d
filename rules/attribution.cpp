// Who sends a mail. The signals are weighed in three rounds: what decides, what supports, what
// hints. See docs/ATTRIBUTION.md.
#include <algorithm>
#include <map>
#include <set>

#include "rules/attribution_signals.hpp"
#include "rules/judge.hpp"

namespace baosong::rules {
namespace {

constexpr std::size_t kEvidenceRows = 12;

using Units = std::set<const Unit*>;

Units units_of(const std::vector<Signal>& signals, Weight weight) {
  Units out;
  for (const auto& signal : signals) {
    if (signal.weight == weight) out.insert(signal.unit);
  }
  return out;
}

// Whether signs of two kinds name the unit. What texts and pictures are about does not add up to a
// sender by itself: one sign at least must be about who sends.
bool named_twice(const std::vector<Signal>& signals, const Unit* unit) {
  std::set<Place> places;
  bool sender = false;
  for (const auto& signal : signals) {
    if (signal.unit != unit) continue;
    places.insert(signal.place);
    sender = sender || !signal.topical;
  }
  return sender && places.size() >= 2;
}

std::vector<Evidence> evidence_of(std::vector<Signal> signals, const Units& units) {
  std::ranges::stable_sort(signals, [](const Signal& a, const Signal& b) {
    return std::pair(a.weight == Weight::kHint, a.place) <
           std::pair(b.weight == Weight::kHint, b.place);
  });
  std::vector<Evidence> out;
  for (const auto& signal : signals) {
    if (!units.contains(signal.unit) || out.size() == kEvidenceRows) continue;
    Evidence row{std::string(name_of(signal.place)), signal.text, signal.unit->id, signal.strong};
    const auto same = [&](const Evidence& e) {
      return e.kind == row.kind && e.text == row.text && e.unit == row.unit;
    };
    if (std::ranges::none_of(out, same)) out.push_back(std::move(row));
  }
  return out;
}

Attribution one(const Unit* unit, const std::vector<Signal>& signals) {
  return {Attributed::kOne, unit->id, evidence_of(signals, {unit})};
}
Attribution conflict(const Units& units, const std::vector<Signal>& signals) {
  return {Attributed::kConflict, {}, evidence_of(signals, units)};
}

// The owner of the mailbox is named wherever the office is, so it stands back for anybody else who
// is named as the sender. Where it fills in its own papers only another sender's do.
void let_owner_yield(std::vector<Signal>& signals) {
  const bool own_papers = std::ranges::any_of(signals, [](const Signal& s) {
    return s.unit->owner && s.weight == Weight::kDeciding && s.place <= Place::kFileName;
  });
  const auto outranks = [&](const Signal& s) {
    if (s.unit->owner || s.topical) return false;
    if (s.weight == Weight::kDeciding) return true;
    return !own_papers &&
           (s.weight == Weight::kSupporting || s.strong || named_twice(signals, s.unit));
  };
  if (std::ranges::any_of(signals, outranks)) {
    std::erase_if(signals,
                  [](const Signal& s) { return s.unit->owner && s.place != Place::kAddress; });
  }
}

}  // namespace

Attribution attribute(const Notice& notice, const parsers::Reading& reading) {
  const AliasMatcher matcher(notice);
  Signals signals = collect_signals(notice, matcher, reading);
  auto& found = signals.found;
  let_owner_yield(found);

  if (const Units deciding = units_of(found, Weight::kDeciding); !deciding.empty()) {
    return deciding.size() == 1 ? one(*deciding.begin(), found) : conflict(deciding, found);
  }

  // Units listed side by side in a subject or a name: which of them it is, only people can tell.
  Units listed;
  for (const auto& signal : signals.listed) {
    if (signal.weight == Weight::kDeciding) listed.insert(signal.unit);
  }

  Units candidates = units_of(found, Weight::kSupporting);
  Units hinted;
  for (const Unit* unit : units_of(found, Weight::kHint)) {
    if (!candidates.contains(unit) && named_twice(found, unit)) hinted.insert(unit);
  }
  if (candidates.size() > 1) {
    // Nominees of several districts: the one that something else names too.
    Units backed;
    for (const Unit* unit : candidates) {
      if (named_twice(found, unit)) backed.insert(unit);
    }
    if (backed.size() != 1)
      return listed.empty() ? Attribution{} : conflict(listed, signals.listed);
    candidates = backed;
  }
  candidates.insert(hinted.begin(), hinted.end());
  if (candidates.size() == 1) {
    // A sender who shows another unit's full name is no match for one that is only hinted at.
    const Unit* unit = *candidates.begin();
    Units strangers{unit};
    for (const auto& signal : found) {
      if (signal.place == Place::kDisplayName && signal.strong && signal.unit != unit)
        strangers.insert(signal.unit);
    }
    return strangers.size() == 1 ? one(unit, found) : conflict(strangers, found);
  }
  if (candidates.size() > 1) return conflict(candidates, found);
  return listed.size() > 1 ? conflict(listed, signals.listed) : Attribution{};
}

}  // namespace baosong::rules
