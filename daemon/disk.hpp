// The few things the service asks of a disk so that what it wrote survives a crash. Disk is small
// enough that a test can stand in for it and fail at any step.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "parsers/base/result.hpp"
#include "parsers/base/time.hpp"

namespace baosong::daemon {

// System calls as they are: 0 or a count on success, else -1 with errno set.
class Disk {
 public:
  virtual ~Disk() = default;
  virtual ssize_t write(int fd, const char* data, std::size_t size);
  virtual int sync(int fd);
  virtual int rename(const std::string& from, const std::string& to);
  virtual int sync_directory(const std::string& path);
};
// The machine's own disk. Never fails on purpose.
Disk& real_disk();

// "无法写入……：磁盘空间已满". Transient when room or a quota may come back, else permanent.
tl::unexpected<Error> disk_failure(std::string_view doing, const std::string& path, int error);

// A file that is either there as a whole or not at all: written under a temporary name, synced,
// renamed, and the directory synced. Destroyed before commit(), it removes the temporary file.
class NewFile {
 public:
  // Mode 0600. An old file of the same temporary name, left by a crash, is overwritten.
  static Result<NewFile> create(Disk& disk, std::string temporary);

  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&& other) noexcept;
  ~NewFile();

  Result<void> append(std::string_view bytes);
  // The file's time as it will stand after commit().
  Result<void> set_time(Time time);
  // After success the bytes are at `target` and survive a crash. May replace an older file.
  Result<void> commit(const std::string& target);
  // commit() in its steps, for several files at once: sync() each, place() each, then sync their
  // directories. start_writing() lets the disk begin and promises nothing.
  void start_writing() const;
  Result<void> sync();
  Result<void> place(const std::string& target);
  // Gives up and removes the temporary file.
  void discard();

 private:
  NewFile(Disk& disk, std::string temporary, int fd);
  Disk* disk_;
  std::string temporary_;
  int fd_;
};

// Makes a directory of mode 0700 and what leads to it; a new one is synced into its parent.
Result<void> make_directory(Disk& disk, const std::string& path);

// A whole file, mapped read-only. For files that nobody shortens while they are read.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::string& path);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();
  std::string_view bytes() const { return {data_, size_}; }
  int descriptor() const { return fd_; }  // open for reading as long as the object lives
  Time modified() const { return modified_; }

 private:
  MappedFile() = default;
  int fd_ = -1;
  const char* data_ = nullptr;
  std::size_t size_ = 0;
  Time modified_{};
};

// One process at a time: an advisory lock on `path`, held until destroyed, freed by the kernel
// when the process dies. The process id is written into the file for people to read.
class InstanceLock {
 public:
  static Result<InstanceLock> take(const std::string& path);
  InstanceLock(InstanceLock&& other) noexcept;
  InstanceLock& operator=(InstanceLock&&) = delete;
  ~InstanceLock();

 private:
  explicit InstanceLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace baosong::daemon
