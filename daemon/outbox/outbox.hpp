// Where letters go. The store says which letters are due and what became of them; an outbox only
// carries bytes and says what became of each try.
// Thread rule: one outbox belongs to one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "daemon/disk.hpp"
#include "daemon/settings.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon {

struct OutboundMail {
  std::string message_id;  // "<…>"
  std::string from, to;    // addr-specs of the envelope
  std::string bytes;       // RFC 5322, CRLF, 7 bit
};

// What became of handing one letter over.
enum class Fate : std::uint8_t {
  kTaken,    // the other side has it and answers for it
  kRefused,  // surely not taken, and trying again would not help: people decide
  kLater,    // surely not taken; this letter again after `wait`
  kPaused,   // surely not taken; nothing leaves before `wait` is over
  kUnknown,  // it was handed over to the end and no answer came: look() before anything else
};

struct Delivery {
  Fate fate = Fate::kTaken;
  std::chrono::seconds wait{0};  // kLater, kPaused
  bool tomorrow = false;         // kPaused: `wait` counts from the beginning of the next day
  bool tell_staff = false;       // kPaused: people have to do something about it
  bool bad_address = false;      // kRefused: there is no such mailbox, or it takes no mail
  std::string reason{};          // one Chinese sentence that an office understands
  std::string answer{};          // the server's own words on one line; may be empty
};

// Called once while a letter is handed over, right before the byte that makes it theirs. An error
// ends the handing over, and the letter was surely not taken.
using AtEnd = std::function<Result<void>()>;

// Whether a letter left already, asked when nobody heard what became of it.
enum class Delivered : std::uint8_t {
  kNo,          // surely not
  kYes,         // surely
  kNotYet,      // not to be seen, but it is too early to say that it did not leave
  kCannotTell,  // nobody will ever know from here: people decide
};

struct LookFor {
  std::string message_id;
  std::chrono::seconds age{0};      // since it was handed over
  std::vector<std::string> sent{};  // Message-IDs of letters that surely left lately, newest first
};

class Outbox {
 public:
  virtual ~Outbox() = default;
  // Gets ready to take letters (connects and logs in), before any letter is marked as being sent.
  // kTaken: ready; kPaused: not now. Errors: the outbox as a whole fails, kTransient when a later
  // try may work.
  virtual Result<Delivery> prepare() { return Delivery{}; }
  // Errors: the outbox as a whole fails; the letter may be handed over again if `at_end` was not
  // called, else look() has to be asked.
  virtual Result<Delivery> deliver(const OutboundMail& mail, const AtEnd& at_end) = 0;
  virtual Result<Delivered> look(const LookFor& letter) = 0;
  // Nothing follows for now: lets go of what prepare() took.
  virtual void rest() {}
};

// By the scheme of outbox.url; an unknown scheme is kConfig. A letter that left over SMTP is looked
// for in the Sent folder of the mailbox with the same user. `disk` must outlive the outbox.
Result<std::unique_ptr<Outbox>> open_outbox(Disk& disk, const Settings& settings);

}  // namespace baosong::daemon
