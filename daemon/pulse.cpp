#include "daemon/pulse.hpp"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <ctime>

namespace baosong::daemon::pulse {
namespace {

// Written by a signal handler.
static_assert(std::atomic<std::int64_t>::is_always_lock_free);
std::atomic<std::int64_t> give_up_at{0};  // milliseconds of the steady clock; 0: no stop was asked
Beat listener = nullptr;

// clock_gettime() may be called in a signal handler; std::chrono does not promise it.
std::int64_t steady_milliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace

void beat() {
  if (listener != nullptr) listener();
}

bool stopping() { return give_up_at.load() != 0; }

std::chrono::milliseconds patience(std::chrono::milliseconds wanted) {
  const std::int64_t end = give_up_at.load();
  if (end == 0) return wanted;
  const std::chrono::milliseconds left{std::max<std::int64_t>(0, end - steady_milliseconds())};
  return std::min(wanted, left);
}

void install(Beat beat) { listener = beat; }

void ask_to_stop(std::chrono::milliseconds grace) {
  std::int64_t none = 0;
  // A second signal does not lengthen the grace.
  give_up_at.compare_exchange_strong(none, steady_milliseconds() + grace.count());
}

void forget_stop() { give_up_at.store(0); }

}  // namespace baosong::daemon::pulse
