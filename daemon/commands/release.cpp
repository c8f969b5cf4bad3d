// baosong release: staff looked at what is held and let it go.
#include <fmt/format.h>

#include <array>

#include "daemon/commands/setup.hpp"
#include "daemon/commands/staff.hpp"

namespace baosong::daemon {
namespace {

// A held letter leaves, or it did arrive, or it is not to be sent.
Result<Exit> release_letter(const Invocation& invocation, Store& store, std::int64_t id, Time now,
                            AuditRow log) {
  const auto nothing = [&] { return why_not(store, id); };
  if (invocation.has("sent")) {
    log.action = "release as sent";
    return decide(
        store, log, [&] { return store.letter_arrived(id, now); }, nothing,
        fmt::format("编号L{}的回信记为已送达", id));
  }
  if (invocation.has("drop")) {
    log.action = "release without sending";
    return decide(
        store, log, [&] { return store.settle_letter(id, now); }, nothing,
        fmt::format("编号L{}的回信不再发出", id));
  }
  auto row = store.letter(id);
  if (!row) return tl::unexpected(row.error());
  const bool held = *row && (*row)->state == LetterState::kHeld;
  return decide(
      store, log,
      [&]() -> Result<bool> {
        if (!held) return false;
        auto released = store.retry_letter(id, now);
        if (!released || !*released) return released;
        // To let the letter go is to let its address go.
        if (auto freed = store.drop_block((*row)->letter.to); !freed) return freed;
        return true;
      },
      nothing,
      held && (*row)->handed
          ? fmt::format("编号L{}的回信将再发一次；如对方先前已收到，会收到两封", id)
          : fmt::format("编号L{}的回信将由服务发出", id));
}

Result<Exit> run_release(const Invocation& invocation) {
  const std::string& name = invocation.operands.front();
  auto id = parse_staff_id(name);
  if (!id) return tl::unexpected(id.error());
  const bool letter = id->kind == StaffId::Kind::kLetter;
  if ((invocation.has("sent") || invocation.has("drop")) && !letter) {
    return fail(ErrorKind::kUsage, "--sent 和 --drop 只用于回信（L…）");
  }
  if (invocation.has("sent") && invocation.has("drop")) {
    return fail(ErrorKind::kUsage, "--sent 与 --drop 只能用一个");
  }
  const auto config = config_for(invocation);
  if (!config) return tl::unexpected<Error>(config.error());
  auto store = open_for_staff(config->settings);
  if (!store) return tl::unexpected(store.error());
  const Time now = moment_of(invocation);
  AuditRow log{0, now, login_name(), "release", name, invocation.value("why")};
  const auto say = [](std::string words) {
    return [words = std::move(words)]() -> Result<std::string> { return words; };
  };

  switch (id->kind) {
    case StaffId::Kind::kLetter:
      return release_letter(invocation, *store, id->letter, now, std::move(log));
    case StaffId::Kind::kMail: {
      auto mail = mail_named(*store, id->text);
      if (!mail) return tl::unexpected(mail.error());
      log.subject = *mail;
      return decide(
          *store, log, [&] { return store->settle_mail(*mail, now); },
          say(fmt::format("编号M{}的来信不在待处理之列", id->text)),
          fmt::format("编号M{}的来信记为已处理", id->text));
    }
    case StaffId::Kind::kAddress:
      return decide(
          *store, log, [&] { return store->drop_block(id->text); },
          say(fmt::format("没有停发到地址“{}”的信", id->text)),
          fmt::format("可以再向 {} 发信", id->text));
    case StaffId::Kind::kOutbox:
      break;
  }
  return decide(
      *store, log, [&] { return store->lift_pause(); }, say("发信没有暂停"),
      "发信已恢复，由服务继续发出");
}

constexpr std::array kOptions{
    OptionRow{"sent", "", "of a letter: it did arrive, write that down"},
    OptionRow{"drop", "", "of a letter: it is not to be sent"},
    OptionRow{"why", "TEXT", "the reason, for the audit log"},
};

}  // namespace

extern constinit const CommandRow kReleaseCommand{
    "release",  "ID", "let go what is held: a letter, a mail, an address, the outbox",
    kOptions,   1,    1,
    run_release};

}  // namespace baosong::daemon
