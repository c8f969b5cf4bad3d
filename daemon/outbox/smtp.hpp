// An SMTP server as the place where letters go. The connection stays open for several letters and
// is thrown away after any failure; a server that is away is not asked again before a growing
// while.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "daemon/outbox/outbox.hpp"
#include "daemon/outbox/sent_folder.hpp"
#include "daemon/outbox/smtp_session.hpp"

namespace baosong::daemon {

class SmtpOutbox final : public Outbox {
 public:
  // `sent` may be null: then nobody can tell what became of a letter without an answer.
  SmtpOutbox(OutboxSettings settings, std::unique_ptr<SentFolder> sent);
  ~SmtpOutbox() override;

  Result<Delivery> prepare() override;
  Result<Delivery> deliver(const OutboundMail& mail, const AtEnd& at_end) override;
  Result<Delivered> look(const LookFor& letter) override;
  void rest() override;

 private:
  // What a failure means for the letter; an Error when it says nothing about it.
  static Result<Delivery> outcome_of(const smtp::Failure& failure);

  OutboxSettings settings_;
  std::unique_ptr<SentFolder> sent_;
  std::optional<smtp::Session> session_;
  int delivered_ = 0;  // letters of this session
};

}  // namespace baosong::daemon
