// The pipeline: archive -> read -> judge -> ledger, standing, decision and letter in one
// transaction.
//
// A mail goes through three steps, each of which may be the last before a crash: receive() lays it
// into the archive and the store, read_new() stores its facts, decide_new() decides. What a step
// finds done it does not do again, so a run that was killed is simply run once more.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/archive.hpp"
#include "daemon/letters/letter.hpp"
#include "daemon/mailbox/mailbox.hpp"
#include "daemon/settings.hpp"
#include "daemon/store/store.hpp"
#include "daemon/worker/pool.hpp"
#include "parsers/facts.hpp"
#include "rules/decision.hpp"

namespace baosong::daemon {

// Everything that is worked out about one mail as if it were the first that ever came in; what
// `check` prints. Nothing is stored or sent.
struct DryRun {
  parsers::Reading reading;
  Time received{};
  rules::Judgement judgement;
  rules::Standing standing;  // of a ledger with this mail alone; empty when nobody is named
  bool has_standing = false;
  rules::Decision decision;
  std::optional<Letter> letter;
};
// `fallback` is the arrival time when the mail names none (the file's time); `now` overrides the
// moment of judgement when set.
DryRun dry_run(const rules::Notice& notice, const Templates& templates, parsers::Reading reading,
               Time fallback, std::optional<Time> now);

// When a mail arrived: INTERNALDATE if the mailbox said it, else the topmost Received header, else
// Date, else the file's time.
Time received_time(const parsers::Message& message, Arrival arrival);

// The one place where the service looks at a clock.
class Clock {
 public:
  explicit Clock(std::optional<Time> fixed = std::nullopt) : fixed_(fixed) {}
  [[nodiscard]] Time now() const;
  // --now: the clock stands still, and mails are judged at that moment instead of at their arrival.
  [[nodiscard]] std::optional<Time> fixed() const { return fixed_; }

 private:
  std::optional<Time> fixed_;
};

struct IntakeCounts {
  std::size_t received = 0;     // new mails, each once
  std::size_t duplicates = 0;   // deliveries of bytes that we had, or that say the same
  std::size_t quarantined = 0;  // not to be read, or not to be had
  std::size_t decided = 0;
  std::size_t letters = 0;  // written down, replaced ones not counted
};

// What intake works with; all of it outlives the Intake.
struct IntakeParts {
  const rules::Notice* notice = nullptr;
  const Templates* templates = nullptr;
  Store* store = nullptr;
  Archive* archive = nullptr;
  WorkerPool* workers = nullptr;
  Clock clock;
  std::chrono::seconds settle{300};
  // Asked between two mails; true ends the step early, with what was done so far kept.
  std::function<bool()> stop = [] { return false; };
  // The store is a copy that is being worked out anew (rebuild.hpp): whoever was answered is not
  // answered again, and a letter that is new all the same waits for people.
  bool rebuilding = false;
};

// Thread rule: belongs to one thread. Errors are the world's (store, disk, mailbox); what a mail
// contains is never an error. Each step may be called again after an error.
class Intake {
 public:
  explicit Intake(IntakeParts parts) : parts_(std::move(parts)) {}

  // Once a day all of the mailbox is compared with the archive (Store::censuses).
  Result<void> receive(Mailbox& mailbox);
  Result<void> read_new();
  Result<void> decide_new();

  [[nodiscard]] const IntakeCounts& counts() const { return counts_; }

 private:
  Result<bool> census_due(const std::string& mailbox);
  Result<void> read_one(const Store::Unread& mail);
  Result<void> note_casualties(const std::string& sha256);
  Result<void> decide_one(const MailRow& mail);
  Result<void> note_copy(const std::string& sha256, const std::string& original);
  struct Past {
    bool answered = false;    // by a letter that is kept
    std::string hold_reason;  // why a letter that is new must wait for people; empty: it need not
  };
  Result<Past> past_of(const std::string& sha256);
  Result<void> set_aside(const std::string& sha256, std::string_view trouble);

  IntakeParts parts_;
  IntakeCounts counts_;
};

}  // namespace baosong::daemon
