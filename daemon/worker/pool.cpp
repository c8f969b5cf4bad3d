#include "daemon/worker/pool.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <system_error>
#include <vector>

#include "daemon/pulse.hpp"
#include "daemon/worker/admit.hpp"
#include "daemon/worker/answer.hpp"
#include "parsers/base/hash.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/worker/wire.hpp"

namespace baosong::daemon {
namespace {

namespace protocol = parsers::protocol;
using parsers::Ended;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kPipeBytes = 1 * limits::kMiB;
constexpr int kEndMilliseconds = 10'000;  // between an answer and the end of its reader
constexpr int kSliceMilliseconds = 1000;  // of a wait for an answer
constexpr int kStarts = 2;                // of a program that dies before it takes a request
// Every file that is left out costs a run, and each may be doubted once.
constexpr std::size_t kRuns = 2 * (limits::kUnsafeFiles + 2);

tl::unexpected<Error> world(std::string_view what) {
  return fail(ErrorKind::kTransient,
              fmt::format("{}：{}", what, std::generic_category().message(errno)));
}

// Milliseconds for poll(), never less than none.
int until(SteadyClock::time_point end) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - SteadyClock::now()).count();
  return static_cast<int>(std::clamp<long long>(left, 0, 3'600'000));
}

}  // namespace

// One attempt.
struct WorkerPool::Run {
  std::optional<std::string> answer;
  Casualty casualty;       // when there is no answer
  bool certain = true;     // the input is to blame, not the machine
  bool mail_over = false;  // the time for the whole mail is used up
};

namespace {

// Takes frames until the pipe closes; what went wrong meanwhile, if anything did.
enum class Pipe : std::uint8_t { kClosed, kFileOver, kMailOver, kRefused, kStopped };

Pipe drain(int pipe, const Patience& patience, AnswerParser& parser) {
  const auto mail_end = SteadyClock::now() + patience.mail;
  auto file_end = SteadyClock::now() + patience.file;
  std::vector<char> buffer(64 * limits::kKiB);
  for (;;) {
    // A wait that has an end is no hang, and a stop must not wait for it: the mail is read again.
    pulse::beat();
    if (pulse::stopping()) return Pipe::kStopped;
    const auto end = std::min(file_end, mail_end);
    pollfd waiting{pipe, POLLIN, 0};
    const int ready = ::poll(&waiting, 1, std::min(until(end), kSliceMilliseconds));
    if (ready < 0 && errno == EINTR) continue;
    if (SteadyClock::now() >= mail_end) return Pipe::kMailOver;
    if (ready == 0 && SteadyClock::now() >= file_end) return Pipe::kFileOver;
    if (ready == 0) continue;
    const ssize_t n = ::read(pipe, buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return Pipe::kClosed;
    const auto before = parser.operation();
    if (!parser.feed({buffer.data(), static_cast<std::size_t>(n)})) return Pipe::kRefused;
    if (parser.operation() != before) {
      file_end = SteadyClock::now() + patience.file;
    }
  }
}

Ended cause_of(const protocol::Done& done) {
  if (done.exited) return Ended::kCrashed;
  const int signal = static_cast<int>(done.code);
  if (signal == SIGPROF || signal == SIGXCPU) return Ended::kTooSlow;
  return signal == SIGSYS ? Ended::kForbidden : Ended::kCrashed;
}

}  // namespace

Result<WorkerPool::Run> WorkerPool::run(const protocol::Request& request, int input) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return world("无法建立管道");
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  ::fcntl(reading.get(), F_SETPIPE_SZ, kPipeBytes);  // fewer turns; smaller works too
  for (int starts = 1;; ++starts) {
    if (!process_) {
      auto started = WorkerProcess::start(program_);
      if (!started) return tl::unexpected<Error>(started.error());
      process_.emplace(std::move(*started));
    }
    if (process_->send(request, input, writing.get())) break;
    process_.reset();
    if (starts == kStarts) return fail(ErrorKind::kTransient, "读取程序反复中断，无法工作");
  }
  writing.close();

  Run out;
  AnswerParser parser;
  const Pipe end = drain(reading.get(), patience_, parser);
  out.casualty.operation = parser.operation();
  if (end == Pipe::kStopped) {
    process_.reset();
    return fail(ErrorKind::kTransient, "程序正在停止，这封邮件下次再读");
  }
  if (end != Pipe::kClosed) {
    process_.reset();
    out.mail_over = end == Pipe::kMailOver;
    out.casualty.ended = end == Pipe::kRefused ? Ended::kForbidden : Ended::kTooSlow;
    out.casualty.how = end == Pipe::kRefused ? "no frame of an answer" : "time on the clock";
    return out;
  }
  const auto done = process_->done(kEndMilliseconds);
  if (!done) {
    process_.reset();
    out.certain = false;
    out.casualty.how = "its server died";
    return out;
  }
  last_ = *done;
  if (done->exited && done->code == 0 && parser.complete()) {
    out.answer = parser.take();
    return out;
  }
  out.casualty.ended = cause_of(*done);
  out.casualty.how =
      fmt::format("{} {} after {:.2f} s, {} KiB", done->exited ? "status" : "signal", done->code,
                  static_cast<double>(done->cpu_microseconds) / 1e6, done->peak_kib);
  // The kernel kills so when the machine runs out of memory, and an administrator may.
  out.certain = done->exited || done->code != SIGKILL;
  out.mail_over = !done->exited && done->code == SIGXCPU;
  return out;
}

