#include <array>

#include "daemon/commands/command.hpp"

namespace baosong::daemon {

// One line here and one below for each command.
extern const CommandRow kCheckCommand;
extern const CommandRow kPartsCommand;
extern const CommandRow kRunCommand;
extern const CommandRow kStatusCommand;
extern const CommandRow kDigestCommand;
extern const CommandRow kRetryCommand;
extern const CommandRow kReleaseCommand;
extern const CommandRow kSetCommand;
extern const CommandRow kRulesCommand;
extern const CommandRow kConfigCheckCommand;
extern const CommandRow kConfigTryCommand;
extern const CommandRow kRebuildCommand;
extern const CommandRow kDoctorCommand;

namespace {
constexpr std::array kTable{
    &kCheckCommand,     &kPartsCommand,   &kRunCommand,   &kStatusCommand, &kDigestCommand,
    &kRetryCommand,     &kReleaseCommand, &kSetCommand,   &kRulesCommand,  &kConfigCheckCommand,
    &kConfigTryCommand, &kRebuildCommand, &kDoctorCommand};
}  // namespace

std::span<const CommandRow* const> command_table() { return kTable; }

}  // namespace baosong::daemon
