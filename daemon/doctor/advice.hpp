// What a server's refusal means for the administrator: one row for each way to say no.
#pragma once

#include <string_view>

#include "daemon/doctor/check.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon::doctor {

enum class Step : std::uint8_t { kImapLogin, kImapFolder, kSmtpLogin, kSmtpSender };

// Never kWell. `text` is what the server said.
Finding advice_for(Step step, std::string_view text);

// The server stopped talking.
Finding lost(const Error& error);

}  // namespace baosong::daemon::doctor
