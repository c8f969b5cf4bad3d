#include "daemon/service/notify.hpp"

#include <fmt/format.h>
#include <systemd/sd-daemon.h>

#include <cstdint>
#include <ctime>
#include <string>

#include "daemon/pulse.hpp"

namespace baosong::daemon {
namespace {

using Steady = std::chrono::steady_clock;

// The watchdog as systemd asked for it; zero: none.
struct Watchdog {
  std::chrono::microseconds every{0};
  Steady::time_point last{};
};
Watchdog watchdog;

// A failure to tell systemd has no remedy here.
void tell(const std::string& state) { ::sd_notify(0, state.c_str()); }

}  // namespace

Notifier::Notifier() {
  std::uint64_t limit = 0;
  if (::sd_watchdog_enabled(0, &limit) > 0) {
    watchdog.every = std::chrono::microseconds(limit / 4);
    pulse::install(&Notifier::beat);
  }
}

Notifier::~Notifier() {
  pulse::install(nullptr);
  watchdog = {};
}

void Notifier::beat() {
  const auto now = Steady::now();
  if (now - watchdog.last < watchdog.every) return;
  watchdog.last = now;
  tell("WATCHDOG=1");
}

std::chrono::milliseconds Notifier::beat_every() {
  if (watchdog.every.count() == 0) return std::chrono::hours(1);
  return std::chrono::duration_cast<std::chrono::milliseconds>(watchdog.every);
}

void Notifier::ready(std::string_view status) { tell(fmt::format("READY=1\nSTATUS={}", status)); }

void Notifier::reloading() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  tell(fmt::format("RELOADING=1\nMONOTONIC_USEC={}",
                   std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000));
}

void Notifier::stopping() { tell("STOPPING=1"); }

void Notifier::status(std::string_view status) { tell(fmt::format("STATUS={}", status)); }

}  // namespace baosong::daemon
