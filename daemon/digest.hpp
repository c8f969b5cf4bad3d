// The day's digest: what a clerk lives by. Reconciliation first, then what needs people by urgency,
// then the table of units. Making it is pure; reading what it is made of is one function.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/letters/letter.hpp"
#include "daemon/store/rows.hpp"
#include "parsers/base/result.hpp"
#include "rules/ledger.hpp"
#include "rules/notice.hpp"
#include "rules/standing.hpp"

namespace baosong::daemon {

class Store;

struct DigestInput {
  const rules::Notice* notice = nullptr;
  Time now{};
  MailCounts counts;
  std::vector<Census> censuses;
  std::vector<rules::Ledger> ledgers;      // one for each unit of the notice, in its order
  std::vector<rules::Standing> standings;  // of these ledgers
  std::vector<std::pair<std::string, Time>> last_mails;  // (unit, when)
  std::vector<DecisionRow> today;                        // received on the day of `now`
  std::vector<DecisionRow> held;                         // wait for people, all days
  std::vector<MailRow> quarantined, waiting;
  std::vector<LetterRow> held_letters;       // people decide about them
  std::vector<LetterRow> late_letters;       // due, and yet waiting for a limit or a later try
  std::optional<PauseRow> pause;             // while nothing leaves
  std::vector<BlockRow> blocked;             // addresses from which a letter came back
  std::map<std::string, std::string> words;  // by SHA-256: what the sender of a held mail wrote
};

// kUntilThen leaves out what came after `now`, for the digest of a day that has passed. The mail
// counts are always those of the store as it is.
enum class Span : std::uint8_t { kAll, kUntilThen };
// Everything that the digest is worked out from. `now` also says which day is today.
Result<DigestInput> read_digest(Store& store, const rules::Notice& notice, Time now,
                                Span span = Span::kAll);

// How a unit stands, over the batches that the digest speaks of.
struct UnitLine {
  std::string id, name, state, note, last;
  int owes = 0, came = 0, done = 0, open = 0;
};
// One line for each unit that owes something, in official order.
std::vector<UnitLine> unit_lines(const DigestInput& input);
// The lines with their totals as a table for a fixed-width font, East Asian characters two columns.
std::string unit_table(const std::vector<UnitLine>& lines);
// The batches that the figures speak of: those that are closed and, until one is, the next; a
// later batch once its first reminder is due. For a single unit also what it has begun early.
std::vector<const rules::Batch*> batches_in_scope(const DigestInput& input);

// What needs people: one row of a table for each kind, most urgent first.
// `id` is what `retry` and `release` take; empty where there is nothing for them to do.
struct NeedRow {
  std::string when, who, what, detail;
  std::string id{};
  std::vector<std::uint8_t> picture{};  // JPEG; most rows have none
};
struct Need {
  std::string_view kind, todo;
  bool urgent = false;
  std::vector<NeedRow> rows;
};
std::vector<Need> needs_of(const DigestInput& input);

// The seals that were seen on the day of `now`, for people to hold against the unit's: `what` is
// the file, `picture` the cut-out.
std::vector<NeedRow> seals_seen(const DigestInput& input);

// The sentences that say how the counts disagree; empty when every mail is accounted for.
std::vector<std::string> alarms_of(const DigestInput& input);

// The digest as a letter to one staff address (may be empty when it is only printed). Everything
// in it is masked; pictures stand in its HTML as data: addresses. Its Message-ID follows from the
// notice, the minute and the address.
Letter make_digest(const Templates& templates, const DigestInput& input, std::string_view to);

}  // namespace baosong::daemon
