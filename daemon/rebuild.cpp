#include "daemon/rebuild.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include "daemon/disk.hpp"
#include "daemon/store/inspect.hpp"
#include "daemon/store/store.hpp"

namespace baosong::daemon {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kActor = "baosong";
// A mail that only the archive knows came by no mailbox that we could name.
constexpr std::string_view kFromArchive = "archive:";

void remove_database(const std::string& path) {
  for (const char* part : {"", "-wal", "-shm", ".part"}) {
    std::error_code ignored;
    fs::remove(path + part, ignored);
  }
}

// SHA-256 of every mail in the archive.
Result<std::vector<std::string>> hashes_in(const std::string& archive) {
  std::vector<std::string> out;
  std::error_code error;
  for (fs::recursive_directory_iterator it(archive, error), end; !error && it != end;
       it.increment(error)) {
    const fs::path& file = it->path();
    if (file.extension() == ".eml" && file.stem().string().size() == 64) {
      out.push_back(file.stem().string());
    }
  }
  if (error) return disk_failure("读取存档", archive, error.value());
  return out;
}

Result<std::size_t> add_what_only_the_archive_has(Store& store, const Archive& archive,
                                                  const std::string& directory, Time now) {
  auto hashes = hashes_in(directory);
  if (!hashes) return tl::unexpected(hashes.error());
  std::size_t found = 0;
  for (const std::string& sha256 : *hashes) {
    auto there = store.mail(sha256);
    if (!there) return tl::unexpected(there.error());
    if (*there) continue;
    auto arrival = archive.arrival_of(sha256);
    if (!arrival) return tl::unexpected(arrival.error());
    std::error_code error;
    const auto size = fs::file_size(archive.path_of(sha256), error);
    if (error) return disk_failure("打开文件", archive.path_of(sha256), error.value());
    auto added = store.add_archived({std::string(kFromArchive), sha256, sha256, size, arrival->time,
                                     arrival->exact, now, std::string()});
    if (!added) return tl::unexpected(added.error());
    ++found;
  }
  return found;
}

Result<std::size_t> count_held(Store& store) {
  auto held = store.letters(LetterState::kHeld);
  if (!held) return tl::unexpected(held.error());
  return held->size();
}

// The copy to work on: of the old store, or of nothing. Says which.
Result<bool> lay_out(const std::string& old, const std::string& fresh) {
  std::error_code ignored;
  if (!fs::exists(old, ignored)) return true;
  const auto sight = inspect_store(old);
  if (!sight && sight.error().may_retry()) return tl::unexpected(sight.error());
  if (!sight || !sight->damage.empty()) return true;
  if (!sight->unknown.empty()) {
    return fail(ErrorKind::kPermanent,
                fmt::format("台账由更新版本的程序建立（“{}”），不能由本程序重建", sight->unknown),
                "请安装相同或更新的版本");
  }
  auto store = Store::open(old);
  if (!store) return tl::unexpected(store.error());
  if (auto copied = store->copy_to(fresh); !copied) return tl::unexpected(copied.error());
  // What still lies in the log beside the old store must not be taken for part of the new one.
  if (auto emptied = store->empty_log(); !emptied) return tl::unexpected(emptied.error());
  return false;
}

// The old store stays under another name; one rename puts the new one into its place.
Result<void> exchange(const std::string& old, const std::string& fresh) {
  std::error_code error;
  if (fs::exists(old, error)) {
    const auto kept = old + ".before-rebuild";
    remove_database(kept);
    fs::create_hard_link(old, kept, error);
    if (error) return disk_failure("保留原台账", kept, error.value());
    // Only a damaged store still has something in its log. SQLite would take it for the new one's.
    fs::rename(old + "-wal", kept + "-wal", error);
    fs::remove(old + "-shm", error);
  }
  if (real_disk().rename(fresh, old) != 0) return disk_failure("保存文件", old, errno);
  const auto folder = fs::path(old).parent_path().string();
  if (real_disk().sync_directory(folder) != 0) return disk_failure("写入目录", folder, errno);
  return {};
}

}  // namespace

Result<Rebuilt> rebuild(const std::string& state, IntakeParts parts) {
  const auto old = fmt::format("{}/{}", state, kStoreFile);
  const auto fresh = old + ".rebuild";
  const auto directory = state + "/archive";
  remove_database(fresh);
  Rebuilt out;
  auto from_nothing = lay_out(old, fresh);
  if (!from_nothing) return tl::unexpected(from_nothing.error());
  out.from_nothing = *from_nothing;

  auto archive = Archive::open(real_disk(), directory);
  if (!archive) return tl::unexpected(archive.error());
  {
    auto store = Store::open(fresh);
    if (!store) return tl::unexpected(store.error());
    if (auto begun = store->begin_rebuild(parts.notice->id); !begun)
      return tl::unexpected(begun.error());
    const Time now = parts.clock.now();
    auto found = add_what_only_the_archive_has(*store, *archive, directory, now);
    if (!found) return tl::unexpected(found.error());
    out.found = *found;
    auto held = count_held(*store);
    if (!held) return tl::unexpected(held.error());

    parts.store = &*store;
    parts.archive = &*archive;
    parts.rebuilding = true;
    Intake intake(parts);
    for (const auto step : {&Intake::read_new, &Intake::decide_new}) {
      if (auto done = (intake.*step)(); !done) return tl::unexpected(done.error());
      if (parts.stop()) {
        return fail(ErrorKind::kTransient, "重建被中止，原台账未作任何改动", "可随时重新运行");
      }
    }
    out.mails = intake.counts().decided;
    out.quarantined = intake.counts().quarantined;
    auto held_now = count_held(*store);
    if (!held_now) return tl::unexpected(held_now.error());
    out.held = *held_now - *held;
    auto ended = store->end_rebuild({0, now, std::string(kActor), "rebuild", "store",
                                     fmt::format("{} mails decided anew, {} found in the archive, "
                                                 "{} letters held",
                                                 out.mails, out.found, out.held)});
    if (!ended) return tl::unexpected(ended.error());
  }
  if (auto done = exchange(old, fresh); !done) return tl::unexpected(done.error());
  remove_database(fresh);
  return out;
}

}  // namespace baosong::daemon
