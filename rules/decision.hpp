// What to do about a mail, once the standing is known.
#pragma once

#include "rules/judge.hpp"
#include "rules/standing.hpp"

namespace baosong::rules {

enum class Verdict : std::uint8_t { kAcknowledge, kCorrect, kAskUnit, kHold, kSilent };
inline constexpr std::array<std::string_view, 5> kVerdictNames{"acknowledge", "correct", "ask-unit",
                                                               "hold", "silent"};
constexpr std::string_view name_of(Verdict v) { return kVerdictNames[static_cast<std::size_t>(v)]; }

struct Decision {
  Verdict verdict = Verdict::kHold;
  std::string reason;  // English, one line, for the audit log
  std::vector<Finding>
      findings;  // everything that is said about this mail: its own, its items', its documents'
};

// `standing` is null when the mail could be attributed to nobody, or is no submission.
Decision decide(const Notice& notice, const Judgement& judgement, const Standing* standing);

}  // namespace baosong::rules
