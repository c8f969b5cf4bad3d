// Runs the real program and looks at what it leaves behind.
#pragma once

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace baosong::integration {

struct Ran {
  int exit = -1;    // exit status; -1 when a signal ended it
  int signal = 0;   // that signal
  std::string out;  // stdout and stderr, as they came
  std::chrono::microseconds time{};
  long peak_kib = 0;  // largest resident set
};
struct RunOptions {
  std::vector<std::string> environment{};        // "KEY=VALUE", added to ours
  std::chrono::microseconds kill_after{0};       // SIGKILL after this time; 0: never
  std::chrono::milliseconds terminate_after{0};  // SIGTERM after this time; 0: never
  unsigned long file_size = 0;                   // RLIMIT_FSIZE in bytes; 0: none
};
Ran run_program(const std::vector<std::string>& arguments, const RunOptions& options = {});

// A Maildir, a state directory and an outbox below one directory that goes away with the test.
class Office {
 public:
  Office();
  Office(const Office&) = delete;
  Office& operator=(const Office&) = delete;
  ~Office();

  void deliver(const std::string& name, const std::string& mail) const;
  // Forgets everything but the mailbox.
  void reset() const;
  // `run --once` at a fixed time with everything below this directory, plus `more`.
  std::vector<std::string> once(const std::vector<std::string>& more = {}) const;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  // Every row of every table, every file of archive and outbox with its bytes: two of these are
  // equal when nothing differs that anybody could see later.
  std::map<std::string, std::string> everything() const;
  long number(const std::string& sql) const;
  // The first column of each row, and the second.
  std::map<std::string, std::string> table(const std::string& sql) const;

 private:
  std::string path_;
};

// Fourteen mails: several of one unit, a question, an auto-reply, a bounce, strangers, rubbish.
std::vector<std::pair<std::string, std::string>> sample_mails();

}  // namespace baosong::integration
