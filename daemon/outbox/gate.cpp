#include "daemon/outbox/gate.hpp"

#include <Poco/String.h>
#include <fmt/format.h>

#include <chrono>

namespace baosong::daemon {

GateAnswer gate(const LetterRow& letter, const Store::SentCounts& sent, bool blocked, Time now,
                const rules::Notice& notice, const Settings& settings) {
  using Word = GateAnswer::Word;
  const std::string& to = letter.letter.to;
  const auto hold = [](std::string reason) {
    return GateAnswer{Word::kHold, {}, std::move(reason)};
  };
  if (to.empty() || to == "<>") return hold("收件人为空");
  if (to.find('@') == std::string::npos || to.find_first_of("\r\n<> ") != std::string::npos) {
    return hold("收件地址不合规范");
  }
  for (const std::string& own :
       {notice.mailbox, settings.outbox.from, settings.mailbox.user, settings.outbox.user}) {
    if (!own.empty() && Poco::icompare(to, own) == 0) return hold("收件人是本系统自己的邮箱");
  }
  if (blocked) return hold("此前发往该地址的信被退回，请先核对地址");

  if (letter.letter.kind == LetterKind::kDigest) return {};
  const OutboxSettings& limits = settings.outbox;
  const Time tomorrow = day_of(now, notice.zone).to;
  if (limits.per_day > 0 && sent.in_all >= limits.per_day) {
    return {Word::kStop, tomorrow,
            fmt::format("当日发信总数已达{}封上限，明天自动发出", limits.per_day)};
  }
  if (limits.per_address_day > 0 && sent.to_address >= limits.per_address_day) {
    return {Word::kWait, tomorrow,
            fmt::format("当日发往该地址的信件已达{}封上限，明天自动发出", limits.per_address_day)};
  }
  if (limits.per_minute > 0 && sent.in_minute >= limits.per_minute) {
    return {Word::kStop, now + std::chrono::minutes(1),
            fmt::format("每分钟最多发{}封，随后自动发出", limits.per_minute)};
  }
  return {};
}

}  // namespace baosong::daemon
