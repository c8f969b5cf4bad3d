// Brings a database up to date. Internal to Store.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "daemon/store/database.hpp"

namespace baosong::daemon {

struct Migration {
  std::string_view name;  // "001_initial.sql"
  std::string_view text;  // SQL, one or more statements
};

// Runs, by name, each of `known` that the database at `path` has not seen; each with the record of
// it in one transaction. Before the first of them a database that was in use is copied to
// PATH.before-NAME, so that the older program can be installed again; without room for the copy
// nothing is changed. A new database and ":memory:" have nothing to keep.
// Errors: kPermanent when the database knows a migration that `known` does not.
Result<void> migrate(Database& db, const std::string& path, std::span<const Migration> known);

// A whole copy of the database at `target`, synced, mode 0600; an older file there is replaced.
// Writers are not kept waiting. `target` must not be open anywhere.
Result<void> copy_database(Database& db, const std::string& target);

}  // namespace baosong::daemon
