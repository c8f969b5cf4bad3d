// The service's log: one line an event, in Chinese, for the administrator. Under systemd it goes to
// the journal with its priority (sd-daemon(3)); elsewhere to stderr with the time in front.
//
// No line holds personal data, whoever wrote it: identity and mobile numbers become stars, of an
// address only its first letter and its domain stay. A mail is named by the start of its SHA-256, a
// unit by its id, a letter by its number in the store.
//
// Nothing is written before open(): one-off commands answer on stdout and complain by
// print_error(). Thread rule: open() and close() from the main thread; the rest from any.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/base/result.hpp"
#include "parsers/base/time.hpp"

namespace baosong::daemon::log {

// The priorities of syslog(3).
enum class Level : std::uint8_t { kError = 3, kWarning = 4, kNotice = 5, kInfo = 6, kDebug = 7 };

// "error", "warning", "notice", "info", "debug"; nullopt for another word.
std::optional<Level> find_level(std::string_view name);
std::vector<std::string_view> level_names();

// Lines up to `most` are written; times are those of `zone`.
void open(Level most, const Zone& zone);
void close();

void write(Level level, std::string_view text);

template <class... Args>
void error(fmt::format_string<Args...> text, Args&&... args) {
  write(Level::kError, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void warning(fmt::format_string<Args...> text, Args&&... args) {
  write(Level::kWarning, fmt::format(text, std::forward<Args>(args)...));
}
// What an administrator wants to know on a quiet day: start, stop, reload, well again.
template <class... Args>
void notice(fmt::format_string<Args...> text, Args&&... args) {
  write(Level::kNotice, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void info(fmt::format_string<Args...> text, Args&&... args) {
  write(Level::kInfo, fmt::format(text, std::forward<Args>(args)...));
}
template <class... Args>
void debug(fmt::format_string<Args...> text, Args&&... args) {
  write(Level::kDebug, fmt::format(text, std::forward<Args>(args)...));
}

// ---- How things are named ----

// The start of a mail's SHA-256, long enough to find it in `status` and on the disk.
std::string_view mail(std::string_view sha256);
// "磁盘空间已满（请清理磁盘）": the message and what to do about it, in one line.
std::string text_of(const Error& error);

// What write() makes of a text before it is written: masked, one line, at most kLogLine bytes of
// whole characters.
std::string printable(std::string_view text);

}  // namespace baosong::daemon::log
