// The walls around the process that reads. docs/WORKER.md says what each one keeps out.
#pragma once

#include <cstdint>
#include <string>

#include "worker/syscalls.hpp"

namespace baosong::worker {

struct Walls {
  std::uint32_t landlock = 0;  // version in force; 0: this kernel has none
  Filter filter;
};

// Of the server, before anything else: no environment but TZ, no privileges to gain or keep, deaf
// to signals that are meant for the daemon, dead when the daemon is dead.
void settle_down();

// Of the server: which files may be opened. Everything it forks inherits it. `fault` is set when
// the kernel cannot confine; then nothing may be read.
Walls build_walls(std::string& fault);

// Of a child, before the first byte of input is looked at: limits on memory, time and files, and
// the filter of system calls. False when one of them failed; then the child must end.
bool lock_in(const Walls& walls);

// Processor time that may pass before the next call; passed, the process ends with SIGPROF. 0, or
// more than limits::kFileCpuMilliseconds: that much.
void allow_cpu_time(std::uint32_t milliseconds);

// Processor time since then, in milliseconds.
long cpu_milliseconds_used();

}  // namespace baosong::worker
