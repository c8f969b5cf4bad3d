// A command is one file in this folder and one row in command_table() (table.cpp). --help, the man
// page's test, the shell completion and the parser all read the same rows.
//
//   Result<Exit> run_parts(const Invocation& invocation);   // in parts.cpp
//   constexpr OptionRow kPartsOptions[] = {{"brief", "", "names only"}};
//   extern constinit const CommandRow kPartsCommand{"parts", "FILE…", "…", kPartsOptions, 1, kMany,
//   run_parts};
#pragma once

#include <cstddef>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/base/result.hpp"
#include "parsers/base/time.hpp"

namespace baosong::daemon {

// The exit status of the program.
enum class Exit : int {
  kDone = 0,
  kFaults = 1,  // something was checked and is not as it should be
  kUsage = 2,   // wrong usage or config
  kWorld = 3,   // disk, network, memory … or a bug of ours
};
// Which status an Error ends the program with.
Exit exit_for(ErrorKind kind);

struct OptionRow {
  std::string_view name;      // without the dashes: "unit"
  std::string_view argument;  // "ID"; empty: a flag
  std::string_view summary;   // one line of English
};

// What stood on the command line, after the command's name.
struct Invocation {
  // Options that every command takes.
  std::string config;            // --config FILE; empty: see load_config()
  std::optional<Time> now;       // --now RFC3339: the clock stands still
  std::vector<std::string> set;  // --set KEY=VALUE, in order
  bool json = false;             // --json

  // The command's own. A flag that is given has an empty value.
  std::map<std::string, std::string, std::less<>> options;
  std::vector<std::string> operands;

  [[nodiscard]] bool has(std::string_view option) const { return options.contains(option); }
  // The value of an option, or `fallback` when it was not given.
  [[nodiscard]] std::string value(std::string_view option, std::string_view fallback = {}) const {
    const auto found = options.find(option);
    return found == options.end() ? std::string(fallback) : found->second;
  }
};

inline constexpr std::size_t kMany = std::numeric_limits<std::size_t>::max();

struct CommandRow {
  std::string_view name;      // "check"; two words for "config check"
  std::string_view operands;  // as --help shows them: "FILE…"; empty: none
  std::string_view summary;   // one line of English
  std::span<const OptionRow> options;
  std::size_t least = 0, most = 0;  // operands
  // Writes its answer to stdout. An Error is printed to stderr by main(), with its hint, and sets
  // the exit status; findings in the input are no Error but Exit::kFaults.
  Result<Exit> (*run)(const Invocation&);
};

// In the order in which --help lists them.
std::span<const CommandRow* const> command_table();

// Options of every command, --help and --version among them.
std::span<const OptionRow> global_options();

// The whole program but for main()'s net: parses, runs, prints errors, flushes stdout. `args` is
// without the program's name.
Exit run_program(std::span<const std::string> args);

struct Parsed {
  const CommandRow* command = nullptr;  // null: only when help or version is set
  Invocation invocation;
  bool help = false;
  bool version = false;
};
// Errors are kUsage, say what is wrong and the nearest word that would be right.
Result<Parsed> parse_command_line(std::span<const CommandRow* const> table,
                                  std::span<const std::string> args);

// The candidate most like `word`, when it is like enough to be meant; else empty.
std::string nearest(std::string_view word, std::span<const std::string_view> candidates);

std::string help_text(std::span<const CommandRow* const> table);
std::string help_text(const CommandRow& command);

// "错误：… \n提示：…" on stderr; the one way in which the program complains.
void print_error(const Error& error);

}  // namespace baosong::daemon
