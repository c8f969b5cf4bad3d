// baosong retry: what could not be done is tried again now.
#include <fmt/format.h>

#include <array>

#include "daemon/commands/setup.hpp"
#include "daemon/commands/staff.hpp"

namespace baosong::daemon {
namespace {

Result<Exit> run_retry(const Invocation& invocation) {
  auto id = parse_staff_id(invocation.operands.front());
  if (!id) return tl::unexpected(id.error());
  const auto config = config_for(invocation);
  if (!config) return tl::unexpected<Error>(config.error());
  auto store = open_for_staff(config->settings);
  if (!store) return tl::unexpected(store.error());
  const Time now = moment_of(invocation);
  AuditRow log{0, now, login_name(), "retry", invocation.operands.front(), invocation.value("why")};

  switch (id->kind) {
    case StaffId::Kind::kLetter:
      return decide(
          *store, log, [&] { return store->retry_letter(id->letter, now); },
          [&] { return why_not(*store, id->letter); },
          fmt::format("编号L{}的回信将立即再发", id->letter));
    case StaffId::Kind::kMail: {
      auto mail = mail_named(*store, id->text);
      if (!mail) return tl::unexpected(mail.error());
      log.subject = *mail;
      return decide(
          *store, log, [&] { return store->read_again(*mail); },
          [&]() -> Result<std::string> {
            return fmt::format("编号M{}的来信不在待人工读取之列", id->text);
          },
          fmt::format("编号M{}的来信将重新读取", id->text));
    }
    case StaffId::Kind::kAddress:
    case StaffId::Kind::kOutbox:
      break;
  }
  return fail(ErrorKind::kUsage, "retry 只用于回信（L…）和来信（M…）",
              fmt::format("是不是要用“baosong release {}”？", invocation.operands.front()));
}

constexpr std::array kOptions{OptionRow{"why", "TEXT", "the reason, for the audit log"}};

}  // namespace

extern constinit const CommandRow kRetryCommand{
    "retry", "ID", "try again now what could not be done", kOptions, 1, 1, run_retry};

}  // namespace baosong::daemon
