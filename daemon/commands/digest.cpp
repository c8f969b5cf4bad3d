// baosong digest: prints the day's digest; --send sends it to staff now.
#include "daemon/digest.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdio>

#include "daemon/commands/command.hpp"
#include "daemon/commands/setup.hpp"
#include "daemon/digest_commit.hpp"
#include "daemon/disk.hpp"
#include "daemon/outbox/send.hpp"
#include "daemon/store/store.hpp"

namespace baosong::daemon {
namespace {

// The moment that the digest speaks of: the end of the day that --date names, unless that is today.
Result<Time> digest_moment(const Invocation& invocation, const Zone& zone) {
  const Time now = moment_of(invocation);
  if (!invocation.has("date")) return now;
  const auto day = parse_date(invocation.value("date"));
  if (!day)
    return fail(ErrorKind::kUsage, fmt::format("“{}”不是日期", invocation.value("date")),
                "应写为 2022-10-24 的样子");
  if (*day == civil(now, zone).date) return now;
  Civil end;
  end.date = *day;
  end.hour = 23;
  end.minute = end.second = 59;
  const Time moment = from_civil(end, zone);
  if (moment > now) return fail(ErrorKind::kUsage, "这一天还没有到", "请给出今天或以前的日期");
  return moment;
}

Result<Exit> send(const Config& config, const DigestInput& input, Store& store) {
  const auto& settings = config.settings;
  if (settings.digest.to.empty()) {
    return fail(ErrorKind::kConfig, "没有设置接收每日情况的邮箱",
                "请在 baosong.toml 的 [digest] 中设置 to");
  }
  const auto added = commit_digest(store, config.templates, input, settings.digest.to);
  if (!added) return tl::unexpected<Error>(added.error());
  // A running service holds the lock and hands the letters over at its next turn.
  auto lock = InstanceLock::take(settings.state + "/lock");
  if (!lock) {
    fmt::print("已放入发件箱{}封，由正在运行的服务发出\n", *added);
    return Exit::kDone;
  }
  auto outbox = open_outbox(real_disk(), settings);
  if (!outbox) return tl::unexpected<Error>(outbox.error());
  SendCounts counts;
  const Sender sender{&store, outbox->get(), &config.notice, &settings};
  if (auto sent = sender.send_due(input.now, counts); !sent)
    return tl::unexpected<Error>(sent.error());
  fmt::print("已放入发件箱{}封，发出{}封{}\n", *added, counts.sent,
             counts.held > 0 ? fmt::format("，暂缓{}封", counts.held) : "");
  return Exit::kDone;
}

Result<Store> open_store(const Invocation& invocation, const Settings& settings) {
  if (!invocation.has("send")) return Store::open_reading(settings.state);
  if (auto made = make_directory(real_disk(), settings.state); !made)
    return tl::unexpected<Error>(made.error());
  return Store::open(settings.state + "/" + std::string(kStoreFile));
}

Result<Exit> run_digest(const Invocation& invocation) {
  if (invocation.has("html") && invocation.has("text")) {
    return fail(ErrorKind::kUsage, "--html 与 --text 只能用一个");
  }
  if (invocation.has("send") && invocation.has("date")) {
    return fail(ErrorKind::kUsage, "--send 发送的是当前情况，不能与 --date 同用");
  }
  const auto config = config_for(invocation);
  if (!config) return tl::unexpected<Error>(config.error());
  const auto moment = digest_moment(invocation, config->notice.zone);
  if (!moment) return tl::unexpected<Error>(moment.error());
  auto store = open_store(invocation, config->settings);
  if (!store) return tl::unexpected<Error>(store.error());
  const auto input = read_digest(*store, config->notice, *moment,
                                 invocation.has("date") ? Span::kUntilThen : Span::kAll);
  if (!input) return tl::unexpected<Error>(input.error());
  if (invocation.has("send")) return send(*config, *input, *store);

  const auto letter = make_digest(config->templates, *input, "");
  const auto said = invocation.has("html") ? letter.html : letter.subject + "\n\n" + letter.text;
  std::fwrite(said.data(), 1, said.size(), stdout);
  return Exit::kDone;
}

constexpr std::array kOptions{
    OptionRow{"date", "DATE", "the day, 2022-10-24; today when left out"},
    OptionRow{"html", "", "print the HTML form"},
    OptionRow{"text", "", "print the plain text (default)"},
    OptionRow{"send", "", "send it to digest.to now"},
};

}  // namespace

extern constinit const CommandRow kDigestCommand{
    "digest", "", "print the day's digest, or send it", kOptions, 0, 0, run_digest};

}  // namespace baosong::daemon
