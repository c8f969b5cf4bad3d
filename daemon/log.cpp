#include "daemon/log.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>

#include "daemon/limits.hpp"
#include "rules/mask.hpp"

namespace baosong::daemon::log {
namespace {

struct LevelRow {
  Level level;
  std::string_view name;   // in the settings
  std::string_view shown;  // in front of a line
};
constexpr std::array kLevels{
    LevelRow{Level::kError, "error", "错误"}, LevelRow{Level::kWarning, "warning", "警告"},
    LevelRow{Level::kNotice, "notice", "提示"}, LevelRow{Level::kInfo, "info", "信息"},
    LevelRow{Level::kDebug, "debug", "调试"}};

struct Sink {
  std::atomic<int> most{0};             // of Level; 0: closed
  std::atomic<std::int64_t> offset{0};  // minutes
  std::atomic<bool> journal{false};
};
Sink sink;

// systemd says which device and inode the journal's stream has; stderr may have been redirected.
bool stderr_is_journal() {
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat status{};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &status) != 0) return false;
  return fmt::format("{}:{}", status.st_dev, status.st_ino) == stream;
}

std::string prefix(Level level) {
  if (sink.journal) return fmt::format("<{}>", static_cast<int>(level));
  const Zone zone{"", std::chrono::minutes(sink.offset.load())};
  const Civil now =
      civil(std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()), zone);
  const auto* row = std::ranges::find(kLevels, level, &LevelRow::level);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} {} ", static_cast<int>(now.date.year()),
                     static_cast<unsigned>(now.date.month()), static_cast<unsigned>(now.date.day()),
                     now.hour, now.minute, now.second, row->shown);
}

bool is_local_part(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

// wang@126.com -> w***@126.com. What stands before the sign may be Chinese (RFC 6531) or the words
// of the sentence around it; both become stars.
std::string mask_addresses(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '@') {
      out.push_back(c);
      continue;
    }
    std::size_t from = out.size();
    while (from > 0 && is_local_part(out[from - 1])) --from;
    // The words before an ASCII address stay.
    std::size_t ascii = out.size();
    while (ascii > from && static_cast<unsigned char>(out[ascii - 1]) < 0x80) --ascii;
    if (ascii < out.size()) from = ascii;
    const bool keep_first = from < out.size() && static_cast<unsigned char>(out[from]) < 0x80;
    out.resize(from + (keep_first ? 1 : 0));
    out += "***@";
  }
  return out;
}

}  // namespace

std::optional<Level> find_level(std::string_view name) {
  const auto* row = std::ranges::find(kLevels, name, &LevelRow::name);
  if (row == kLevels.end()) return std::nullopt;
  return row->level;
}

std::vector<std::string_view> level_names() {
  std::vector<std::string_view> names;
  for (const LevelRow& row : kLevels) names.push_back(row.name);
  return names;
}

void open(Level most, const Zone& zone) {
  sink.offset = zone.offset.count();
  sink.journal = stderr_is_journal();
  sink.most = static_cast<int>(most);
}
void close() { sink.most = 0; }

std::string printable(std::string_view text) {
  std::string out = mask_addresses(rules::mask(text));
  std::ranges::replace_if(
      out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  if (out.size() > limits::kLogLine) {
    std::size_t end = limits::kLogLine;
    while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
    out.resize(end);
    out += "…";
  }
  return out;
}

void write(Level level, std::string_view text) {
  if (static_cast<int>(level) > sink.most) return;
  const std::string line = prefix(level) + printable(text) + "\n";
  // One call, so that lines of two threads do not mix. A log that cannot be written is no reason to
  // stop.
  [[maybe_unused]] const ssize_t n = ::write(STDERR_FILENO, line.data(), line.size());
}

std::string_view mail(std::string_view sha256) { return sha256.substr(0, 8); }

std::string text_of(const Error& error) {
  return error.hint.empty() ? error.message : fmt::format("{}（{}）", error.message, error.hint);
}

}  // namespace baosong::daemon::log
