// Who the sender says he is, in the words of a mail's body. Internal to rules/.
#pragma once

#include <string_view>
#include <vector>

#include "rules/attribution_signals.hpp"

namespace baosong::rules {

// Signals of the sender's own text (never the quoted part): signatures, "我是…", "报送单位：…".
// Salutations to the office and sentences that list several units say nothing.
std::vector<Signal> body_signals(const AliasMatcher& matcher, std::string_view text);

// The unit whose name (with bureau, section, person, date) is all that the line holds; null when
// the line says anything else.
const Unit* signed_by(const AliasMatcher& matcher, std::string_view line);

}  // namespace baosong::rules
