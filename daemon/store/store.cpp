#include "daemon/store/store.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <embedded/migrations.hpp>
#include <filesystem>

#include "daemon/store/database.hpp"
#include "daemon/store/migrate.hpp"
#include "daemon/store/queries.hpp"

namespace baosong::daemon {
namespace q = queries;

Store::Store(std::unique_ptr<Database> database) : db_(std::move(database)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(const std::string& path, std::chrono::milliseconds busy) {
  if (path != ":memory:") {
    // SQLite would make it readable for all; its other files take the mode of this one.
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
      return fail(ErrorKind::kPermanent,
                  fmt::format("无法打开数据库“{}”：{}", path, std::strerror(errno)),
                  "请检查状态目录是否存在、是否可写");
    }
    ::close(fd);
  }
  auto database = Database::open(path, busy);
  if (!database) return tl::unexpected(database.error());
  auto owned = std::make_unique<Database>(std::move(*database));
  std::vector<Migration> known;
  for (const embedded::File& file : embedded::migrations) known.push_back({file.name, file.text});
  if (auto migrated = migrate(*owned, path, known); !migrated) {
    return tl::unexpected(migrated.error());
  }
  return Store(std::move(owned));
}

Result<Store> Store::open_reading(const std::string& state) {
  const std::string path = state + "/" + std::string(kStoreFile);
  std::error_code ignored;
  return open(std::filesystem::exists(path, ignored) ? path : std::string(":memory:"));
}

Result<void> Store::check() {
  auto said = db_->row<std::tuple<std::string>>(q::kQuickCheck);
  if (!said) return tl::unexpected(said.error());
  if (*said && std::get<0>(**said) == "ok") return {};
  return tl::unexpected(damaged_store());
}

bool is_damage(const Error& error) { return error.message == damaged_store().message; }

Result<void> Store::transaction(const std::function<Result<void>()>& work) {
  return db_->transaction(work);
}

Result<MailCounts> Store::counts() {
  auto row =
      db_->row<std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>>(q::kCounts);
  if (!row) return tl::unexpected(row.error());
  const auto [seen, archived, decided, quarantined] = row->value();
  return MailCounts{seen, archived, decided, quarantined};
}

Result<void> Store::log(const AuditRow& row) {
  return db_->run(q::kAddAudit, row.at.time_since_epoch().count(), row.actor, row.action,
                  row.subject, row.detail);
}

Result<std::vector<AuditRow>> Store::audit(Period at) {
  auto rows = db_->rows<
      std::tuple<std::int64_t, std::int64_t, std::string, std::string, std::string, std::string>>(
      q::kAudit, at.from.time_since_epoch().count(), at.to.time_since_epoch().count());
  if (!rows) return tl::unexpected(rows.error());
  std::vector<AuditRow> out;
  for (auto& [id, when, actor, action, subject, detail] : *rows) {
    out.push_back({id, Time(std::chrono::seconds(when)), std::move(actor), std::move(action),
                   std::move(subject), std::move(detail)});
  }
  return out;
}

Period day_of(Time time, const Zone& zone) {
  Civil day = civil(time, zone);
  day.hour = day.minute = day.second = 0;
  const Time from = from_civil(day, zone);
  // Zones have one fixed offset, so a day is 24 hours.
  return {from, from + std::chrono::hours(24)};
}

}  // namespace baosong::daemon
