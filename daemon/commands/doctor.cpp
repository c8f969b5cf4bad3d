// baosong doctor: does everything work that the service needs? What it says is meant for whoever
// administers the machine.
#include <fmt/format.h>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <utility>
#include <vector>

#include "daemon/commands/command.hpp"
#include "daemon/config_files.hpp"
#include "daemon/doctor/check.hpp"
#include "daemon/doctor/patient.hpp"
#include "daemon/json_view.hpp"
#include "daemon/secret.hpp"

namespace baosong::daemon {
namespace {

using doctor::Health;

// Root may read and write everything, the service may not: from here on this process is the owner
// of the state, so that what works here works for the service, and no file of root's is left
// behind. Only root can read the code outside of the service, so it is read before.
Result<void> become_owner_of(const std::string& state) {
  struct stat status{};
  if (::geteuid() != 0 || ::stat(state.c_str(), &status) != 0 || status.st_uid == 0) return {};
  if (::setgroups(0, nullptr) != 0 || ::setgid(status.st_gid) != 0 ||
      ::setuid(status.st_uid) != 0) {
    return fail(ErrorKind::kTransient, "切换到服务的账号失败", "请直接以 root 运行");
  }
  return {};
}

std::string text_of(const doctor::Line& line) {
  const auto& [check, finding] = line;
  auto out =
      fmt::format("{}  {}：{}\n", doctor::kHealthWords[static_cast<std::size_t>(finding.health)],
                  check->name, finding.says);
  if (!finding.todo.empty()) out += fmt::format("      → {}\n", finding.todo);
  return out;
}

std::string json_of(const doctor::Line& line, const std::string& mailbox) {
  JsonObject object(Poco::JSON_PRESERVE_KEY_ORDER);
  object.set("check", std::string(line.check->id));
  if (!mailbox.empty()) object.set("mailbox", mailbox);
  object.set("health",
             std::string(doctor::kHealthNames[static_cast<std::size_t>(line.finding.health)]));
  object.set("says", line.finding.says);
  object.set("todo", line.finding.todo);
  return to_line(object) + "\n";
}

// Root alone can read the code where the service manager takes it from.
void remember_codes(doctor::Patient& patient) {
  for (auto* server : {&patient.mailbox, &patient.outbox}) {
    if (!is_credential(server->password_file)) continue;
    if (auto code = read_password(server->password_file, server->setting)) server->password = *code;
  }
}

// How it went in all.
struct Tally {
  std::size_t lines = 0, faults = 0, minds = 0;
  bool mend = false;

  void add(Health health) {
    ++lines;
    faults += health == Health::kFault || health == Health::kWorld ? 1U : 0U;
    minds += health == Health::kMind ? 1U : 0U;
    mend = mend || health == Health::kFault || health == Health::kMind;
  }
  [[nodiscard]] Exit exit() const {
    if (mend) return Exit::kFaults;
    return faults > 0 ? Exit::kWorld : Exit::kDone;
  }
};

Result<Exit> run(const Invocation& invocation) {
  std::signal(SIGPIPE, SIG_IGN);  // a server that goes away is a finding
  const auto file = find_settings_file(invocation.config);
  const Clock clock(invocation.now);
  doctor::Patient patient(load_config(invocation.config, invocation.set), file, clock);
  remember_codes(patient);
  // The further mailboxes, each as if it were the only one.
  std::vector<std::pair<std::string, doctor::Patient>> further;
  if (patient.config.faults.empty()) {
    for (const auto& [name, settings] : patient.config.settings.mailboxes) {
      Config config = patient.config;
      config.settings.mailbox = settings;
      remember_codes(
          further.emplace_back(name, doctor::Patient(std::move(config), file, clock)).second);
    }
  }
  if (auto done = become_owner_of(patient.config.settings.state); !done) {
    return tl::unexpected(done.error());
  }

  Tally tally;
  const auto show = [&](const std::vector<doctor::Line>& lines, const std::string& mailbox) {
    if (!invocation.json && !mailbox.empty()) fmt::print("邮箱 {}：\n", mailbox);
    for (const auto& line : lines) {
      tally.add(line.finding.health);
      const auto said = invocation.json ? json_of(line, mailbox) : text_of(line);
      std::fwrite(said.data(), 1, said.size(), stdout);
    }
  };
  show(examine(patient, doctor::check_table()), "");
  for (auto& [name, other] : further) show(examine(other, doctor::mailbox_checks()), name);
  if (!invocation.json) {
    if (tally.faults + tally.minds == 0) {
      fmt::print("一切正常，共检查{}项。\n", tally.lines);
    } else {
      fmt::print("共{}项：不通{}项，需要注意{}项，请按箭头后的说明处理。\n", tally.lines,
                 tally.faults, tally.minds);
    }
  }
  return tally.exit();
}

}  // namespace

extern constinit const CommandRow kDoctorCommand{
    "doctor", "", "can we read, log in, receive, send and write? what to do where not", {}, 0,
    0,        run};

}  // namespace baosong::daemon
