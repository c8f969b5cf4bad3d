// What several commands begin with.
#pragma once

#include "daemon/commands/command.hpp"
#include "daemon/settings.hpp"

namespace baosong::daemon {

// The config that the command line names. Every fault of it goes to stderr, then the Error says
// how many there were.
Result<Config> config_for(const Invocation& invocation);

// --now, else the clock.
Time moment_of(const Invocation& invocation);

}  // namespace baosong::daemon
