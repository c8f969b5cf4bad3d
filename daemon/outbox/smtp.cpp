#include "daemon/outbox/smtp.hpp"

#include <fmt/format.h>

#include <utility>

#include "daemon/letters/reply.hpp"
#include "daemon/limits.hpp"
#include "daemon/outbox/smtp_answers.hpp"
#include "daemon/secret.hpp"

namespace baosong::daemon {

SmtpOutbox::SmtpOutbox(OutboxSettings settings, std::unique_ptr<SentFolder> sent)
    : settings_(std::move(settings)), sent_(std::move(sent)) {}

SmtpOutbox::~SmtpOutbox() { SmtpOutbox::rest(); }

void SmtpOutbox::rest() {
  if (session_) session_->quit();
  session_.reset();
}

Result<Delivery> SmtpOutbox::outcome_of(const smtp::Failure& failure) {
  if (failure.reply) return smtp::delivery_of(failure.step, *failure.reply);
  Delivery out;
  if (failure.unknown) {
    out.fate = Fate::kUnknown;
    out.reason = failure.error.message;
    return out;
  }
  if (failure.step == smtp::Step::kConnect || failure.step == smtp::Step::kLogin) {
    return tl::unexpected(failure.error);
  }
  out.fate = Fate::kLater;
  out.wait = limits::kLetterRetry;
  out.reason = failure.error.message + "，这封信没有发出，稍后自动再发";
  return out;
}

Result<Delivery> SmtpOutbox::prepare() {
  if (session_ && delivered_ >= limits::kLettersPerConnection) rest();
  if (session_) return Delivery{};
  smtp::Account account{{.url = settings_.url, .ca_file = settings_.ca_file}, settings_.user, {}};
  account.endpoint.silence = settings_.timeout;
  if (!account.user.empty()) {
    auto password = read_password(settings_.password_file, "outbox.password_file");
    if (!password) return tl::unexpected(password.error());
    account.password = std::move(*password);
  }
  auto session = smtp::Session::open(std::move(account));
  if (!session) return outcome_of(session.error());
  session_.emplace(std::move(*session));
  delivered_ = 0;
  return Delivery{};
}

Result<Delivery> SmtpOutbox::deliver(const OutboundMail& mail, const AtEnd& at_end) {
  if (auto ready = prepare(); !ready || ready->fate != Fate::kTaken) return ready;
  Delivery out;
  if (!is_plain_address(mail.from)) {
    return fail(ErrorKind::kConfig, fmt::format("发信地址“{}”不合规范", mail.from),
                "请检查 outbox.from 或通知里的邮箱");
  }
  if (!is_plain_address(mail.to)) {
    out.fate = Fate::kRefused;
    out.reason = "收件地址不合规范，没有发出";
    return out;
  }
  if (const std::string fault = smtp::stuff(mail.bytes).fault; !fault.empty()) {
    out.fate = Fate::kRefused;
    out.reason = fault + "，没有发出";
    return out;
  }
  std::optional<Error> ours;
  auto done = session_->deliver(mail, [&]() -> Result<void> {
    auto ready = at_end();
    if (!ready) ours = ready.error();
    return ready;
  });
  if (done) {
    ++delivered_;
    return out;
  }
  // Whatever it was: nobody knows any more what the server expects next.
  if (done.error().reply) {
    rest();
  } else {
    session_.reset();
  }
  if (ours) return tl::unexpected(std::move(*ours));
  return outcome_of(done.error());
}

Result<Delivered> SmtpOutbox::look(const LookFor& letter) {
  if (!sent_) return Delivered::kCannotTell;
  return look_into(*sent_, letter);
}

}  // namespace baosong::daemon
