// The worker as it would be in the hands of an attacker: it is locked in by the same code and then
// does the deed that the request names, and says how it went.
//   worker-probe               started by a WorkerPool, like baosong-worker
//   worker-probe --free DEED   the same deed without any confinement, for comparison
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/worker/wire.hpp"
#include "worker/server.hpp"
#include "worker/task.hpp"

namespace {

using baosong::parsers::protocol::Request;

std::string outcome(long result) {
  return result >= 0 ? "done" : std::string("refused: ") + ::strerrorname_np(errno);
}

int number(const std::string& text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string open_as(const std::string& path, int flags) {
  const int fd = ::open(path.c_str(), flags | O_CLOEXEC, 0600);
  return outcome(fd);
}

std::string deed_socket(const std::string&) { return outcome(::socket(AF_INET, SOCK_STREAM, 0)); }
std::string deed_unix_socket(const std::string&) {
  return outcome(::socket(AF_UNIX, SOCK_DGRAM, 0));
}
std::string deed_read(const std::string& path) { return open_as(path, O_RDONLY); }
std::string deed_write(const std::string& path) { return open_as(path, O_WRONLY | O_CREAT); }
std::string deed_truncate(const std::string& path) { return open_as(path, O_RDONLY | O_TRUNC); }
std::string deed_stat(const std::string& path) {
  struct stat status{};
  return outcome(::stat(path.c_str(), &status));
}
std::string deed_list(const std::string& path) { return open_as(path, O_RDONLY | O_DIRECTORY); }
std::string deed_unlink(const std::string& path) { return outcome(::unlink(path.c_str())); }
std::string deed_mkdir(const std::string& path) { return outcome(::mkdir(path.c_str(), 0700)); }
std::string deed_chmod(const std::string& path) { return outcome(::chmod(path.c_str(), 0777)); }
std::string deed_fork(const std::string&) {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(0);
  return outcome(pid);
}
std::string deed_exec(const std::string&) {
  const pid_t pid = ::vfork();
  if (pid == 0) {
    ::execl("/bin/true", "true", nullptr);
    ::_exit(1);
  }
  return outcome(pid);
}
std::string deed_exec_at_once(const std::string&) {
  return outcome(::execl("/bin/true", "true", nullptr));
}
std::string deed_ptrace(const std::string& pid) {
  return outcome(::ptrace(PTRACE_SEIZE, number(pid), nullptr, nullptr));
}
std::string deed_memory_of(const std::string& pid) {
  char byte = 0;
  const iovec local{&byte, 1};
  const iovec remote{&byte, 1};
  const ssize_t n = ::process_vm_readv(number(pid), &local, 1, &remote, 1, 0);
  // Away from its walls it gets as far as looking for the page.
  return n < 0 && errno == EFAULT ? "done" : outcome(n);
}
std::string deed_signal(const std::string& pid) { return outcome(::kill(number(pid), 0)); }
std::string deed_limits_of(const std::string& pid) {
  return outcome(::syscall(SYS_prlimit64, number(pid), 0, nullptr, nullptr));
}
std::string deed_run_memory(const std::string&) {
  void* page =
      ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return outcome(page == MAP_FAILED ? -1 : 0);
}
std::string deed_environment(const std::string&) {
  std::string out;
  for (char** line = environ; line != nullptr && *line != nullptr; ++line) {
    out += std::string(*line) + " ";
  }
  return out;
}
std::string deed_descriptors(const std::string&) {
  std::string out;
  for (int fd = 0; fd < 1024; ++fd) {
    if (::fcntl(fd, F_GETFD) >= 0) out += std::to_string(fd) + " ";
  }
  return out;
}
std::string deed_allocate(const std::string& mebibytes) {
  const auto size = static_cast<std::size_t>(number(mebibytes)) * 1024 * 1024;
  void* block = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return outcome(block == MAP_FAILED ? -1 : 0);
}
std::string deed_spin(const std::string&) {
  for (std::atomic<unsigned> i = 0;; ++i) {
  }
}
// Blocked for ever without using the processor.
std::string deed_wait(const std::string&) {
  int word = 0;
  ::syscall(SYS_futex, &word, 0 /* FUTEX_WAIT */, 0, nullptr, nullptr, 0);
  return "woken";
}
std::string deed_abort(const std::string&) { std::abort(); }
std::string deed_crash(const std::string& address) {
  *reinterpret_cast<volatile int*>(static_cast<std::uintptr_t>(number(address))) = 1;
  return "done";
}
std::string deed_overflow(const std::string& depth) {
  if (depth == "no further") return depth;
  volatile char room[4096];
  room[0] = depth.empty() ? '\0' : depth[0];
  return deed_overflow(depth) + room[0];
}
std::string deed_leave(const std::string&) { ::_exit(0); }

using Deed = std::string (*)(const std::string&);
const std::map<std::string, Deed, std::less<>> kDeeds{
    {"socket", deed_socket},
    {"unix-socket", deed_unix_socket},
    {"read", deed_read},
    {"write", deed_write},
    {"truncate", deed_truncate},
    {"stat", deed_stat},
    {"list", deed_list},
    {"unlink", deed_unlink},
    {"mkdir", deed_mkdir},
    {"chmod", deed_chmod},
    {"fork", deed_fork},
    {"exec", deed_exec},
    {"exec-at-once", deed_exec_at_once},
    {"ptrace", deed_ptrace},
    {"memory-of", deed_memory_of},
    {"signal", deed_signal},
    {"limits-of", deed_limits_of},
    {"run-memory", deed_run_memory},
    {"environment", deed_environment},
    {"descriptors", deed_descriptors},
    {"allocate", deed_allocate},
    {"spin", deed_spin},
    {"wait", deed_wait},
    {"abort", deed_abort},
    {"crash", deed_crash},
    {"overflow", deed_overflow},
    {"leave", deed_leave},
};

std::string perform(std::string_view words) {
  const std::size_t blank = words.find(' ');
  const std::string what(words.substr(0, blank));
  const std::string with(blank == words.npos ? "" : words.substr(blank + 1));
  const auto deed = kDeeds.find(what);
  return deed == kDeeds.end() ? "no such deed" : deed->second(with);
}

void run(const Request& request, std::string_view input, int pipe,
         baosong::parsers::TitleReader* /*titles*/) {
  using namespace baosong;
  std::string_view words = request.name;
  // Bytes instead of a deed: what a daemon must not take for an answer.
  if (words == "raw") return worker::write_all(pipe, input);
  parsers::Reading reading;
  reading.is_mail = true;
  reading.sha256 = std::string(64, '0');
  reading.size = input.size();
  if (words == "lie") reading.size += 1;
  reading.problems.push_back(perform(words));
  worker::write_answer(pipe, parsers::encode(reading));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::string_view(argv[1]) == "--free") {
    std::puts(perform(argv[2]).c_str());
    return EXIT_SUCCESS;
  }
  return baosong::worker::serve(run);
}
