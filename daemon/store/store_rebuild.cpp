// What a rebuild does to the copy of a store that it works on.
#include <array>

#include "daemon/store/columns.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/migrate.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/store.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/worker/wire.hpp"

namespace baosong::daemon {
namespace q = queries;
namespace {

// Rows that no archive can give back and that deciding once more would write to.
constexpr std::array<std::string_view, 3> kKept{"audit", "blocked_address", "outbox_pause"};

Result<bool> has_table(Database& db, std::string_view name) {
  auto count = db.number(q::kHasTable, name);
  if (!count) return tl::unexpected(count.error());
  return *count > 0;
}

}  // namespace

// The photos of other notices stay: their mails may be decided under this one alone.
Result<void> Store::forget_derived(std::string_view notice) {
  if (auto forgotten = db_->script(q::kForgetDerived); !forgotten) return forgotten;
  return db_->run(q::kForgetPhotos, notice);
}

Result<void> Store::copy_to(const std::string& path) { return copy_database(*db_, path); }

Result<std::int64_t> Store::outdated() {
  return db_->number(q::kOutdated, Blob{parsers::reading_head()});
}

Result<void> Store::begin_rebuild(std::string_view notice) {
  return db_->transaction([&]() -> Result<void> {
    if (auto kept = db_->script(q::kKeepPast); !kept) return kept;
    for (const std::string_view table : kKept) {
      auto there = has_table(*db_, table);
      if (!there) return tl::unexpected(there.error());
      if (!*there) continue;
      if (auto kept = db_->script(q::keep_table(table)); !kept) return kept;
    }
    if (auto forgotten = forget_derived(notice); !forgotten) return forgotten;
    return db_->run(q::kReadAllAgain, static_cast<std::int64_t>(limits::kMailBytes));
  });
}

Result<void> Store::begin_trial(std::string_view notice) {
  return db_->transaction([&]() -> Result<void> {
    if (auto kept = db_->script(q::kKeepPast); !kept) return kept;
    if (auto forgotten = forget_derived(notice); !forgotten) return forgotten;
    return db_->run(q::kDecideAllAgain);
  });
}

Result<void> Store::end_rebuild(const AuditRow& note) {
  auto done = db_->transaction([&]() -> Result<void> {
    for (const std::string_view table : kKept) {
      auto there = has_table(*db_, fmt::format("kept_{}", table));
      if (!there) return tl::unexpected(there.error());
      if (!*there) continue;
      if (auto back = db_->script(q::put_back(table)); !back) return back;
    }
    if (auto back = db_->script(q::kPastDecisions); !back) return back;
    return log(note);
  });
  // Everything into the one file, which is about to be renamed.
  if (!done) return done;
  return empty_log();
}

Result<void> Store::empty_log() {
  auto busy = db_->number(q::kEmptyLog);
  if (!busy) return tl::unexpected(busy.error());
  if (*busy == 0) return {};
  return fail(ErrorKind::kTransient, "另有程序正在读取台账", "请稍后再运行一次");
}

Result<Store::Past> Store::past_of(std::string_view sha256) {
  auto row = db_->row<std::tuple<std::string>>(q::kPast, sha256);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return Past::kUnknown;
  return std::get<0>(**row) == name_of(MailState::kDecided) ? Past::kDecided : Past::kUndecided;
}

Result<bool> Store::take_up_answer(std::string_view sha256) {
  auto answered = db_->number(q::kAnswered, sha256);
  if (!answered) return tl::unexpected(answered.error());
  if (*answered == 0) return false;
  if (auto opened = db_->run(q::kReopenQuestion, sha256); !opened) {
    return tl::unexpected(opened.error());
  }
  return true;
}

}  // namespace baosong::daemon
