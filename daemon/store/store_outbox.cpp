// Letters on their way out, what keeps them waiting, and what staff decide about them.
#include "daemon/store/columns.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/store.hpp"

namespace baosong::daemon {
namespace q = queries;
namespace {

// Runs one UPDATE or DELETE; whether it changed a row.
template <class... Args>
Result<bool> change(Database& db, std::string_view sql, Args&&... args) {
  if (auto done = db.run(sql, std::forward<Args>(args)...); !done) {
    return tl::unexpected(done.error());
  }
  auto count = db.number(q::kChanges);
  if (!count) return tl::unexpected(count.error());
  return *count > 0;
}

using BlockColumns = std::tuple<std::string, std::int64_t, std::string, std::string, std::string>;
BlockRow to_block(const BlockColumns& row) {
  return {std::get<0>(row), to_time(std::get<1>(row)), std::get<2>(row), std::get<3>(row),
          std::get<4>(row)};
}

}  // namespace

Result<Store::SentCounts> Store::sent_counts(std::string_view to, Period day, Time now) {
  auto row = db_->row<std::tuple<std::int64_t, std::int64_t, std::int64_t>>(
      q::kSentCounts, to, seconds_of(now) - 60, seconds_of(day.from), seconds_of(day.to));
  if (!row) return tl::unexpected(row.error());
  const auto [in_all, to_address, in_minute] = row->value();
  return SentCounts{to_address, in_all, in_minute};
}

Result<bool> Store::begin_sending(std::int64_t id, Time date) {
  return change(*db_, q::kBeginSending, seconds_of(date), id);
}
Result<void> Store::mark_handed(std::int64_t id) { return db_->run(q::kMarkHanded, id); }
Result<void> Store::mark_sent(std::int64_t id, Time at) {
  return db_->run(q::kMarkSent, seconds_of(at), id);
}
Result<void> Store::put_back(std::int64_t id) { return db_->run(q::kPutBack, id); }
Result<void> Store::try_later(std::int64_t id, Time now, Time not_before, std::string_view reason,
                              std::string_view answer) {
  return db_->run(q::kTryLater, seconds_of(not_before), reason, answer, seconds_of(now), id);
}
Result<void> Store::look_later(std::int64_t id, Time not_before, std::string_view reason) {
  return db_->run(q::kLookLater, seconds_of(not_before), reason, id);
}
Result<void> Store::postpone(std::int64_t id, Time not_before, std::string_view reason) {
  return db_->run(q::kPostpone, seconds_of(not_before), reason, id);
}
Result<void> Store::postpone_due(Time now, Time not_before, std::string_view reason) {
  return db_->run(q::kPostponeDue, seconds_of(not_before), reason, seconds_of(now),
                  seconds_of(now));
}
Result<void> Store::hold_letter(std::int64_t id, std::string_view reason, std::string_view answer) {
  return db_->run(q::kHoldLetter, reason, answer, id);
}

Result<std::optional<PauseRow>> Store::pause() {
  auto row =
      db_->row<std::tuple<std::int64_t, std::int64_t, std::string, std::string, std::int64_t>>(
          q::kPause);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::optional<PauseRow>();
  const auto& [since, until, reason, answer, tell_staff] = **row;
  return std::optional<PauseRow>({to_time(since), to_time(until), reason, answer, tell_staff != 0});
}
Result<void> Store::set_pause(const PauseRow& pause) {
  return db_->run(q::kSetPause, seconds_of(pause.since), seconds_of(pause.until), pause.reason,
                  pause.answer, pause.tell_staff);
}

Result<std::vector<BlockRow>> Store::blocked() {
  return each(db_->rows<BlockColumns>(q::kBlocked), to_block);
}
Result<std::optional<BlockRow>> Store::block(std::string_view address) {
  auto row = db_->row<BlockColumns>(q::kBlock, address);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::optional<BlockRow>();
  return std::optional<BlockRow>(to_block(**row));
}
Result<void> Store::add_block(const BlockRow& block) {
  return db_->run(q::kAddBlock, block.address, seconds_of(block.since), block.reason, block.letter);
}

Result<bool> Store::retry_letter(std::int64_t id, Time now) {
  return change(*db_, q::kRetryLetter, seconds_of(now), id);
}
Result<bool> Store::letter_arrived(std::int64_t id, Time now) {
  return change(*db_, q::kLetterArrived, seconds_of(now), seconds_of(now), id);
}
Result<bool> Store::settle_letter(std::int64_t id, Time now) {
  return change(*db_, q::kSettleLetter, seconds_of(now), id);
}
Result<bool> Store::settle_mail(std::string_view sha256, Time now) {
  return change(*db_, q::kSettleMail, seconds_of(now), sha256);
}
Result<bool> Store::read_again(std::string_view sha256) {
  return change(*db_, q::kReadAgain, sha256);
}
Result<bool> Store::lift_pause() { return change(*db_, q::kLiftPause); }
Result<bool> Store::drop_marks(std::string_view unit, std::string_view item) {
  return change(*db_, q::kDropMarks, unit, item);
}
Result<bool> Store::drop_block(std::string_view address) {
  return change(*db_, q::kDropBlock, address);
}
Result<std::vector<std::string>> Store::mails_like(std::string_view prefix) {
  // ':' follows '9' and 'g' follows 'f': behind every hash that begins so.
  return each(db_->rows<std::tuple<std::string>>(q::kMailsLike, prefix, std::string(prefix) + "g"),
              [](const auto& row) { return std::get<0>(row); });
}

}  // namespace baosong::daemon
