// Works the store out anew from the archive: every mail is read and decided once more, in the order
// in which they came, under the rules as they are now.
//
// What no archive can give back is kept: which mails the mailbox showed, letters and whom they
// answer, what staff decided, the audit log. No letter that was sent is sent again; where a mail
// now wants a letter that nobody wrote before, the letter is held for people.
//
// The work is done on a copy; the store is replaced at the end, by one rename, and kept as
// baosong.sqlite.before-rebuild. Ended at any point, the store is the old one or the new one.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "daemon/archive.hpp"
#include "daemon/intake.hpp"
#include "daemon/settings.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon {

struct Rebuilt {
  std::size_t mails = 0;  // decided
  std::size_t found = 0;  // in the archive, without a row in the old store
  std::size_t quarantined = 0;
  std::size_t held = 0;       // letters that are new and wait for people
  bool from_nothing = false;  // the old store was missing or damaged
};

// The caller holds the instance lock. `parts` without store, archive and clock are completed here.
// With a missing or damaged store everything comes from the archive alone, and every letter waits
// for people, since nobody knows any more which were sent.
// Errors: the world's; a stop in between is kTransient and leaves the old store.
Result<Rebuilt> rebuild(const std::string& state, IntakeParts parts);

}  // namespace baosong::daemon
