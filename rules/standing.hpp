// The heart: standing = evaluate(notice, ledger, now). A pure function: same values in, same
// values out; no clock, no disk. May be called from several threads.
#pragma once

#include <string>
#include <vector>

#include "rules/finding.hpp"
#include "rules/ledger.hpp"

namespace baosong::rules {

// A document that counts for an item (or was looked at for it).
struct Counted {
  std::string message_sha256;
  std::string path;
  std::string name;
  bool current = false;  // part of the version that counts; false: superseded
  std::string nominee;   // of a form: who; else empty
  // A scan that counts by its name alone: nobody could read the title on it.
  bool by_name_only = false;
};

struct ItemStanding {
  std::string item;
  ItemState state = ItemState::kMissing;
  std::vector<Finding> findings;
  std::vector<Counted> documents;
  int have = 0;  // complete pairs, documents or photos that count
  int want = 0;
  std::string note;  // staff's reason, the nil sentence …; may be empty
};

// The unit as a whole, in the words of the digest.
enum class UnitState : std::uint8_t {
  kNothing,
  kPartial,
  kNeedsCorrection,
  kComplete,
  kLate,
  kNeedsStaff
};
inline constexpr std::array<std::string_view, 6> kUnitStateNames{
    "missing", "partial", "needs-correction", "complete", "late", "needs-staff"};
constexpr std::string_view name_of(UnitState s) {
  return kUnitStateNames[static_cast<std::size_t>(s)];
}

// Which item each document ended up with, after elimination and photo batches were settled.
struct Assignment {
  std::string message_sha256;
  std::string path;
  std::string item;  // empty: none
  std::string why;
};

struct Standing {
  std::string unit;
  UnitState state = UnitState::kNothing;  // over the batches that are open or due
  std::vector<ItemStanding> items;        // in the notice's order, every item
  std::vector<Finding> findings;          // about documents without an item, duplicates, lateness
  std::vector<Assignment> assignments;

  const ItemStanding* item(std::string_view id) const;
};

Standing evaluate(const Notice& notice, const Ledger& ledger, Time now);

}  // namespace baosong::rules
