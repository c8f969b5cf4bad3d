// Lays the digest into the outbox: when staff ask for it, and once a day by the schedule. It leaves
// like every letter, through the one gate.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "daemon/digest.hpp"
#include "daemon/settings.hpp"
#include "daemon/store/store.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon {

// One letter for each address, in one transaction; how many. One that was committed in the same
// minute is left as it is, so that two calls do not send twice.
Result<std::size_t> commit_digest(Store& store, const Templates& templates,
                                  const DigestInput& input, const std::vector<std::string>& to);

// The day whose digest is due by the schedule: from digest.at on until the day ends, on a clock of
// `zone`. nullopt: not yet, or nobody is to get one.
std::optional<std::chrono::year_month_day> digest_day(const DigestSettings& settings, Time now,
                                                      const Zone& zone);

// Writes the digest of that day unless it was written before: letters and the record of the day are
// one transaction, so it is once a day over restarts, and a clock that is set back sends no second
// one. How many letters were added.
Result<std::size_t> commit_scheduled_digest(Store& store, const Templates& templates,
                                            const rules::Notice& notice,
                                            const DigestSettings& settings, Time now);

}  // namespace baosong::daemon
