// Reads what came from outside without looking at it: the program baosong-worker does, locked in.
// What crashes, hangs or misbehaves there is a finding about the file that was being read: the same
// bytes are read again without it, so that one bad file of a mail costs the others nothing.
//
// The program is started when it is first needed and again when it died; rest() lets it go.
// Thread rule: one thread at a time, the same one as long as the program runs.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/worker/process.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/base/result.hpp"
#include "parsers/facts.hpp"
#include "parsers/mime/parts.hpp"
#include "parsers/worker/protocol.hpp"

namespace baosong::daemon {

// One end of a reader that was not its own.
struct Casualty {
  std::uint32_t operation = 0;  // of Guide, counted from 1; 0: before the first
  parsers::Ended ended = parsers::Ended::kCrashed;
  std::string how;  // English: "signal 27 after 1.50 s"
};

// How long a reader may take.
struct Patience {
  std::chrono::milliseconds file_cpu{limits::kFileCpuMilliseconds};  // processor time; no more
  std::chrono::milliseconds file = std::chrono::seconds(limits::kFileSeconds);  // on the clock
  std::chrono::milliseconds mail = std::chrono::seconds(limits::kMailSeconds);
};

class WorkerPool {
 public:
  explicit WorkerPool(std::string program = find_worker_program()) : program_(std::move(program)) {}

  // `input` is a descriptor of a whole file that is open for reading. A mail that cannot be read
  // safely at all is a Reading with kNotReadSafely among its problems. Errors are the world's.
  Result<parsers::Reading> read_mail(int input);
  // A mail or a bare document, told by content. `name` has no directory.
  Result<parsers::Reading> read_file(int input, std::string_view name);
  Result<parsers::mime::PartList> list_parts(int input);

  // What happened during the last call, in order; empty when nothing did.
  [[nodiscard]] const std::vector<Casualty>& casualties() const { return casualties_; }
  // Of the reader that gave the last answer.
  [[nodiscard]] const parsers::protocol::Done& last() const { return last_; }

  // Whether the titles of scans are read, where that is installed; they are unless told otherwise.
  void read_titles(bool wanted) { titles_ = wanted; }
  void set_patience(const Patience& patience) { patience_ = patience; }

  // Reads a tiny document of our own the whole way; then what the program said of itself.
  Result<parsers::protocol::Hello> self_test();

  // Ends the program until it is needed again.
  void rest() { process_.reset(); }
  [[nodiscard]] std::optional<pid_t> server() const;

 private:
  struct Run;
  Result<std::string> ask(parsers::protocol::Request request, int input);
  Result<Run> run(const parsers::protocol::Request& request, int input);
  Result<parsers::Reading> read(parsers::protocol::Task task, int input, std::string_view name);

  std::string program_;
  Patience patience_;
  bool titles_ = true;
  std::optional<WorkerProcess> process_;
  std::vector<Casualty> casualties_;
  parsers::protocol::Done last_;
};

// The bytes as something read_mail() and read_file() take; sealed, so that nobody changes them.
Result<Descriptor> in_memory(std::string_view bytes);

}  // namespace baosong::daemon
