// The loop towards the outside: reload, endpoint, gauges, what systemd is told.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "daemon/limits.hpp"
#include "daemon/log.hpp"
#include "daemon/service/loop.hpp"

namespace baosong::daemon {

void Loop::reload() {
  notifier_.reloading();
  Config fresh = load_config(source_.file, source_.set);
  const std::string address = house_.config.settings.service.metrics;
  if (!fresh.faults.empty()) {
    for (const rules::Fault& fault : fresh.faults) log::error("{}", rules::to_text(fault));
    log::error("新配置有{}处需要修改，未采用，继续使用原配置", fresh.faults.size());
    ++gauges_.refused_reloads;
  } else if (auto taken = house_.refurnish(std::move(fresh)); !taken) {
    log::error("新配置未采用，继续使用原配置：{}", log::text_of(taken.error()));
    ++gauges_.refused_reloads;
  } else {
    const Settings& settings = house_.config.settings;
    log::open(*log::find_level(settings.service.log), house_.config.notice.zone);
    watch_posts();
    // Whoever changed the configuration may have mended what failed.
    for (Trouble* trouble : {&state_, &work_, &send_, &port_}) trouble->hurry();
    for (Watch& watch : watches_) watch.next = {};
    if (settings.service.metrics != address) open_endpoint();
    ++gauges_.reloads;
    log::notice("新配置已采用");
  }
  notifier_.ready(status());
}

void Loop::open_endpoint() {
  endpoint_.reset();
  const std::string& address = house_.config.settings.service.metrics;
  if (address.empty()) {
    port_.well(Steady::now());
    return;
  }
  auto opened = Endpoint::open(address, board_);
  if (!opened) {
    port_.failed(opened.error(), Steady::now(), limits::kFirstRetry, house_.config.notice.zone);
    return;
  }
  port_.well(Steady::now());
  endpoint_ = std::move(*opened);
  log::notice("监控：http://{}/metrics 和 /health", address);
}

void Loop::show() {
  notifier_.status(status());
  if (!endpoint_) return;
  gauges_.state = house_.config.settings.state;
  gauges_.posts.clear();
  for (const Watch& watch : watches_) gauges_.posts.push_back(watch.gauges);
  if (house_.has_state()) {
    if (auto figures = house_.store->figures()) gauges_.store = *figures;
    if (auto censuses = house_.store->censuses()) {
      for (const Census& census : *censuses) {
        const auto post = std::ranges::find(gauges_.posts, census.mailbox, &PostGauges::name);
        if (post != gauges_.posts.end()) post->difference = census.shown - census.kept;
      }
    }
  }
  gauges_.outbox_trouble = outbox_trouble();
  gauges_.state_trouble = state_.there() ? state_.message() : work_.message();
  board_.put(gauges_);
}

// Why no letter leaves; empty: they do.
std::string Loop::outbox_trouble() {
  if (send_.there()) return send_.message();
  if (!house_.has_state()) return {};
  const auto pause = house_.store->pause();
  if (!pause || !*pause || (*pause)->until <= clock_.now()) return {};
  return fmt::format("{}（到{}）", (*pause)->reason,
                     clock_text((*pause)->until, house_.config.notice.zone));
}

std::string Loop::status() const {
  for (const Trouble* trouble : {&state_, &work_, &send_}) {
    if (trouble->there()) return log::printable(trouble->message());
  }
  std::optional<Steady::time_point> last;
  for (const Watch& watch : watches_) {
    if (watch.trouble.there()) return log::printable(watch.trouble.message());
    if (watch.gauges.last_success)
      last = std::max(last.value_or(Steady::time_point::min()), *watch.gauges.last_success);
  }
  if (!last) return "尚未收信";
  const auto at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now() -
                                                           (Steady::now() - *last));
  return fmt::format("正常，上次收信 {}", clock_text(at, house_.config.notice.zone));
}

}  // namespace baosong::daemon
