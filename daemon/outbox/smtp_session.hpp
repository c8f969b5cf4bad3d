// One SMTP session (RFC 5321) as a submission client: libcurl connects, does TLS, the greeting and
// EHLO (daemon/net/connection.hpp); then AUTH PLAIN or LOGIN (RFC 4954) and one mail after the
// other, each with one recipient.
//
// Any failure leaves the session unusable: drop it.
// Thread rule: a session belongs to one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "daemon/net/connection.hpp"
#include "daemon/outbox/outbox.hpp"
#include "daemon/outbox/smtp_reply.hpp"

namespace baosong::daemon::smtp {

// Where in the talk something was said.
enum class Step : std::uint8_t { kConnect, kLogin, kSender, kRecipient, kData, kEnd };

// Why the talk ended.
struct Failure {
  Step step = Step::kConnect;
  std::optional<Reply> reply;  // the server said no; else there was no (usable) answer
  Error error;                 // in words, when there is no reply
  // The mark that ends the data may have reached the server and no answer came.
  bool unknown = false;
};
template <class T>
using Spoken = tl::expected<T, Failure>;

struct Account {
  ServerAddress endpoint;      // its `silence` is also how long a reply may take
  std::string user, password;  // an empty user: no login (a relay on this machine)
};

class Session {
 public:
  // Connected and logged in.
  static Spoken<Session> open(Account account);
  // The server has taken the mail, or Failure.
  Spoken<void> deliver(const OutboundMail& mail, const AtEnd& at_end);
  void quit();  // says goodbye; what the server answers does not matter

 private:
  Session(Connection connection, std::chrono::seconds patience)
      : connection_(std::move(connection)), patience_(patience) {}

  Spoken<void> log_in(const Account& account, const Capabilities& offers);
  Spoken<void> log_in_plain(const Account& account);
  Spoken<void> log_in_login(const Account& account);
  // The whole reply, or a Failure when none came within `patience`.
  Spoken<Reply> hear(Step step, std::chrono::seconds patience);
  // Sends the line and expects a reply of this code.
  Spoken<void> say(Step step, std::string_view line, int code);

  Connection connection_;
  std::chrono::seconds patience_;  // for a reply
};

}  // namespace baosong::daemon::smtp
