#include "daemon/receive.hpp"

#include <fmt/format.h>

#include "daemon/pulse.hpp"
#include "parsers/base/limits.hpp"

namespace baosong::daemon {

ArchivingReceiver::ArchivingReceiver(const IntakeParts& parts, std::string mailbox,
                                     IntakeCounts& counts)
    : parts_(parts), mailbox_(std::move(mailbox)), counts_(counts) {}

void ArchivingReceiver::expect(std::size_t mails) {
  if (mails > 0) progress_.emplace("接收邮件", "封", mails);
}

Result<bool> ArchivingReceiver::known(std::string_view key) {
  // A stop is obeyed here: a mail that is passed over now is offered again next time.
  if (parts_.stop()) return true;
  pulse::beat();
  return parts_.store->fetched(mailbox_, key);
}

Result<Archive::Incoming> ArchivingReceiver::begin(const MailRef&) {
  return parts_.archive->begin();
}

Result<void> ArchivingReceiver::keep(const MailRef& ref, Archive::Incoming incoming) {
  auto kept = parts_.archive->keep(std::move(incoming), ref.arrival);
  if (!kept) return tl::unexpected(kept.error());
  Store::Arrived mail{mailbox_,         ref.key,           kept->sha256,       kept->size,
                      ref.arrival.time, ref.arrival.exact, parts_.clock.now(), std::string()};
  if (kept->size > limits::kMailBytes) {
    mail.quarantine = fmt::format("邮件大小为{}MB，超过{}MB，已存档但未解析",
                                  kept->size / limits::kMiB, limits::kMailBytes / limits::kMiB);
  }
  auto fresh = parts_.store->add_archived(mail);
  if (!fresh) return tl::unexpected(fresh.error());
  if (!*fresh) {
    ++counts_.duplicates;
  } else {
    ++counts_.received;
    if (!mail.quarantine.empty()) ++counts_.quarantined;
  }
  if (progress_) progress_->advance();
  return {};
}

Result<void> ArchivingReceiver::unreadable(const MailRef& ref, const std::string& trouble) {
  ++counts_.quarantined;
  if (progress_) progress_->advance();
  return parts_.store->add_unfetched(mailbox_, ref.key, parts_.clock.now(), trouble);
}

}  // namespace baosong::daemon
