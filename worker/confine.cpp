#include "worker/confine.hpp"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <ctime>

#include "parsers/base/limits.hpp"
#include "worker/landlock.hpp"

namespace baosong::worker {
namespace {

// What poppler and fontconfig look up: fonts that a PDF names and does not carry, and the tables
// for Chinese encodings.
constexpr std::array kReadable{
    "/usr/share/poppler",    "/usr/share/fonts",      "/usr/local/share/fonts",       "/etc/fonts",
    "/usr/share/fontconfig", "/var/cache/fontconfig", "/usr/share/ghostscript/fonts",
};

constexpr rlim_t kOpenFiles = 32;

bool limit(__rlimit_resource what, rlim_t value, rlim_t grace = 0) {
  const rlimit both{value, value + grace};
  return ::setrlimit(what, &both) == 0;
}

void drop_capabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const std::array<__user_cap_data_struct, 2> none{};
  ::syscall(SYS_capset, &header, none.data());
}

}  // namespace

void settle_down() {
  ::clearenv();
  // libarchive asks for local time: without this it would open /etc/localtime for every docx.
  ::setenv("TZ", "UTC0", 1);
  ::tzset();
  // A service manager signals the whole group; the daemon decides when a reading ends.
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGQUIT}) std::signal(signal, SIG_IGN);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  drop_capabilities();
}

Walls build_walls(std::string& fault) {
  Walls walls;
  walls.landlock = landlock_version();
  if (!landlock_restrict(walls.landlock, kReadable)) walls.landlock = 0;
  walls.filter = build_filter(walls.landlock > 0, fault);
  return walls;
}

bool lock_in(const Walls& walls) {
  bool done = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NPROC, 0) &&
              limit(RLIMIT_NOFILE, kOpenFiles) && limit(RLIMIT_MEMLOCK, 0) &&
              limit(RLIMIT_CPU, limits::kMailCpuSeconds, 1);  // SIGXCPU, then SIGKILL
#ifndef BAOSONG_SANITIZED  // a sanitizer maps terabytes of shadow
  done = done && limit(RLIMIT_DATA, limits::kReaderBytes) && limit(RLIMIT_AS, limits::kReaderSpace);
#endif
  return done && load_filter(walls.filter);
}

namespace {

long cpu_milliseconds() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1'000'000;
}
long allowed_at = 0;

}  // namespace

long cpu_milliseconds_used() { return cpu_milliseconds() - allowed_at; }

void allow_cpu_time(std::uint32_t milliseconds) {
  constexpr std::uint32_t kMost = limits::kFileCpuMilliseconds;
  long left = milliseconds == 0 || milliseconds > kMost ? kMost : milliseconds;
#ifdef BAOSONG_SANITIZED
  left *= 20;
#endif
  allowed_at = cpu_milliseconds();
  itimerval timer{};
  timer.it_value = {left / 1000, left % 1000 * 1000};
  ::setitimer(ITIMER_PROF, &timer, nullptr);
}

}  // namespace baosong::worker
