#include "worker/server.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>

#include "worker/confine.hpp"
#include "worker/title_reader.hpp"
#include "worker/warm.hpp"

namespace baosong::worker {
namespace {

using namespace parsers::protocol;

constexpr int kPipe = kControl;  // in a child the answer pipe takes the place of the control

struct Incoming {
  std::string message;
  int input = -1, pipe = -1;
};

// False at the end: the daemon is gone, or what came is no request.
bool receive(Incoming& out) {
  out.message.resize(kMessageBytes);
  iovec piece{out.message.data(), out.message.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(2 * sizeof(int))> space{};
  msghdr header{};
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  header.msg_control = space.data();
  header.msg_controllen = space.size();
  ssize_t n = 0;
  do {
    n = ::recvmsg(kControl, &header, MSG_CMSG_CLOEXEC);
  } while (n < 0 && errno == EINTR);
  if (n <= 0) return false;
  out.message.resize(static_cast<std::size_t>(n));
  const cmsghdr* rights = CMSG_FIRSTHDR(&header);
  if (rights == nullptr || rights->cmsg_type != SCM_RIGHTS ||
      rights->cmsg_len != CMSG_LEN(2 * sizeof(int))) {
    return false;
  }
  std::array<int, 2> descriptors{};
  std::memcpy(descriptors.data(), CMSG_DATA(rights), sizeof(descriptors));
  out.input = descriptors[0];
  out.pipe = descriptors[1];
  return true;
}

bool send(std::string_view message) {
  return ::send(kControl, message.data(), message.size(), MSG_NOSIGNAL) ==
         static_cast<ssize_t>(message.size());
}

[[noreturn]] void child(const Walls& walls, const Request& request, const Incoming& incoming,
                        pid_t server, const Runner& run, parsers::TitleReader* titles) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != server) ::_exit(EXIT_FAILURE);
  struct stat status{};
  std::string_view input;
  if (::fstat(incoming.input, &status) != 0) ::_exit(EXIT_FAILURE);
  if (status.st_size > 0) {
    const auto size = static_cast<std::size_t>(status.st_size);
    const void* data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, incoming.input, 0);
    if (data == MAP_FAILED) ::_exit(EXIT_FAILURE);
    input = {static_cast<const char*>(data), size};
  }
  if (::dup2(incoming.pipe, kPipe) < 0 || ::close_range(kPipe + 1, ~0U, 0) != 0) {
    ::_exit(EXIT_FAILURE);
  }
  allow_cpu_time(request.file_cpu_milliseconds);
  if (!lock_in(walls)) ::_exit(EXIT_FAILURE);
  run(request, input, kPipe, titles);
  ::_exit(EXIT_SUCCESS);
}

Done wait_for(pid_t pid) {
  Done done;
  int status = 0;
  rusage used{};
  while (::wait4(pid, &status, 0, &used) < 0 && errno == EINTR) {
  }
  done.exited = WIFEXITED(status);
  done.code = static_cast<std::uint32_t>(done.exited ? WEXITSTATUS(status) : WTERMSIG(status));
  done.peak_kib = static_cast<std::uint64_t>(used.ru_maxrss);
  const auto microseconds = [](const timeval& t) {
    return static_cast<std::uint64_t>(t.tv_sec) * 1'000'000 + static_cast<std::uint64_t>(t.tv_usec);
  };
  done.cpu_microseconds = microseconds(used.ru_utime) + microseconds(used.ru_stime);
  return done;
}

}  // namespace

int serve(const Runner& run) {
  settle_down();
  Hello hello;
  warm_up();
  const auto titles = load_title_reader();
  hello.reads_scans = titles != nullptr;
  const Walls walls = build_walls(hello.fault);
  hello.landlock = walls.landlock;
  if (!send(encode(hello)) || !hello.fault.empty()) return EXIT_FAILURE;

  const pid_t self = ::getpid();
  for (Incoming incoming; receive(incoming);) {
    const auto request = decode_request(incoming.message);
    if (!request) return EXIT_FAILURE;
    const pid_t pid = ::fork();
    if (pid == 0) child(walls, *request, incoming, self, run, titles.get());
    ::close(incoming.input);
    ::close(incoming.pipe);
    if (pid < 0) return EXIT_FAILURE;
    if (!send(encode(wait_for(pid)))) return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}

}  // namespace baosong::worker
