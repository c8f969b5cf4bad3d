// What the store hands out: plain values, one struct for each kind of row. All times are UTC
// seconds, all text is UTF-8.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/letters/letter.hpp"
#include "parsers/base/time.hpp"
#include "parsers/facts.hpp"
#include "rules/decision.hpp"

namespace baosong::daemon {

// How far a mail has come. A mail in quarantine could not be fetched or must not be read (over
// limits::kMailBytes, or reading it failed); it waits for people, and nothing else waits for it.
enum class MailState : std::uint8_t { kSeen, kArchived, kRead, kDecided, kQuarantined };
inline constexpr std::array<std::string_view, 5> kMailStateNames{"seen", "archived", "read",
                                                                 "decided", "quarantined"};
constexpr std::string_view name_of(MailState s) {
  return kMailStateNames[static_cast<std::size_t>(s)];
}

// Distinct mails: the same bytes delivered twice count once.
//   seen = every mail that a mailbox showed; archived = those whose bytes we keep;
//   decided + quarantined + waiting() = seen
struct MailCounts {
  std::int64_t seen = 0, archived = 0, decided = 0, quarantined = 0;
  std::int64_t waiting() const { return seen - decided - quarantined; }
};

struct MailRow {
  std::string sha256;  // empty: shown by the mailbox but never fetched (quarantined)
  std::uint64_t size = 0;
  MailState state = MailState::kArchived;
  Time first_seen{};
  Time received{};  // the arrival time that counts; first_seen while the mail is unread
  std::string message_id, from, from_name, subject;  // empty while unread
  std::string trouble;                               // Chinese: why it is in quarantine
  std::string key;                                   // how the mailbox names it
};

// What a mailbox showed when it was last compared with the archive as a whole.
struct Census {
  std::string mailbox;
  Time at{};
  std::int64_t shown = 0;  // mails in it
  std::int64_t kept = 0;   // of these, those whose bytes lie in the archive
  [[nodiscard]] bool agrees() const { return shown == kept; }
};

// One decided mail.
struct DecisionRow {
  MailRow mail;
  rules::Disposition disposition = rules::Disposition::kEmpty;
  rules::Attributed attributed = rules::Attributed::kNobody;
  std::string unit;  // empty unless attributed to one
  std::vector<rules::Evidence> evidence;
  rules::Verdict verdict = rules::Verdict::kHold;
  std::string reason;  // English, one line
  std::vector<rules::Finding> findings;
  Time decided_at{};
  std::int64_t documents = 0;  // documents that came with it, decorative images not counted
  std::optional<parsers::Bounce> bounce;  // of a bounce: whom it could not reach
  // Of a bounce or an automatic reply, when we know our letter that it speaks of: its Message-ID,
  // and for whom it was.
  std::string about, about_unit, about_address;
};

enum class LetterState : std::uint8_t { kPending, kSending, kSent, kHeld };
inline constexpr std::array<std::string_view, 4> kLetterStateNames{"pending", "sending", "sent",
                                                                   "held"};
constexpr std::string_view name_of(LetterState s) {
  return kLetterStateNames[static_cast<std::size_t>(s)];
}

struct LetterRow {
  std::int64_t id = 0;
  std::string unit;  // empty: a question to an unknown sender, or a digest
  Letter letter;
  LetterState state = LetterState::kPending;
  Time decided_at{};
  Time due_at{};
  std::optional<Time> date;     // Date header, fixed when handing over begins
  std::optional<Time> sent_at;  // when the outbox took it
  std::string gate_reason;      // Chinese: why it is held or has to wait
  std::int64_t attempts = 0;    // failed tries so far
  std::optional<Time> first_try;
  Time not_before{};        // nothing is tried or looked up before
  bool handed = false;      // the byte that makes it theirs was about to be written
  std::string last_answer;  // the server's own words
};

// Nothing leaves until `until`.
struct PauseRow {
  Time since{}, until{};
  std::string reason;       // Chinese
  std::string answer;       // the server's own words
  bool tell_staff = false;  // people have to do something about it
};

// An address to which nothing is written until staff release it.
struct BlockRow {
  std::string address;
  Time since{};
  std::string reason;  // Chinese
  std::string letter;  // Message-ID of the letter that did not arrive; may be empty
  std::string unit{};  // for whom that letter was
};

// What can be counted from outside, at one moment.
struct StoreFigures {
  MailCounts mails;
  std::array<std::int64_t, kLetterStateNames.size()> letters{};  // by LetterState
  std::int64_t held = 0;                                         // mails that wait for people
  std::optional<Time> oldest_undecided;                          // when it arrived
};

struct AuditRow {
  std::int64_t id = 0;
  Time at{};
  std::string actor;    // "baosong" or the login name of a clerk
  std::string action;   // "decide", "letter-replaced", "letter-held", "letter-sent", "mark", …
  std::string subject;  // mail sha256, letter Message-ID, "unit/item"
  std::string detail;   // one line
};

// From `from` (inclusive) to `to` (exclusive).
struct Period {
  Time from{}, to{};
};
// The civil day of `zone` in which `time` lies.
Period day_of(Time time, const Zone& zone);

}  // namespace baosong::daemon
