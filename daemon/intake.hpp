// The pipeline: archive -> read -> judge -> ledger, standing, decision and letter in one transaction.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "daemon/letters/letter.hpp"
#include "daemon/settings.hpp"
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

}  // namespace baosong::daemon
