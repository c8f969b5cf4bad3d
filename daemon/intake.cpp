#include "daemon/intake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <set>
#include <tuple>

#include "daemon/aftermath.hpp"
#include "daemon/limits.hpp"
#include "daemon/log.hpp"
#include "daemon/progress.hpp"
#include "daemon/pulse.hpp"
#include "daemon/receive.hpp"

namespace baosong::daemon {
namespace {

constexpr std::string_view kActor = "baosong";

bool joins_ledger(const rules::Judgement& judgement) {
  return judgement.disposition == rules::Disposition::kSubmission &&
         judgement.attribution.outcome == rules::Attributed::kOne;
}

// A person of a unit that we can name wrote: whatever we asked this address is answered.
bool answers_a_question(const rules::Judgement& judgement) {
  return judgement.attribution.outcome == rules::Attributed::kOne &&
         (judgement.disposition == rules::Disposition::kSubmission ||
          judgement.disposition == rules::Disposition::kInquiry);
}

bool wants_letter(rules::Verdict verdict) {
  return verdict != rules::Verdict::kHold && verdict != rules::Verdict::kSilent;
}

auto identity(const rules::Finding& f) {
  return std::tie(f.rule, f.item, f.document, f.message_sha256, f.measured, f.limit);
}

// What one letter says that answers several mails of a unit: each mail is decided once more against
// the standing as it is now, so that what a later mail mended is not mentioned and what an earlier
// one left open is.
rules::Decision decide_together(const rules::Notice& notice, const rules::Judgement& last,
                                const rules::Decision& decision, const rules::Standing& standing,
                                const rules::Ledger& ledger,
                                const std::vector<std::string>& answers) {
  rules::Decision joint = decision;
  std::set<std::tuple<std::string, std::string, std::string, std::string, std::string, std::string>>
      said;
  for (const rules::Finding& finding : joint.findings) said.emplace(identity(finding));
  for (const rules::LedgerMail& mail : ledger.mails) {
    if (mail.sha256 == last.mail.sha256 || std::ranges::find(answers, mail.sha256) == answers.end())
      continue;
    rules::Judgement earlier;
    earlier.disposition = last.disposition;
    earlier.attribution = last.attribution;
    earlier.mail = mail;
    const rules::Decision one = rules::decide(notice, earlier, &standing);
    if (one.verdict == rules::Verdict::kCorrect) joint.verdict = rules::Verdict::kCorrect;
    for (const rules::Finding& finding : one.findings) {
      if (said.emplace(identity(finding)).second) joint.findings.push_back(finding);
    }
  }
  return joint;
}

// One line for the log: "单位 chaoyang，submission，correct".
std::string decision_text(const rules::Judgement& judgement, const rules::Decision& decision) {
  const rules::Attribution& who = judgement.attribution;
  const std::string unit = who.outcome == rules::Attributed::kOne      ? "单位 " + who.unit
                           : who.outcome == rules::Attributed::kNobody ? "单位未知"
                                                                       : "单位有冲突";
  return fmt::format("{}，{}，{}", unit, name_of(judgement.disposition), name_of(decision.verdict));
}

}  // namespace

Time Clock::now() const {
  if (fixed_) return *fixed_;
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Time received_time(const parsers::Message& message, Arrival arrival) {
  if (arrival.exact) return arrival.time;
  if (message.received) return *message.received;
  return message.date.value_or(arrival.time);
}

DryRun dry_run(const rules::Notice& notice, const Templates& templates, parsers::Reading reading,
               Time fallback, std::optional<Time> now) {
  DryRun run;
  run.reading = std::move(reading);
  run.received = received_time(run.reading.message, {fallback, false});
  const Time moment = now.value_or(run.received);
  run.judgement = rules::judge(notice, run.reading, run.received);
  rules::Ledger ledger;
  if (joins_ledger(run.judgement)) {
    ledger.unit = run.judgement.attribution.unit;
    ledger.mails.push_back(run.judgement.mail);
    run.standing = rules::evaluate(notice, ledger, moment);
    run.has_standing = true;
  }
  const rules::Standing* standing = run.has_standing ? &run.standing : nullptr;
  run.decision = rules::decide(notice, run.judgement, standing);
  run.letter = compose(templates, {.notice = &notice,
                                   .judgement = &run.judgement,
                                   .message = &run.reading.message,
                                   .standing = standing,
                                   .ledger = run.has_standing ? &ledger : nullptr,
                                   .decision = &run.decision,
                                   .answers = {run.reading.sha256},
                                   .now = moment});
  return run;
}

Result<void> Intake::receive(Mailbox& mailbox) {
  auto due = census_due(mailbox.name());
  if (!due) return tl::unexpected(due.error());
  ArchivingReceiver receiver(parts_, mailbox.name(), counts_, *due);
  if (*due) mailbox.look_at_all();
  auto done = mailbox.receive(receiver);
  // What came before an error is kept; what was not kept is offered again.
  if (auto settled = receiver.settle(); !settled) {
    mailbox.look_at_all();
    return settled;
  }
  if (!done) return done;
  const auto census = receiver.census();
  if (!census) return {};
  if (!census->agrees()) {
    auto logged =
        parts_.store->log({0, census->at, std::string(kActor), "census", census->mailbox,
                           fmt::format("{} shown, {} kept", census->shown, census->kept)});
    if (!logged) return logged;
  }
  return parts_.store->set_census(*census);
}

// Once a day; also when the clock was set back, or a mailbox never had one, or did not agree.
Result<bool> Intake::census_due(const std::string& mailbox) {
  auto all = parts_.store->censuses();
  if (!all) return tl::unexpected(all.error());
  const auto last = std::ranges::find(*all, mailbox, &Census::mailbox);
  if (last == all->end()) return true;
  const auto age = parts_.clock.now() - last->at;
  if (age < std::chrono::seconds(0)) return true;
  return age >= (last->agrees() ? limits::kCensusEvery : limits::kCensusAgain);
}

Result<void> Intake::set_aside(const std::string& sha256, std::string_view trouble) {
  ++counts_.quarantined;
  log::warning("邮件 {} 待人工查看：{}", log::mail(sha256), trouble);
  return parts_.store->transaction([&]() -> Result<void> {
    if (auto done = parts_.store->quarantine(sha256, trouble); !done) return done;
    return parts_.store->log(
        {0, parts_.clock.now(), std::string(kActor), "quarantine", sha256, std::string(trouble)});
  });
}

Result<void> Intake::read_new() {
  auto unread = parts_.store->unread();
  if (!unread) return tl::unexpected(unread.error());
  std::optional<Progress> progress;
  if (!unread->empty()) progress.emplace("解析邮件", "封", unread->size());
  for (const Store::Unread& mail : *unread) {
    if (parts_.stop()) return {};
    if (auto done = read_one(mail); !done) return done;
    pulse::beat();
    progress->advance();
  }
  // The next mail may be hours away.
  parts_.workers->rest();
  return {};
}

Result<void> Intake::read_one(const Store::Unread& mail) {
  auto file = parts_.archive->read(mail.sha256);
  if (!file && file.error().may_retry()) return tl::unexpected(file.error());
  if (!file) return set_aside(mail.sha256, file.error().message);
  auto reading = parts_.workers->read_mail(file->descriptor());
  if (!reading) return tl::unexpected(reading.error());
  if (auto noted = note_casualties(mail.sha256); !noted) return noted;
  if (std::ranges::find(reading->problems, parsers::kNotReadSafely) != reading->problems.end()) {
    return set_aside(mail.sha256, "此邮件的内容无法安全读取，请人工查看原件");
  }
  // Which mail it is, we know ourselves.
  reading->sha256 = mail.sha256;
  return parts_.store->add_reading(mail.sha256, *reading,
                                   received_time(reading->message, {mail.arrival, mail.exact}));
}

Result<void> Intake::note_casualties(const std::string& sha256) {
  for (const Casualty& casualty : parts_.workers->casualties()) {
    auto logged =
        parts_.store->log({0, parts_.clock.now(), std::string(kActor), "reader-ended", sha256,
                           fmt::format("{} (operation {}, {})", text_of(casualty.ended),
                                       casualty.operation, casualty.how)});
    if (!logged) return logged;
  }
  return {};
}

Result<void> Intake::decide_new() {
  auto mails = parts_.store->undecided();
  if (!mails) return tl::unexpected(mails.error());
  std::optional<Progress> progress;
  if (!mails->empty()) progress.emplace("处理邮件", "封", mails->size());
  for (const MailRow& mail : *mails) {
    if (parts_.stop()) return {};
    if (auto done = decide_one(mail); !done) return done;
    pulse::beat();
    progress->advance();
  }
  return {};
}

// Decided once already, when its original was: nothing joins a ledger and nobody is written to.
Result<void> Intake::note_copy(const std::string& sha256, const std::string& original) {
  auto done = parts_.store->transaction([&]() -> Result<void> {
    if (auto set = parts_.store->set_copy(sha256, original); !set) return set;
    return parts_.store->log(
        {0, parts_.clock.now(), std::string(kActor), "copy", sha256, "of " + original});
  });
  if (done) ++counts_.duplicates;
  return done;
}

Result<Intake::Past> Intake::past_of(const std::string& sha256) {
  Past past;
  if (!parts_.rebuilding) return past;
  auto known = parts_.store->past_of(sha256);
  if (!known) return tl::unexpected(known.error());
  auto answered = parts_.store->take_up_answer(sha256);
  if (!answered) return tl::unexpected(answered.error());
  past.answered = *answered;
  if (*known == Store::Past::kDecided) {
    past.hold_reason = "重建台账后，对这封来信的判断与原先不同，是否补发请人工确认";
  } else if (*known == Store::Past::kUnknown) {
    past.hold_reason = "重建前的台账中没有这封来信，无法确认是否已回过信，请人工确认";
  }
  return past;
}

Result<void> Intake::decide_one(const MailRow& mail) {
  const rules::Notice& notice = *parts_.notice;
  Store& store = *parts_.store;
  auto original = store.original_of(mail.sha256);
  if (!original) return tl::unexpected(original.error());
  if (*original) return note_copy(mail.sha256, **original);
  auto loaded = store.reading(mail.sha256);
  if (!loaded) return tl::unexpected(loaded.error());
  const parsers::Reading& reading = *loaded;
  const Time now = parts_.clock.now();
  const Time moment = parts_.clock.fixed().value_or(mail.received);

  rules::Judgement judgement;
  try {
    judgement = rules::judge(notice, reading, mail.received);
  } catch (const std::exception& fault) {
    return set_aside(mail.sha256, std::string("判断此邮件时程序出错：") + fault.what());
  }

  std::size_t letters = 0;
  std::string said;
  auto done = store.transaction([&]() -> Result<void> {
    if (auto added = store.add_judgement(mail.sha256, judgement); !added) return added;

    rules::Ledger ledger;
    std::optional<rules::Standing> standing;
    if (joins_ledger(judgement)) {
      auto whole = store.ledger(judgement.attribution.unit);
      if (!whole) return tl::unexpected(whole.error());
      ledger = std::move(*whole);
      if (auto found = store.find_photos_elsewhere(notice, ledger); !found) return found;
      standing = rules::evaluate(notice, ledger, moment);
      if (auto set = store.set_photos(notice, ledger, *standing); !set) return set;
    }
    const rules::Standing* known = standing ? &*standing : nullptr;
    auto about = note_aftermath(store, judgement, reading.message, mail.received, now);
    if (!about) return tl::unexpected(about.error());
    Outcome outcome{mail.sha256,
                    judgement,
                    rules::decide(notice, judgement, known),
                    now,
                    reading.message.bounce,
                    std::move(*about)};

    if (answers_a_question(judgement)) {
      for (const parsers::Address* who : {&reading.message.from, &reading.message.reply_to}) {
        if (who->address.empty()) continue;
        if (auto closed = store.close_questions(who->address); !closed) return closed;
      }
    }

    LetterInput input{.notice = &notice,
                      .judgement = &judgement,
                      .message = &reading.message,
                      .standing = known,
                      .ledger = standing ? &ledger : nullptr,
                      .decision = &outcome.decision,
                      .answers = {mail.sha256},
                      .now = moment};
    std::optional<Letter> letter;
    if (wants_letter(outcome.decision.verdict)) {
      letter = compose(*parts_.templates, input);
      if (!letter) {
        outcome.decision.verdict = rules::Verdict::kHold;
        outcome.decision.reason += "; no letter may go to this sender";
      }
    }
    auto past = past_of(mail.sha256);
    if (!past) return tl::unexpected(past.error());
    if (letter && outcome.decision.verdict == rules::Verdict::kAskUnit && !past->answered) {
      auto open = store.question_open(letter->to);
      if (!open) return tl::unexpected(open.error());
      if (*open) {
        letter.reset();
        outcome.decision.verdict = rules::Verdict::kHold;
        outcome.decision.reason += "; this address was asked before and has not answered";
      }
    }

    if (auto added = store.add_outcome(outcome); !added) return added;
    said = decision_text(judgement, outcome.decision);
    if (auto logged = store.log(
            {0, now, std::string(kActor), "decide", mail.sha256,
             std::string(name_of(outcome.decision.verdict)) + ": " + outcome.decision.reason});
        !logged) {
      return logged;
    }
    if (!letter || past->answered) return {};

    NewLetter fresh{{},
                    standing ? judgement.attribution.unit : std::string(),
                    now,
                    now + parts_.settle,
                    std::nullopt};
    // What waits for people takes nothing with it that need not wait.
    auto pending = standing && past->hold_reason.empty()
                       ? store.pending_letter(fresh.unit, letter->to)
                       : Result<std::optional<LetterRow>>(std::nullopt);
    if (!pending) return tl::unexpected(pending.error());
    if (*pending) {
      const LetterRow& old = **pending;
      input.answers.insert(input.answers.end(), old.letter.answers.begin(),
                           old.letter.answers.end());
      std::ranges::sort(input.answers);
      const rules::Decision joint =
          decide_together(notice, judgement, outcome.decision, *standing, ledger, input.answers);
      input.decision = &joint;
      letter = compose(*parts_.templates, input);
      if (!letter) throw std::logic_error("a letter that could be composed alone cannot be joined");
      fresh.replaces = old.id;
      // A letter that is due already waits no longer.
      if (old.due_at <= now) fresh.due_at = now;
      if (auto logged = store.log({0, now, std::string(kActor), "letter-replaced",
                                   old.letter.message_id, "by " + letter->message_id});
          !logged) {
        return logged;
      }
    } else {
      ++letters;
    }
    fresh.letter = std::move(*letter);
    auto added = store.add_letter(fresh);
    if (!added) return tl::unexpected(added.error());
    said += fmt::format("，信件 #{} 待发", *added);
    if (past->hold_reason.empty()) return {};
    return store.hold_letter(*added, past->hold_reason);
  });
  if (!done) return done;
  log::info("邮件 {}：{}", log::mail(mail.sha256), said);
  ++counts_.decided;
  counts_.letters += letters;
  return {};
}

}  // namespace baosong::daemon
