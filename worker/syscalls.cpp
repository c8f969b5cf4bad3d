#include "worker/syscalls.hpp"

#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>

namespace baosong::worker {
namespace {

// Everything a reader needs: memory, the descriptors it has, time, ending.
constexpr std::array kAllowed{
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(close),
    SCMP_SYS(lseek),
    SCMP_SYS(pread64),
    SCMP_SYS(fstat),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sched_yield),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(sysinfo),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(restart_syscall),
#ifdef BAOSONG_SANITIZED
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(getrlimit),
    SCMP_SYS(pipe2),  // how the sanitizer asks whether memory is there
    SCMP_SYS(getuid),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(mincore),
    SCMP_SYS(prctl),
#endif
};

// With Landlock beside it: to look for fonts and tables of characters.
constexpr std::array kForOpening{SCMP_SYS(getdents64), SCMP_SYS(fstatfs)};

// What libraries ask in passing and can do without: it fails and they go on. abort() goes on to an
// instruction that ends the process just as well.
constexpr std::array kRefused{
    SCMP_SYS(tgkill),   SCMP_SYS(access),     SCMP_SYS(faccessat), SCMP_SYS(faccessat2),
    SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(stat),      SCMP_SYS(lstat),
    SCMP_SYS(statfs),   SCMP_SYS(statx),      SCMP_SYS(open),      SCMP_SYS(ioctl),
    SCMP_SYS(getcwd),
};

constexpr scmp_datum_t kNotReading = O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | O_EXCL | O_PATH;

struct Release {
  void operator()(void* context) const { seccomp_release(context); }
};

int add_rules(scmp_filter_ctx context, bool may_open) {
  const auto allow = [&](int call) { return seccomp_rule_add(context, SCMP_ACT_ALLOW, call, 0); };
  const auto refuse = [&](int call) {
    return seccomp_rule_add(context, SCMP_ACT_ERRNO(EACCES), call, 0);
  };
  int fault = 0;
  const auto all = [&](int result) { fault = fault == 0 ? result : fault; };
  for (const int call : kAllowed) all(allow(call));
  for (const int call : kRefused) all(refuse(call));
  for (const int call : kForOpening) all(may_open ? allow(call) : refuse(call));

  // Memory is written or run, never both: code that is not there yet cannot be brought in.
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    all(seccomp_rule_add(context, SCMP_ACT_ALLOW, call, 1,
                         SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)));
    all(seccomp_rule_add(context, SCMP_ACT_ERRNO(EACCES), call, 1,
                         SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC)));
  }
  if (may_open) {
    all(seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
                         SCMP_A2(SCMP_CMP_MASKED_EQ, kNotReading, O_RDONLY)));
    for (const int bit : {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND, O_EXCL, O_PATH}) {
      all(seccomp_rule_add(context, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(openat), 1,
                           SCMP_A2(SCMP_CMP_MASKED_EQ, static_cast<scmp_datum_t>(bit),
                                   static_cast<scmp_datum_t>(bit))));
    }
  } else {
    all(refuse(SCMP_SYS(openat)));
  }
  // fstat() of glibc is newfstatat() without a path; with one it would tell what files there are.
  all(seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(newfstatat), 1,
                       SCMP_A3(SCMP_CMP_EQ, AT_EMPTY_PATH)));
  all(seccomp_rule_add(context, SCMP_ACT_ERRNO(EACCES), SCMP_SYS(newfstatat), 1,
                       SCMP_A3(SCMP_CMP_NE, AT_EMPTY_PATH)));
  for (const int command : {F_GETFD, F_SETFD, F_GETFL}) {
    all(seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                         SCMP_A1(SCMP_CMP_EQ, static_cast<scmp_datum_t>(command))));
  }
  all(seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(setitimer), 1,
                       SCMP_A0(SCMP_CMP_EQ, ITIMER_PROF)));
#ifdef BAOSONG_SANITIZED
  all(seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(fcntl), 1,
                       SCMP_A1(SCMP_CMP_EQ, F_SETFL)));  // of that pipe
  // Its own limits, and only to ask.
  all(seccomp_rule_add(context, SCMP_ACT_ALLOW, SCMP_SYS(prlimit64), 2, SCMP_A0(SCMP_CMP_EQ, 0),
                       SCMP_A2(SCMP_CMP_EQ, 0)));
#endif
  return fault;
}

}  // namespace

Filter build_filter(bool may_open, std::string& fault) {
  const auto failed = [&](const char* what, int error) {
    fault = std::string(what) + ": " + std::strerror(error);
    return Filter{};
  };
  const std::unique_ptr<void, Release> context(seccomp_init(SCMP_ACT_KILL_PROCESS));
  if (!context) return failed("seccomp_init", ENOMEM);
  if (const int result = add_rules(context.get(), may_open); result != 0) {
    return failed("seccomp_rule_add", -result);
  }
  const int file = ::memfd_create("filter", MFD_CLOEXEC);
  if (file < 0) return failed("memfd_create", errno);
  Filter out;
  if (const int result = seccomp_export_bpf(context.get(), file); result != 0) {
    ::close(file);
    return failed("seccomp_export_bpf", -result);
  }
  const off_t size = ::lseek(file, 0, SEEK_END);
  out.resize(static_cast<std::size_t>(size) / sizeof(sock_filter));
  const ssize_t got = ::pread(file, out.data(), static_cast<std::size_t>(size), 0);
  ::close(file);
  if (got != size) return failed("reading the filter", EIO);
  return out;
}

bool load_filter(const Filter& filter) {
  // The kernel does not write to it.
  sock_fprog program{static_cast<unsigned short>(filter.size()),
                     const_cast<sock_filter*>(filter.data())};
  return ::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

}  // namespace baosong::worker
