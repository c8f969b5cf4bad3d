// A directory that goes away with the test, and a disk that fails on command.
#pragma once

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

#include "daemon/disk.hpp"

namespace baosong::daemon::testing {

class Scratch {
 public:
  Scratch() {
    std::string pattern = (std::filesystem::temp_directory_path() / "baosong-test-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = pattern;
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline void put(const std::string& path, const std::string& bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}
inline std::string get(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}
inline std::size_t files_below(const std::string& path) {
  std::size_t count = 0;
  if (!std::filesystem::exists(path)) return 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) ++count;
  }
  return count;
}

// Lets `after` operations through, then fails each with `error`.
class FailingDisk final : public Disk {
 public:
  int after = 1 << 30;
  int error = ENOSPC;
  int operations = 0;

  ssize_t write(int fd, const char* data, std::size_t size) override {
    if (fails()) return -1;
    // Short writes are allowed by POSIX and must be survived.
    return Disk::write(fd, data, size > 3 ? size / 2 : size);
  }
  int sync(int fd) override { return fails() ? -1 : Disk::sync(fd); }
  int rename(const std::string& from, const std::string& to) override {
    return fails() ? -1 : Disk::rename(from, to);
  }
  int sync_directory(const std::string& path) override {
    return fails() ? -1 : Disk::sync_directory(path);
  }

 private:
  bool fails() {
    if (operations++ < after) return false;
    errno = error;
    return true;
  }
};

}  // namespace baosong::daemon::testing
