#include "daemon/service/loop.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "daemon/limits.hpp"
#include "daemon/log.hpp"
#include "daemon/pulse.hpp"
#include "daemon/service/read_anew.hpp"

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
    const auto known =
        std::ranges::find(watches_, name, [](const Watch& watch) { return watch.gauges.name; });
    if (known == watches_.end()) {
      watches.push_back({Trouble(fmt::format("收信（{}）", name)), {}, {}});
      watches.back().gauges.name = name;
    } else {
      watches.push_back(std::move(*known));
      watches.back().next = std::min(watches.back().next, Steady::now() + post.settings.poll);
    }
    watches.back().gauges.poll = post.settings.poll;
  }
  watches_ = std::move(watches);
}

Result<void> Loop::run() {
  const Settings& settings = house_.config.settings;
  std::vector<std::string> names;
  for (const Post& post : house_.posts) names.push_back(post.mailbox->name());
  log::notice("服务已启动：报送 {}，通知 {}，收信 {}，发信 {}，状态目录 {}", BAOSONG_VERSION,
              house_.config.notice.id, fmt::join(names, "、"), settings.outbox.url, settings.state);
  gauges_.started = Steady::now();
  if (auto opened = open_state(); !opened) return opened;
  open_endpoint();
  notifier_.ready(status());
  while (!Signals::stop_asked()) {
    if (Signals::take_reload()) reload();
    const auto now = Steady::now();
    if (!house_.has_state() && state_.again() <= now) {
      if (auto opened = open_state(); !opened) return opened;
    }
    if (port_.there() && port_.again() <= now) open_endpoint();
    heed_clock();
    if (auto done = bring_up_to_date(); !done) return done;
    if (house_.has_state()) {
      if (auto done = turn(); !done) return done;
    }
    show();
    pulse::beat();
    if (!Signals::stop_asked()) wait();
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

// After an upgrade, and when systemd has been told that we are there: it may take long.
Result<void> Loop::bring_up_to_date() {
  if (up_to_date_ || !house_.has_state() || Signals::stop_asked()) return {};
  notifier_.status("正在由邮件存档重新读取");
  const auto done = read_anew(house_, clock_, [] { return Signals::stop_asked(); });
  up_to_date_ = done.has_value();
  if (up_to_date_ || Signals::stop_asked()) return {};
  if (!done.error().may_retry()) return tl::unexpected(done.error());
  state_.failed(done.error(), Steady::now(), limits::kFirstRetry, house_.config.notice.zone);
  return {};
}

Result<void> Loop::turn() {
  const auto start = Steady::now();
  gauges_.turn_since = start;
  board_.put(gauges_);
  const Turn turn = take_turn(house_, clock_, plan(start), [] { return Signals::stop_asked(); });
  gauges_.turn_since.reset();
  gauges_.turns.add(Steady::now() - start);
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
  plan.digest = true;
  plan.send = send_.again() <= now;
  return plan;
}

Result<void> Loop::take_note(const Turn& turn) {
  const auto now = Steady::now();
  for (const StepResult& step : turn.steps) {
    if (step.error && is_damage(*step.error)) {
      // Is it the file, or was it a moment of the disk's?
      if (auto checked = house_.store->check(); !checked && is_damage(checked.error())) {
        return checked;
      }
    }
    if (step.step == Step::kReceive) {
      take_note_of_post(step, now);
      continue;
    }
    Trouble& trouble = step.step == Step::kWork ? work_ : send_;
    if (step.error) {
      trouble.failed(*step.error, now, limits::kFirstRetry, house_.config.notice.zone);
    } else {
      trouble.well(now);
    }
  }
  return {};
}

void Loop::take_note_of_post(const StepResult& step, Steady::time_point now) {
  Watch& watch = watches_[step.post];
  const auto poll = house_.posts[step.post].settings.poll;
  ++watch.gauges.polls;
  if (step.error) {
    ++watch.gauges.failures;
    watch.trouble.failed(*step.error, now, poll, house_.config.notice.zone);
    watch.next = watch.trouble.again();
  } else {
    watch.trouble.well(now);
    watch.next = next_look(step.post, now);
    watch.gauges.last_success = now;
  }
  watch.gauges.trouble = watch.trouble.message();
}

void Loop::heed_clock() {
  if (clock_.fixed()) return;
  const auto by = clock_watch_.jump(clock_.now(), Steady::now());
  if (by.count() == 0) return;
  log::notice("系统时间{}调整了{}", by.count() < 0 ? "向后" : "向前",
              duration_text(std::chrono::abs(by)));
  if (by.count() > 0 || !house_.has_state()) return;
  // What was to leave in five minutes must not wait for a day. Set forward, it leaves at once,
  // which does no harm.
  if (auto shifted = house_.store->shift_due(by); !shifted) {
    work_.failed(shifted.error(), Steady::now(), limits::kFirstRetry, house_.config.notice.zone);
  }
}

std::chrono::milliseconds Loop::until_next(Steady::time_point now) const {
  auto next = now + limits::kLongestWait;
  for (const Watch& watch : watches_) next = std::min(next, watch.next);
  for (const Trouble* trouble : {&state_, &work_, &send_, &port_}) {
    if (trouble->there()) next = std::min(next, trouble->again());
  }
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(next - now);
  return std::clamp(wait, std::chrono::milliseconds(0), Notifier::beat_every());
}

}  // namespace baosong::daemon
