// A look at a store from outside: nothing is changed, also not its version. For `doctor`.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "parsers/base/result.hpp"
#include "parsers/base/time.hpp"

namespace baosong::daemon {

struct StoreSight {
  std::string damage;       // what SQLite's quick_check found; empty: nothing
  std::string unknown;      // a migration of a newer program; empty: none
  std::size_t wanting = 0;  // migrations that the next start of the service will run
  std::int64_t mails = 0;
  std::int64_t outdated = 0;  // of them, those that the next start of the service reads again
  Time latest{};              // of the audit log; the epoch when it is empty
};
// The file is there. May run while the service writes.
Result<StoreSight> inspect_store(const std::string& path);

}  // namespace baosong::daemon
