// One turn: receive, read, decide, send. What fails is noted and ends only what cannot do without
// it: a mailbox that is away keeps neither the others nor a letter from moving.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daemon/intake.hpp"
#include "daemon/outbox/send.hpp"
#include "daemon/service/house.hpp"

namespace baosong::daemon {

// The parts of a turn that can fail by themselves.
enum class Step : std::uint8_t { kReceive, kWork, kSend };

struct StepResult {
  Step step{};
  std::size_t post = 0;  // kReceive: which mailbox
  std::optional<Error> error;
};

// What a turn does. Without `work` it receives only; letters wait for the work.
struct TurnPlan {
  std::vector<std::size_t> posts;  // the mailboxes to look into
  bool work = true;                // read, decide
  bool digest = false;             // with the work: the day's digest, when its hour has come
  bool send = true;
};

struct Turn {
  IntakeCounts mails;
  SendCounts letters;
  std::vector<StepResult> steps;  // those that were tried

  [[nodiscard]] std::optional<Error> first_error() const;
  [[nodiscard]] bool did_something() const;
  // "收到新邮件3封，处理3封，发信1封"
  [[nodiscard]] std::string summary(bool fetch_only = false) const;
};

// `stop` is asked between two mails and two letters; what was done until then is kept.
Turn take_turn(House& house, const Clock& clock, const TurnPlan& plan,
               const std::function<bool()>& stop);

}  // namespace baosong::daemon
