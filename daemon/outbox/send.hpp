// Hands over the letters that are due, each through the one gate.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "daemon/outbox/outbox.hpp"
#include "daemon/settings.hpp"
#include "daemon/store/store.hpp"
#include "rules/notice.hpp"

namespace baosong::daemon {

// Why a letter must not leave, as one Chinese sentence; nullopt: it may. What can be told from the
// letter alone compose() has told already; this also knows what else went out that day.
std::optional<std::string> gate(const LetterRow& letter, const Store::SentCounts& sent_today,
                                const rules::Notice& notice, const Settings& settings);

struct SendCounts {
  std::size_t sent = 0, held = 0;
};

struct Sender {
  Store* store = nullptr;
  Outbox* outbox = nullptr;
  const rules::Notice* notice = nullptr;
  const Settings* settings = nullptr;
  std::function<bool()> stop = [] { return false; };

  // A letter is marked "sending" before it is handed over and "sent" after; one that is found
  // "sending" was interrupted, and the outbox is asked whether it left. `counts` is kept up to date
  // also when an error ends it; the letters not handed over stay due.
  Result<void> send_due(Time now, SendCounts& counts) const;

 private:
  Result<void> send_one(LetterRow letter, Time now, SendCounts& counts) const;
  Result<void> hold(const LetterRow& letter, const std::string& reason, Time now,
                    SendCounts& counts) const;
};

}  // namespace baosong::daemon
