// The store: everything that is known about mails, ledgers, decisions and letters, in one SQLite
// file (docs/STORE.md). Every change is a transaction; an error means that nothing was changed.
//
// Errors: kTransient when the file is locked by another program or the disk is full, kPermanent
// when the file is damaged, read-only or from a newer version. A broken statement or a violated
// constraint is our own fault and throws.
// Thread rule: one Store belongs to one thread. Several processes may read while one writes.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "daemon/store/rows.hpp"
#include "parsers/base/result.hpp"
#include "rules/ledger.hpp"

namespace baosong::daemon {

// The store in the state directory; the lock beside it belongs to the one program that writes.
inline constexpr std::string_view kStoreFile = "baosong.sqlite";

class Database;

// The file is no store any more: trying again is of no use, rebuilding from the archive is.
bool is_damage(const Error& error);

// What is written for one decided mail, in one transaction.
struct Outcome {
  std::string sha256;
  rules::Judgement judgement;
  rules::Decision decision;
  Time decided_at{};
  std::optional<parsers::Bounce> bounce;
  std::string about{};  // Message-ID of our letter that a bounce or an automatic reply speaks of
};

// A letter to be written down. It takes the place of `replaces` when that is set.
struct NewLetter {
  Letter letter;
  std::string unit;
  Time decided_at{};
  Time due_at{};
  std::optional<std::int64_t> replaces;
};

class Store {
 public:
  // Opens or makes the store and brings its tables up to date. `busy` is how long a statement
  // waits for another program's lock.
  static Result<Store> open(const std::string& path,
                            std::chrono::milliseconds busy = std::chrono::seconds(5));
  // For commands that only look: `state` is the state directory. When there is no store yet, an
  // empty one in memory is handed out, so "nothing has come" needs no special case.
  static Result<Store> open_reading(const std::string& state);

  // Looks through the whole file; kPermanent when it is damaged (is_damage()). Slow: for a store
  // that failed.
  Result<void> check();

  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // ---- Looking (status, digest, check of what is there) ----

  Result<MailCounts> counts();
  // One ledger for each unit of the notice, in its order; without mails when nothing came.
  Result<std::vector<rules::Ledger>> ledgers(const rules::Notice& notice);
  Result<rules::Ledger> ledger(std::string_view unit);
  // When each unit's last mail of any kind came: (unit, received). Units without mail are absent.
  Result<std::vector<std::pair<std::string, Time>>> last_mails();
  // Decisions by received time, of mails that were decided / received in the period.
  Result<std::vector<DecisionRow>> decisions(Period decided);
  Result<std::vector<DecisionRow>> received(Period received);
  // Mails that wait for people (verdict hold, not yet settled), oldest first. All days.
  Result<std::vector<DecisionRow>> held();
  Result<std::vector<DecisionRow>> bounces(Period received);
  Result<std::vector<MailRow>> quarantined();
  // Mails that are archived but not decided yet.
  Result<std::vector<MailRow>> waiting();
  Result<std::vector<LetterRow>> letters(LetterState state);
  Result<std::vector<LetterRow>> letters_sent(Period sent);
  Result<std::vector<LetterRow>> letters_decided(Period decided);
  Result<std::vector<LetterRow>> letters_to(std::string_view unit);
  Result<std::vector<AuditRow>> audit(Period at);
  Result<std::optional<MailRow>> mail(std::string_view sha256);
  // The last census of each mailbox that had one, by name.
  Result<std::vector<Census>> censuses();

  // ---- Receiving ----

