#include <fmt/format.h>

#include <cstdio>

#include "daemon/commands/command.hpp"

namespace baosong::daemon {
namespace {

Result<Exit> parse_and_run(std::span<const std::string> args) {
  const auto table = command_table();
  auto parsed = parse_command_line(table, args);
  if (!parsed) return tl::unexpected(parsed.error());
  if (parsed->help) {
    fmt::print("{}", parsed->command != nullptr ? help_text(*parsed->command) : help_text(table));
    return Exit::kDone;
  }
  if (parsed->version) {
    fmt::print("baosong {}\n", BAOSONG_VERSION);
    return Exit::kDone;
  }
  return parsed->command->run(parsed->invocation);
}

}  // namespace

Exit exit_for(ErrorKind kind) {
  return kind == ErrorKind::kUsage || kind == ErrorKind::kConfig ? Exit::kUsage : Exit::kWorld;
}

void print_error(const Error& error) {
  fmt::print(stderr, "错误：{}\n", error.message);
  if (!error.hint.empty()) fmt::print(stderr, "提示：{}\n", error.hint);
}

Exit run_program(std::span<const std::string> args) {
  const auto ended = parse_and_run(args);
  // An answer that did not reach the disk or the pipe was not given.
  const bool written = std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
  if (!ended) {
    print_error(ended.error());
    return exit_for(ended.error().kind);
  }
  if (!written) {
    print_error({ErrorKind::kTransient, "结果没有写完：标准输出写入失败", "请检查磁盘空间或管道"});
    return Exit::kWorld;
  }
  return *ended;
}

}  // namespace baosong::daemon
