// What a child does once it is locked in: reads, and writes frames into the answer pipe.
#pragma once

#include <string_view>

#include "parsers/pdf/scan_head.hpp"
#include "parsers/worker/protocol.hpp"

namespace baosong::worker {

// Writes all of it or ends the process: without an answer there is nothing left to do.
void write_all(int pipe, std::string_view bytes);
void write_answer(int pipe, std::string_view answer);

// `titles` may be null.
void run_task(const parsers::protocol::Request& request, std::string_view input, int pipe,
              parsers::TitleReader* titles);

}  // namespace baosong::worker
