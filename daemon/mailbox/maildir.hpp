// A Maildir (https://cr.yp.to/proto/maildir.html) as a source of mail: new/ and cur/. Survives
// files that are renamed from new/ to cur/, vanish or cannot be read while it looks.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "daemon/mailbox/mailbox.hpp"

namespace baosong::daemon {

class MaildirMailbox final : public Mailbox {
 public:
  explicit MaildirMailbox(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] std::string name() const override { return "maildir:" + path_; }
  Result<void> receive(Receiver& receiver) override;

 private:
  struct Entry {
    std::string file;
    MailRef ref;
  };
  Result<std::vector<Entry>> list() const;
  static Result<void> fetch(const Entry& entry, Receiver& receiver);

  std::string path_;
};

}  // namespace baosong::daemon
