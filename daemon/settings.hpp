// Every setting is one row: key, type, default, text. `--help`, the config checker,
// docs/SETTINGS.md and the man page read the same rows. Values come from baosong.toml, then from
// --set KEY=VALUE.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/letters/letter.hpp"
#include "parsers/base/result.hpp"
#include "rules/load.hpp"

namespace baosong::daemon {

enum class SettingType : std::uint8_t { kText, kPath, kUrl, kDuration, kInt, kClock, kTexts };

struct SettingRow {
  std::string_view key;  // "mailbox.url"
  SettingType type;
  std::string_view fallback;  // as TOML would write it
  std::string_view summary;   // one line of English
};
std::span<const SettingRow> setting_table();

struct MailboxSettings {
  std::string url;  // imaps://host:port/FOLDER or maildir:PATH
  std::string user, password_file, ca_file;
  std::chrono::seconds poll{60};
  std::chrono::seconds timeout{60};  // without a byte for this long, the server is gone
};
struct OutboxSettings {
  std::string url;  // smtps://host:port or maildir:PATH
  std::string user, password_file, ca_file;
  std::string from;                  // address letters come from; the notice's mailbox when empty
  std::chrono::seconds settle{300};  // several mails of one unit within this time get one letter
  std::int64_t per_address_day = 6;  // letters to one address a day
  std::int64_t per_day = 200;        // letters in all a day
  std::int64_t per_minute = 60;      // letters in all within a minute
  std::chrono::seconds timeout{
      120};  // for an answer of the server; the last one has five times that
  std::chrono::seconds give_up{std::chrono::hours(72)};  // then a letter that fails is held
};
struct DigestSettings {
  std::string at;               // "16:00", notice's zone
  std::vector<std::string> to;  // staff addresses
};

struct ReaderSettings {
  std::string scan_titles;  // "auto": read the titles of scans when tesseract is there; "off"
  bool reads_titles() const { return scan_titles != "off"; }
};

struct ServiceSettings {
  std::string log;      // up to which level lines are written: "info"
  std::string metrics;  // where /metrics and /health answer, "127.0.0.1:9464"; empty: nowhere
};

struct Settings {
  std::string config_dir;  // where baosong.toml lay: notices/, units.toml, replies/ are beside it
  std::string state;       // directory: store, archive
  std::string notice;      // id of the notice: notices/<id>.toml
  MailboxSettings mailbox;
  std::map<std::string, MailboxSettings> mailboxes;  // further ones, by the name of their table
  OutboxSettings outbox;
  DigestSettings digest;
  ReaderSettings reader;
  ServiceSettings service;
};

// [mailbox], then the further ones by name.
std::vector<MailboxSettings> all_mailboxes(const Settings& settings);

struct LoadedSettings {
  Settings settings;
  std::vector<rules::Fault> faults;
};
// `file` may be empty: then the shipped config/ is used (installed data directory, else the
// source tree the program was built from). `overrides` are "KEY=VALUE".
LoadedSettings load_settings(const std::string& file, const std::vector<std::string>& overrides);

// Reads the notice, units, findings and templates beside the settings and checks all of it:
// every fault of every file at once. Templates are checked for fields that do not exist.
struct Config {
  Settings settings;
  rules::Notice notice;
  Templates templates;  // replies/*.mustache
  std::vector<rules::Fault> faults;
};
Config load_config(const std::string& file, const std::vector<std::string>& overrides);

}  // namespace baosong::daemon
