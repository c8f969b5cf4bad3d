#include "daemon/receive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "daemon/limits.hpp"
#include "daemon/log.hpp"
#include "daemon/pulse.hpp"
#include "parsers/base/limits.hpp"

namespace baosong::daemon {

ArchivingReceiver::ArchivingReceiver(const IntakeParts& parts, std::string mailbox,
                                     IntakeCounts& counts, bool thorough)
    : parts_(parts), mailbox_(std::move(mailbox)), counts_(counts), thorough_(thorough) {}

void ArchivingReceiver::expect(std::size_t mails) {
  if (mails > 0) progress_.emplace("接收邮件", "封", mails);
}

Result<bool> ArchivingReceiver::known(std::string_view key) {
  // A stop is obeyed here: a mail that is passed over now is offered again next time.
  if (parts_.stop()) {
    cut_short_ = true;
    return true;
  }
  pulse::beat();
  ++shown_;
  if (!thorough_) return parts_.store->fetched(mailbox_, key);
  auto sighted = parts_.store->sighted(mailbox_, key);
  if (!sighted) return tl::unexpected(sighted.error());
  if (!*sighted) return false;
  if (parts_.archive->holds((*sighted)->sha256, (*sighted)->size)) {
    ++kept_;
    return true;
  }
  lost_.emplace(key);
  return false;
}

std::optional<Census> ArchivingReceiver::census() const {
  if (!thorough_ || !held_ || cut_short_) return std::nullopt;
  // A list may be shorter than the mailbox's own count; what was not listed was not kept. Mails
  // that cannot be had are told of by themselves.
  return Census{mailbox_, parts_.clock.now(), std::max(*held_, shown_) - unreadable_, kept_};
}

Result<Archive::Incoming> ArchivingReceiver::begin(const MailRef&) {
  // What was listed before the stop is left where it is.
  if (parts_.stop()) return fail(ErrorKind::kTransient, "程序正在停止，其余邮件下次再收");
  return parts_.archive->begin();
}

Result<void> ArchivingReceiver::keep(const MailRef& ref, Archive::Incoming incoming) {
  incoming.complete();
  bytes_ += incoming.size();
  keys_.push_back(ref.key);
  complete_.push_back({std::move(incoming), ref.arrival});
  if (complete_.size() < limits::kSettledMails && bytes_ < limits::kSettledBytes) return {};
  return settle();
}

Result<void> ArchivingReceiver::settle() {
  if (!failure_ && !complete_.empty()) {
    if (auto done = settle_now(); !done) failure_ = done.error();
  }
  if (failure_) return tl::unexpected(*failure_);
  return {};
}

Result<void> ArchivingReceiver::settle_now() {
  bytes_ = 0;
  const auto keys = std::exchange(keys_, {});
  std::vector<Arrival> arrivals;
  for (const Archive::Complete& mail : complete_) arrivals.push_back(mail.arrival);
  auto kept = parts_.archive->keep(std::exchange(complete_, {}));
  if (!kept) return tl::unexpected(kept.error());
  std::vector<Store::Arrived> mails;
  for (std::size_t i = 0; i < kept->size(); ++i) {
    const Archive::Kept& mail = (*kept)[i];
    mails.push_back({mailbox_, keys[i], mail.sha256, mail.size, arrivals[i].time, arrivals[i].exact,
                     parts_.clock.now(), std::string()});
    if (mail.size > limits::kMailBytes) {
      mails.back().quarantine =
          fmt::format("邮件大小为{}MB，超过{}MB，已存档但未解析", mail.size / limits::kMiB,
                      limits::kMailBytes / limits::kMiB);
    }
  }
  auto fresh = parts_.store->add_archived(mails);
  if (!fresh) return tl::unexpected(fresh.error());
  for (std::size_t i = 0; i < mails.size(); ++i) {
    ++kept_;
    if (lost_.contains(keys[i])) {
      if (auto restored = parts_.store->restore(mails[i].sha256); !restored) return restored;
    }
    const std::string_view name = log::mail(mails[i].sha256);
    if (!(*fresh)[i]) {
      ++counts_.duplicates;
      log::debug("邮件 {} 先前已收到", name);
    } else {
      ++counts_.received;
      log::info("收到邮件 {}（{} 字节）", name, mails[i].size);
      if (!mails[i].quarantine.empty()) {
        ++counts_.quarantined;
        log::warning("邮件 {} 待人工查看：{}", name, mails[i].quarantine);
      }
    }
    if (progress_) progress_->advance();
  }
  return {};
}

Result<void> ArchivingReceiver::unreadable(const MailRef& ref, const std::string& trouble) {
  ++counts_.quarantined;
  ++unreadable_;
  if (progress_) progress_->advance();
  log::warning("待人工查看：{}", trouble);
  return parts_.store->add_unfetched(mailbox_, ref.key, parts_.clock.now(), trouble);
}

}  // namespace baosong::daemon
