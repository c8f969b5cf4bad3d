// Hands over the letters that are due, each through the one gate, and writes down what became of
// each. docs/LETTERS.md tells the life of a letter.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/outbox/gate.hpp"
#include "daemon/outbox/outbox.hpp"
#include "daemon/settings.hpp"
#include "daemon/store/store.hpp"
#include "rules/notice.hpp"

namespace baosong::daemon {

struct SendCounts {
  std::size_t sent = 0, held = 0;
  std::size_t postponed = 0;  // a limit of ours, or a failure that passes
  std::size_t doubtful = 0;   // handed over without an answer, still being looked for
};

struct Sender {
  Store* store = nullptr;
  Outbox* outbox = nullptr;
  const rules::Notice* notice = nullptr;
  const Settings* settings = nullptr;
  std::function<bool()> stop = [] { return false; };

  // A letter is marked "sending" before the first byte, "handed" before the byte that makes it
  // theirs, and "sent" after. One that is found "sending" was interrupted: not handed, it is sent
  // again; handed, the outbox is asked whether it left. `counts` is kept up to date also when an
  // error ends it; the letters not handed over stay due.
  Result<void> send_due(Time now, SendCounts& counts) const;

 private:
  enum class Next { kGoOn, kEnd };
  struct Turn;

  Result<void> send_all(Turn& turn) const;
  Result<Next> settle_doubt(Turn& turn, const LetterRow& letter) const;
  Result<Next> send_one(Turn& turn, LetterRow letter) const;
  Result<Next> hand_over(Turn& turn, const LetterRow& letter, Time date) const;
  Result<Next> took(Turn& turn, const LetterRow& letter, const Delivery& delivery) const;

  Result<void> hold(Turn& turn, const LetterRow& letter, const std::string& reason,
                    const Delivery& delivery = {}) const;
  Result<void> try_later(Turn& turn, const LetterRow& letter, const Delivery& delivery) const;
  Result<void> sent(Turn& turn, const LetterRow& letter) const;
  Result<void> pause(Turn& turn, const Delivery& delivery) const;
};

}  // namespace baosong::daemon
