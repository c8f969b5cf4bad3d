// One thing of the world that may fail again and again (a mailbox, the store, the outbox): said
// once when it begins or changes, said once when it is over, and tried again after longer and
// longer times. Thread rule: belongs to one thread.
#pragma once

#include <chrono>
#include <string>

#include "parsers/base/result.hpp"
#include "parsers/base/time.hpp"

namespace baosong::daemon {

class Trouble {
 public:
  using Steady = std::chrono::steady_clock;

  // `what` is what a line begins with: "收信（maildir:/srv/mail）".
  explicit Trouble(std::string what) : what_(std::move(what)) {}

  // Logs one line unless it only says the last one again. The next try is due after a time that
  // doubles with each failure and is spread, so that many services do not come at once; never
  // sooner than `least` or than the error asks for.
  void failed(const Error& error, Steady::time_point now, std::chrono::seconds least,
              const Zone& zone);
  // Logs one line when there was trouble.
  void well(Steady::time_point now);

  // Somebody may have mended it: the next try is due now.
  void hurry() { again_ = {}; }

  [[nodiscard]] bool there() const { return failures_ > 0; }
  [[nodiscard]] unsigned failures() const { return failures_; }
  [[nodiscard]] const std::string& message() const { return message_; }
  // When the next try is due; long past when there is no trouble.
  [[nodiscard]] Steady::time_point again() const { return again_; }

 private:
  std::string what_;
  std::string message_;
  unsigned failures_ = 0;
  Steady::time_point since_{}, again_{};
};

// A tenth more or less than `time`, by chance: many clients of one server must not come at once.
std::chrono::milliseconds spread(std::chrono::milliseconds time);

// "45秒", "5分钟", "2小时10分钟"
std::string duration_text(std::chrono::seconds time);
// "16:00:05" on a clock of `zone`.
std::string clock_text(Time time, const Zone& zone);

}  // namespace baosong::daemon
