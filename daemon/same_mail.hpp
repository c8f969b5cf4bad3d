// When two mails are one: the same mail seen in another mailbox, or again after a server renumbered
// its mails, differs in bytes (trace fields of RFC 5322, 3.6.7, line ends) but not in what it says.
#pragma once

#include <string>

#include "parsers/facts.hpp"

namespace baosong::daemon {

// Together with the Message-ID the name of what a mail says: a hash of its sender, its date, its
// text and every file that came with it. The subject is left out: gateways write into it on the
// way. Empty when the bytes were no mail or have no Message-ID: then only the bytes tell.
std::string content_key(const parsers::Reading& reading);

}  // namespace baosong::daemon
