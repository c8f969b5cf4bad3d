// A mailbox on an IMAP server. The session stays open between two calls of receive() and is opened
// again after any error; mails that were received before are not even listed again.
//
// One mail that cannot be had does not keep back the others: it is put last, tried alone, and after
// kMailTries reported and left alone for longer and longer.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

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
  void listen() override;
  [[nodiscard]] int news_socket() const override;
  bool has_news() override;
  ~ImapMailbox() override;

  void look_at_all() override;

 private:
  using Steady = std::chrono::steady_clock;

  // A mail that was listed and is not received yet.
  struct Pending {
    imap::Summary mail;
    MailRef ref;
    unsigned failures = 0;
    std::string said;  // by the server, at the last failure
    Steady::time_point not_before{};
  };
  // What one look into the mailbox came to.
  struct Look {
    bool ours = false;      // it ended by an error of the receiver's: disk or store
    bool fetching = false;  // it ended while mails were fetched
    bool answered = false;  // the server said of single mails that it will not give them
    std::size_t received = 0;
  };

  explicit ImapMailbox(MailboxSettings settings) : settings_(std::move(settings)) {}
  Result<void> connect();
  Result<void> look(Receiver& receiver, Look& now);
  Result<void> list_new(Receiver& receiver, Look& now);
  Result<void> fetch_suspects(Receiver& receiver, Look& now);
  Result<void> fetch(const std::vector<imap::Summary>& mails, Receiver& receiver, Look& now);
  Result<void> give_up(Receiver& receiver, const Look& now);
  std::vector<imap::Summary> due(bool suspects) const;

  MailboxSettings settings_;
  std::string server_;  // the URL without the folder
  std::string folder_ = "INBOX";
  std::optional<imap::Session> session_;
  unsigned idle_failures_ = 0;  // in a row
  std::uint64_t uid_validity_ = 0;
  std::uint64_t next_uid_ = 1;  // everything below was listed
  // How many mails are there by our own count, and by how many the server's EXISTS differs.
  std::int64_t count_ = 0;
  std::int64_t surplus_ = 0;
  std::map<std::uint64_t, Pending> pending_;  // by UID
};

}  // namespace baosong::daemon
