// Mail that speaks of a letter of ours: it came back, or a machine answered it.
#pragma once

#include <string>

#include "daemon/store/store.hpp"
#include "parsers/base/result.hpp"
#include "parsers/facts.hpp"
#include "rules/judge.hpp"

namespace baosong::daemon {

// Finds the letter that a bounce or an automatic reply speaks of and gives its Message-ID; empty
// when it is none of ours or the mail is of another kind. By Message-ID where the mail names one;
// a bounce in prose that names only the address belongs to the last letter that went there.
// An address from which a letter came back for good is not written to again until staff release it.
// To be called inside a transaction.
Result<std::string> note_aftermath(Store& store, const rules::Judgement& judgement,
                                   const parsers::Message& message, Time received, Time now);

}  // namespace baosong::daemon
