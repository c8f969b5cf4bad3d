#include "daemon/doctor/patient.hpp"

#include <utility>

namespace baosong::daemon::doctor {
namespace {

// "imaps://host:993/FOLDER" -> server and folder.
void split(const std::string& url, Server& server) {
  server.url = url;
  if (!server.on_network()) return;
  const auto authority = url.find("://");
  const auto path = authority == std::string::npos ? authority : url.find('/', authority + 3);
  if (path == std::string::npos) return;
  server.url = url.substr(0, path);
  server.folder = url.substr(path + 1);
}

template <class Settings>
Server server_of(const Settings& settings, std::string_view setting) {
  Server out;
  split(settings.url, out);
  out.user = settings.user;
  out.password_file = settings.password_file;
  out.ca_file = settings.ca_file;
  out.setting = setting;
  return out;
}

}  // namespace

Patient::Patient(Config with, std::string file, Clock reading)
    : config(std::move(with)),
      config_file(std::move(file)),
      clock(reading),
      mailbox(server_of(config.settings.mailbox, "mailbox")),
      outbox(server_of(config.settings.outbox, "outbox")) {
  if (mailbox.folder.empty()) mailbox.folder = "INBOX";
}

const Probe& Patient::probe_of(Server& server) const {
  if (!server.probe) server.probe = probe(server.url, server.ca_file, patience);
  return *server.probe;
}

const std::string& Patient::sender() const {
  return config.settings.outbox.from.empty() ? config.notice.mailbox : config.settings.outbox.from;
}

}  // namespace baosong::daemon::doctor
