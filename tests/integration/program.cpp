#include "program.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "daemon/store/database.hpp"

extern char** environ;

namespace baosong::integration {
namespace fs = std::filesystem;
namespace {

// Memory where there is some: the tests sync thousands of times.
fs::path scratch_root() {
  return ::access("/dev/shm", W_OK | X_OK) == 0 ? fs::path("/dev/shm") : fs::temp_directory_path();
}

std::string slurp(const fs::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

daemon::Database open(const std::string& file) {
  auto db = daemon::Database::open(file, std::chrono::seconds(5));
  if (!db) throw std::runtime_error(db.error().message);
  return std::move(*db);
}

}  // namespace

Ran run_program(const std::vector<std::string>& arguments, const RunOptions& options) {
  std::vector<std::string> all{BAOSONG_PROGRAM};
  all.insert(all.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& one : all) argv.push_back(one.data());
  argv.push_back(nullptr);
  std::vector<std::string> environment;
  for (char** entry = environ; *entry != nullptr; ++entry) environment.emplace_back(*entry);
  environment.insert(environment.end(), options.environment.begin(), options.environment.end());
  std::vector<char*> envp;
  for (std::string& one : environment) envp.push_back(one.data());
  envp.push_back(nullptr);

  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child == 0) {
    ::dup2(pipe[1], 1);
    ::dup2(pipe[1], 2);
    if (options.file_size > 0) {
      const rlimit limit{options.file_size, options.file_size};
      ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }
  ::close(pipe[1]);
  if (options.kill_after.count() > 0) {
    std::this_thread::sleep_for(options.kill_after);
    ::kill(child, SIGKILL);
  }
  if (options.terminate_after.count() > 0) {
    std::this_thread::sleep_for(options.terminate_after);
    ::kill(child, SIGTERM);
  }
  Ran ran;
  std::array<char, 4096> chunk{};
  for (ssize_t n = 0; (n = ::read(pipe[0], chunk.data(), chunk.size())) > 0;) {
    ran.out.append(chunk.data(), static_cast<std::size_t>(n));
  }
  ::close(pipe[0]);
  int status = 0;
  rusage usage{};
  ::wait4(child, &status, 0, &usage);
  ran.time = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - start);
  ran.peak_kib = usage.ru_maxrss;
  if (WIFEXITED(status)) ran.exit = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ran.signal = WTERMSIG(status);
  return ran;
}

Office::Office() {
  std::string pattern = (scratch_root() / "baosong-office-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = pattern;
  for (const char* part : {"/mail/new", "/mail/cur", "/mail/tmp"}) {
    fs::create_directories(path_ + part);
  }
}
Office::~Office() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void Office::deliver(const std::string& name, const std::string& mail) const {
  std::ofstream(path_ + "/mail/new/" + name, std::ios::binary) << mail;
}
void Office::reset() const {
  fs::remove_all(path_ + "/state");
  fs::remove_all(path_ + "/out");
}

std::vector<std::string> Office::once(const std::vector<std::string>& more) const {
  std::vector<std::string> all{"run", "--once", "--now", "2022-10-24T18:00:00+08:00", "--set",
                               "state=" + path_ + "/state", "--set",
                               "mailbox.url=maildir:" + path_ + "/mail", "--set",
                               "outbox.url=maildir:" + path_ + "/out", "--set", "outbox.settle=0s",
                               // A second and more for a mail, and no matter here.
                               "--set", "reader.scan_titles=off"};
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

std::map<std::string, std::string> Office::everything() const {
  std::map<std::string, std::string> out;
  for (const char* part : {"state/archive", "out"}) {
    if (!fs::exists(path_ + "/" + part)) continue;
    for (const auto& entry : fs::recursive_directory_iterator(path_ + "/" + part)) {
      if (!entry.is_regular_file()) continue;
      out[fs::relative(entry.path(), path_).string()] = slurp(entry.path());
    }
  }
  if (!fs::exists(path_ + "/state/baosong.sqlite")) return out;
  using Names = std::tuple<std::string>;
  daemon::Database db = open(path_ + "/state/baosong.sqlite");
  const auto tables =
      db.rows<Names>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").value();
  for (const auto& [table] : tables) {
    std::string columns;
    const auto names =
        db.rows<Names>("SELECT name FROM pragma_table_info(?) ORDER BY cid", table).value();
    for (const auto& [name] : names) {
      columns += (columns.empty() ? "" : " || '|' || ") + ("quote(\"" + name + "\")");
    }
    const auto rows =
        db.rows<Names>("SELECT " + columns + " FROM \"" + table + "\" ORDER BY 1").value();
    std::string& text = out["table " + table];
    for (const auto& [row] : rows) text += row + "\n";
  }
  return out;
}

std::map<std::string, std::string> Office::table(const std::string& sql) const {
  std::map<std::string, std::string> out;
  daemon::Database db = open(path_ + "/state/baosong.sqlite");
  const auto rows = db.rows<std::tuple<std::string, std::string>>(sql).value();
  for (const auto& [key, value] : rows) out[key] = value;
  return out;
}

long Office::number(const std::string& sql) const {
  return open(path_ + "/state/baosong.sqlite").number(sql).value();
}

}  // namespace baosong::integration
