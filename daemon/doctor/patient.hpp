// What is being looked at: the configuration, and what earlier checks found and left open for later
// ones. Belongs to one run of the doctor and one thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "daemon/doctor/dialogue.hpp"
#include "daemon/doctor/probe.hpp"
#include "daemon/intake.hpp"
#include "daemon/settings.hpp"

namespace baosong::daemon::doctor {

// One mail server as the settings name it.
struct Server {
  std::string url;     // without a folder
  std::string folder;  // of a mailbox; UTF-8
  std::string user, password_file, ca_file;
  std::string_view setting;  // "mailbox" or "outbox", as errors name it

  std::string password;              // once it was read
  std::optional<Probe> probe;        // once it was tried
  std::optional<Dialogue> dialogue;  // while logged in

  [[nodiscard]] bool on_network() const { return !url.starts_with("maildir:"); }
  // A server on this machine may do without a login.
  [[nodiscard]] bool wants_login() const { return on_network() && !user.empty(); }
};

class Patient {
 public:
  Patient(Config config, std::string config_file, Clock clock);

  Config config;
  std::string config_file;
  Clock clock;
  Server mailbox, outbox;
  std::uint64_t mails = 0;            // in the folder
  std::optional<Time> newest_mail;    // INTERNALDATE of the last of them
  std::chrono::seconds patience{20};  // for each answer of a server

  // The connection attempt, made once, when a check first needs it.
  const Probe& probe_of(Server& server) const;
  // The address that letters come from.
  [[nodiscard]] const std::string& sender() const;
};

}  // namespace baosong::daemon::doctor
