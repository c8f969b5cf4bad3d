#include "worker/task.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>

#include "parsers/base/limits.hpp"
#include "parsers/mime/parts.hpp"
#include "parsers/worker/read.hpp"
#include "parsers/worker/wire.hpp"
#include "worker/confine.hpp"

namespace baosong::worker {
namespace {

using namespace parsers::protocol;

std::string little(std::uint32_t value) {
  std::string out;
  for (unsigned i = 0; i < 4; ++i) out.push_back(static_cast<char>(value >> (8 * i) & 0xFFU));
  return out;
}

class PipeGuide final : public parsers::Guide {
 public:
  PipeGuide(const Request& request, int pipe) : request_(request), pipe_(pipe) {}

  std::optional<parsers::Ended> enter() override {
    ++operation_;
    write_all(pipe_, kStep + little(operation_));
    allow_cpu_time(request_.file_cpu_milliseconds);
    for (const LeftOut& row : request_.left_out) {
      if (row.operation == operation_) return row.ended;
    }
    if (operation_ >= request_.none_from) return parsers::Ended::kMany;
    return std::nullopt;
  }

  bool hurry() override { return cpu_milliseconds_used() > limits::kHurryCpuMilliseconds; }

 private:
  const Request& request_;
  int pipe_;
  std::uint32_t operation_ = 0;
};

// An answer that is too large to send says so document by document, the first ones keep theirs.
std::string fit(parsers::Reading& reading) {
  std::string frame = parsers::encode(reading);
  if (frame.size() <= limits::kReaderAnswerBytes) return frame;
  reading.problems.emplace_back("more facts than the limit: some were left out");
  reading.message.forwarded.clear();
  reading.message.quoted.clear();
  std::size_t sum = 0;
  for (parsers::Document& document : reading.documents) {
    const std::size_t size = encode(document).size();
    if (sum + size <= limits::kReaderAnswerBytes / 2) {
      sum += size;
      continue;
    }
    document.facts = {};
    document.trouble = parsers::Trouble::kTooLarge;
    document.trouble_detail = "the facts of this mail are over the limit";
  }
  return encode(reading);
}

}  // namespace

void write_all(int pipe, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t n = ::write(pipe, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) ::_exit(EXIT_FAILURE);
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
}

void write_answer(int pipe, std::string_view answer) {
  write_all(pipe, kAnswer + little(static_cast<std::uint32_t>(answer.size())));
  write_all(pipe, answer);
}

void run_task(const Request& request, std::string_view input, int pipe,
              parsers::TitleReader* titles) {
  PipeGuide guide(request, pipe);
  if (request.task == Task::kParts) {
    parsers::mime::PartList parts;
    if (guide.enter()) {
      parts.problems.emplace_back(parsers::kNotReadSafely);
    } else {
      parts = parsers::mime::list_parts(input);
    }
    return write_answer(pipe, parsers::encode(parts));
  }
  const auto kind =
      request.task == Task::kMail ? parsers::InputKind::kMail : parsers::InputKind::kDetect;
  parsers::Reading reading =
      parsers::read(input, request.name, kind, &guide, request.titles ? titles : nullptr);
  write_answer(pipe, fit(reading));
}

}  // namespace baosong::worker
