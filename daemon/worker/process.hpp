// The program that reads for us, as a process: started fresh with an empty environment and none of
// our descriptors, spoken to over one socket, killed when it is not needed or does not answer.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "parsers/base/result.hpp"
#include "parsers/worker/protocol.hpp"

namespace baosong::daemon {

// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor() { close(); }
  [[nodiscard]] int get() const { return fd_; }
  void close();

 private:
  int fd_;
};

// Where the program lies: beside this one, or where `cmake --install` puts it. Empty when nowhere.
std::string find_worker_program();

// Thread rule: one thread; the one that starts it must outlive it.
class WorkerProcess {
 public:
  // Waits until it is ready. Errors are the world's: no such program, no memory, a kernel that
  // cannot confine.
  static Result<WorkerProcess> start(const std::string& program);

  WorkerProcess(WorkerProcess&& other) noexcept;
  WorkerProcess& operator=(WorkerProcess&&) = delete;
  ~WorkerProcess();  // kills it, and with it its child

  // False when it is dead.
  bool send(const parsers::protocol::Request& request, int input, int pipe) const;
  // How the child ended, waiting `milliseconds` at most; an Error when it was not said.
  Result<parsers::protocol::Done> done(int milliseconds) const;

  [[nodiscard]] const parsers::protocol::Hello& hello() const { return hello_; }
  [[nodiscard]] pid_t pid() const { return pid_; }

 private:
  WorkerProcess(pid_t pid, Descriptor control) : pid_(pid), control_(std::move(control)) {}
  Result<std::string> receive(int milliseconds) const;

  pid_t pid_;
  Descriptor control_;
  parsers::protocol::Hello hello_;
};

}  // namespace baosong::daemon
