#include "daemon/outbox/send.hpp"

#include <Poco/String.h>
#include <fmt/format.h>

#include "daemon/pulse.hpp"

namespace baosong::daemon {
namespace {

constexpr std::string_view kActor = "baosong";

const std::string& sender_address(const rules::Notice& notice, const Settings& settings) {
  return settings.outbox.from.empty() ? notice.mailbox : settings.outbox.from;
}

}  // namespace

std::optional<std::string> gate(const LetterRow& row, const Store::SentCounts& sent_today,
                                const rules::Notice& notice, const Settings& settings) {
  const std::string& to = row.letter.to;
  if (to.empty() || to == "<>") return "收件人为空";
  if (to.find('@') == std::string::npos || to.find_first_of("\r\n<> ") != std::string::npos) {
    return "收件地址不合规范";
  }
  for (const std::string& own :
       {notice.mailbox, settings.outbox.from, settings.mailbox.user, settings.outbox.user}) {
    if (!own.empty() && Poco::icompare(to, own) == 0) return "收件人是本系统自己的邮箱";
  }
  const OutboxSettings& limits = settings.outbox;
  if (limits.per_address_day > 0 && sent_today.to_address >= limits.per_address_day) {
    return fmt::format("当日发往该地址的信件已达{}封上限", limits.per_address_day);
  }
  if (limits.per_day > 0 && sent_today.in_all >= limits.per_day) {
    return fmt::format("当日发信总数已达{}封上限", limits.per_day);
  }
  return std::nullopt;
}

Result<void> Sender::hold(const LetterRow& letter, const std::string& reason, Time now,
                          SendCounts& counts) const {
  auto held = store->transaction([&]() -> Result<void> {
    if (auto done = store->hold_letter(letter.id, reason); !done) return done;
    return store->log(
        {0, now, std::string(kActor), "letter-held", letter.letter.message_id, reason});
  });
  if (held) ++counts.held;
  return held;
}

Result<void> Sender::send_one(LetterRow row, Time now, SendCounts& counts) const {
  bool left = false;
  if (row.state == LetterState::kSending) {
    auto there = outbox->look(row.letter.message_id);
    if (!there) return tl::unexpected(there.error());
    if (*there == Delivered::kCannotTell) {
      return hold(row, "上次发送中断，无法确认是否已送达，请人工核实", now, counts);
    }
    left = *there == Delivered::kYes;
  } else {
    auto sent = store->sent_counts(row.letter.to, day_of(now, notice->zone));
    if (!sent) return tl::unexpected(sent.error());
    if (const auto reason = gate(row, *sent, *notice, *settings)) {
      return hold(row, *reason, now, counts);
    }
    if (auto begun = store->begin_sending(row.id, now); !begun) return begun;
    row.date = now;
  }
  if (!left) {
    const std::string& from = sender_address(*notice, *settings);
    const std::string_view name = notice->signature.empty()
                                      ? std::string_view()
                                      : std::string_view(notice->signature.front());
    const OutboundMail mail{row.letter.message_id, from, row.letter.to,
                            to_rfc5322(row.letter, from, name, *row.date, notice->zone)};
    if (auto delivered = outbox->deliver(mail); !delivered) {
      if (delivered.error().kind != ErrorKind::kInput) return delivered;
      return hold(row, delivered.error().message, now, counts);
    }
  }
  auto marked = store->transaction([&]() -> Result<void> {
    if (auto done = store->mark_sent(row.id, now); !done) return done;
    return store->log({0, now, std::string(kActor), "letter-sent", row.letter.message_id, ""});
  });
  if (marked) ++counts.sent;
  return marked;
}

Result<void> Sender::send_due(Time now, SendCounts& counts) const {
  auto due = store->due(now);
  if (!due) return tl::unexpected(due.error());
  for (LetterRow& row : *due) {
    if (stop()) return {};
    if (auto done = send_one(std::move(row), now, counts); !done) return done;
    pulse::beat();
  }
  return {};
}

}  // namespace baosong::daemon
