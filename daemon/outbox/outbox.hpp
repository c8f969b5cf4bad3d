// Where letters go. The store says which letters are due and what became of them; an outbox only
// carries bytes and can say whether it carried them before.
// Thread rule: one outbox belongs to one thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "daemon/disk.hpp"
#include "daemon/settings.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon {

struct OutboundMail {
  std::string message_id;  // "<…>"
  std::string from, to;    // addr-specs of the envelope
  std::string bytes;       // RFC 5322, CRLF, 7 bit
};

// Whether a letter left already, asked when a run was interrupted while handing it over.
enum class Delivered : std::uint8_t { kNo, kYes, kCannotTell };

class Outbox {
 public:
  virtual ~Outbox() = default;
  // Errors: kInput, this one letter is refused (its recipient, its content) and will be again;
  // else the outbox as a whole fails, kTransient when a later try may work. Whether the letter left
  // all the same is what look() is asked before the next try.
  virtual Result<void> deliver(const OutboundMail& mail) = 0;
  virtual Result<Delivered> look(const std::string& message_id) = 0;
};

// By the scheme of outbox.url; an unknown scheme is kConfig. `disk` must outlive the outbox.
Result<std::unique_ptr<Outbox>> open_outbox(Disk& disk, const OutboxSettings& settings);

}  // namespace baosong::daemon
