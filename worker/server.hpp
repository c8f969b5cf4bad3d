// The fork server: waits for a request, forks a child that is locked in before it reads, waits for
// its end, says how it ended. One request at a time. It never looks at the input itself.
#pragma once

#include <functional>
#include <string_view>

#include "parsers/pdf/scan_head.hpp"
#include "parsers/worker/protocol.hpp"

namespace baosong::worker {

inline constexpr int kControl = 3;  // the descriptor that leads to the daemon

using Runner = std::function<void(const parsers::protocol::Request&, std::string_view input,
                                  int pipe, parsers::TitleReader* titles)>;

// Serves until the daemon closes its end. The exit status of the program.
int serve(const Runner& run);

}  // namespace baosong::worker
