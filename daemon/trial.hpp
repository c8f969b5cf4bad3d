// What other rules would make of the mail that has come: the stored facts are judged once more, on
// a copy of the store that goes away afterwards. Nothing is sent, and the store stays as it is; the
// service may be running.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "daemon/intake.hpp"
#include "daemon/store/rows.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon {

// One mail that would be decided otherwise.
struct Change {
  DecisionRow before, after;
  std::vector<rules::Finding> gone, fresh;  // what would not be said any more, what would be new
};
struct Trial {
  std::size_t mails = 0;  // judged once more
  std::vector<Change> changes;
};

// `parts` gives notice, templates, clock, settle and stop. Errors: the world's; a stop in between
// is kTransient. kUsage when nothing has come yet.
Result<Trial> try_rules(const std::string& state, IntakeParts parts);

// How the two decisions differ; before == after in every respect gives no findings.
Change compare(DecisionRow before, DecisionRow after);
bool differs(const Change& change);

}  // namespace baosong::daemon
