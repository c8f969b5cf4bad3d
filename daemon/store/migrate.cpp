#include "daemon/store/migrate.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <vector>

#include "daemon/disk.hpp"
#include "daemon/store/queries.hpp"

namespace baosong::daemon {
namespace q = queries;

Result<void> copy_database(Database& db, const std::string& target) {
  const std::string temporary = target + ".part";
  // SQLite writes into an empty file of ours, so it is private from its first byte.
  const int fd = ::open(temporary.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) return disk_failure("新建文件", temporary, errno);
  auto copied = db.run(q::kCopyInto, temporary);
  if (copied && real_disk().sync(fd) != 0) copied = disk_failure("写入文件", temporary, errno);
  ::close(fd);
  if (copied && real_disk().rename(temporary, target) != 0) {
    copied = disk_failure("保存文件", target, errno);
  }
  if (!copied) {
    ::unlink(temporary.c_str());
    return copied;
  }
  const std::string folder = std::filesystem::path(target).parent_path().string();
  if (real_disk().sync_directory(folder.empty() ? "." : folder) != 0) {
    return disk_failure("写入目录", folder, errno);
  }
  return {};
}

Result<void> migrate(Database& db, const std::string& path, std::span<const Migration> known) {
  if (auto made = db.script(q::kMigrationTable); !made) return made;
  auto applied = db.rows<std::tuple<std::string>>(q::kMigrations);
  if (!applied) return tl::unexpected(applied.error());

  for (const auto& [name] : *applied) {
    if (std::ranges::find(known, name, &Migration::name) != known.end()) continue;
    return fail(
        ErrorKind::kPermanent,
        fmt::format("数据库由更新版本的程序建立（含本程序不认识的升级“{}”），本程序不能使用", name),
        "请安装相同或更新的版本；原数据库未作任何改动");
  }
  std::vector<Migration> wanting;
  for (const Migration& migration : known) {
    const auto same = [&](const auto& row) { return std::get<0>(row) == migration.name; };
    if (std::ranges::none_of(*applied, same)) wanting.push_back(migration);
  }
  if (wanting.empty()) return {};
  std::ranges::sort(wanting, {}, &Migration::name);

  if (!applied->empty() && path != ":memory:") {
    const auto name = std::filesystem::path(wanting.front().name).stem().string();
    if (auto kept = copy_database(db, fmt::format("{}.before-{}", path, name)); !kept) return kept;
  }
  for (const Migration& migration : wanting) {
    auto ran = db.transaction([&]() -> Result<void> {
      if (auto made = db.script(migration.text); !made) return made;
      return db.run(q::kAddMigration, migration.name);
    });
    if (!ran) return ran;
  }
  return {};
}

}  // namespace baosong::daemon
