// Takes what a mailbox pushes: into the archive first, then into the store.
#pragma once

#include <optional>
#include <string>

#include "daemon/intake.hpp"
#include "daemon/progress.hpp"

namespace baosong::daemon {

class ArchivingReceiver final : public Receiver {
 public:
  ArchivingReceiver(const IntakeParts& parts, std::string mailbox, IntakeCounts& counts);

  void expect(std::size_t mails) override;
  Result<bool> known(std::string_view key) override;
  Result<Archive::Incoming> begin(const MailRef& ref) override;
  Result<void> keep(const MailRef& ref, Archive::Incoming incoming) override;
  Result<void> unreadable(const MailRef& ref, const std::string& trouble) override;

 private:
  const IntakeParts& parts_;
  std::string mailbox_;
  IntakeCounts& counts_;
  std::optional<Progress> progress_;
};

}  // namespace baosong::daemon
