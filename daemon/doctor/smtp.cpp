// The way out: AUTH, and whether our address is taken as a sender. No letter is sent.
#include <fmt/format.h>

#include "daemon/base64.hpp"
#include "daemon/doctor/advice.hpp"
#include "daemon/doctor/check.hpp"
#include "daemon/doctor/patient.hpp"

namespace baosong::daemon::doctor {
namespace {

// Connected, with what the server offers in answer to EHLO (RFC 5321, 4.1.1.1).
Result<Reply> greet(Patient& patient) {
  Server& server = patient.outbox;
  auto dialogue = Dialogue::open({.url = server.url,
                                  .ca_file = server.ca_file,
                                  .connect_timeout = patient.patience,
                                  .silence = patient.patience});
  if (!dialogue) return tl::unexpected(dialogue.error());
  auto offers = dialogue->ask_smtp("EHLO localhost");
  if (offers) server.dialogue.emplace(std::move(*dialogue));
  return offers;
}

// RFC 4954: the mechanisms stand behind AUTH.
bool offers_plain(const Reply& ehlo) {
  const auto names_it = [](std::string_view line) {
    return line.size() > 4 && line.substr(4).starts_with("AUTH") &&
           line.find("PLAIN") != std::string_view::npos;
  };
  if (names_it(ehlo.text)) return true;
  for (const auto& line : ehlo.others) {
    if (names_it(line)) return true;
  }
  return false;
}

Result<Reply> authenticate(Dialogue& dialogue, const Server& server, bool plain) {
  using namespace std::string_literals;
  if (plain) {
    return dialogue.ask_smtp(
        fmt::format("AUTH PLAIN {}", base64("\0"s + server.user + "\0"s + server.password)));
  }
  for (const std::string& line : {"AUTH LOGIN"s, base64(server.user)}) {
    auto asked = dialogue.ask_smtp(line);
    if (!asked || !asked->good) return asked;
  }
  return dialogue.ask_smtp(base64(server.password));
}

}  // namespace

Finding log_in_for_sending(Patient& patient) {
  Server& server = patient.outbox;
  auto offers = greet(patient);
  if (!offers) return lost(offers.error());
  if (!offers->good) return advice_for(Step::kSmtpSender, offers->text);
  auto reply = authenticate(*server.dialogue, server, offers_plain(*offers));
  if (!reply) return lost(reply.error());
  if (!reply->good) return advice_for(Step::kSmtpLogin, reply->text);
  return {Health::kWell, fmt::format("账号 {} 登录成功", server.user), ""};
}

Finding offer_sender(Patient& patient) {
  Server& server = patient.outbox;
  if (!server.dialogue) {
    auto offers = greet(patient);
    if (!offers) return lost(offers.error());
    if (!offers->good) return advice_for(Step::kSmtpSender, offers->text);
  }
  auto reply = server.dialogue->ask_smtp(fmt::format("MAIL FROM:<{}>", patient.sender()));
  if (!reply) return lost(reply.error());
  Finding finding{Health::kWell,
                  fmt::format("服务器接受以 {} 发信（未真正发信）", patient.sender()), ""};
  if (!reply->good) finding = advice_for(Step::kSmtpSender, reply->text);
  for (const std::string_view last : {"RSET", "QUIT"}) {
    if (!server.dialogue->ask_smtp(last)) break;
  }
  return finding;
}

}  // namespace baosong::daemon::doctor
