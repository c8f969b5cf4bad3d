// The one gate for everything that leaves. Pure: what it has to know is handed over.
#pragma once

#include <cstdint>
#include <string>

#include "daemon/settings.hpp"
#include "daemon/store/store.hpp"
#include "rules/notice.hpp"

namespace baosong::daemon {

struct GateAnswer {
  enum class Word : std::uint8_t {
    kPass,
    kHold,  // must not leave; people decide
    kWait,  // not before `until`
    kStop,  // nothing but digests leaves before `until`
  };
  Word word = Word::kPass;
  Time until{};
  std::string reason;  // one Chinese sentence
};

// `blocked`: an earlier letter to this address came back. What can be told from the letter alone
// compose() has told already; this also knows what else went out. A limit only postpones. The
// digest is counted like any other letter, but no limit keeps it back: it tells staff that letters
// wait.
GateAnswer gate(const LetterRow& letter, const Store::SentCounts& sent, bool blocked, Time now,
                const rules::Notice& notice, const Settings& settings);

}  // namespace baosong::daemon
