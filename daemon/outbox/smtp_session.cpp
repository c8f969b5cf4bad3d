#include "daemon/outbox/smtp_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "daemon/base64.hpp"
#include "daemon/letters/reply.hpp"
#include "daemon/limits.hpp"
#include "daemon/pulse.hpp"

namespace baosong::daemon::smtp {
namespace {

tl::unexpected<Failure> broken(Step step, Error error) {
  return tl::unexpected(Failure{step, std::nullopt, std::move(error), false});
}
tl::unexpected<Failure> refused(Step step, Reply reply) {
  return tl::unexpected(Failure{step, std::move(reply), {}, false});
}

// What libcurl heard while it connected: the greeting, the answer to EHLO, with STARTTLS its answer
// and a second EHLO. The last whole reply counts: it is what the server offers, or its refusal.
class Greeting {
 public:
  void take(std::string_view line) {
    if (broken_) return;
    switch (parser_.feed(line)) {
      case ReplyParser::Step::kBroken:
        broken_ = true;
        break;
      case ReplyParser::Step::kDone:
        last_ = std::move(parser_.reply);
        break;
      case ReplyParser::Step::kMore:
        break;
    }
  }
  [[nodiscard]] const std::optional<Reply>& last() const { return last_; }

 private:
  ReplyParser parser_;
  std::optional<Reply> last_;
  bool broken_ = false;
};

}  // namespace

Spoken<Session> Session::open(Account account) {
  Greeting greeting;
  account.endpoint.heard = [&greeting](std::string_view line) { greeting.take(line); };
  auto connection = Connection::open(account.endpoint);
  if (!connection) {
    // libcurl says only that something was unexpected; the server's own words say why.
    if (greeting.last() && !greeting.last()->positive()) {
      return refused(Step::kConnect, *greeting.last());
    }
    return broken(Step::kConnect, connection.error());
  }
  Session session(std::move(*connection), account.endpoint.silence);
  if (account.user.empty()) return session;
  const Capabilities offers = greeting.last() ? capabilities_of(*greeting.last()) : Capabilities{};
  if (auto done = session.log_in(account, offers); !done) {
    return tl::unexpected(done.error());
  }
  return session;
}

Spoken<Reply> Session::hear(Step step, std::chrono::seconds patience) {
  ReplyParser parser;
  for (;;) {
    auto ready = connection_.wait(patience);
    if (!ready) return broken(step, ready.error());
    if (!*ready) {
      return broken(step,
                    {ErrorKind::kTransient,
                     pulse::stopping() ? "程序正在停止，不再等待发信服务器的答复"
                                       : fmt::format("发信服务器{}秒没有答复", patience.count()),
                     ""});
    }
    auto line = connection_.line();
    if (!line) return broken(step, line.error());
    switch (parser.feed(*line)) {
      case ReplyParser::Step::kBroken:
        return broken(step, {ErrorKind::kTransient, "发信服务器的答复不合规范，已断开", ""});
      case ReplyParser::Step::kDone:
        return std::move(parser.reply);
      case ReplyParser::Step::kMore:
        break;
    }
  }
}

Spoken<void> Session::say(Step step, std::string_view line, int code) {
  if (auto sent = connection_.send(fmt::format("{}\r\n", line)); !sent) {
    return broken(step, sent.error());
  }
  auto reply = hear(step, patience_);
  if (!reply) return tl::unexpected(reply.error());
  // 251: the server forwards to the address it knows (RFC 5321, 3.4).
  if (reply->code == code || (code == 250 && reply->code == 251)) return {};
  if (!reply->positive()) return refused(step, std::move(*reply));
  return broken(step, {ErrorKind::kTransient,
                       fmt::format("发信服务器的答复不合规范（{}），已断开", reply->code), ""});
}

Spoken<void> Session::log_in(const Account& account, const Capabilities& offers) {
  if (account.user.find('\0') != std::string::npos ||
      account.password.find('\0') != std::string::npos) {
    return broken(Step::kLogin, {ErrorKind::kConfig, "发信邮箱的用户名或授权码里有不可用的字符",
                                 "请检查 outbox.user 和授权码文件"});
  }
  if (offers.auth_plain) {
    auto done = log_in_plain(account);
    // 504: the mechanism is not known after all (RFC 4954, 4).
    if (done || !offers.auth_login || !done.error().reply || done.error().reply->code != 504) {
      return done;
    }
    return log_in_login(account);
  }
  if (offers.auth_login) return log_in_login(account);
  return broken(Step::kLogin,
                {ErrorKind::kPermanent, "发信服务器没有提供本程序支持的登录方式（PLAIN、LOGIN）",
                 "请核对 outbox.url；不需要登录的本机服务器请不要设置 outbox.user"});
}

Spoken<void> Session::log_in_plain(const Account& account) {
  std::string response;
  response += '\0';
  response += account.user;
  response += '\0';
  response += account.password;
  return say(Step::kLogin, "AUTH PLAIN " + base64(response), 235);
}

Spoken<void> Session::log_in_login(const Account& account) {
  if (auto done = say(Step::kLogin, "AUTH LOGIN", 334); !done) return done;
  if (auto done = say(Step::kLogin, base64(account.user), 334); !done) return done;
  return say(Step::kLogin, base64(account.password), 235);
}

Spoken<void> Session::deliver(const OutboundMail& mail, const AtEnd& at_end) {
  if (!is_plain_address(mail.from) || !is_plain_address(mail.to)) {
    throw std::logic_error("an address that must not stand in an envelope");
  }
  const Stuffed data = stuff(mail.bytes);
  if (!data.fault.empty()) throw std::logic_error("a letter that SMTP cannot carry");

  if (auto done = say(Step::kSender, fmt::format("MAIL FROM:<{}>", mail.from), 250); !done) {
    return done;
  }
  if (auto done = say(Step::kRecipient, fmt::format("RCPT TO:<{}>", mail.to), 250); !done) {
    return done;
  }
  if (auto done = say(Step::kData, "DATA", 354); !done) return done;
  // Until the end mark is complete the server must not deliver anything (RFC 5321, 4.1.1.4).
  if (auto sent = connection_.send(data.bytes); !sent) return broken(Step::kData, sent.error());
  if (auto ready = at_end(); !ready) return broken(Step::kData, ready.error());
  // A server that hung up or complains in the middle of the data is noticed while there is no
  // doubt.
  auto early = connection_.wait(std::chrono::milliseconds(0));
  if (!early) return broken(Step::kData, early.error());
  if (*early) {
    auto reply = hear(Step::kData, patience_);
    if (!reply) return tl::unexpected(reply.error());
    if (!reply->positive()) return refused(Step::kData, std::move(*reply));
    return broken(Step::kData, {ErrorKind::kTransient, "发信服务器的答复不合规范，已断开", ""});
  }

  auto lost = [](Error error) {
    return tl::unexpected(Failure{Step::kEnd, std::nullopt, std::move(error), true});
  };
  if (auto sent = connection_.send(".\r\n"); !sent) return lost(sent.error());
  auto reply = hear(Step::kEnd, patience_ * limits::kEndPatience);
  if (!reply) return lost(reply.error().error);
  if (reply->code / 100 == 2) return {};
  if (!reply->positive()) return refused(Step::kEnd, std::move(*reply));
  return lost(
      {ErrorKind::kTransient, fmt::format("发信服务器的答复不合规范（{}）", reply->code), ""});
}

void Session::quit() {
  patience_ = std::min<std::chrono::seconds>(patience_, std::chrono::seconds(5));
  auto answer = say(Step::kConnect, "QUIT", 221);
  static_cast<void>(answer);
}

}  // namespace baosong::daemon::smtp
