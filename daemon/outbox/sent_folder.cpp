#include "daemon/outbox/sent_folder.hpp"

#include <algorithm>

#include "daemon/limits.hpp"

namespace baosong::daemon {

std::unique_ptr<SentFolder> open_sent_folder(const OutboxSettings& outbox,
                                             const MailboxSettings& mailbox) {
  static_cast<void>(outbox);
  static_cast<void>(mailbox);
  return nullptr;
}

Result<Delivered> look_into(SentFolder& folder, const LookFor& letter) {
  std::vector<std::string> ids{letter.message_id};
  ids.insert(ids.end(), letter.sent.begin(),
             letter.sent.begin() +
                 static_cast<std::ptrdiff_t>(std::min(letter.sent.size(), limits::kSentProofs)));
  auto there = folder.holds(ids);
  if (!there) return tl::unexpected(there.error());
  if ((*there)[letter.message_id]) return Delivered::kYes;
  const bool files_itself =
      ids.size() > 1 &&
      std::all_of(ids.begin() + 1, ids.end(), [&](const std::string& id) { return (*there)[id]; });
  if (letter.age < limits::kSentSettles) return Delivered::kNotYet;
  return files_itself ? Delivered::kNo : Delivered::kCannotTell;
}

}  // namespace baosong::daemon
