#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/commands/command.hpp"

namespace baosong::daemon {
namespace {

constexpr std::array kGlobal{
    OptionRow{"config", "FILE",
              "settings file; without it /etc/baosong/baosong.toml, else the shipped one"},
    OptionRow{"now", "RFC3339", "let the clock stand at this moment (replays, tests)"},
    OptionRow{"set", "KEY=VALUE", "override one setting; may be repeated"},
    OptionRow{"json", "", "answer in JSON, one object a line"},
    OptionRow{"help", "", "show this text and exit"},
    OptionRow{"version", "", "show the version and exit"},
};

struct Match {
  const CommandRow* command = nullptr;
  std::vector<std::size_t> used;  // positions of the words that named it
};

// Where the words that are no options stand, as far as is known before the command is: an option
// that takes a value eats the next word. Options of every command are considered.
std::vector<std::size_t> plain_words(std::span<const CommandRow* const> table,
                                     std::span<const std::string> args) {
  const auto takes_value = [&](std::string_view name) {
    const auto same = [&](const OptionRow& row) {
      return row.name == name && !row.argument.empty();
    };
    return std::ranges::any_of(kGlobal, same) ||
           std::ranges::any_of(table, [&](const CommandRow* row) {
             return std::ranges::any_of(row->options, same);
           });
  };
  std::vector<std::size_t> words;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (args[i] == "--") break;
    if (args[i].starts_with("--")) {
      if (takes_value(std::string_view(args[i]).substr(2))) ++i;
    } else if (args[i].size() < 2 || args[i][0] != '-') {
      words.push_back(i);
    }
  }
  return words;
}

Match find_command(std::span<const CommandRow* const> table, std::span<const std::string> args,
                   std::span<const std::size_t> words) {
  if (words.empty()) return {};
  if (words.size() > 1) {
    const auto two = fmt::format("{} {}", args[words[0]], args[words[1]]);
    for (const auto* row : table) {
      if (row->name == two) return {row, {words[0], words[1]}};
    }
  }
  for (const auto* row : table) {
    if (row->name == args[words[0]]) return {row, {words[0]}};
  }
  return {};
}

tl::unexpected<Error> unknown_command(std::span<const CommandRow* const> table,
                                      std::span<const std::string> args,
                                      std::span<const std::size_t> words) {
  std::vector<std::string_view> names;
  std::string all;
  bool group = false;  // "config" alone: a word of its own that needs a second one
  for (const auto* row : table) {
    names.push_back(row->name);
    all += (all.empty() ? "" : "、") + std::string(row->name);
    group = group || row->name.starts_with(args[words[0]] + " ");
  }
  std::string given = args[words[0]];
  if (group && words.size() > 1) given += " " + args[words[1]];
  const auto like = nearest(given, names);
  return fail(
      ErrorKind::kUsage, fmt::format("没有名为“{}”的命令", given),
      like.empty() ? fmt::format("可用的命令：{}", all) : fmt::format("是不是要用“{}”？", like));
}

std::vector<OptionRow> options_of(const CommandRow* command) {
  std::vector<OptionRow> rows(kGlobal.begin(), kGlobal.end());
  if (command != nullptr) rows.insert(rows.end(), command->options.begin(), command->options.end());
  return rows;
}

// A name is wanted whole (Poco's OptionProcessor would take any beginning of it, in any case): a
// script must not break on the day an option is added.
const OptionRow* find_option(std::span<const OptionRow> rows, std::string_view argument) {
  if (!argument.starts_with("--")) return nullptr;
  const auto name = argument.substr(2, argument.find('=') - 2);
  const auto found = std::ranges::find(rows, name, &OptionRow::name);
  return found == rows.end() ? nullptr : &*found;
}

tl::unexpected<Error> unknown_option(std::span<const OptionRow> rows, const std::string& argument) {
  const auto name = argument.substr(0, argument.find('='));
  std::vector<std::string> dashed;
  for (const auto& row : rows) dashed.push_back(fmt::format("--{}", row.name));
  const std::vector<std::string_view> views(dashed.begin(), dashed.end());
  const auto like = nearest(name, views);
  return fail(ErrorKind::kUsage, fmt::format("不认识的选项“{}”", name),
              like.empty() ? "用 --help 查看可用的选项" : fmt::format("是不是要用“{}”？", like));
}

Result<bool> keep(Parsed& parsed, const std::string& name, const std::string& value) {
  auto& to = parsed.invocation;
  if (name == "config") {
    if (value.empty())
      return fail(ErrorKind::kUsage, "选项“--config”缺少文件名",
                  "例如 --config /etc/baosong/baosong.toml");
    to.config = value;
  } else if (name == "now") {
    to.now = parse_rfc3339(value);
    if (!to.now) {
      return fail(ErrorKind::kUsage, fmt::format("选项“--now”的值“{}”不是有效的时间", value),
                  "应写成 2022-10-24T16:00:00+08:00");
    }
  } else if (name == "set") {
    if (value.find('=') == std::string::npos || value.front() == '=') {
      return fail(ErrorKind::kUsage, fmt::format("选项“--set”的值“{}”不是 KEY=VALUE 的形式", value),
                  "例如 --set mailbox.url=maildir:/srv/mail");
    }
    to.set.push_back(value);
  } else if (name == "json") {
    to.json = true;
  } else if (name == "help") {
    parsed.help = true;
  } else if (name == "version") {
    parsed.version = true;
  } else {
    to.options.insert_or_assign(name, value);
  }
  return true;
}

Result<bool> check_operands(const Parsed& parsed) {
  const auto count = parsed.invocation.operands.size();
  const auto& row = *parsed.command;
  if (count < row.least) {
    return fail(ErrorKind::kUsage, fmt::format("命令“{}”缺少参数", row.name),
                fmt::format("用法：baosong {} {}", row.name, row.operands));
  }
  if (count > row.most) {
    return fail(
        ErrorKind::kUsage,
        fmt::format("命令“{}”不需要参数“{}”", row.name, parsed.invocation.operands[row.most]),
        fmt::format("用法：baosong {}{}{}", row.name, row.operands.empty() ? "" : " ",
                    row.operands));
  }
  return true;
}

}  // namespace

