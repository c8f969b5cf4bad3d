#include "daemon/service/trouble.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "daemon/limits.hpp"
#include "daemon/log.hpp"

namespace baosong::daemon {
namespace {

constexpr double kSpread = 0.1;  // of the time, to either side

std::chrono::seconds backoff(unsigned failures) {
  auto wait = limits::kFirstRetry;
  for (unsigned i = 1; i < failures && wait < limits::kLastRetry; ++i) wait *= 2;
  return std::min(wait, limits::kLastRetry);
}

}  // namespace

void Trouble::failed(const Error& error, Steady::time_point now, std::chrono::seconds least,
                     const Zone& zone) {
  if (failures_ == 0) since_ = now;
  ++failures_;
  // What was asked for is spread to one side only.
  const auto spread_up = [](std::chrono::seconds time) { return time / 10 + spread(time); };
  const auto wait =
      std::max({least, std::chrono::ceil<std::chrono::seconds>(spread(backoff(failures_))),
                std::chrono::ceil<std::chrono::seconds>(spread_up(error.retry_after))});
  again_ = now + wait;
  if (error.message == message_) return;
  message_ = error.message;
  const auto at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + wait;
  log::warning("{}未成功：{}；{}再试", what_, log::text_of(error), clock_text(at, zone));
}

void Trouble::well(Steady::time_point now) {
  if (failures_ == 0) return;
  log::notice("{}已恢复正常（中断{}，其间试过{}次）", what_,
              duration_text(std::chrono::floor<std::chrono::seconds>(now - since_)), failures_);
  failures_ = 0;
  message_.clear();
  again_ = {};
}

std::chrono::milliseconds spread(std::chrono::milliseconds time) {
  static std::minstd_rand random{std::random_device{}()};
  std::uniform_real_distribution<double> share(1 - kSpread, 1 + kSpread);
  return std::chrono::round<std::chrono::milliseconds>(
      std::chrono::duration<double, std::milli>(time) * share(random));
}

std::string duration_text(std::chrono::seconds time) {
  const auto seconds = time.count();
  if (seconds < 60) return fmt::format("{}秒", seconds);
  if (seconds < 3600) return fmt::format("{}分钟", seconds / 60);
  const auto minutes = seconds % 3600 / 60;
  return minutes == 0 ? fmt::format("{}小时", seconds / 3600)
                      : fmt::format("{}小时{}分钟", seconds / 3600, minutes);
}

std::string clock_text(Time time, const Zone& zone) {
  const Civil at = civil(time, zone);
  return fmt::format("{:02}:{:02}:{:02}", at.hour, at.minute, at.second);
}

}  // namespace baosong::daemon
