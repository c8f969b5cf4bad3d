// baosong run: the service; with --once, what is there is handled and the program ends.
#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <cstdio>
#include <numeric>
#include <string>

#include "daemon/commands/command.hpp"
#include "daemon/commands/setup.hpp"
#include "daemon/log.hpp"
#include "daemon/service/loop.hpp"
#include "daemon/service/read_anew.hpp"

namespace baosong::daemon {
namespace {

Result<Exit> run_once(House house, const Clock& clock, bool fetch_only) {
  if (auto opened = house.open_state(); !opened) return tl::unexpected(opened.error());
  const auto stop = [] { return Signals::stop_asked(); };
  const auto again = read_anew(house, clock, stop);
  if (!again) return tl::unexpected(again.error());
  if (*again > 0) fmt::print("程序已升级，由存档重新读取邮件{}封\n", *again);
  TurnPlan plan{.posts = std::vector<std::size_t>(house.posts.size()),
                .work = !fetch_only,
                .digest = false,
                .send = !fetch_only};
  std::iota(plan.posts.begin(), plan.posts.end(), std::size_t{0});
  const Turn turn = take_turn(house, clock, plan, stop);
  std::string line = turn.summary(fetch_only);
  if (const auto pending = house.store->letters(LetterState::kPending);
      !fetch_only && pending && !pending->empty()) {
    line += fmt::format("，待发{}封", pending->size());
  }
  fmt::print("{}\n", line);
  std::fflush(stdout);
  // A stop ends exchanges early; that is no fault.
  if (Signals::stop_asked()) return Exit::kDone;
  if (const auto error = turn.first_error()) return tl::unexpected(*error);
  return Exit::kDone;
}

Result<Exit> run(const Invocation& invocation) {
  ::umask(077);
  const bool fetch_only = invocation.has("fetch-only");
  const bool once = invocation.has("once");
  if (fetch_only && !once) {
    return fail(ErrorKind::kUsage, "选项 --fetch-only 只能与 --once 同用",
                "应为“baosong run --once --fetch-only”");
  }
  const Signals signals;
  auto config = config_for(invocation);
  if (!config) return tl::unexpected(config.error());
  const Zone zone = config->notice.zone;
  auto house = House::open(std::move(*config));
  if (!house) return tl::unexpected(house.error());
  const Clock clock(invocation.now);
  if (once) return run_once(std::move(*house), clock, fetch_only);

  log::open(*log::find_level(house->config.settings.service.log), zone);
  Loop loop(std::move(*house), {invocation.config, invocation.set}, clock, signals);
  const auto ended = loop.run();
  log::close();
  if (!ended) return tl::unexpected(ended.error());
  return Exit::kDone;
}

constexpr std::array kOptions{
    OptionRow{"once", "", "handle what is there and exit"},
    OptionRow{"fetch-only", "", "with --once: receive and archive without deciding"},
};

}  // namespace

extern constinit const CommandRow kRunCommand{
    "run", "", "the service: watch the mailbox, judge what comes, answer it", kOptions, 0, 0, run};

}  // namespace baosong::daemon