std::span<const OptionRow> global_options() { return kGlobal; }

Result<Parsed> parse_command_line(std::span<const CommandRow* const> table,
                                  std::span<const std::string> args) {
  const auto words = plain_words(table, args);
  const auto match = find_command(table, args, words);
  Parsed parsed;
  parsed.command = match.command;
  const auto rows = options_of(match.command);

  bool only_operands = false;
  for (std::size_t i = 0; i < args.size(); ++i) {
    if (std::ranges::find(match.used, i) != match.used.end()) continue;
    const auto& argument = args[i];
    if (only_operands || argument.size() < 2 || argument[0] != '-') {
      parsed.invocation.operands.push_back(argument);
      continue;
    }
    if (argument == "--") {
      only_operands = true;
      continue;
    }
    const auto* row = find_option(rows, argument);
    if (row == nullptr) {
      if (match.command == nullptr && !words.empty()) return unknown_command(table, args, words);
      return unknown_option(rows, argument);
    }
    const auto equals = argument.find('=');
    std::string value;
    if (row->argument.empty()) {
      if (equals != std::string::npos) {
        return fail(ErrorKind::kUsage, fmt::format("选项“--{}”不带值", row->name),
                    fmt::format("写成 --{}", row->name));
      }
    } else if (equals != std::string::npos) {
      value = argument.substr(equals + 1);
    } else if (++i < args.size()) {
      value = args[i];
    } else {
      return fail(ErrorKind::kUsage, fmt::format("选项“--{}”缺少它的值", row->name),
                  fmt::format("写成 --{} {}", row->name, row->argument));
    }
    if (auto kept = keep(parsed, std::string(row->name), value); !kept) {
      return tl::unexpected(kept.error());
    }
  }
  if (parsed.help || parsed.version) return parsed;
  if (parsed.command == nullptr) {
    if (!words.empty()) return unknown_command(table, args, words);
    return fail(ErrorKind::kUsage, "没有给出命令", "用 baosong --help 查看可用的命令");
  }
  if (auto right = check_operands(parsed); !right) return tl::unexpected(right.error());
  return parsed;
}

}  // namespace baosong::daemon
