// A Maildir as the place where letters go: made when it is not there. The file name is worked out
// from the Message-ID, so a letter that is delivered again finds itself.
#pragma once

#include <string>
#include <utility>

#include "daemon/outbox/outbox.hpp"

namespace baosong::daemon {

class MaildirOutbox final : public Outbox {
 public:
  MaildirOutbox(Disk& disk, std::string path) : disk_(&disk), path_(std::move(path)) {}
  Result<Delivery> deliver(const OutboundMail& mail, const AtEnd& at_end) override;
  // Looks into new/ and into cur/, where a mail reader moves what it has shown.
  Result<Delivered> look(const LookFor& letter) override;

 private:
  Disk* disk_;
  std::string path_;
};

}  // namespace baosong::daemon
