#include <array>

#include "daemon/commands/command.hpp"

namespace baosong::daemon {

// One line here and one below for each command.
extern const CommandRow kConfigCheckCommand;
extern const CommandRow kRulesCommand;

namespace {
constexpr std::array<const CommandRow*, 2> kTable{&kConfigCheckCommand, &kRulesCommand};
}  // namespace

std::span<const CommandRow* const> command_table() { return kTable; }

}  // namespace baosong::daemon
