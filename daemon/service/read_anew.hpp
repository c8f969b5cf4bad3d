// What to do with a store after an upgrade: its facts were written by another version of the
// program, which this one cannot read.
#pragma once

#include <cstdint>
#include <functional>

#include "daemon/intake.hpp"
#include "daemon/service/house.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon {

// Works the store out anew from the archive (rebuild.hpp) when any of its facts are of another
// version; the mails that were read again, 0 when there was nothing to do. house.has_state()
// before; after an error false. Errors: as rebuild(); kTransient when `stop` ended it, with the
// store as it was.
Result<std::int64_t> read_anew(House& house, const Clock& clock, const std::function<bool()>& stop);

}  // namespace baosong::daemon
