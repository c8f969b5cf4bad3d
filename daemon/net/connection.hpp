// One TLS (to a server on this machine also plain) connection to a mail server, set up by libcurl
// with CONNECT_ONLY: libcurl does DNS, TCP, TLS with verification, STARTTLS and the server's
// greeting; the protocol is then spoken here, because libcurl's own IMAP cuts literals and cannot
// send ID (RFC 2971).
//
// Waiting counts as a sign of life and ends early when the process is asked to stop
// (daemon/pulse.hpp).
// Any error leaves the connection unusable: throw it away and open a new one.
// Thread rule: a connection belongs to one thread.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "parsers/base/result.hpp"

namespace baosong::daemon {

struct ServerAddress {
  std::string url;      // imaps://, imap://, smtps:// or smtp://; host and port count, no path
  std::string ca_file;  // empty: the system's
  std::chrono::seconds connect_timeout{30};
  std::chrono::seconds silence{60};  // without a byte for this long, the server is gone
  // Given each line that the server says while libcurl sets the connection up (greeting,
  // capabilities), without CRLF; also of an attempt that fails.
  std::function<void(std::string_view line)> heard{};
};

class Connection {
 public:
  static Result<Connection> open(const ServerAddress& endpoint);

  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  Result<void> send(std::string_view bytes);

  // One line without its CRLF. A line of more than kLine bytes is a protocol error.
  static constexpr std::size_t kLine = 64 * 1024;
  Result<std::string> line();
  // The next `size` bytes, in pieces, as they come.
  using Sink = std::function<Result<void>(std::string_view)>;
  Result<void> bytes(std::uint64_t size, const Sink& sink);
  // Takes what has come, without waiting for more; true when line() has a whole line.
  Result<bool> has_line();
  // Waits for something to read without reading it; false when nothing came in time.
  Result<bool> wait(std::chrono::milliseconds patience);
  [[nodiscard]] int socket() const;  // for poll(); what TLS holds back it does not show

  // From this moment on nobody waits for the server any more, not even for one that sends a byte
  // now and then. What it has sent until then is still taken. At first there is no such moment.
  void set_deadline(std::chrono::steady_clock::time_point deadline);
  // Moves it: more is to come than was known, or the time went by here and not over there.
  void extend_deadline(std::chrono::steady_clock::duration by);

 private:
  struct Handle;
  explicit Connection(std::unique_ptr<Handle> handle);
  Result<void> fill();
  std::unique_ptr<Handle> handle_;
};

}  // namespace baosong::daemon