  // Whether `key` of `mailbox` was fetched already (a quarantined one without bytes was not).
  Result<bool> fetched(std::string_view mailbox, std::string_view key);
  // The bytes lie in the archive. True when they are new; false when they came before, under
  // whatever key. `quarantine` non-empty: kept, but not to be read.
  // `arrival`: INTERNALDATE or the file's time; `exact` says that it is INTERNALDATE and counts
  // before anything that the mail says.
  struct Arrived {
    std::string mailbox, key, sha256;
    std::uint64_t size = 0;
    Time arrival{};
    bool exact = false;
    Time now{};
    std::string quarantine;
  };
  Result<bool> add_archived(const Arrived& mail);
  // The same for several, in one transaction: all or none.
  Result<std::vector<bool>> add_archived(std::span<const Arrived> mails);
  // What `key` of `mailbox` was fetched as: SHA-256 and size.
  struct Sighted {
    std::string sha256;
    std::uint64_t size = 0;
  };
  Result<std::optional<Sighted>> sighted(std::string_view mailbox, std::string_view key);
  // The bytes were lost and have come again: a mail that waits in quarantine for want of them is
  // read after all.
  Result<void> restore(std::string_view sha256);
  Result<void> set_census(const Census& census);
  // The mailbox showed it but cannot hand it out. A later success takes it out of quarantine.
  Result<void> add_unfetched(std::string_view mailbox, std::string_view key, Time now,
                             std::string_view trouble);

  // ---- Reading and deciding ----

  // Mails without facts: sha256, the arrival and whether it is exact.
  struct Unread {
    std::string sha256;
    Time arrival{};
    bool exact = false;
  };
  Result<std::vector<Unread>> unread();
  Result<void> add_reading(std::string_view sha256, const parsers::Reading& reading, Time received);
  Result<void> quarantine(std::string_view sha256, std::string_view trouble);
  // The decided mail that says the same (same_mail.hpp): another copy of this one.
  Result<std::optional<std::string>> original_of(std::string_view sha256);
  // This mail counts as decided, by the decision about its original.
  Result<void> set_copy(std::string_view sha256, std::string_view original);
  // Read but undecided, by received time, then by sha256.
  Result<std::vector<MailRow>> undecided();
  Result<parsers::Reading> reading(std::string_view sha256);

  // Runs `work` inside one transaction; an error or an exception takes everything back.
  Result<void> transaction(const std::function<Result<void>()>& work);
  Result<void> add_judgement(std::string_view sha256, const rules::Judgement& judgement);
  Result<void> add_outcome(const Outcome& outcome);
  Result<void> add_mark(std::string_view unit, const rules::StaffMark& mark,
                        std::string_view actor);

  // ---- Photos that count ----

  // Those of the unit's that count now take the place of those that counted before.
  Result<void> set_photos(const rules::Notice& notice, const rules::Ledger& ledger,
                          const rules::Standing& standing);
  // Fills ledger.photos_elsewhere: photos of other units, and of other notices of any unit, that
  // look like one of the ledger. Goes by index: its cost does not grow with the photos in the store
  // but by the few that share a band with one of ours.
  Result<void> find_photos_elsewhere(const rules::Notice& notice, rules::Ledger& ledger);

  // ---- Letters ----

  Result<std::int64_t> add_letter(const NewLetter& letter);
  Result<std::optional<LetterRow>> pending_letter(std::string_view unit, std::string_view to);
  // A question that went (or is about to go) to this address and was not answered since.
  Result<bool> question_open(std::string_view to);
  Result<void> close_questions(std::string_view to);
  // What may be worked on now: interrupted letters first, then pending ones that are due.
  Result<std::vector<LetterRow>> due(Time now);
  struct SentCounts {
    std::int64_t to_address = 0, in_all = 0, in_minute = 0;  // of the day; since a minute ago
  };
  Result<SentCounts> sent_counts(std::string_view to, Period day, Time now);
  // False: it is not pending any more, somebody else decided about it.
  Result<bool> begin_sending(std::int64_t id, Time date);
  Result<void> mark_handed(std::int64_t id);
  Result<void> mark_sent(std::int64_t id, Time at);
  // A letter being sent surely did not leave: pending again, at once or after a failure.
  Result<void> put_back(std::int64_t id);
  Result<void> try_later(std::int64_t id, Time now, Time not_before, std::string_view reason,
                         std::string_view answer);
  // A letter being sent may have left; asked again at `not_before`.
  Result<void> look_later(std::int64_t id, Time not_before, std::string_view reason);
  // Pending letters wait: this one, or all that are due but digests.
  Result<void> postpone(std::int64_t id, Time not_before, std::string_view reason);
  Result<void> postpone_due(Time now, Time not_before, std::string_view reason);
  Result<void> hold_letter(std::int64_t id, std::string_view reason, std::string_view answer = {});

