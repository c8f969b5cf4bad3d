#include "daemon/mailbox/maildir.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>

namespace baosong::daemon {
namespace {

constexpr std::size_t kChunk = 256 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }

 private:
  int fd_;
};

// Names of a directory, sorted: Maildir names begin with the second of delivery.
Result<std::vector<std::string>> names_in(const std::string& folder) {
  DIR* const dir = ::opendir(folder.c_str());
  if (dir == nullptr) return disk_failure("打开收信目录", folder, errno);
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(dir)) {
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
    errno = 0;
  }
  const int error = errno;
  ::closedir(dir);
  if (error != 0) return disk_failure("读取收信目录", folder, error);
  std::ranges::sort(names);
  return names;
}

bool is_directory(const std::string& path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

}  // namespace

Result<std::vector<MaildirMailbox::Entry>> MaildirMailbox::list() const {
  if (!is_directory(path_)) {
    return fail(ErrorKind::kTransient, fmt::format("收信目录“{}”不存在或不是目录", path_),
                "请检查设置 mailbox.url，或确认存放邮件的磁盘已挂载");
  }
  if (!is_directory(path_ + "/new") || !is_directory(path_ + "/cur")) {
    return fail(ErrorKind::kPermanent,
                fmt::format("“{}”不是 Maildir：其中应有 new 和 cur 两个目录", path_),
                "请检查设置 mailbox.url");
  }
  std::vector<Entry> entries;
  std::set<std::string, std::less<>> bases;
  // new/ first: a file that another program moves to cur/ meanwhile is then seen twice, not never,
  // and the same bytes count once.
  for (const std::string_view part : {"new", "cur"}) {
    const std::string folder = fmt::format("{}/{}", path_, part);
    auto names = names_in(folder);
    if (!names) return tl::unexpected(names.error());
    for (const std::string& name : *names) {
      Entry entry;
      entry.file = fmt::format("{}/{}", folder, name);
      struct stat status{};
      if (::stat(entry.file.c_str(), &status) != 0) {
        if (errno == ENOENT) continue;
      } else if (S_ISDIR(status.st_mode)) {
        continue;
      }
      std::string base = name.substr(0, name.find(":2,"));
      if (!bases.insert(base).second) base = fmt::format("{}/{}", part, base);
      // Names made by hand come again with other mail in them; size and time tell those apart.
      entry.ref.key = fmt::format("{} {} {}.{:09}", base, status.st_size, status.st_mtim.tv_sec,
                                  status.st_mtim.tv_nsec);
      entry.ref.size = static_cast<std::uint64_t>(status.st_size);
      entry.ref.arrival.time = Time(std::chrono::seconds(status.st_mtim.tv_sec));
      entries.push_back(std::move(entry));
    }
  }
  return entries;
}

Result<void> MaildirMailbox::receive(Receiver& receiver) {
  auto entries = list();
  if (!entries) return tl::unexpected(entries.error());
  receiver.holds(entries->size());
  std::vector<Entry> fresh;
  for (Entry& entry : *entries) {
    auto known = receiver.known(entry.ref.key);
    if (!known) return tl::unexpected(known.error());
    if (!*known) fresh.push_back(std::move(entry));
  }
  receiver.expect(fresh.size());
  for (const Entry& entry : fresh) {
    if (auto done = fetch(entry, receiver); !done) return done;
  }
  return {};
}

Result<void> MaildirMailbox::fetch(const Entry& entry, Receiver& receiver) {
  // O_NONBLOCK: a named pipe laid into the directory must not stop the service.
  const Descriptor file(::open(entry.file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) {
    if (errno == ENOENT) return {};
    return receiver.unreadable(entry.ref,
                               fmt::format("邮件文件无法打开：{}", std::strerror(errno)));
  }
  struct stat status{};
  if (::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return receiver.unreadable(entry.ref, "不是普通文件，无法读取");
  }
  auto incoming = receiver.begin(entry.ref);
  if (!incoming) return tl::unexpected(incoming.error());
  std::string chunk(kChunk, '\0');
  for (;;) {
    const ssize_t n = ::read(file.get(), chunk.data(), chunk.size());
    if (n == 0) break;
    if (n < 0) {
      if (errno == EINTR) continue;
      return receiver.unreadable(entry.ref,
                                 fmt::format("读取邮件文件出错：{}", std::strerror(errno)));
    }
    const std::string_view bytes(chunk.data(), static_cast<std::size_t>(n));
    if (auto written = incoming->append(bytes); !written) return written;
  }
  return receiver.keep(entry.ref, std::move(*incoming));
}

}  // namespace baosong::daemon
