// baosong run: the service; with --once, what is there is handled and the program ends.
#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>
#include <string>

#include "daemon/commands/command.hpp"
#include "daemon/disk.hpp"
#include "daemon/intake.hpp"
#include "daemon/outbox/send.hpp"
#include "daemon/settings.hpp"
#include "daemon/store/store.hpp"

namespace baosong::daemon {
namespace {

// SIGTERM, SIGINT and SIGHUP are blocked and looked for between two mails and while waiting, so
// that no step is ever cut in the middle. Undone at the end: tests run commands in one process.
class StopSignals {
 public:
  StopSignals() {
    ::sigemptyset(&set_);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::sigaddset(&set_, signal);
    ::sigprocmask(SIG_BLOCK, &set_, &old_);
  }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  ~StopSignals() { ::sigprocmask(SIG_SETMASK, &old_, nullptr); }

  [[nodiscard]] bool pending() const {
    sigset_t waiting;
    ::sigemptyset(&waiting);
    ::sigpending(&waiting);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) {
      if (::sigismember(&waiting, signal) == 1) return true;
    }
    return false;
  }
  // True when a signal came within `time`; it is taken.
  bool wait(std::chrono::seconds time) const {
    const timespec limit{static_cast<time_t>(time.count()), 0};
    return ::sigtimedwait(&set_, nullptr, &limit) > 0;
  }

 private:
  sigset_t set_{};
  sigset_t old_{};
};

// One turn: receive, read, decide, send. The first error ends the turn's later steps only where
// they could not do their work: a mailbox that is away keeps no letter from leaving.
struct Turn {
  IntakeCounts mails;
  SendCounts letters;
  std::optional<Error> error;

  void note(const Result<void>& step) {
    if (!step && !error) error = step.error();
  }
};

struct House {
  Config config;
  std::unique_ptr<InstanceLock> lock;
  std::optional<Archive> archive;
  std::optional<Store> store;
  std::unique_ptr<Mailbox> mailbox;
  std::unique_ptr<Outbox> outbox;
};

Result<House> open_house(const Invocation& invocation) {
  House house;
  house.config = load_config(invocation.config, invocation.set);
  if (!house.config.faults.empty()) {
    for (const rules::Fault& fault : house.config.faults) {
      std::fputs((rules::to_text(fault) + "\n").c_str(), stderr);
    }
    return fail(ErrorKind::kConfig,
                fmt::format("配置中有{}处错误，未启动", house.config.faults.size()),
                "请按上面所列修改后重试，可用 baosong config check 检查");
  }
  const Settings& settings = house.config.settings;
  auto mailbox = open_mailbox(settings.mailbox);
  if (!mailbox) return tl::unexpected(mailbox.error());
  house.mailbox = std::move(*mailbox);
  auto outbox = open_outbox(real_disk(), settings.outbox);
  if (!outbox) return tl::unexpected(outbox.error());
  house.outbox = std::move(*outbox);

  if (auto made = make_directory(real_disk(), settings.state); !made) {
    return tl::unexpected(made.error());
  }
  auto lock = InstanceLock::take(settings.state + "/lock");
  if (!lock) return tl::unexpected(lock.error());
  house.lock = std::make_unique<InstanceLock>(std::move(*lock));
  auto archive = Archive::open(real_disk(), settings.state + "/archive");
  if (!archive) return tl::unexpected(archive.error());
  house.archive.emplace(std::move(*archive));
  auto store = Store::open(settings.state + "/" + std::string(kStoreFile));
  if (!store) return tl::unexpected(store.error());
  house.store.emplace(std::move(*store));
  return house;
}

Turn take_turn(House& house, const Clock& clock, bool fetch_only,
               const std::function<bool()>& stop) {
  Turn turn;
  Intake intake({.notice = &house.config.notice,
                 .templates = &house.config.templates,
                 .store = &*house.store,
                 .archive = &*house.archive,
                 .clock = clock,
                 .settle = house.config.settings.outbox.settle,
                 .stop = stop});
  turn.note(intake.receive(*house.mailbox));
  if (!fetch_only) {
    // Deciding goes by the time of arrival: a mail that is not read yet could come first. Sending
    // waits for it too: a mail that is not decided yet may belong into the same letter.
    auto step = intake.read_new();
    if (step) step = intake.decide_new();
    if (step) {
      const Sender sender{&*house.store, house.outbox.get(), &house.config.notice,
                          &house.config.settings, stop};
      step = sender.send_due(clock.now(), turn.letters);
    }
    turn.note(step);
  }
  turn.mails = intake.counts();
  return turn;
}

void report(const Turn& turn, House& house, bool fetch_only) {
  const IntakeCounts& mails = turn.mails;
  std::string line = fmt::format("收到新邮件{}封", mails.received);
  if (mails.duplicates > 0) line += fmt::format("（另有{}封内容相同，不重复计）", mails.duplicates);
  if (mails.quarantined > 0) line += fmt::format("，{}封待人工查看", mails.quarantined);
  if (!fetch_only) {
    line += fmt::format("，处理{}封，发信{}封", mails.decided, turn.letters.sent);
    if (turn.letters.held > 0) line += fmt::format("，暂缓{}封", turn.letters.held);
    if (const auto pending = house.store->letters(LetterState::kPending);
        pending && !pending->empty()) {
      line += fmt::format("，待发{}封", pending->size());
    }
  }
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

bool did_something(const Turn& turn) {
  return turn.mails.received + turn.mails.duplicates + turn.mails.decided + turn.letters.sent +
             turn.letters.held >
         0;
}

Result<Exit> run(const Invocation& invocation) {
  // A full quota or a reader that went away is an error to report, not a reason to die.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  ::umask(077);
  const bool fetch_only = invocation.has("fetch-only");
  const bool once = invocation.has("once");
  if (fetch_only && !once) {
    return fail(ErrorKind::kUsage, "选项 --fetch-only 只能与 --once 同用",
                "应为“baosong run --once --fetch-only”");
  }
  const StopSignals signals;
  auto house = open_house(invocation);
  if (!house) return tl::unexpected(house.error());
  const Clock clock(invocation.now);
  const auto stop = [&signals] { return signals.pending(); };

  if (once) {
    const Turn turn = take_turn(*house, clock, fetch_only, stop);
    report(turn, *house, fetch_only);
    if (turn.error) return tl::unexpected(*turn.error);
    return Exit::kDone;
  }
  for (std::string said;;) {
    const Turn turn = take_turn(*house, clock, false, stop);
    if (did_something(turn)) report(turn, *house, false);
    if (turn.error) {
      if (!turn.error->may_retry()) return tl::unexpected(*turn.error);
      // The same trouble at every poll is said once.
      if (turn.error->message != said) print_error(*turn.error);
    }
    said = turn.error ? turn.error->message : std::string();
    if (signals.wait(house->config.settings.mailbox.poll)) return Exit::kDone;
  }
}

constexpr std::array kOptions{
    OptionRow{"once", "", "handle what is there and exit"},
    OptionRow{"fetch-only", "", "with --once: receive and archive without deciding"},
};

}  // namespace

extern constinit const CommandRow kRunCommand{
    "run", "", "the service: watch the mailbox, judge what comes, answer it", kOptions, 0, 0, run};

}  // namespace baosong::daemon
