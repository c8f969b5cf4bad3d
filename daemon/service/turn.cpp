#include "daemon/service/turn.hpp"

#include <fmt/format.h>

#include "daemon/digest_commit.hpp"
#include "daemon/log.hpp"

namespace baosong::daemon {
namespace {

std::optional<Error> error_of(const Result<void>& done) {
  return done ? std::nullopt : std::optional<Error>(done.error());
}

Result<void> write_digest(House& house, Time now) {
  const Config& config = house.config;
  auto added = commit_scheduled_digest(*house.store, config.templates, config.notice,
                                       config.settings.digest, now);
  if (!added) return tl::unexpected(added.error());
  if (*added > 0) log::info("当日情况已写好，发往{}个地址", *added);
  return {};
}

}  // namespace

std::optional<Error> Turn::first_error() const {
  for (const StepResult& step : steps) {
    if (step.error) return step.error;
  }
  return std::nullopt;
}

bool Turn::did_something() const {
  return mails.received + mails.duplicates + mails.decided + letters.sent + letters.held +
             letters.postponed + letters.doubtful >
         0;
}

std::string Turn::summary(bool fetch_only) const {
  std::string line = fmt::format("收到新邮件{}封", mails.received);
  if (mails.duplicates > 0) line += fmt::format("（另有{}封内容相同，不重复计）", mails.duplicates);
  if (mails.quarantined > 0) line += fmt::format("，{}封待人工查看", mails.quarantined);
  if (fetch_only) return line;
  line += fmt::format("，处理{}封，发信{}封", mails.decided, letters.sent);
  if (letters.held > 0) line += fmt::format("，暂缓{}封", letters.held);
  if (letters.postponed > 0) line += fmt::format("，推迟{}封", letters.postponed);
  if (letters.doubtful > 0) line += fmt::format("，查找中{}封", letters.doubtful);
  return line;
}

Turn take_turn(House& house, const Clock& clock, const TurnPlan& plan,
               const std::function<bool()>& stop) {
  Turn turn;
  WorkerPool workers;
  workers.read_titles(house.config.settings.reader.reads_titles());
  Intake intake({.notice = &house.config.notice,
                 .templates = &house.config.templates,
                 .store = &*house.store,
                 .archive = &*house.archive,
                 .workers = &workers,
                 .clock = clock,
                 .settle = house.config.settings.outbox.settle,
                 .stop = stop});
  for (const std::size_t post : plan.posts) {
    if (stop()) break;
    turn.steps.push_back(
        {Step::kReceive, post, error_of(intake.receive(*house.posts[post].mailbox))});
  }
  if (plan.work && !stop()) {
    // Deciding goes by the time of arrival: a mail that is not read yet could come first.
    auto done = intake.read_new();
    if (done) done = intake.decide_new();
    if (done && plan.digest && !stop()) done = write_digest(house, clock.now());
    turn.steps.push_back({Step::kWork, 0, error_of(done)});
    // Sending waits for it: a mail that is not decided yet may belong into the same letter.
    if (plan.send && done && !stop()) {
      const Sender sender{&*house.store, house.outbox.get(), &house.config.notice,
                          &house.config.settings, stop};
      done = sender.send_due(clock.now(), turn.letters);
      turn.steps.push_back({Step::kSend, 0, error_of(done)});
    }
  }
  turn.mails = intake.counts();
  return turn;
}

}  // namespace baosong::daemon
