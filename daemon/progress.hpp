// How far long work has come, on the terminal: "读取邮件 12/40（30%），8.1 封/秒，约剩 4 秒".
// Writes to stderr, only when that is a terminal, at most ten times a second, and wipes its line
// when it is done: in a pipe or a journal nothing appears.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace baosong::daemon {

class Progress {
 public:
  // `what` is said in front of the numbers ("读取邮件"), `each` after the rate ("封").
  // total 0: unknown; then no share and no time left are shown.
  Progress(std::string what, std::string each, std::size_t total);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // `n` more are done. Thread rule: one thread.
  void advance(std::size_t n = 1);
  // Wipes the line so that something else can be printed; the next advance() draws it again.
  void clear();

  // The line itself, without a clock and a terminal.
  static std::string line(const std::string& what, const std::string& each, std::size_t done,
                          std::size_t total, std::chrono::milliseconds elapsed);

 private:
  using Clock = std::chrono::steady_clock;

  std::string what_, each_;
  std::size_t total_, done_ = 0;
  bool terminal_, drawn_ = false;
  Clock::time_point start_, last_;
};

}  // namespace baosong::daemon
