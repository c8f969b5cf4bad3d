#include "daemon/outbox/send.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/letters/wording.hpp"
#include "daemon/limits.hpp"
#include "daemon/log.hpp"
#include "daemon/pulse.hpp"

namespace baosong::daemon {
namespace {

constexpr std::string_view kActor = "baosong";
// So many letters in a row that the server did not take: it is the server, not the letters.
constexpr int kFailuresInARow = 3;

const std::string& sender_address(const rules::Notice& notice, const Settings& settings) {
  return settings.outbox.from.empty() ? notice.mailbox : settings.outbox.from;
}

// Twice as long after each failure, never less than the server asked for.
std::chrono::seconds backoff(std::int64_t attempts, std::chrono::seconds asked) {
  const auto doubled = limits::kLetterRetry * (1 << std::min<std::int64_t>(attempts, 10));
  return std::max(asked, std::min<std::chrono::seconds>(doubled, limits::kLetterLastRetry));
}

// The service goes on receiving, and says this for as long as it lasts.
Error pause_error(const std::string& reason, const std::string& answer) {
  return {ErrorKind::kTransient, fmt::format("{}（服务器答复：{}）", reason, answer),
          "处理好以后可用 baosong release outbox 立即恢复发信"};
}

}  // namespace

struct Sender::Turn {
  Time now{};
  SendCounts* counts = nullptr;
  int failures = 0;  // in a row
  std::optional<Error> error;
};

Result<void> Sender::hold(Turn& turn, const LetterRow& letter, const std::string& reason,
                          const Delivery& delivery) const {
  auto held = store->transaction([&]() -> Result<void> {
    if (delivery.bad_address) {
      auto blocked =
          store->add_block({letter.letter.to, turn.now, delivery.reason, letter.letter.message_id});
      if (!blocked) return blocked;
    }
    if (auto done = store->hold_letter(letter.id, reason, delivery.answer); !done) return done;
    return store->log(
        {0, turn.now, std::string(kActor), "letter-held", letter.letter.message_id, reason});
  });
  if (!held) return held;
  ++turn.counts->held;
  log::warning("信件 #{} 暂缓：{}", letter.id, reason);
  return {};
}

Result<void> Sender::sent(Turn& turn, const LetterRow& letter) const {
  auto marked = store->transaction([&]() -> Result<void> {
    if (auto done = store->mark_sent(letter.id, turn.now); !done) return done;
    return store->log(
        {0, turn.now, std::string(kActor), "letter-sent", letter.letter.message_id, ""});
  });
  if (!marked) return marked;
  ++turn.counts->sent;
  log::info("信件 #{} 已发出", letter.id);
  return {};
}

Result<void> Sender::pause(Turn& turn, const Delivery& delivery) const {
  const Time from = delivery.tomorrow ? day_of(turn.now, notice->zone).to : turn.now;
  log::warning("发信暂停到{}：{}", short_moment(from + delivery.wait, notice->zone),
               delivery.reason);
  return store->transaction([&]() -> Result<void> {
    auto set = store->set_pause(
        {turn.now, from + delivery.wait, delivery.reason, delivery.answer, delivery.tell_staff});
    if (!set) return set;
    return store->log({0, turn.now, std::string(kActor), "outbox-paused",
                       format_rfc3339(from + delivery.wait, notice->zone),
                       fmt::format("{} ({})", delivery.reason, delivery.answer)});
  });
}

Result<void> Sender::try_later(Turn& turn, const LetterRow& letter,
                               const Delivery& delivery) const {
  const Time again = turn.now + backoff(letter.attempts, delivery.wait);
  log::info("信件 #{} 未发出：{}；{}再试", letter.id, delivery.reason,
            short_moment(again, notice->zone));
  return store->transaction([&]() -> Result<void> {
    auto set = store->try_later(letter.id, turn.now, again, delivery.reason, delivery.answer);
    if (!set) return set;
    return store->log({0, turn.now, std::string(kActor), "letter-later", letter.letter.message_id,
                       fmt::format("{} ({})", delivery.reason, delivery.answer)});
  });
}

// A letter of which nobody heard what became of it.
Result<Sender::Next> Sender::settle_doubt(Turn& turn, const LetterRow& letter) const {
  auto last = store->last_sent(limits::kSentProofs);
  if (!last) return tl::unexpected(last.error());
  const std::chrono::seconds age = turn.now - letter.date.value_or(turn.now);
  auto there = outbox->look({letter.letter.message_id, age, std::move(*last)});
  if (!there) {
    // Others need not wait because this one cannot be looked for now.
    turn.error = there.error();
    ++turn.counts->doubtful;
    return Next::kGoOn;
  }
  switch (*there) {
    case Delivered::kYes:
      if (auto done = sent(turn, letter); !done) {
        return tl::unexpected(done.error());
      }
      return Next::kGoOn;
    case Delivered::kNo:
      if (auto done = store->put_back(letter.id); !done) return tl::unexpected(done.error());
      return send_one(turn, letter);
    case Delivered::kNotYet: {
      ++turn.counts->doubtful;
      log::info("信件 #{} 没有收到答复，在已发送文件夹中查找", letter.id);
      auto done =
          store->look_later(letter.id, letter.date.value_or(turn.now) + limits::kSentSettles,
                            "已交给发信服务器但没有收到答复，正在已发送文件夹中查找");
      if (!done) return tl::unexpected(done.error());
      return Next::kGoOn;
    }
    case Delivered::kCannotTell:
      break;
  }
  auto held =
      hold(turn, letter, "已交给发信服务器但没有收到答复，无法确认对方是否收到，请人工核实");
  if (!held) return tl::unexpected(held.error());
  return Next::kGoOn;
}

Result<Sender::Next> Sender::send_one(Turn& turn, LetterRow letter) const {
  auto counts = store->sent_counts(letter.letter.to, day_of(turn.now, notice->zone), turn.now);
  if (!counts) return tl::unexpected(counts.error());
  auto block = store->block(letter.letter.to);
  if (!block) return tl::unexpected(block.error());
  const GateAnswer answer = gate(letter, *counts, block->has_value(), turn.now, *notice, *settings);
  Result<void> done;
  switch (answer.word) {
    case GateAnswer::Word::kPass:
      break;
    case GateAnswer::Word::kHold:
      done = hold(turn, letter, answer.reason);
      if (!done) return tl::unexpected(done.error());
      return Next::kGoOn;
    case GateAnswer::Word::kWait:
      ++turn.counts->postponed;
      done = store->postpone(letter.id, answer.until, answer.reason);
      if (!done) return tl::unexpected(done.error());
      return Next::kGoOn;
    case GateAnswer::Word::kStop:
      ++turn.counts->postponed;
      done = store->postpone_due(turn.now, answer.until, answer.reason);
      if (!done) return tl::unexpected(done.error());
      return Next::kEnd;
  }

  auto ready = outbox->prepare();
  if (!ready) return tl::unexpected(ready.error());
  if (ready->fate != Fate::kTaken) return took(turn, letter, *ready);
  auto begun = store->begin_sending(letter.id, turn.now);
  if (!begun) return tl::unexpected(begun.error());
  // Staff may have decided about it a moment ago.
  if (!*begun) return Next::kGoOn;
  return hand_over(turn, letter, turn.now);
}

Result<Sender::Next> Sender::hand_over(Turn& turn, const LetterRow& letter, Time date) const {
  const std::string& from = sender_address(*notice, *settings);
  const std::string_view name =
      notice->signature.empty() ? std::string_view() : std::string_view(notice->signature.front());
  const OutboundMail mail{letter.letter.message_id, from, letter.letter.to,
                          to_rfc5322(letter.letter, from, name, date, notice->zone)};
  bool handed = false;
  auto delivery = outbox->deliver(mail, [&]() -> Result<void> {
    handed = true;
    return store->mark_handed(letter.id);
  });
  if (delivery) return took(turn, letter, *delivery);
  if (!handed) {
    if (auto back = store->put_back(letter.id); !back) return tl::unexpected(back.error());
  }
  return tl::unexpected(delivery.error());
}

Result<Sender::Next> Sender::took(Turn& turn, const LetterRow& letter,
                                  const Delivery& delivery) const {
  Result<void> done;
  Next next = Next::kGoOn;
  switch (delivery.fate) {
    case Fate::kTaken:
      turn.failures = 0;
      done = sent(turn, letter);
      break;
    case Fate::kRefused:
      turn.failures = 0;
      done = hold(turn, letter, delivery.reason, delivery);
      break;
    case Fate::kLater: {
      const Time first = letter.first_try.value_or(turn.now);
      if (turn.now - first >= settings->outbox.give_up) {
        done = hold(turn, letter,
                    fmt::format("自{}起试了{}次仍未发出（{}）", short_moment(first, notice->zone),
                                letter.attempts + 1, delivery.reason),
                    delivery);
        break;
      }
      ++turn.counts->postponed;
      done = try_later(turn, letter, delivery);
      if (++turn.failures >= kFailuresInARow) next = Next::kEnd;
      break;
    }
    case Fate::kPaused:
      done = store->put_back(letter.id);
      if (done) done = pause(turn, delivery);
      if (delivery.tell_staff) turn.error = pause_error(delivery.reason, delivery.answer);
      ++turn.counts->postponed;
      next = Next::kEnd;
      break;
    case Fate::kUnknown: {
      auto again = store->letter(letter.id);
      if (!again) return tl::unexpected(again.error());
      return *again ? settle_doubt(turn, **again) : Result<Next>(Next::kGoOn);
    }
  }
  if (!done) return tl::unexpected(done.error());
  return next;
}

Result<void> Sender::send_due(Time now, SendCounts& counts) const {
  Turn turn{now, &counts, 0, {}};
  auto done = send_all(turn);
  outbox->rest();
  if (done && turn.error) return tl::unexpected(*turn.error);
  return done;
}

Result<void> Sender::send_all(Turn& turn) const {
  auto due = store->due(turn.now);
  if (!due) return tl::unexpected(due.error());
  auto paused = store->pause();
  if (!paused) return tl::unexpected(paused.error());
  const bool waits = *paused && (*paused)->until > turn.now;
  if (waits && (*paused)->tell_staff)
    turn.error = pause_error((*paused)->reason, (*paused)->answer);
  if (*paused && !waits) {
    if (auto lifted = store->lift_pause(); !lifted) return tl::unexpected(lifted.error());
  }
  for (LetterRow& letter : *due) {
    if (stop()) return {};
    Result<Next> next = Next::kGoOn;
    if (letter.state == LetterState::kSending && letter.handed) {
      next = settle_doubt(turn, letter);
    } else if (!waits) {
      if (letter.state == LetterState::kSending) {
        if (auto back = store->put_back(letter.id); !back) return back;
      }
      next = send_one(turn, std::move(letter));
    }
    if (!next) return tl::unexpected(next.error());
    if (*next == Next::kEnd) return {};
    pulse::beat();
  }
  return {};
}

}  // namespace baosong::daemon
