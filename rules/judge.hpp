// One mail: what it is, who it is from, what lies in it. Facts in, values out.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "parsers/facts.hpp"
#include "rules/finding.hpp"
#include "rules/ledger.hpp"
#include "rules/notice.hpp"

namespace baosong::rules {

enum class Disposition : std::uint8_t {
  kSubmission,
  kInquiry,
  kAutoReply,
  kBounce,
  kListOrBulk,
  kOwn,
  kEmpty,
};
inline constexpr std::array<std::string_view, 7> kDispositionNames{
    "submission", "inquiry", "auto-reply", "bounce", "list-or-bulk", "own", "empty"};
constexpr std::string_view name_of(Disposition d) {
  return kDispositionNames[static_cast<std::size_t>(d)];
}

struct Evidence {
  std::string
      kind;  // address, form-cell, title, file-name, folder-name, subject, body, display-name
  std::string text;  // the text in which the alias stands, cut to a line
  std::string unit;
  bool strong = false;
};

enum class Attributed : std::uint8_t { kNobody, kOne, kConflict };
struct Attribution {
  Attributed outcome = Attributed::kNobody;
  std::string unit;                // when kOne
  std::vector<Evidence> evidence;  // for the unit; for all of them when kConflict
};

Disposition dispose(const Notice& notice, const parsers::Reading& reading);
Attribution attribute(const Notice& notice, const parsers::Reading& reading);
// One Recognition for each of reading.documents, in the same order. `received` tells which batch
// was open.
std::vector<Recognition> recognise(const Notice& notice, const parsers::Reading& reading,
                                   Time received);
std::vector<NilStatement> nil_statements(const Notice& notice, const parsers::Reading& reading);

struct Judgement {
  Disposition disposition = Disposition::kEmpty;
  Attribution attribution;
  LedgerMail mail;                // what to append to the unit's ledger
  std::vector<Finding> findings;  // about the mail itself: unit.unknown, unit.conflict
};

// All of the above. `received` is the arrival time that counts (INTERNALDATE, or what the mail
// says). Decorative inline images (signature logos) are left out of Judgement::mail.documents.
Judgement judge(const Notice& notice, const parsers::Reading& reading, Time received);

}  // namespace baosong::rules
