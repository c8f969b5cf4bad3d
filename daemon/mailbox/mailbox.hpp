// Where mail comes from. A mailbox is only ever read: nothing in it is deleted, moved or marked.
//
// The mailbox pushes: it knows how its mails come cheapest (a directory, one after the other; IMAP,
// several UIDs in one pipelined FETCH) and streams each into a sink that the receiver hands out, so
// a mail of any size needs little memory.
// Thread rule: one mailbox belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/archive.hpp"
#include "daemon/settings.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon {

// One mail as its mailbox names it.
struct MailRef {
  // Names the same mail again in the next run, whatever flags it got: for IMAP
  // "UIDVALIDITY/UID", for a Maildir the file's name without flags, its size and time.
  std::string key;
  std::uint64_t size = 0;  // as announced; what is streamed counts
  Arrival arrival;
};

// Who takes the mails. An error from any function ends receive() with that error: the disk or the
// store failed, and going on would only fail again.
class Receiver {
 public:
  virtual ~Receiver() = default;
  // How many mails receive() is about to offer, for progress. May be called more than once.
  virtual void expect(std::size_t mails) = 0;
  // How many mails the mailbox holds by its own count. Said once for each look at all of them.
  virtual void holds(std::uint64_t mails) = 0;
  // True: this mail is in the archive already; it is not fetched again.
  virtual Result<bool> known(std::string_view key) = 0;
  // A place for the bytes. A mailbox that loses the mail midway drops it: nothing is left behind.
  virtual Result<Archive::Incoming> begin(const MailRef& ref) = 0;
  // All bytes were streamed. The mail survives a crash once settle() has returned: several mails
  // become durable together. Until then a mailbox must not take it for received; an error, of
  // this or of settle(), may mean any mail since the last settle().
  virtual Result<void> keep(const MailRef& ref, Archive::Incoming incoming) = 0;
  // Called by whoever called receive(), and by a mailbox that remembers what was received.
  virtual Result<void> settle() = 0;
  // The mailbox shows this mail but cannot hand it out; the next mail follows. `trouble` is one
  // Chinese sentence. It is offered again next time.
  virtual Result<void> unreadable(const MailRef& ref, const std::string& trouble) = 0;
};

class Mailbox {
 public:
  virtual ~Mailbox() = default;
  // Names the mailbox in the store; without password: "maildir:/srv/mail".
  [[nodiscard]] virtual std::string name() const = 0;
  // Offers every mail that the receiver does not know. Mails that vanish meanwhile are passed
  // over. Errors: the mailbox as a whole cannot be read (kTransient: try again later).
  virtual Result<void> receive(Receiver& receiver) = 0;
  // Makes the next receive() offer every mail to Receiver::known() again, also those that a mailbox
  // remembers to have offered.
  virtual void look_at_all() {}

  // Between two receive(): a mailbox that can tell of new mail by itself is asked to. It goes on
  // until the next receive() or until the server ends it. Most mailboxes cannot.
  virtual void listen() {}
  // Can be read when there is word from the server; -1: the mailbox does not listen.
  [[nodiscard]] virtual int news_socket() const { return -1; }
  // Takes the word, without waiting; true: a look is worthwhile.
  virtual bool has_news() { return false; }
};

// By the scheme of mailbox.url; an unknown scheme is kConfig.
Result<std::unique_ptr<Mailbox>> open_mailbox(const MailboxSettings& settings);

// "maildir:PATH" or "maildir:///PATH" -> PATH; nullopt for another scheme.
std::optional<std::string> maildir_path(std::string_view url);

}  // namespace baosong::daemon
