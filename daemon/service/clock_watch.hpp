// Notices that somebody set the wall clock while the service ran.
#pragma once

#include <chrono>

#include "parsers/base/time.hpp"

namespace baosong::daemon {

class ClockWatch {
 public:
  using Steady = std::chrono::steady_clock;

  // How far the wall clock was set since the last call: negative when back, zero when it kept pace
  // within kTolerance (a clock that is slewed, the second that Time cuts off). The first call has
  // nothing to compare with.
  std::chrono::seconds jump(Time wall, Steady::time_point steady) {
    const bool first = wall_ == Time{};
    const auto walked = wall - wall_;
    const auto ran = std::chrono::floor<std::chrono::seconds>(steady - steady_);
    wall_ = wall;
    steady_ = steady;
    if (first) return std::chrono::seconds(0);
    const auto by = walked - ran;
    return by < -kTolerance || by > kTolerance ? by : std::chrono::seconds(0);
  }

  static constexpr std::chrono::seconds kTolerance{5};

 private:
  Time wall_{};
  Steady::time_point steady_{};
};

}  // namespace baosong::daemon
