// baosong-worker: reads what came by mail, so that baosong itself need not. Started by baosong; a
// descriptor that leads back to it must be there.
#include <sys/socket.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "worker/server.hpp"
#include "worker/task.hpp"

int main(int argc, char** argv) {
  using namespace baosong::worker;
  if (argc == 2 && std::string_view(argv[1]) == "--version") {
    std::puts("baosong-worker " BAOSONG_VERSION);
    return EXIT_SUCCESS;
  }
  int kind = 0;
  socklen_t size = sizeof(kind);
  if (argc != 1 || ::getsockopt(kControl, SOL_SOCKET, SO_TYPE, &kind, &size) != 0 ||
      kind != SOCK_SEQPACKET) {
    std::fputs("baosong-worker 由 baosong 自动启动，无需单独运行\n", stderr);
    return 2;
  }
  return serve(run_task);
}