  // Due before `now` and still here: postponed, or being looked for.
  Result<std::vector<LetterRow>> late_letters(Time now);
  Result<std::optional<LetterRow>> letter(std::int64_t id);
  // One that was handed over, wholly or perhaps.
  Result<std::optional<LetterRow>> letter_named(std::string_view message_id);
  Result<std::optional<LetterRow>> last_letter_to(std::string_view address, Time since);
  Result<std::vector<std::string>> last_sent(std::size_t most);  // Message-IDs, newest first

  Result<std::optional<PauseRow>> pause();
  Result<void> set_pause(const PauseRow& pause);
  Result<std::vector<BlockRow>> blocked();
  Result<std::optional<BlockRow>> block(std::string_view address);
  Result<void> add_block(const BlockRow& block);

  // ---- What staff decide. False: there was nothing to decide (any more). ----

  Result<bool> retry_letter(std::int64_t id, Time now);    // pending or held: due now
  Result<bool> letter_arrived(std::int64_t id, Time now);  // held: it did arrive
  Result<bool> settle_letter(std::int64_t id, Time now);   // held: needs nothing more
  Result<bool> settle_mail(std::string_view sha256, Time now);
  Result<bool> read_again(std::string_view sha256);  // takes it out of quarantine
  Result<bool> lift_pause();
  Result<bool> drop_marks(std::string_view unit, std::string_view item);
  Result<bool> drop_block(std::string_view address);
  // The mails whose hash begins so, two at most.
  Result<std::vector<std::string>> mails_like(std::string_view prefix);

  // How many mails have facts that another version of the program wrote and this one cannot read.
  Result<std::int64_t> outdated();

  // ---- Rebuilding (rebuild.hpp): on a copy that nobody else has open ----

  // A whole copy of the store at `path`, synced.
  Result<void> copy_to(const std::string& path);
  // Remembers what was, then forgets everything that is worked out from the archive. `notice` is
  // the one under which everything is decided again; photos of earlier ones stay known.
  Result<void> begin_rebuild(std::string_view notice);
  // The same, but what was read is taken as it is: only deciding follows.
  Result<void> begin_trial(std::string_view notice);
  // What this store knew of a mail before begin_rebuild().
  enum class Past : std::uint8_t { kUnknown, kUndecided, kDecided };
  Result<Past> past_of(std::string_view sha256);
  // Whether a letter answers this mail already; a question among them is open again from here on.
  Result<bool> take_up_answer(std::string_view sha256);
  // Puts back what deciding once more must not change (audit, times of decisions, what staff
  // settled), and writes `note`.
  Result<void> end_rebuild(const AuditRow& note);
  // Everything into the one file, so that it can be renamed. kTransient while somebody reads.
  Result<void> empty_log();

  // ---- The service ----

  Result<StoreFigures> figures();
  // Whether the schedule wrote the digest of this day ("2022-10-24").
  Result<bool> digest_written(std::string_view notice, std::string_view day);
  Result<void> add_digest_day(std::string_view notice, std::string_view day, Time at);
  // The clock was set by so much: what waits for a moment waits as long as before.
  Result<void> shift_due(std::chrono::seconds by);

  Result<void> log(const AuditRow& row);

 private:
  explicit Store(std::unique_ptr<Database> database);
  Result<void> forget_derived(std::string_view notice);
  // The photos that one document holds; one inside a Word is called "文稿.docx#2".
  Result<void> add_photos(std::string_view notice, std::string_view unit, std::string_view item,
                          const rules::LedgerMail& mail, const parsers::Document& document);
  std::unique_ptr<Database> db_;
};

}  // namespace baosong::daemon
