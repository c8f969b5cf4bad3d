#include "daemon/store/inspect.hpp"

#include <algorithm>
#include <chrono>
#include <embedded/migrations.hpp>

#include "daemon/store/columns.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/queries.hpp"
#include "parsers/worker/wire.hpp"

namespace baosong::daemon {
namespace q = queries;

Result<StoreSight> inspect_store(const std::string& path) {
  auto db = Database::open(path, std::chrono::seconds(5));
  if (!db) return tl::unexpected(db.error());
  StoreSight sight;
  auto check = db->row<std::tuple<std::string>>(q::kQuickCheck);
  if (!check) return tl::unexpected(check.error());
  if (*check && std::get<0>(**check) != "ok") {
    sight.damage = std::get<0>(**check);
    return sight;
  }
  auto there = db->number(q::kHasMigrationTable);
  if (!there) return tl::unexpected(there.error());
  sight.wanting = embedded::migrations.size();
  if (*there == 0) return sight;
  auto applied = db->rows<std::tuple<std::string>>(q::kMigrations);
  if (!applied) return tl::unexpected(applied.error());
  for (const auto& [name] : *applied) {
    if (std::ranges::find(embedded::migrations, name, &embedded::File::name) ==
        embedded::migrations.end()) {
      sight.unknown = name;
      return sight;
    }
    --sight.wanting;
  }
  if (applied->empty()) return sight;
  auto mails = db->number(q::kCountMails);
  if (!mails) return tl::unexpected(mails.error());
  sight.mails = *mails;
  if (sight.wanting == 0) {  // else the columns may not be there yet
    auto outdated = db->number(q::kOutdated, Blob{parsers::reading_head()});
    if (!outdated) return tl::unexpected(outdated.error());
    sight.outdated = *outdated;
  }
  auto latest = db->number(q::kLatestAudit);
  if (!latest) return tl::unexpected(latest.error());
  sight.latest = to_time(*latest);
  return sight;
}

}  // namespace baosong::daemon
