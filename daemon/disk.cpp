#include "daemon/disk.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <utility>

namespace baosong::daemon {
namespace {

struct Reason {
  int error;
  bool may_pass;
  std::string_view text;
  std::string_view hint;
};
constexpr std::array kReasons{
    Reason{ENOSPC, true, "磁盘空间已满", "请清理磁盘后重试，已收到的邮件不会丢失"},
    Reason{EDQUOT, true, "磁盘配额已用完", "请扩大配额后重试，已收到的邮件不会丢失"},
    Reason{EFBIG, true, "文件大小超出系统限制", "请放宽文件大小限制（ulimit -f）后重试"},
    Reason{EACCES, false, "没有权限", "请检查目录的属主和权限"},
    Reason{EPERM, false, "系统不允许此操作", "请检查目录的属主和权限"},
    Reason{EROFS, false, "文件系统为只读", "请以可写方式重新挂载，或更换目录"},
    Reason{ENOENT, false, "文件或目录不存在", "请检查路径"},
    Reason{ENOTDIR, false, "路径中有一段不是目录", "请检查路径"},
    Reason{EIO, true, "磁盘读写出错", "请检查磁盘"},
    Reason{EMFILE, true, "打开的文件过多", "请放宽 ulimit -n 后重试"},
    Reason{ENFILE, true, "系统打开的文件过多", "请稍后重试"},
    Reason{ENAMETOOLONG, false, "路径过长", "请缩短路径"},
};

int open_directory(const std::string& path) {
  return ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

}  // namespace

ssize_t Disk::write(int fd, const char* data, std::size_t size) { return ::write(fd, data, size); }
int Disk::sync(int fd) { return ::fsync(fd); }
int Disk::rename(const std::string& from, const std::string& to) {
  return std::rename(from.c_str(), to.c_str());
}
int Disk::sync_directory(const std::string& path) {
  const int fd = open_directory(path);
  if (fd < 0) return -1;
  const int status = sync(fd);
  const int error = errno;
  ::close(fd);
  errno = error;
  return status;
}
Disk& real_disk() {
  static Disk disk;
  return disk;
}

tl::unexpected<Error> disk_failure(std::string_view doing, const std::string& path, int error) {
  for (const Reason& reason : kReasons) {
    if (reason.error != error) continue;
    return fail(reason.may_pass ? ErrorKind::kTransient : ErrorKind::kPermanent,
                fmt::format("{}“{}”失败：{}", doing, path, reason.text), std::string(reason.hint));
  }
  return fail(ErrorKind::kTransient,
              fmt::format("{}“{}”失败：{}", doing, path, std::strerror(error)));
}

// ---- NewFile ----

Result<NewFile> NewFile::create(Disk& disk, std::string temporary) {
  const int fd =
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0) return disk_failure("新建文件", temporary, errno);
  return NewFile(disk, std::move(temporary), fd);
}
NewFile::NewFile(Disk& disk, std::string temporary, int fd)
    : disk_(&disk), temporary_(std::move(temporary)), fd_(fd) {}
NewFile::NewFile(NewFile&& other) noexcept
    : disk_(other.disk_),
      temporary_(std::move(other.temporary_)),
      fd_(std::exchange(other.fd_, -1)) {}
NewFile& NewFile::operator=(NewFile&& other) noexcept {
  if (this != &other) {
    discard();
    disk_ = other.disk_;
    temporary_ = std::move(other.temporary_);
    fd_ = std::exchange(other.fd_, -1);
  }
  return *this;
}
NewFile::~NewFile() { discard(); }

void NewFile::discard() {
  if (fd_ < 0) return;
  ::close(std::exchange(fd_, -1));
  ::unlink(temporary_.c_str());
}

Result<void> NewFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = disk_->write(fd_, bytes.data(), bytes.size());
    if (n < 0) {
      if (errno == EINTR) continue;
      return disk_failure("写入文件", temporary_, errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  return {};
}

Result<void> NewFile::set_time(Time time) {
  const timespec stamp{static_cast<time_t>(time.time_since_epoch().count()), 0};
  const std::array<timespec, 2> both{stamp, stamp};
  if (::futimens(fd_, both.data()) != 0) return disk_failure("设置文件时间", temporary_, errno);
  return {};
}

Result<void> NewFile::commit(const std::string& target) {
  if (auto synced = sync(); !synced) return synced;
  if (auto placed = place(target); !placed) return placed;
  const std::string folder = std::filesystem::path(target).parent_path().string();
  if (disk_->sync_directory(folder) != 0) return disk_failure("写入目录", folder, errno);
  return {};
}

// With its blocks given out early, a file costs the file system's journal no commit of its own.
void NewFile::start_writing() const {
  static_cast<void>(::sync_file_range(fd_, 0, 0, SYNC_FILE_RANGE_WRITE));
}

Result<void> NewFile::sync() {
  if (disk_->sync(fd_) != 0) return disk_failure("写入文件", temporary_, errno);
  return {};
}

Result<void> NewFile::place(const std::string& target) {
  if (disk_->rename(temporary_, target) != 0) return disk_failure("保存文件", target, errno);
  ::close(std::exchange(fd_, -1));
  return {};
}

Result<void> make_directory(Disk& disk, const std::string& path) {
  const std::filesystem::path folder(path);
  std::error_code ignored;
  if (std::filesystem::is_directory(folder, ignored)) return {};
  const std::filesystem::path parent = folder.parent_path();
  if (!parent.empty() && parent != folder) {
    if (auto made = make_directory(disk, parent.string()); !made) return made;
  }
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
    return disk_failure("新建目录", path, errno);
  }
  if (!std::filesystem::is_directory(folder, ignored)) {
    return disk_failure("新建目录", path, ENOTDIR);
  }
  const std::string above = parent.empty() ? std::string(".") : parent.string();
  if (disk.sync_directory(above) != 0) return disk_failure("写入目录", above, errno);
  return {};
}

// ---- MappedFile ----

Result<MappedFile> MappedFile::open(const std::string& path) {
  MappedFile file;
  file.fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file.fd_ < 0) return disk_failure("打开文件", path, errno);
  struct stat status{};
  if (::fstat(file.fd_, &status) != 0) return disk_failure("打开文件", path, errno);
  file.size_ = static_cast<std::size_t>(status.st_size);
  file.modified_ = Time(std::chrono::seconds(status.st_mtim.tv_sec));
  if (file.size_ > 0) {
    void* data = ::mmap(nullptr, file.size_, PROT_READ, MAP_PRIVATE, file.fd_, 0);
    if (data == MAP_FAILED) return disk_failure("读取文件", path, errno);
    ::madvise(data, file.size_, MADV_SEQUENTIAL);
    file.data_ = static_cast<const char*>(data);
  }
  return file;
}
MappedFile::MappedFile(MappedFile&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      modified_(other.modified_) {}
MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(const_cast<char*>(data_), size_);
  if (fd_ >= 0) ::close(fd_);
}

// ---- InstanceLock ----

Result<InstanceLock> InstanceLock::take(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return disk_failure("打开锁文件", path, errno);
  InstanceLock lock(fd);
  if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    std::array<char, 32> text{};
    const ssize_t n = ::pread(fd, text.data(), text.size() - 1, 0);
    std::string pid(text.data(), n > 0 ? static_cast<std::size_t>(n) : 0U);
    while (!pid.empty() && (pid.back() == '\n' || pid.back() == '\0')) pid.pop_back();
    return fail(ErrorKind::kTransient,
                pid.empty() ? std::string("已有另一个报送程序在使用此状态目录")
                            : fmt::format("已有另一个报送程序（进程 {}）在使用此状态目录", pid),
                fmt::format("同一状态目录同时只能运行一个程序；锁文件：{}", path));
  }
  // The text is a courtesy: a full disk must not keep the service from starting.
  const std::string pid = fmt::format("{}\n", ::getpid());
  if (::ftruncate(fd, 0) == 0) {
    [[maybe_unused]] const ssize_t n = ::pwrite(fd, pid.data(), pid.size(), 0);
  }
  return lock;
}
InstanceLock::InstanceLock(InstanceLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
InstanceLock::~InstanceLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace baosong::daemon
