// Takes what a mailbox pushes: into the archive first, then into the store.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "daemon/intake.hpp"
#include "daemon/progress.hpp"

namespace baosong::daemon {

// Counts what a mailbox shows against what the archive holds. `thorough`: a mail is only known when
// its bytes lie in the archive; one whose file was lost is fetched again.
class ArchivingReceiver final : public Receiver {
 public:
  ArchivingReceiver(const IntakeParts& parts, std::string mailbox, IntakeCounts& counts,
                    bool thorough);

  void expect(std::size_t mails) override;
  void holds(std::uint64_t mails) override { held_ = static_cast<std::int64_t>(mails); }
  Result<bool> known(std::string_view key) override;
  Result<Archive::Incoming> begin(const MailRef& ref) override;
  Result<void> keep(const MailRef& ref, Archive::Incoming incoming) override;
  // Once it failed it fails for good: a mail that was handed over before may be lost to us.
  Result<void> settle() override;
  Result<void> unreadable(const MailRef& ref, const std::string& trouble) override;

  // Of a look at all mails; nullopt when it was cut short or the mailbox only spoke of new ones.
  [[nodiscard]] std::optional<Census> census() const;

 private:
  Result<void> settle_now();
  const IntakeParts& parts_;
  std::string mailbox_;
  IntakeCounts& counts_;
  bool thorough_;
  bool cut_short_ = false;
  std::optional<std::int64_t> held_;
  std::int64_t shown_ = 0, kept_ = 0, unreadable_ = 0;
  std::set<std::string, std::less<>> lost_;  // known mails whose file is gone
  std::optional<Progress> progress_;
  // Complete and not durable yet, with their keys.
  std::vector<std::string> keys_;
  std::vector<Archive::Complete> complete_;
  std::uint64_t bytes_ = 0;
  std::optional<Error> failure_;
};

}  // namespace baosong::daemon
