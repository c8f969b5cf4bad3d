// SIGTERM and SIGINT ask the process to end, SIGHUP to read its configuration again.
//
// The end is promised within ten seconds, wherever the program is: what is between two mails ends
// at once, an exchange with a server gets kStopGrace to come to its end, and a step that still goes
// on at kStopAtLast is cut off. Cutting is safe: every step of the pipeline may be the last before
// a crash (docs/ARCHITECTURE.md).
#pragma once

#include <array>
#include <chrono>
#include <csignal>
#include <span>

namespace baosong::daemon {

inline constexpr std::chrono::seconds kStopGrace{5};
inline constexpr std::chrono::seconds kStopAtLast{8};

// Thread rule: one at a time, made and destroyed by the main thread, which does the waiting; other
// threads block these signals. Destroyed, it restores what was before: tests run commands in one
// process.
class Signals {
 public:
  Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals();

  [[nodiscard]] static bool stop_asked();
  // True once for all SIGHUPs since the last call.
  static bool take_reload();
  // Waits until the time is up, a signal came, or one of `sockets` can be read.
  void wait(std::chrono::milliseconds time, std::span<const int> sockets = {}) const;

 private:
  int wake_ = -1;
  std::array<struct sigaction, 6> before_{};
};

}  // namespace baosong::daemon
