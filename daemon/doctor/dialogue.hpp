// A few words with a mail server, line by line, over the service's own kind of connection. Enough
// for a look; receiving and sending have sessions of their own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "daemon/net/connection.hpp"

namespace baosong::daemon::doctor {

// What the server said to one request.
struct Reply {
  bool good = false;
  std::string text;                 // its last line, printable, at most 200 bytes
  std::vector<std::string> others;  // the lines before (untagged, or of a reply of many lines)
};

class Dialogue {
 public:
  static Result<Dialogue> open(const ServerAddress& endpoint);

  // IMAP (RFC 3501): sends it with a tag and reads up to the tagged answer, or BYE.
  Result<Reply> ask_imap(std::string_view command);
  // SMTP (RFC 5321): sends it and reads one reply; good: 2xx or 3xx.
  Result<Reply> ask_smtp(std::string_view command);

 private:
  explicit Dialogue(Connection connection) : connection_(std::move(connection)) {}
  Connection connection_;
  int tags_ = 0;
};

}  // namespace baosong::daemon::doctor
