// Preloaded into the real program by crash_test: kills it at its Nth operation that changes the
// disk, or at what it sends to a server, as a power cut or an OOM killer would. Writes may be torn.
// Knows nothing of the program.
//   KILL_AT=n      die at the nth operation (from 1)
//   KILL_COUNT=f   write the number of operations into file f at the end
//   FAIL_SYNC=n    the nth fsync or fdatasync (from 1) fails with EIO, as a dying disk's does
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>

namespace {

std::atomic<long> operations{0};

std::atomic<long> syncs{0};

long number(const char* name) {
  const char* text = std::getenv(name);
  return text == nullptr ? 0L : std::strtol(text, nullptr, 10);
}

long wanted() {
  static const long at = number("KILL_AT");
  return at;
}

bool sync_fails() {
  static const long at = number("FAIL_SYNC");
  if (++syncs != at) return false;
  errno = EIO;
  return true;
}

bool my_turn() { return ++operations == wanted(); }
void die() { ::kill(::getpid(), SIGKILL); }

template <class F>
F real(const char* name) {
  return reinterpret_cast<F>(::dlsym(RTLD_NEXT, name));
}

struct Counter {
  ~Counter() {
    const char* file = std::getenv("KILL_COUNT");
    if (file == nullptr) return;
    if (std::FILE* out = std::fopen(file, "w")) {
      std::fprintf(out, "%ld\n", operations.load());
      std::fclose(out);
    }
  }
} counter;

}  // namespace

extern "C" {

ssize_t write(int fd, const void* data, size_t size) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t)>("write");
  if (fd > 2 && my_turn()) {
    if (wanted() % 2 == 0) static_cast<void>(next(fd, data, size / 2));
    die();
  }
  return next(fd, data, size);
}
ssize_t pwrite(int fd, const void* data, size_t size, off_t at) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t, off_t)>("pwrite");
  if (my_turn()) {
    if (wanted() % 2 == 0) static_cast<void>(next(fd, data, size / 2, at));
    die();
  }
  return next(fd, data, size, at);
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t at) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t, off64_t)>("pwrite64");
  if (my_turn()) {
    if (wanted() % 2 == 0) static_cast<void>(next(fd, data, size / 2, at));
    die();
  }
  return next(fd, data, size, at);
}
// What goes to a mail server: died before it, in the middle of it, or right behind it.
ssize_t send(int fd, const void* data, size_t size, int flags) {
  static const auto next = real<ssize_t (*)(int, const void*, size_t, int)>("send");
  if (my_turn()) {
    if (wanted() % 3 == 0) static_cast<void>(next(fd, data, size / 2, flags));
    if (wanted() % 3 == 1) static_cast<void>(next(fd, data, size, flags));
    die();
  }
  return next(fd, data, size, flags);
}
int fsync(int fd) {
  static const auto next = real<int (*)(int)>("fsync");
  if (my_turn()) die();
  if (sync_fails()) return -1;
  return next(fd);
}
int fdatasync(int fd) {
  static const auto next = real<int (*)(int)>("fdatasync");
  if (my_turn()) die();
  if (sync_fails()) return -1;
  return next(fd);
}
int ftruncate(int fd, off_t size) {
  static const auto next = real<int (*)(int, off_t)>("ftruncate");
  if (my_turn()) die();
  return next(fd, size);
}
int ftruncate64(int fd, off64_t size) {
  static const auto next = real<int (*)(int, off64_t)>("ftruncate64");
  if (my_turn()) die();
  return next(fd, size);
}
int rename(const char* from, const char* to) {
  static const auto next = real<int (*)(const char*, const char*)>("rename");
  if (my_turn()) die();
  return next(from, to);
}
int unlink(const char* path) {
  static const auto next = real<int (*)(const char*)>("unlink");
  if (my_turn()) die();
  return next(path);
}
int mkdir(const char* path, mode_t mode) {
  static const auto next = real<int (*)(const char*, mode_t)>("mkdir");
  if (my_turn()) die();
  return next(path, mode);
}

}  // extern "C"
