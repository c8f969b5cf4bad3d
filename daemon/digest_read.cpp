#include <algorithm>

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

// For a day that has passed: what came later had not come yet.
void forget_later(DigestInput& in) {
  const auto later = [&](const auto& row) { return row.mail.received > in.now; };
  for (auto& ledger : in.ledgers) {
    std::erase_if(ledger.mails, [&](const auto& mail) { return mail.received > in.now; });
    std::erase_if(ledger.marks, [&](const auto& mark) { return mark.at > in.now; });
    const auto last =
        std::ranges::find(in.last_mails, ledger.unit, &std::pair<std::string, Time>::first);
    if (last == in.last_mails.end() || last->second <= in.now) continue;
    if (ledger.mails.empty()) {
      in.last_mails.erase(last);
    } else {
      last->second = ledger.mails.back().received;
    }
  }
  std::erase_if(in.today, later);
  std::erase_if(in.held, later);
}

}  // namespace

Result<DigestInput> read_digest(Store& store, const rules::Notice& notice, Time now, Span span) {
  DigestInput in;
  in.notice = &notice;
  in.now = now;
  Error error;
  const bool all =
      take(store.counts(), in.counts, error) && take(store.censuses(), in.censuses, error) &&
      take(store.ledgers(notice), in.ledgers, error) &&
      take(store.last_mails(), in.last_mails, error) &&
      take(store.received(day_of(now, notice.zone)), in.today, error) &&
      take(store.held(), in.held, error) && take(store.quarantined(), in.quarantined, error) &&
      take(store.waiting(), in.waiting, error) &&
      take(store.letters(LetterState::kHeld), in.held_letters, error) &&
      take(store.late_letters(now), in.late_letters, error) &&
      take(store.pause(), in.pause, error) && take(store.blocked(), in.blocked, error);
  if (!all) return tl::unexpected<Error>(error);
  if (span == Span::kUntilThen) forget_later(in);
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
