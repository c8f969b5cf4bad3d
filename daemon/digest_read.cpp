#include "daemon/digest.hpp"
#include "daemon/store/store.hpp"

namespace baosong::daemon {
namespace {

// Moves the value out, or hands the error on.
template <class T>
bool take(Result<T> from, T& into, Error& error) {
  if (!from) {
    error = from.error();
    return false;
  }
  into = std::move(*from);
  return true;
}

}  // namespace

Result<DigestInput> read_digest(Store& store, const rules::Notice& notice, Time now) {
  DigestInput in;
  in.notice = &notice;
  in.now = now;
  Error error;
  const bool all =
      take(store.counts(), in.counts, error) && take(store.ledgers(notice), in.ledgers, error) &&
      take(store.last_mails(), in.last_mails, error) &&
      take(store.received(day_of(now, notice.zone)), in.today, error) &&
      take(store.held(), in.held, error) && take(store.quarantined(), in.quarantined, error) &&
      take(store.waiting(), in.waiting, error) &&
      take(store.letters(LetterState::kHeld), in.held_letters, error);
  if (!all) return tl::unexpected<Error>(error);
  for (const auto& ledger : in.ledgers)
    in.standings.push_back(rules::evaluate(notice, ledger, now));
  for (const auto& decision : in.held) {
    if (decision.disposition != rules::Disposition::kInquiry) continue;
    parsers::Reading reading;
    if (!take(store.reading(decision.mail.sha256), reading, error))
      return tl::unexpected<Error>(error);
    in.words.emplace(decision.mail.sha256, std::move(reading.message.text));
  }
  return in;
}

}  // namespace baosong::daemon
