#include "daemon/worker/process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/auxv.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>
#include <system_error>
#include <utility>

namespace baosong::daemon {
namespace {

namespace protocol = parsers::protocol;

constexpr std::string_view kName = "baosong-worker";
constexpr int kControl = 3;                 // where the worker looks for its socket
constexpr int kStartMilliseconds = 60'000;  // a machine that is busy starting everything else

std::string own_program() {
  std::array<char, PATH_MAX> path{};
  const ssize_t n = ::readlink("/proc/self/exe", path.data(), path.size() - 1);
  if (n > 0) return {path.data(), static_cast<std::size_t>(n)};
  // Without /proc: the name we were started by.
  const auto* name = reinterpret_cast<const char*>(::getauxval(AT_EXECFN));
  return name != nullptr && ::realpath(name, path.data()) != nullptr ? path.data() : "";
}

tl::unexpected<Error> cannot_start(std::string_view why) {
  return fail(ErrorKind::kTransient, fmt::format("读取程序 {} 无法启动：{}", kName, why),
              "请确认安装完整，并运行 baosong doctor 检查");
}

struct SpawnFiles {
  posix_spawn_file_actions_t actions{};
  posix_spawnattr_t attributes{};
  SpawnFiles() {
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawnattr_init(&attributes);
  }
  SpawnFiles(const SpawnFiles&) = delete;
  SpawnFiles& operator=(const SpawnFiles&) = delete;
  ~SpawnFiles() {
    ::posix_spawn_file_actions_destroy(&actions);
    ::posix_spawnattr_destroy(&attributes);
  }
};

int spawn(const std::string& program, int control, pid_t& pid) {
  SpawnFiles files;
  ::posix_spawn_file_actions_adddup2(&files.actions, control, kControl);
  ::posix_spawn_file_actions_addopen(&files.actions, 0, "/dev/null", O_RDONLY, 0);
  ::posix_spawn_file_actions_addopen(&files.actions, 1, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addopen(&files.actions, 2, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addclosefrom_np(&files.actions, kControl + 1);
  // A group of its own: what is typed at our terminal is not meant for it.
  sigset_t none;
  sigset_t all;
  ::sigemptyset(&none);
  ::sigfillset(&all);
  ::posix_spawnattr_setsigmask(&files.attributes, &none);
  ::posix_spawnattr_setsigdefault(&files.attributes, &all);
  ::posix_spawnattr_setpgroup(&files.attributes, 0);
  ::posix_spawnattr_setflags(
      &files.attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  std::array<char*, 2> arguments{const_cast<char*>(kName.data()), nullptr};
  std::array<char*, 1> environment{nullptr};
  return ::posix_spawn(&pid, program.c_str(), &files.actions, &files.attributes, arguments.data(),
                       environment.data());
}

}  // namespace

Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}
void Descriptor::close() {
  if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

std::string find_worker_program() {
  const std::string own = own_program();
  const std::string folder = own.substr(0, own.rfind('/') + 1);
  for (const std::string_view where : {"", "../libexec/baosong/"}) {
    std::string path = fmt::format("{}{}{}", folder, where, kName);
    if (::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

Result<WorkerProcess> WorkerProcess::start(const std::string& program) {
  if (program.empty()) return cannot_start("找不到程序文件");
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return cannot_start(std::generic_category().message(errno));
  }
  Descriptor ours(ends[0]);
  Descriptor theirs(ends[1]);
  pid_t pid = -1;
  if (const int error = spawn(program, theirs.get(), pid); error != 0) {
    return cannot_start(fmt::format("{}（{}）", std::generic_category().message(error), program));
  }
  theirs.close();
  WorkerProcess process(pid, std::move(ours));
  const auto message = process.receive(kStartMilliseconds);
  if (!message) return cannot_start("没有应答");
  auto hello = protocol::decode_hello(*message);
  if (!hello) return tl::unexpected(hello.error());
  if (!hello->fault.empty()) return cannot_start("此系统内核无法隔离读取进程：" + hello->fault);
  process.hello_ = std::move(*hello);
  return process;
}

WorkerProcess::WorkerProcess(WorkerProcess&& other) noexcept
    : pid_(std::exchange(other.pid_, -1)),
      control_(std::move(other.control_)),
      hello_(std::move(other.hello_)) {}

WorkerProcess::~WorkerProcess() {
  if (pid_ <= 0) return;
  ::kill(pid_, SIGKILL);
  int status = 0;
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
}

bool WorkerProcess::send(const protocol::Request& request, int input, int pipe) const {
  std::string message = encode(request);
  iovec piece{message.data(), message.size()};
  const std::array<int, 2> descriptors{input, pipe};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(descriptors))> space{};
  msghdr header{};
  header.msg_iov = &piece;
  header.msg_iovlen = 1;
  header.msg_control = space.data();
  header.msg_controllen = space.size();
  cmsghdr* rights = CMSG_FIRSTHDR(&header);
  rights->cmsg_level = SOL_SOCKET;
  rights->cmsg_type = SCM_RIGHTS;
  rights->cmsg_len = CMSG_LEN(sizeof(descriptors));
  std::memcpy(CMSG_DATA(rights), descriptors.data(), sizeof(descriptors));
  return ::sendmsg(control_.get(), &header, MSG_NOSIGNAL) == static_cast<ssize_t>(message.size());
}

Result<std::string> WorkerProcess::receive(int milliseconds) const {
  pollfd waiting{control_.get(), POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&waiting, 1, milliseconds);
  } while (ready < 0 && errno == EINTR);
  std::string message(protocol::kMessageBytes, '\0');
  const ssize_t n =
      ready > 0 ? ::recv(control_.get(), message.data(), message.size(), MSG_DONTWAIT) : 0;
  if (n <= 0) return fail(ErrorKind::kTransient, "读取程序没有应答");
  message.resize(static_cast<std::size_t>(n));
  return message;
}

Result<protocol::Done> WorkerProcess::done(int milliseconds) const {
  const auto message = receive(milliseconds);
  if (!message) return tl::unexpected<Error>(message.error());
  return protocol::decode_done(*message);
}

}  // namespace baosong::daemon
