#include "daemon/aftermath.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>
#include <vector>

namespace baosong::daemon {
namespace {

// A bounce without a Message-ID is about a letter that left within this time.
constexpr auto kBouncesWithin = std::chrono::hours(24 * 7);

Result<std::optional<LetterRow>> letter_of(Store& store, const parsers::Message& message,
                                           Time received) {
  std::vector<std::string> ids;
  if (message.bounce) ids.push_back(message.bounce->original_message_id);
  ids.push_back(message.in_reply_to);
  ids.insert(ids.end(), message.references.rbegin(), message.references.rend());
  for (const std::string& id : ids) {
    if (id.empty()) continue;
    auto letter = store.letter_named(id);
    if (!letter || *letter) return letter;
  }
  if (!message.bounce || message.bounce->recipient.empty()) return std::optional<LetterRow>();
  return store.last_letter_to(message.bounce->recipient, received - kBouncesWithin);
}

}  // namespace

Result<std::string> note_aftermath(Store& store, const rules::Judgement& judgement,
                                   const parsers::Message& message, Time received, Time now) {
  const bool bounce = judgement.disposition == rules::Disposition::kBounce;
  if (!bounce && judgement.disposition != rules::Disposition::kAutoReply) return std::string();
  auto letter = letter_of(store, message, received);
  if (!letter) return tl::unexpected(letter.error());
  if (!*letter) return std::string();
  const LetterRow& ours = **letter;
  // 4.x.x: the other server still tries (RFC 3463, 3.1).
  const std::string status = message.bounce ? message.bounce->status : std::string();
  if (bounce && !status.starts_with('4')) {
    const std::string reason = status.empty() ? std::string("发往该地址的信被退回")
                                              : fmt::format("发往该地址的信被退回（{}）", status);
    auto blocked = store.add_block({ours.letter.to, now, reason, ours.letter.message_id});
    if (!blocked) return tl::unexpected(blocked.error());
    auto logged = store.log({0, now, "baosong", "address-blocked", ours.letter.message_id, reason});
    if (!logged) return tl::unexpected(logged.error());
  }
  return ours.letter.message_id;
}

}  // namespace baosong::daemon
