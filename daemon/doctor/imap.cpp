// The mailbox from inside: LOGIN, ID, EXAMINE, and when its newest mail came.
#include <fmt/format.h>

#include "daemon/doctor/advice.hpp"
#include "daemon/doctor/check.hpp"
#include "daemon/doctor/patient.hpp"
#include "daemon/mailbox/imap_syntax.hpp"

namespace baosong::daemon::doctor {
namespace {

constexpr std::chrono::minutes kClocksDiffer{10};

// "* 23 EXISTS"
std::optional<std::uint64_t> exists_in(std::string_view line) {
  constexpr std::string_view kEnd = " EXISTS";
  if (!line.starts_with("* ") || !line.ends_with(kEnd)) return std::nullopt;
  return imap::parse_number(line.substr(2, line.size() - 2 - kEnd.size()));
}

// "* 23 FETCH (INTERNALDATE "24-Oct-2022 16:00:00 +0800" …)"
std::optional<Time> date_in(std::string_view line) {
  constexpr std::string_view kKey = "INTERNALDATE \"";
  const auto at = line.find(kKey);
  if (at == std::string_view::npos) return std::nullopt;
  const auto rest = line.substr(at + kKey.size());
  return imap::parse_date_time(rest.substr(0, rest.find('"')));
}

}  // namespace

Finding log_in_for_receiving(Patient& patient) {
  Server& server = patient.mailbox;
  const auto user = imap::quote(server.user);
  const auto password = imap::quote(server.password);
  if (!user || !password) {
    return {Health::kFault, "账号或授权码里有换行", "请检查 mailbox.user 和授权码文件"};
  }
  auto dialogue = Dialogue::open({.url = server.url,
                                  .ca_file = server.ca_file,
                                  .connect_timeout = patient.patience,
                                  .silence = patient.patience});
  if (!dialogue) return lost(dialogue.error());
  auto reply = dialogue->ask_imap(fmt::format("LOGIN {} {}", *user, *password));
  if (!reply) return lost(reply.error());
  if (!reply->good) return advice_for(Step::kImapLogin, reply->text);
  server.dialogue.emplace(std::move(*dialogue));
  return {Health::kWell, fmt::format("账号 {} 登录成功", server.user), ""};
}

Finding say_who_we_are(Patient& patient) {
  auto reply = patient.mailbox.dialogue->ask_imap(
      R"(ID ("name" "baosong" "version" ")" BAOSONG_VERSION R"(" "vendor" "baosong"))");
  if (!reply) return lost(reply.error());
  if (reply->good) return {Health::kWell, "已发送，服务器接受", ""};
  if (reply->text.starts_with("BYE")) return advice_for(Step::kImapFolder, reply->text);
  return {Health::kWell, "服务器不用这一条（不是网易的服务器时属正常）", ""};
}

Finding open_folder(Patient& patient) {
  Server& server = patient.mailbox;
  const auto name = imap::quote(imap::modified_utf7(server.folder));
  if (!name) return {Health::kFault, "文件夹名里有换行", "请核对 mailbox.url"};
  auto reply = server.dialogue->ask_imap(fmt::format("EXAMINE {}", *name));
  if (!reply) return lost(reply.error());
  if (!reply->good) return advice_for(Step::kImapFolder, reply->text);
  for (const auto& line : reply->others) {
    if (const auto count = exists_in(line)) patient.mails = *count;
  }
  return {Health::kWell,
          fmt::format("{} 能打开（只读），现有邮件{}封", server.folder, patient.mails), ""};
}

Finding compare_clocks(Patient& patient) {
  Dialogue& dialogue = *patient.mailbox.dialogue;
  Finding finding{Health::kWell, "邮箱是空的，无从比较", ""};
  if (patient.mails > 0) {
    auto reply = dialogue.ask_imap(fmt::format("FETCH {} (INTERNALDATE)", patient.mails));
    if (!reply) return lost(reply.error());
    for (const auto& line : reply->others) {
      if (const auto date = date_in(line)) patient.newest_mail = date;
    }
    if (!patient.newest_mail) {
      finding.says = "服务器没有说最近一封邮件的时间，无从比较";
    } else if (const auto ahead = *patient.newest_mail - patient.clock.now();
               ahead > kClocksDiffer) {
      finding = {Health::kFault,
                 fmt::format("最近一封邮件的到达时间比本机时间还晚{}分钟：本机时间慢了",
                             std::chrono::floor<std::chrono::minutes>(ahead).count()),
                 "请校准本机时间：timedatectl set-ntp true；时间不准会误判逾期"};
    } else {
      finding.says = fmt::format("最近一封邮件到达于 {}，与本机时间不矛盾",
                                 format_rfc3339(*patient.newest_mail, patient.config.notice.zone));
    }
  }
  static_cast<void>(dialogue.ask_imap("LOGOUT"));
  return finding;
}

}  // namespace baosong::daemon::doctor
