// What the running service asks: figures to watch, the days of the digest, a clock that was set.
#include "daemon/store/columns.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/store.hpp"

namespace baosong::daemon {
namespace q = queries;

Result<StoreFigures> Store::figures() {
  StoreFigures out;
  auto mails = counts();
  if (!mails) return tl::unexpected(mails.error());
  out.mails = *mails;
  auto letters = db_->rows<std::tuple<std::string, std::int64_t>>(q::kLetterCounts);
  if (!letters) return tl::unexpected(letters.error());
  for (const auto& [state, count] : *letters) {
    out.letters[static_cast<std::size_t>(from_name<LetterState>(kLetterStateNames, state))] = count;
  }
  auto rest = db_->row<std::tuple<std::int64_t, std::int64_t, std::int64_t>>(q::kWaitingFigures);
  if (!rest) return tl::unexpected(rest.error());
  const auto [held, undecided, oldest] = rest->value();
  out.held = held;
  if (undecided > 0) out.oldest_undecided = to_time(oldest);
  return out;
}

Result<bool> Store::digest_written(std::string_view notice, std::string_view day) {
  auto count = db_->number(q::kDigestWritten, notice, day);
  if (!count) return tl::unexpected(count.error());
  return *count > 0;
}

Result<void> Store::add_digest_day(std::string_view notice, std::string_view day, Time at) {
  return db_->run(q::kAddDigestDay, notice, day, seconds_of(at));
}

Result<void> Store::shift_due(std::chrono::seconds by) {
  return db_->transaction([&]() -> Result<void> {
    if (auto done = db_->run(q::kShiftDue, by.count()); !done) return done;
    return db_->run(q::kShiftPause, by.count());
  });
}

}  // namespace baosong::daemon
