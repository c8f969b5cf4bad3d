#include "daemon/service/loop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "daemon/limits.hpp"
#include "daemon/log.hpp"
#include "daemon/pulse.hpp"

namespace baosong::daemon {

Loop::Loop(House house, ConfigSource source, Clock clock, const Signals& signals)
    : house_(std::move(house)), source_(std::move(source)), clock_(clock), signals_(signals) {
  watch_posts();
}

// A mailbox that stays keeps its history; a new one is looked into at once.
void Loop::watch_posts() {
  std::vector<Watch> watches;
  for (const Post& post : house_.posts) {
    const std::string name = post.mailbox->name();
    const auto known = std::ranges::find(watches_, name, &Watch::name);
    if (known == watches_.end()) {
      watches.push_back({name, Trouble(fmt::format("收信（{}）", name)), {}, {}});
      continue;
    }
    watches.push_back(std::move(*known));
    watches.back().next = std::min(watches.back().next, Steady::now() + post.settings.poll);
  }
  watches_ = std::move(watches);
}

Result<void> Loop::run() {
  const Settings& settings = house_.config.settings;
  log::notice("服务已启动：报送 {}，通知 {}，收信 {}，发信 {}，状态目录 {}", BAOSONG_VERSION,
              house_.config.notice.id, house_.posts.front().mailbox->name(), settings.outbox.url,
              settings.state);
  if (auto opened = open_state(); !opened) return opened;
  notifier_.ready(status());
  while (!Signals::stop_asked()) {
    if (Signals::take_reload()) reload();
    if (!house_.has_state() && state_.again() <= Steady::now()) {
      if (auto opened = open_state(); !opened) return opened;
    }
    if (house_.has_state()) {
      if (auto done = turn(); !done) return done;
    }
    notifier_.status(status());
    pulse::beat();
    if (!Signals::stop_asked()) signals_.wait(until_next(Steady::now()));
  }
  notifier_.stopping();
  log::notice("服务正在停止");
  return {};
}

// An error only when trying again is of no use.
Result<void> Loop::open_state() {
  auto opened = house_.open_state();
  if (!opened && !opened.error().may_retry()) return opened;
  if (!opened) {
    state_.failed(opened.error(), Steady::now(), limits::kFirstRetry, house_.config.notice.zone);
  } else {
    state_.well(Steady::now());
  }
  return {};
}

Result<void> Loop::turn() {
  const Turn turn =
      take_turn(house_, clock_, plan(Steady::now()), [] { return Signals::stop_asked(); });
  if (turn.did_something()) log::info("{}", turn.summary());
  // A stop ends exchanges early; that is no trouble to speak of.
  return Signals::stop_asked() ? Result<void>() : take_note(turn);
}

TurnPlan Loop::plan(Steady::time_point now) const {
  TurnPlan plan;
  for (std::size_t i = 0; i < watches_.size(); ++i) {
    if (watches_[i].next <= now) plan.posts.push_back(i);
  }
  plan.work = work_.again() <= now;
  plan.send = send_.again() <= now;
  return plan;
}

Result<void> Loop::take_note(const Turn& turn) {
  const auto now = Steady::now();
  const Zone& zone = house_.config.notice.zone;
  for (const StepResult& step : turn.steps) {
    if (step.error && is_damage(*step.error)) {
      // Is it the file, or was it a moment of the disk's?
      if (auto checked = house_.store->check(); !checked && is_damage(checked.error())) {
        return checked;
      }
    }
    if (step.step == Step::kReceive) {
      Watch& watch = watches_[step.post];
      const auto poll = house_.posts[step.post].settings.poll;
      if (step.error) {
        watch.trouble.failed(*step.error, now, poll, zone);
        watch.next = watch.trouble.again();
      } else {
        watch.trouble.well(now);
        watch.next = now + poll;
        watch.last_success = clock_.now();
      }
      continue;
    }
    Trouble& trouble = step.step == Step::kWork ? work_ : send_;
    if (step.error) {
      trouble.failed(*step.error, now, limits::kFirstRetry, zone);
    } else {
      trouble.well(now);
    }
  }
  return {};
}

void Loop::reload() {
  notifier_.reloading();
  Config fresh = load_config(source_.file, source_.set);
  if (!fresh.faults.empty()) {
    for (const rules::Fault& fault : fresh.faults) log::error("{}", rules::to_text(fault));
    log::error("新配置有{}处需要修改，未采用，继续使用原配置", fresh.faults.size());
  } else if (auto taken = house_.refurnish(std::move(fresh)); !taken) {
    log::error("新配置未采用，继续使用原配置：{}", log::text_of(taken.error()));
  } else {
    watch_posts();
    log::notice("新配置已采用");
  }
  notifier_.ready(status());
}

std::chrono::milliseconds Loop::until_next(Steady::time_point now) const {
  auto next = now + limits::kLongestWait;
  for (const Watch& watch : watches_) next = std::min(next, watch.next);
  if (state_.there()) next = std::min(next, state_.again());
  if (work_.there()) next = std::min(next, work_.again());
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - now);
  return std::clamp(wait, std::chrono::milliseconds(0), Notifier::beat_every());
}

std::string Loop::status() const {
  for (const Trouble* trouble : {&state_, &work_, &send_}) {
    if (trouble->there()) return trouble->message();
  }
  std::optional<Time> last;
  for (const Watch& watch : watches_) {
    if (watch.trouble.there()) return watch.trouble.message();
    if (watch.last_success) last = std::max(last.value_or(Time{}), *watch.last_success);
  }
  if (!last) return "尚未收信";
  return fmt::format("正常，上次收信 {}", clock_text(*last, house_.config.notice.zone));
}

}  // namespace baosong::daemon
