#include "daemon/settings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "daemon/config_files.hpp"
#include "daemon/limits.hpp"
#include "daemon/net/loopback.hpp"
#include "daemon/setting_value.hpp"
#include "rules/nearest.hpp"
#include "rules/toml_reader.hpp"

namespace baosong::daemon {
namespace {

using rules::Fault;
using rules::KeyRow;
using rules::KeyType;

constexpr std::array kSettings{
    SettingRow{"state", SettingType::kPath, "\"baosong-data/state\"",
               "directory of the archive and the store; made when it is not there"},
    SettingRow{"notice", SettingType::kText, "\"2022-lifelong-learning-week\"",
               "id of the notice that is answered: notices/<id>.toml beside the settings"},
    SettingRow{
        "mailbox.url", SettingType::kUrl, "\"maildir:baosong-data/in\"",
        "where mail comes from: imaps://HOST:PORT, imaps://HOST:PORT/FOLDER or maildir:PATH"},
    SettingRow{"mailbox.user", SettingType::kText, "\"\"", "login name; empty for a Maildir"},
    SettingRow{"mailbox.password_file", SettingType::kPath, "\"\"",
               "file whose first line is the authorisation code (not the web password), or "
               "credential:NAME as systemd hands it over"},
    SettingRow{"mailbox.ca_file", SettingType::kPath, "\"\"",
               "certificates to trust (PEM); empty: those of the system"},
    SettingRow{"mailbox.poll", SettingType::kDuration, "\"60s\"", "how often to look for new mail"},
    SettingRow{"mailbox.timeout", SettingType::kDuration, "\"60s\"",
               "a server that sends nothing for this long is gone"},
    SettingRow{"outbox.url", SettingType::kUrl, "\"maildir:baosong-data/out\"",
               "where letters go: smtps://HOST:PORT or maildir:PATH"},
    SettingRow{"outbox.user", SettingType::kText, "\"\"", "login name; empty for a Maildir"},
    SettingRow{"outbox.password_file", SettingType::kPath, "\"\"",
               "file whose first line is the authorisation code, or credential:NAME"},
    SettingRow{"outbox.ca_file", SettingType::kPath, "\"\"",
               "certificates to trust (PEM); empty: those of the system"},
    SettingRow{"outbox.from", SettingType::kText, "\"\"",
               "sender of the letters; empty: the notice's mailbox"},
    SettingRow{"outbox.settle", SettingType::kDuration, "\"5min\"",
               "several mails of one unit within this time get one letter"},
    SettingRow{"outbox.per_address_day", SettingType::kInt, "6",
               "letters to one address a day, at most; 0: no limit"},
    SettingRow{"outbox.per_day", SettingType::kInt, "200",
               "letters in all a day, at most; 0: no limit"},
    SettingRow{"outbox.per_minute", SettingType::kInt, "60",
               "letters in all within a minute, at most; 0: no limit"},
    SettingRow{"outbox.timeout", SettingType::kDuration, "\"2min\"",
               "how long to wait for an answer of the mail server; five times that at the end"},
    SettingRow{"outbox.give_up", SettingType::kDuration, "\"3d\"",
               "a letter that the server did not take for this long is held for staff"},
    SettingRow{"digest.at", SettingType::kClock, "\"16:00\"",
               "when the day's digest is sent, in the notice's zone; empty: never"},
    SettingRow{"digest.to", SettingType::kTexts, "[]", "staff addresses the digest goes to"},
    SettingRow{"reader.scan_titles", SettingType::kText, "\"auto\"",
               "titles of scans: auto reads them when tesseract is installed (about half a second "
               "each), off does not"},
    SettingRow{"service.log", SettingType::kText, "\"info\"",
               "what the service logs: error, warning, notice, info (each decision) or debug"},
    SettingRow{"service.metrics", SettingType::kText, "\"\"",
               "where the service answers /metrics and /health: 127.0.0.1:9464; empty: nowhere"},
};

// Where each value goes; in the order of kSettings.
template <auto Group, auto Member>
void store_in(Settings& settings, SettingValue&& value) {
  auto& target = (settings.*Group).*Member;
  target = std::get<std::remove_reference_t<decltype(target)>>(std::move(value));
}
template <auto Member>
void store_top(Settings& settings, SettingValue&& value) {
  settings.*Member = std::get<std::string>(std::move(value));
}
using Store = void (*)(Settings&, SettingValue&&);
struct Binding {
  std::string_view key;
  Store store;
};
constexpr std::array kBindings{
    Binding{"state", store_top<&Settings::state>},
    Binding{"notice", store_top<&Settings::notice>},
    Binding{"mailbox.url", store_in<&Settings::mailbox, &MailboxSettings::url>},
    Binding{"mailbox.user", store_in<&Settings::mailbox, &MailboxSettings::user>},
    Binding{"mailbox.password_file", store_in<&Settings::mailbox, &MailboxSettings::password_file>},
    Binding{"mailbox.ca_file", store_in<&Settings::mailbox, &MailboxSettings::ca_file>},
    Binding{"mailbox.poll", store_in<&Settings::mailbox, &MailboxSettings::poll>},
    Binding{"mailbox.timeout", store_in<&Settings::mailbox, &MailboxSettings::timeout>},
    Binding{"outbox.url", store_in<&Settings::outbox, &OutboxSettings::url>},
    Binding{"outbox.user", store_in<&Settings::outbox, &OutboxSettings::user>},
    Binding{"outbox.password_file", store_in<&Settings::outbox, &OutboxSettings::password_file>},
    Binding{"outbox.ca_file", store_in<&Settings::outbox, &OutboxSettings::ca_file>},
    Binding{"outbox.from", store_in<&Settings::outbox, &OutboxSettings::from>},
    Binding{"outbox.settle", store_in<&Settings::outbox, &OutboxSettings::settle>},
    Binding{"outbox.per_address_day",
            store_in<&Settings::outbox, &OutboxSettings::per_address_day>},
    Binding{"outbox.per_day", store_in<&Settings::outbox, &OutboxSettings::per_day>},
    Binding{"outbox.per_minute", store_in<&Settings::outbox, &OutboxSettings::per_minute>},
    Binding{"outbox.timeout", store_in<&Settings::outbox, &OutboxSettings::timeout>},
    Binding{"outbox.give_up", store_in<&Settings::outbox, &OutboxSettings::give_up>},
    Binding{"digest.at", store_in<&Settings::digest, &DigestSettings::at>},
    Binding{"digest.to", store_in<&Settings::digest, &DigestSettings::to>},
    Binding{"reader.scan_titles", store_in<&Settings::reader, &ReaderSettings::scan_titles>},
    Binding{"service.log", store_in<&Settings::service, &ServiceSettings::log>},
    Binding{"service.metrics", store_in<&Settings::service, &ServiceSettings::metrics>},
};
static_assert(std::ranges::equal(kSettings, kBindings, {}, &SettingRow::key, &Binding::key));

constexpr std::array<std::string_view, 5> kGroups{"mailbox", "outbox", "digest", "reader",
                                                  "service"};

// Further mailboxes: tables [mailboxes.NAME] with the keys of [mailbox].
constexpr std::string_view kMailboxes = "mailboxes";
constexpr std::string_view kMailbox = "mailbox";

bool is_mailbox_name(std::string_view name) {
  return !name.empty() && name.size() <= 40 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

KeyType toml_type(SettingType type) {
  if (type == SettingType::kInt) return KeyType::kInt;
  return type == SettingType::kTexts ? KeyType::kTexts : KeyType::kText;
}

// The keys of one table of the file: the top (group empty) or [mailbox] …
std::vector<KeyRow> keys_of(std::string_view group) {
  std::vector<KeyRow> keys;
  const auto prefix = group.empty() ? std::string{} : std::string(group) + ".";
  for (const auto& row : kSettings) {
    const auto dot = row.key.find('.');
    if (group.empty() ? dot != std::string_view::npos : !row.key.starts_with(prefix)) continue;
    keys.push_back({row.key.substr(prefix.size()), toml_type(row.type), false, row.fallback});
  }
  if (group.empty()) {
    for (const auto name : kGroups) keys.push_back({name, KeyType::kTable, false, "{ … }"});
    keys.push_back({kMailboxes, KeyType::kTable, false, "{ … }"});
  }
  return keys;
}

// A provider locks out who asks too often.
std::optional<SettingAdvice> too_often(const MailboxSettings& one) {
  const bool remote = one.url.starts_with("imaps:") && !is_this_machine(host_of(one.url));
  if (!remote || one.poll >= limits::kLeastPoll) return std::nullopt;
  return SettingAdvice{fmt::format("收信间隔{}秒太短，服务商会限制登录", one.poll.count()),
                       fmt::format("poll = \"60s\"，不短于{}秒", limits::kLeastPoll.count())};
}

class Loader {
 public:
  explicit Loader(LoadedSettings& out) : out_(&out) {
    for (const auto& row : kSettings) {
      auto fallback = row.fallback;
      if (fallback.starts_with('"')) fallback = fallback.substr(1, fallback.size() - 2);
      if (row.type == SettingType::kTexts) fallback = {};
      put(out_->settings, row, fallback, [](SettingAdvice&&) {});
    }
    plain_ = out_->settings.mailbox;
  }

  void read_file(const rules::ConfigFile& text) {
    const rules::TomlFile file(text, out_->faults);
    const auto keys = keys_of({});
    const rules::TableReader root(file, file.root(), keys, "设置");
    read_table(file, root, {}, out_->settings);
    for (const auto group : kGroups) {
      const auto* table = root.table(group);
      if (table == nullptr) continue;
      const auto own = keys_of(group);
      const rules::TableReader reader(file, *table, own, group);
      read_table(file, reader, group, out_->settings);
      if (group == kMailbox) check_poll(file, reader, out_->settings.mailbox);
    }
    const auto own = keys_of(kMailbox);
    for (const auto& [name, table] : root.named_tables(kMailboxes)) {
      const rules::TableReader reader(file, *table, own, kMailboxes);
      if (!is_mailbox_name(name)) {
        file.fault(rules::place_of(*table), fmt::format("“{}”不能做邮箱的代号", name),
                   "只用小写字母、数字、横线，如 [mailboxes.second]");
        continue;
      }
      further(name, [&](Settings& one) {
        read_table(file, reader, kMailbox, one);
        check_poll(file, reader, one.mailbox);
      });
    }
  }

  void override_with(const std::string& text) {
    const auto name = fmt::format("--set {}", text);
    const auto equals = text.find('=');
    if (equals == std::string::npos) {
      out_->faults.push_back({name, 0, 0, "缺少等号", "--set 键=值"});
      return;
    }
    auto key = text.substr(0, equals);
    std::string further_name;
    if (key.starts_with(std::string(kMailboxes) + ".")) {
      const auto rest = key.substr(kMailboxes.size() + 1);
      further_name = rest.substr(0, rest.find('.'));
      if (is_mailbox_name(further_name) && further_name.size() < rest.size()) {
        key = fmt::format("{}{}", kMailbox, rest.substr(further_name.size()));
      }
    }
    const auto* row = std::ranges::find(kSettings, key, &SettingRow::key);
    if (row == kSettings.end()) {
      std::vector<std::string_view> keys;
      for (const auto& known : kSettings) keys.push_back(known.key);
      out_->faults.push_back(
          {name, 0, 0, fmt::format("不认识的设置“{}”", key), rules::suggestion(key, keys)});
      return;
    }
    const auto value = std::string_view(text).substr(equals + 1);
    const auto fault = [&](SettingAdvice&& advice) {
      out_->faults.push_back({name, 0, 0, std::move(advice.wrong), std::move(advice.right)});
    };
    if (further_name.empty()) {
      put(out_->settings, *row, value, fault);
    } else {
      further(further_name, [&](Settings& one) { put(one, *row, value, fault); });
    }
  }

  // What only makes sense together.
  void check_together(const std::string& file) {
    const auto& mailbox = out_->settings.mailbox;
    const auto& outbox = out_->settings.outbox;
    const auto want = [&](std::string_view group, std::string_view url, std::string_view user,
                          std::string_view password) {
      const bool network = !url.starts_with("maildir:");
      // A server on this machine may do without a login.
      if (!network || url.starts_with("imap:") || url.starts_with("smtp:")) return;
      for (const auto& [key, value] :
           {std::pair{"user", user}, std::pair{"password_file", password}}) {
        if (value.empty()) {
          out_->faults.push_back(
              {file, 0, 0, fmt::format("{}.url 是网络服务器，却没有 {}.{}", group, group, key),
               fmt::format("在 [{}] 下加 {} = \"…\"", group, key)});
        }
      }
    };
    want("mailbox", mailbox.url, mailbox.user, mailbox.password_file);
    std::map<std::pair<std::string, std::string>, std::string> places;
    places.try_emplace({mailbox.url, mailbox.user}, kMailbox);
    for (const auto& [name, one] : out_->settings.mailboxes) {
      const auto group = fmt::format("{}.{}", kMailboxes, name);
      want(group, one.url, one.user, one.password_file);
      const auto [there, fresh] = places.try_emplace({one.url, one.user}, group);
      if (!fresh) {
        out_->faults.push_back({file, 0, 0,
                                fmt::format("[{}] 和 [{}] 是同一个邮箱", group, there->second),
                                "每个邮箱只写一次"});
      }
    }
    want("outbox", outbox.url, outbox.user, outbox.password_file);
    for (const MailboxSettings& one : all_mailboxes(out_->settings)) {
      if (auto advice = too_often(one)) {
        out_->faults.push_back({file, 0, 0, std::move(advice->wrong), std::move(advice->right)});
      }
    }
  }

 private:
  // Lets `change` work on the further mailbox `name`, which begins with the defaults of [mailbox].
  template <class Change>
  void further(const std::string& name, Change&& change) {
    auto& mailbox = out_->settings.mailboxes.try_emplace(name, plain_).first->second;
    Settings scratch;
    scratch.mailbox = std::move(mailbox);
    change(scratch);
    mailbox = std::move(scratch.mailbox);
  }

  template <class OnFault>
  static void put(Settings& settings, const SettingRow& row, std::string_view text,
                  OnFault&& on_fault) {
    auto read = read_setting(row, text);
    if (auto* advice = std::get_if<SettingAdvice>(&read)) {
      on_fault(std::move(*advice));
      return;
    }
    store(settings, row, std::get<SettingValue>(std::move(read)));
  }
  static void store(Settings& settings, const SettingRow& row, SettingValue&& value) {
    kBindings[static_cast<std::size_t>(&row - kSettings.data())].store(settings, std::move(value));
  }

  static void check_poll(const rules::TomlFile& file, const rules::TableReader& reader,
                         const MailboxSettings& one) {
    if (!reader.has("poll")) return;
    if (auto advice = too_often(one)) {
      file.fault(reader.place("poll"), std::move(advice->wrong), std::move(advice->right));
    }
  }

  static void read_table(const rules::TomlFile& file, const rules::TableReader& reader,
                         std::string_view group, Settings& settings) {
    const auto prefix = group.empty() ? std::string{} : std::string(group) + ".";
    for (const auto& row : kSettings) {
      const auto dot = row.key.find('.');
      if (group.empty() ? dot != std::string_view::npos : !row.key.starts_with(prefix)) continue;
      const auto key = row.key.substr(prefix.size());
      if (!reader.has(key)) continue;
      const auto fault = [&](rules::Place place, SettingAdvice&& advice) {
        file.fault(place, std::move(advice.wrong), std::move(advice.right));
      };
      if (row.type == SettingType::kTexts) {
        auto list = reader.texts(key);
        for (std::size_t i = 0; i < list.size(); ++i) {
          if (auto advice = check_element(row, list[i]))
            fault(reader.place(key, i), std::move(*advice));
        }
        store(settings, row, std::move(list));
      } else {
        const auto text =
            row.type == SettingType::kInt ? std::to_string(reader.integer(key)) : reader.text(key);
        put(settings, row, text,
            [&](SettingAdvice&& advice) { fault(reader.place(key), std::move(advice)); });
      }
    }
  }

  LoadedSettings* out_;
  MailboxSettings plain_;  // a mailbox of which nothing is said
};

}  // namespace

std::vector<MailboxSettings> all_mailboxes(const Settings& settings) {
  std::vector<MailboxSettings> all{settings.mailbox};
  for (const auto& [name, further] : settings.mailboxes) all.push_back(further);
  return all;
}

std::span<const SettingRow> setting_table() { return kSettings; }

LoadedSettings load_settings(const std::string& file, const std::vector<std::string>& overrides) {
  LoadedSettings out;
  const auto path = find_settings_file(file);
  out.settings.config_dir = directory_of(path);
  Loader loader(out);
  if (const auto text = read_config_file(path, out.faults)) loader.read_file(*text);
  std::ranges::stable_sort(out.faults, {},
                           [](const Fault& f) { return std::pair(f.line, f.column); });
  for (const auto& override : overrides) loader.override_with(override);
  if (out.faults.empty()) loader.check_together(path);
  return out;
}

}  // namespace baosong::daemon
