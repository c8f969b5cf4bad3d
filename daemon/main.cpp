#include <cstdio>
#include <exception>
#include <new>
#include <string>
#include <vector>

#include "daemon/commands/command.hpp"

// What reaches this net is our own fault (or memory ran out): one line for the log, and a status
// that lets the service manager start us again.
int main(int argc, char** argv) try {
  const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
  return static_cast<int>(baosong::daemon::run_program(args));
} catch (const std::bad_alloc&) {
  std::fputs("错误：内存不足\n", stderr);
  return static_cast<int>(baosong::daemon::Exit::kWorld);
} catch (const std::exception& e) {
  std::fprintf(stderr, "程序内部错误，请将此行转给维护人员：%s\n", e.what());
  return static_cast<int>(baosong::daemon::Exit::kWorld);
} catch (...) {
  std::fputs("程序内部错误，请将此行转给维护人员：unknown exception\n", stderr);
  return static_cast<int>(baosong::daemon::Exit::kWorld);
}
