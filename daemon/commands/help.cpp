#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "daemon/commands/command.hpp"

namespace baosong::daemon {
namespace {

std::string dashed(const OptionRow& row) {
  return row.argument.empty() ? fmt::format("--{}", row.name)
                              : fmt::format("--{} {}", row.name, row.argument);
}

void list_options(std::string& out, std::span<const OptionRow> rows) {
  for (const auto& row : rows) {
    fmt::format_to(std::back_inserter(out), "  {:<20}  {}\n", dashed(row), row.summary);
  }
}

}  // namespace

std::string help_text(std::span<const CommandRow* const> table) {
  std::string out = "usage: baosong COMMAND [OPTION…] [OPERAND…]\n\nCommands:\n";
  for (const auto* row : table) {
    fmt::format_to(std::back_inserter(out), "  {:<20}  {}\n", row->name, row->summary);
  }
  out += "\nOptions of every command:\n";
  list_options(out, global_options());
  out +=
      "\n'baosong COMMAND --help' tells more about one command.\n"
      "Exit status: 0 done, 1 faults found, 2 wrong usage or config, 3 the world failed.\n";
  return out;
}

std::string help_text(const CommandRow& command) {
  std::string out =
      fmt::format("usage: baosong {} [OPTION…]{}{}\n\n{}\n", command.name,
                  command.operands.empty() ? "" : " ", command.operands, command.summary);
  if (!command.options.empty()) {
    out += "\nOptions:\n";
    list_options(out, command.options);
  }
  out += "\nOptions of every command:\n";
  list_options(out, global_options());
  return out;
}

}  // namespace baosong::daemon
