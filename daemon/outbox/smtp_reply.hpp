// What an SMTP server answers (RFC 5321, 4.2; enhanced status codes: RFC 2034). Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::daemon::smtp {

struct Reply {
  int code = 0;                    // 200 to 599
  std::string enhanced;            // "5.1.1"; empty when the server gives none
  std::vector<std::string> lines;  // behind the code, as they came

  [[nodiscard]] bool positive() const { return code >= 200 && code < 400; }
  // Code and all lines as one printable line of at most kReplyBytes, for people and the log.
  [[nodiscard]] std::string one_line() const;
};

// Takes a reply line by line. A reply may have many lines; each of them carries the same code.
class ReplyParser {
 public:
  enum class Step : std::uint8_t { kMore, kDone, kBroken };
  // `line` without its CRLF. After kDone, `reply` is whole, and the next line begins a new one.
  Step feed(std::string_view line);
  Reply reply;

 private:
  bool whole_ = true;
};

// The keywords that EHLO offers (RFC 5321, 4.1.1.1) and the mechanisms of AUTH (RFC 4954).
struct Capabilities {
  bool auth_plain = false, auth_login = false;
};
Capabilities capabilities_of(const Reply& ehlo);

// The mail as DATA wants it (RFC 5321, 4.5.2): a dot before each line that begins with one, CRLF at
// the end; the end mark itself is not in it. `fault` says in Chinese what keeps the mail from being
// sent: a bare CR or LF, a byte over 7 bits or NUL, a line over kMailLine.
struct Stuffed {
  std::string bytes;
  std::string fault;
};
Stuffed stuff(std::string_view mail);

}  // namespace baosong::daemon::smtp
