// To whom and in which thread a reply goes. Pure functions; any thread. RFC 5322, 3.6.4.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"
#include "rules/notice.hpp"

namespace baosong::daemon {

// The From address; a Reply-To counts only when staff have confirmed it for the unit, because a
// letter tells what the unit has sent and Reply-To may name anybody. nullopt when there is nobody
// to write to: no or a broken address, the notice's own mailbox, a machine (mailer-daemon,
// postmaster, no-reply …).
std::optional<std::string> reply_address(const parsers::Message& message,
                                         const rules::Notice& notice, const rules::Unit* unit);

// An addr-spec that may stand in a header: ASCII, one @, no blanks, quotes or control characters.
bool is_plain_address(std::string_view address);
// "<id@domain>" in plain ASCII, short enough for a header line.
bool is_message_id(std::string_view id);

// The subject of the answered mail on one line, without Re: and 回复： in front and without the
// marks of our own letters and of mail gateways; cut to 80 characters. May be empty.
std::string reply_subject(std::string_view subject);

// "<baosong-…@126.com>", worked out from the SHA-256 of the mails that are answered, in whatever
// order they are named.
std::string stable_message_id(std::vector<std::string> answers, std::string_view mailbox);

// References of the reply: those of the mail, then the mail itself; the oldest are dropped when
// there are more than 20, but never the first.
std::vector<std::string> thread_of(const parsers::Message& message);

}  // namespace baosong::daemon