// Empty when even the mail as such could not be read.
Result<std::string> WorkerPool::ask(protocol::Request request, int input) {
  casualties_.clear();
  request.file_cpu_milliseconds = static_cast<std::uint32_t>(patience_.file_cpu.count());
  std::uint32_t doubted = 0xFFFFFFFF;
  for (std::size_t runs = 0; runs < kRuns; ++runs) {
    auto one = run(request, input);
    if (!one) return tl::unexpected<Error>(one.error());
    if (one->answer) return std::move(*one->answer);
    const std::uint32_t operation = one->casualty.operation;
    const bool again = !one->certain && doubted != operation;
    casualties_.push_back(one->casualty);
    if (again) {
      doubted = operation;
      continue;
    }
    // What ends the reader although it was left out cannot be left out.
    const bool left_out = operation >= request.none_from ||
                          std::ranges::any_of(request.left_out, [&](const auto& row) {
                            return row.operation == operation;
                          });
    if (operation == 0 || left_out) break;
    if (one->mail_over || request.left_out.size() >= limits::kUnsafeFiles) {
      request.none_from = operation;
    } else {
      request.left_out.push_back({operation, one->casualty.ended});
    }
  }
  return std::string();
}

Result<parsers::Reading> WorkerPool::read(protocol::Task task, int input, std::string_view name) {
  struct stat status{};
  if (::fstat(input, &status) != 0) return world("无法读取文件");
  const auto size = static_cast<std::uint64_t>(status.st_size);
  protocol::Request request;
  request.task = task;
  request.name = name.substr(0, limits::kNameBytes);
  request.titles = titles_;
  auto answer = ask(std::move(request), input);
  if (!answer) return tl::unexpected<Error>(answer.error());
  if (!answer->empty()) {
    auto reading = parsers::decode_reading(*answer);
    const bool may_be = task == protocol::Task::kDetect || (reading && reading->is_mail);
    if (reading && may_be && admit(*reading, size)) return std::move(*reading);
    casualties_.push_back({0, Ended::kForbidden, "an answer that no reader gives"});
  }
  parsers::Reading nothing;
  nothing.is_mail = true;
  nothing.size = size;
  nothing.problems.emplace_back(parsers::kNotReadSafely);
  return nothing;
}

Result<parsers::Reading> WorkerPool::read_mail(int input) {
  return read(protocol::Task::kMail, input, "");
}
Result<parsers::Reading> WorkerPool::read_file(int input, std::string_view name) {
  return read(protocol::Task::kDetect, input, name);
}

Result<parsers::mime::PartList> WorkerPool::list_parts(int input) {
  protocol::Request request;
  request.task = protocol::Task::kParts;
  auto answer = ask(std::move(request), input);
  if (!answer) return tl::unexpected<Error>(answer.error());
  if (!answer->empty()) {
    auto parts = parsers::decode_parts(*answer);
    if (parts && admit(*parts)) return std::move(*parts);
    casualties_.push_back({0, Ended::kForbidden, "an answer that no reader gives"});
  }
  parsers::mime::PartList nothing;
  nothing.problems.emplace_back(parsers::kNotReadSafely);
  return nothing;
}

Result<parsers::protocol::Hello> WorkerPool::self_test() {
  constexpr std::string_view kText = "报送";
  const auto input = in_memory(kText);
  if (!input) return tl::unexpected<Error>(input.error());
  const auto reading = read_file(input->get(), "a.txt");
  if (!reading) return tl::unexpected<Error>(reading.error());
  const auto* text = reading->documents.empty()
                         ? nullptr
                         : std::get_if<parsers::TextFacts>(&reading->documents[0].facts);
  if (text == nullptr || text->text != kText || reading->sha256 != sha256_hex(kText)) {
    return fail(ErrorKind::kPermanent, "读取程序没有给出应有的结果",
                "请确认 baosong 与 baosong-worker 来自同一版本");
  }
  return process_->hello();
}

std::optional<pid_t> WorkerPool::server() const {
  return process_ ? std::optional(process_->pid()) : std::nullopt;
}

Result<Descriptor> in_memory(std::string_view bytes) {
  Descriptor file(::memfd_create("input", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (file.get() < 0) return world("无法分配内存");
  while (!bytes.empty()) {
    const ssize_t n = ::write(file.get(), bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return world("无法分配内存");
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fcntl(file.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) != 0) {
    return world("无法分配内存");
  }
  return file;
}

}  // namespace baosong::daemon
