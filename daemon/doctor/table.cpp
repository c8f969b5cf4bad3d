#include <algorithm>

#include "daemon/doctor/check.hpp"
#include "daemon/doctor/patient.hpp"

namespace baosong::daemon::doctor {
namespace {

bool always(const Patient&) { return true; }
template <Side side>
const Server& server(const Patient& patient) {
  return side == Side::kMailbox ? patient.mailbox : patient.outbox;
}
template <Side side>
bool by_network(const Patient& patient) {
  return server<side>(patient).on_network();
}
template <Side side>
bool by_directory(const Patient& patient) {
  return !server<side>(patient).on_network();
}
template <Side side>
bool with_login(const Patient& patient) {
  return server<side>(patient).wants_login();
}

constexpr auto kIn = Side::kMailbox;
constexpr auto kOut = Side::kOutbox;

constexpr std::array kTable{
    Check{"config", "配置", "", always, look_at_config},
    Check{"state", "状态目录", "config", always, look_at_state},
    Check{"space", "磁盘空间", "config", always, look_at_space},
    Check{"lock", "运行情况", "config", always, look_at_lock},
    Check{"store", "台账", "config", always, look_at_store},
    Check{"clock", "本机时间", "config", always, look_at_clock},
    Check{"reader", "读取附件", "", always, look_at_reader},

    Check{"mailbox.directory", "收信目录", "config", by_directory<kIn>, look_at_maildir_in},
    Check{"mailbox.code", "收信授权码", "config", with_login<kIn>, look_at_code<kIn>},
    Check{"mailbox.name", "收信服务器", "config", by_network<kIn>, look_at_name<kIn>},
    Check{"mailbox.port", "收信端口", "mailbox.name", by_network<kIn>, look_at_port<kIn>},
    Check{"mailbox.certificate", "收信加密", "mailbox.port", by_network<kIn>,
          look_at_certificate<kIn>},
    Check{"mailbox.login", "收信登录", "mailbox.certificate mailbox.code", with_login<kIn>,
          log_in_for_receiving},
    Check{"mailbox.id", "表明身份", "mailbox.login", with_login<kIn>, say_who_we_are},
    Check{"mailbox.folder", "打开邮箱", "mailbox.id", with_login<kIn>, open_folder},
    Check{"mailbox.clock", "对时", "mailbox.folder", with_login<kIn>, compare_clocks},

    Check{"outbox.directory", "发信目录", "config", by_directory<kOut>, look_at_maildir_out},
    Check{"outbox.code", "发信授权码", "config", with_login<kOut>, look_at_code<kOut>},
    Check{"outbox.name", "发信服务器", "config", by_network<kOut>, look_at_name<kOut>},
    Check{"outbox.port", "发信端口", "outbox.name", by_network<kOut>, look_at_port<kOut>},
    Check{"outbox.certificate", "发信加密", "outbox.port", by_network<kOut>,
          look_at_certificate<kOut>},
    Check{"outbox.login", "发信登录", "outbox.certificate outbox.code", with_login<kOut>,
          log_in_for_sending},
    Check{"outbox.sender", "发件地址", "outbox.certificate outbox.login", by_network<kOut>,
          offer_sender},
};

bool did_well(Health health) { return health == Health::kWell || health == Health::kMind; }

}  // namespace

std::span<const Check> check_table() { return kTable; }

std::span<const Check> mailbox_checks() {
  const auto about = [](const Check& check) { return check.id.starts_with("mailbox."); };
  const auto first = std::ranges::find_if(kTable, about);
  return {first, std::find_if_not(first, kTable.end(), about)};
}

std::vector<Line> examine(Patient& patient, std::span<const Check> table) {
  std::vector<Line> lines;
  // The name of the first of `needs` that did not do well; a check that does not apply is no
  // obstacle.
  const auto obstacle = [&](std::string_view needs) -> const Check* {
    for (const Line& line : lines) {
      if (did_well(line.finding.health)) continue;
      for (auto rest = needs; !rest.empty();) {
        const auto end = std::min(rest.find(' '), rest.size());
        if (rest.substr(0, end) == line.check->id) return line.check;
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
    return nullptr;
  };
  for (const Check& check : table) {
    if (!check.applies(patient)) continue;
    if (const Check* first = obstacle(check.needs)) {
      lines.push_back({&check, {Health::kSkipped, "先要解决：" + std::string(first->name), ""}});
    } else {
      lines.push_back({&check, check.look(patient)});
    }
  }
  return lines;
}

}  // namespace baosong::daemon::doctor
