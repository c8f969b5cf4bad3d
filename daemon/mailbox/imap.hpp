// A mailbox on an IMAP server. The session stays open between two calls of receive() and is opened
// again after any error; mails that were received before are not even listed again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "daemon/mailbox/imap_session.hpp"
#include "daemon/mailbox/mailbox.hpp"

namespace baosong::daemon {

class ImapMailbox : public Mailbox {
 public:
  // `url` is imaps://host[:port][/FOLDER], or imap://, which insists on STARTTLS unless the server
  // is on this machine; without a folder it is INBOX. The password file is read at each login, so
  // that a new code needs no restart.
  static Result<std::unique_ptr<Mailbox>> open(const MailboxSettings& settings);

  [[nodiscard]] std::string name() const override;
  Result<void> receive(Receiver& receiver) override;
  ~ImapMailbox() override;

  void look_at_all() override { next_uid_ = 1; }

 private:
  explicit ImapMailbox(MailboxSettings settings) : settings_(std::move(settings)) {}
  Result<void> connect();
  Result<void> receive_new(Receiver& receiver);

  MailboxSettings settings_;
  std::string server_;  // the URL without the folder
  std::string folder_ = "INBOX";
  std::optional<imap::Session> session_;
  std::uint64_t uid_validity_ = 0;
  std::uint64_t next_uid_ = 1;  // everything below was received
};

}  // namespace baosong::daemon
