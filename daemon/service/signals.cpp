#include "daemon/service/signals.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "daemon/pulse.hpp"

namespace baosong::daemon {
namespace {

std::atomic<int> wake_fd{-1};
std::atomic<bool> reload_asked{false};

// Everything below that a handler calls is on the list of signal-safety(7).
void wake() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t n = ::write(wake_fd.load(), &one, sizeof one);
}
void on_stop(int) {
  const int error = errno;
  pulse::ask_to_stop(kStopGrace);
  ::alarm(static_cast<unsigned>(kStopAtLast.count()));
  wake();
  errno = error;
}
void on_reload(int) {
  const int error = errno;
  reload_asked = true;
  wake();
  errno = error;
}
void on_last_moment(int) {
  constexpr std::string_view kSaid = "停止时有一步尚未结束，已中断，下次启动时接着做\n";
  [[maybe_unused]] const ssize_t n = ::write(STDERR_FILENO, kSaid.data(), kSaid.size());
  ::_exit(0);
}

struct SignalRow {
  int signal;
  void (*handler)(int);
};
// A full quota or a reader that went away is an error to report, not a reason to die.
const std::array kSignals{SignalRow{SIGTERM, on_stop},  SignalRow{SIGINT, on_stop},
                          SignalRow{SIGHUP, on_reload}, SignalRow{SIGALRM, on_last_moment},
                          SignalRow{SIGXFSZ, SIG_IGN},  SignalRow{SIGPIPE, SIG_IGN}};

}  // namespace

Signals::Signals() : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (wake_ < 0) throw std::runtime_error("no eventfd");
  wake_fd = wake_;
  reload_asked = false;
  pulse::forget_stop();
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    struct sigaction action{};
    action.sa_handler = kSignals[i].handler;
    action.sa_flags = SA_RESTART;
    ::sigaction(kSignals[i].signal, &action, &before_[i]);
  }
}

Signals::~Signals() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    ::sigaction(kSignals[i].signal, &before_[i], nullptr);
  }
  ::alarm(0);
  pulse::forget_stop();
  wake_fd = -1;
  ::close(wake_);
}

bool Signals::stop_asked() { return pulse::stopping(); }

bool Signals::take_reload() { return reload_asked.exchange(false); }

void Signals::wait(std::chrono::milliseconds time, std::span<const int> sockets) const {
  std::vector<pollfd> entries{pollfd{wake_, POLLIN, 0}};
  for (const int socket : sockets) entries.push_back({socket, POLLIN, 0});
  const auto most = std::chrono::milliseconds(std::chrono::hours(1));
  const auto wanted = std::clamp(time, std::chrono::milliseconds(0), most);
  if (::poll(entries.data(), entries.size(), static_cast<int>(wanted.count())) <= 0) return;
  std::uint64_t ignored = 0;
  [[maybe_unused]] const ssize_t n = ::read(wake_, &ignored, sizeof ignored);
}

}  // namespace baosong::daemon
