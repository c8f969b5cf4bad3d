#include "daemon/trial.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <system_error>
#include <tuple>

#include "daemon/disk.hpp"
#include "daemon/store/store.hpp"

namespace baosong::daemon {
namespace fs = std::filesystem;
namespace {

// A directory for the copy, mode 0700, gone at the end: it holds everybody's letters.
class Room {
 public:
  static Result<Room> make() {
    std::string pattern = (fs::temp_directory_path() / "baosong-try-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) return disk_failure("新建目录", pattern, errno);
    return Room(std::move(pattern));
  }
  Room(Room&& other) noexcept : path_(std::move(other.path_)) { other.path_.clear(); }
  Room& operator=(Room&&) = delete;
  ~Room() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  [[nodiscard]] std::string store() const { return path_ + "/" + std::string(kStoreFile); }

 private:
  explicit Room(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// All days.
constexpr Period kEver{Time::min(), Time::max()};

auto identity(const rules::Finding& f) {
  return std::tie(f.rule, f.severity, f.item, f.document, f.message_sha256, f.measured, f.limit);
}

std::vector<rules::Finding> without(const std::vector<rules::Finding>& all,
                                    const std::vector<rules::Finding>& others) {
  std::vector<rules::Finding> out;
  for (const rules::Finding& one : all) {
    const bool there = std::ranges::any_of(
        others, [&](const rules::Finding& other) { return identity(one) == identity(other); });
    if (!there) out.push_back(one);
  }
  return out;
}

}  // namespace

Change compare(DecisionRow before, DecisionRow after) {
  Change change;
  change.gone = without(before.findings, after.findings);
  change.fresh = without(after.findings, before.findings);
  change.before = std::move(before);
  change.after = std::move(after);
  return change;
}

bool differs(const Change& change) {
  const DecisionRow& before = change.before;
  const DecisionRow& after = change.after;
  return !change.gone.empty() || !change.fresh.empty() || before.verdict != after.verdict ||
         before.disposition != after.disposition || before.attributed != after.attributed ||
         before.unit != after.unit;
}

Result<Trial> try_rules(const std::string& state, IntakeParts parts) {
  const auto path = state + "/" + std::string(kStoreFile);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) {
    return fail(ErrorKind::kUsage, "还没有收到过邮件，没有可以试的", "请先运行 baosong run --once");
  }
  auto room = Room::make();
  if (!room) return tl::unexpected(room.error());
  std::vector<DecisionRow> before;
  {
    auto store = Store::open_reading(state);
    if (!store) return tl::unexpected(store.error());
    if (auto copied = store->copy_to(room->store()); !copied) {
      return tl::unexpected(copied.error());
    }
  }
  auto copy = Store::open(room->store());
  if (!copy) return tl::unexpected(copy.error());
  auto old = copy->decisions(kEver);
  if (!old) return tl::unexpected(old.error());
  if (auto begun = copy->begin_trial(parts.notice->id); !begun)
    return tl::unexpected(begun.error());

  parts.store = &*copy;
  parts.rebuilding = true;
  Intake intake(parts);
  if (auto done = intake.decide_new(); !done) return tl::unexpected(done.error());
  if (parts.stop()) return fail(ErrorKind::kTransient, "试算被中止", "可随时重新运行");

  auto fresh = copy->decisions(kEver);
  if (!fresh) return tl::unexpected(fresh.error());
  std::map<std::string, DecisionRow, std::less<>> after;
  for (DecisionRow& row : *fresh) after.emplace(row.mail.sha256, std::move(row));
  Trial trial;
  trial.mails = intake.counts().decided;
  for (DecisionRow& row : *old) {
    const auto again = after.find(row.mail.sha256);
    if (again == after.end()) continue;
    Change change = compare(std::move(row), std::move(again->second));
    if (differs(change)) trial.changes.push_back(std::move(change));
  }
  return trial;
}

}  // namespace baosong::daemon
