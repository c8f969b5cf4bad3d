// baosong rebuild: throw the derived state away and replay the archive.
#include "daemon/rebuild.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdio>

#include "daemon/commands/command.hpp"
#include "daemon/commands/setup.hpp"
#include "daemon/disk.hpp"
#include "daemon/service/signals.hpp"

namespace baosong::daemon {
namespace {

std::string text_of(const Rebuilt& done) {
  std::string out;
  if (done.from_nothing) {
    out +=
        "原台账没有或已损坏，全部由邮件存档重建；已发过哪些信无从得知，所有回信都留待人工确认。\n";
  }
  out += fmt::format("重建完成：重新处理邮件{}封", done.mails);
  if (done.found > 0) out += fmt::format("，其中{}封原台账中没有", done.found);
  if (done.quarantined > 0) out += fmt::format("，{}封待人工查看", done.quarantined);
  out += done.held > 0 ? fmt::format("，{}封回信留待人工确认", done.held) : std::string();
  return out + "。原台账保留为 baosong.sqlite.before-rebuild。\n";
}

Result<Exit> run(const Invocation& invocation) {
  ::umask(077);
  const Signals signals;
  const auto config = config_for(invocation);
  if (!config) return tl::unexpected(config.error());
  const auto& state = config->settings.state;
  auto lock = InstanceLock::take(state + "/lock");
  if (!lock) {
    auto error = lock.error();
    if (error.may_retry()) error.hint = "请先停止服务：systemctl stop baosong";
    return tl::unexpected(error);
  }
  WorkerPool workers;
  workers.read_titles(config->settings.reader.reads_titles());
  const auto done = rebuild(state, {.notice = &config->notice,
                                    .templates = &config->templates,
                                    .workers = &workers,
                                    .clock = Clock(invocation.now),
                                    .settle = config->settings.outbox.settle,
                                    .stop = [] { return Signals::stop_asked(); }});
  if (!done) return tl::unexpected(done.error());
  if (invocation.json) {
    fmt::print("{{\"mails\":{},\"found\":{},\"quarantined\":{},\"held\":{},\"from_nothing\":{}}}\n",
               done->mails, done->found, done->quarantined, done->held, done->from_nothing);
  } else {
    fmt::print("{}", text_of(*done));
  }
  return Exit::kDone;
}

}  // namespace

extern constinit const CommandRow kRebuildCommand{
    "rebuild", "", "throw the derived state away and replay the archive", {}, 0, 0, run};

}  // namespace baosong::daemon
