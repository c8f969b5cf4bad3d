#include "daemon/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <utility>

namespace baosong::daemon {
namespace {

bool is_terminal() {
  const char* term = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && term != nullptr && std::strcmp(term, "dumb") != 0;
}

std::string duration(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole < 60) return fmt::format("{} 秒", whole);
  if (whole < 3600) return fmt::format("{} 分 {} 秒", whole / 60, whole % 60);
  return fmt::format("{} 小时 {} 分", whole / 3600, whole % 3600 / 60);
}

}  // namespace

Progress::Progress(std::string what, std::string each, std::size_t total)
    : what_(std::move(what)),
      each_(std::move(each)),
      total_(total),
      terminal_(is_terminal()),
      start_(Clock::now()),
      last_(start_) {}

Progress::~Progress() { clear(); }

std::string Progress::line(const std::string& what, const std::string& each, std::size_t done,
                           std::size_t total, std::chrono::milliseconds elapsed) {
  const double seconds = static_cast<double>(elapsed.count()) / 1000.0;
  std::string out = total > 0
                        ? fmt::format("{} {}/{}（{}%）", what, done, total, done * 100 / total)
                        : fmt::format("{} {}", what, done);
  if (done == 0 || seconds <= 0) return out;
  const double rate = static_cast<double>(done) / seconds;
  out += fmt::format("，{:.1f} {}/秒", rate, each);
  if (total > done)
    out += fmt::format("，约剩 {}", duration(static_cast<double>(total - done) / rate));
  return out;
}

void Progress::advance(std::size_t n) {
  done_ += n;
  if (!terminal_) return;
  const auto now = Clock::now();
  if (drawn_ && now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  drawn_ = true;
  const auto elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - start_);
  fmt::print(stderr, "\r\x1b[K{}", line(what_, each_, done_, total_, elapsed));
  std::fflush(stderr);
}

void Progress::clear() {
  if (!drawn_) return;
  drawn_ = false;
  std::fputs("\r\x1b[K", stderr);
  std::fflush(stderr);
}

}  // namespace baosong::daemon
