#include "daemon/setting_value.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "daemon/log.hpp"
#include "daemon/net/loopback.hpp"
#include "daemon/secret.hpp"
#include "parsers/text/utf8.hpp"
#include "rules/nearest.hpp"
#include "rules/toml_reader.hpp"

namespace baosong::daemon {
namespace {

using rules::nearest;

std::optional<std::int64_t> parse_whole(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

struct UnitRow {
  std::string_view name;
  std::int64_t seconds;
};
constexpr std::array kUnits{UnitRow{"s", 1}, UnitRow{"min", 60}, UnitRow{"h", 3600},
                            UnitRow{"d", 86'400}};
constexpr std::int64_t kLongestSeconds = 366LL * 86'400;

constexpr std::array<std::string_view, 2> kMailboxSchemes{"imaps", "maildir"};
constexpr std::array<std::string_view, 2> kOutboxSchemes{"smtps", "maildir"};
// Without TLS only to this machine: a test server, or a relay that stands beside the service.
constexpr std::array<std::string_view, 2> kPlainSchemes{"imap", "smtp"};

bool is_port(std::string_view text) {
  const auto port = parse_whole(text);
  return port && *port >= 1 && *port <= 65'535;
}

std::optional<SettingAdvice> check_url(const SettingRow& row, std::string_view url) {
  const bool mailbox = row.key.starts_with("mailbox.");
  const auto schemes =
      std::span<const std::string_view>(mailbox ? kMailboxSchemes : kOutboxSchemes);
  const std::string form = mailbox ? "imaps://imap.126.com:993 或 maildir:目录"
                                   : "smtps://smtp.126.com:465 或 maildir:目录";
  const auto colon = url.find(':');
  if (colon == std::string_view::npos) return SettingAdvice{fmt::format("“{}”不是地址", url), form};
  const auto scheme = url.substr(0, colon);
  auto rest = url.substr(colon + 1);
  if (scheme == "maildir") {
    if (!rest.empty()) return std::nullopt;
    return SettingAdvice{"“maildir:”后面没有目录", "maildir:目录"};
  }
  const bool plain = scheme == kPlainSchemes[mailbox ? 0 : 1];
  if (!plain && std::ranges::find(schemes, scheme) == schemes.end()) {
    const auto like = nearest(scheme, schemes);
    return SettingAdvice{fmt::format("不认识的地址类型“{}:”", scheme),
                         like.empty() ? form : fmt::format("“{}:”", like)};
  }
  if (!rest.starts_with("//")) return SettingAdvice{fmt::format("“{}”少了“//”", url), form};
  rest.remove_prefix(2);
  const auto authority = rest.substr(0, rest.find('/'));
  // An IPv6 address keeps its brackets; its colons are no port.
  const auto bracket = authority.starts_with('[') ? authority.find(']') : std::string_view::npos;
  const auto port_at = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  const auto host = authority.substr(0, port_at);
  if (host.empty() || host.find_first_of(" \t") != std::string_view::npos) {
    return SettingAdvice{fmt::format("“{}”里没有服务器名", url), form};
  }
  if (authority.find('@') != std::string_view::npos) {
    return SettingAdvice{
        "地址里不写账号",
        fmt::format("账号写在 {}.user，授权码写在 {}.password_file 所指的文件里",
                    mailbox ? "mailbox" : "outbox", mailbox ? "mailbox" : "outbox")};
  }
  if (port_at != std::string_view::npos && !is_port(authority.substr(port_at + 1))) {
    return SettingAdvice{fmt::format("“{}”不是端口号", authority.substr(port_at + 1)), form};
  }
  if (plain && !is_this_machine(host)) {
    return SettingAdvice{fmt::format("“{}:”不加密，授权码会被人看到", scheme),
                         fmt::format("{}s://…（只有本机可以不加密）", scheme)};
  }
  return std::nullopt;
}

// Whoever reaches the port reads how the office's mail stands, without a password.
std::optional<SettingAdvice> check_metrics(std::string_view text) {
  constexpr std::string_view kForm = "\"127.0.0.1:9464\"；不要则写空 \"\"";
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos || !is_port(text.substr(colon + 1))) {
    return SettingAdvice{fmt::format("“{}”不是“地址:端口”", text), std::string(kForm)};
  }
  if (!is_this_machine(text.substr(0, colon))) {
    return SettingAdvice{
        fmt::format("“{}”不是本机地址，监控信息不能对外提供", text.substr(0, colon)),
        fmt::format("{}（本机：{}）", kForm, fmt::join(kLocalHosts, "、"))};
  }
  return std::nullopt;
}

struct WholeRange {
  std::string_view key;
  std::int64_t least, most;
};
constexpr std::array kWholes{WholeRange{"outbox.per_address_day", 0, 1000},
                             WholeRange{"outbox.per_day", 0, 100'000},
                             WholeRange{"outbox.per_minute", 0, 10'000}};

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  const auto end = std::min(text.find_first_not_of("0123456789"), text.size());
  const auto number = parse_whole(text.substr(0, end));
  const auto* unit = std::ranges::find(kUnits, text.substr(end), &UnitRow::name);
  if (!number || unit == kUnits.end() || *number > kLongestSeconds / unit->seconds)
    return std::nullopt;
  return std::chrono::seconds{*number * unit->seconds};
}

std::optional<SettingAdvice> check_element(const SettingRow& row, std::string_view element) {
  const auto at = element.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == element.size() ||
      element.find_first_of(" \t<>,;") != std::string_view::npos) {
    return SettingAdvice{fmt::format("“{}”不是邮箱地址", element),
                         fmt::format("{} = [\"someone@126.com\"]", row.key)};
  }
  return std::nullopt;
}

std::variant<SettingValue, SettingAdvice> read_setting(const SettingRow& row,
                                                       std::string_view text) {
  switch (row.type) {
    case SettingType::kText:
      if (row.key == "outbox.from" && !text.empty()) {
        if (auto advice = check_element(row, text)) {
          return SettingAdvice{std::move(advice->wrong), "outbox.from = \"someone@126.com\""};
        }
      }
      if (row.key == "service.metrics" && !text.empty()) {
        if (auto advice = check_metrics(text)) return std::move(*advice);
      }
      if (row.key == "reader.scan_titles" && text != "auto" && text != "off") {
        return SettingAdvice{fmt::format("“{}”无法识别", text),
                             "\"auto\"（识别）或 \"off\"（不识别）"};
      }
      if (row.key == "service.log" && !log::find_level(text)) {
        return SettingAdvice{fmt::format("不认识的日志级别“{}”", text),
                             fmt::format("{}", fmt::join(log::level_names(), "、"))};
      }
      return SettingValue{std::string(text)};
    case SettingType::kPath:
      if (text.empty() && row.key == "state")
        return SettingAdvice{"没有写目录", "state = \"/var/lib/baosong\""};
      if (row.key.ends_with(".password_file")) {
        if (auto fault = secret_form_fault(text)) {
          return SettingAdvice{std::move(*fault), "\"credential:baosong.code\""};
        }
      }
      return SettingValue{std::string(text)};
    case SettingType::kUrl:
      if (auto advice = check_url(row, text)) return std::move(*advice);
      return SettingValue{std::string(text)};
    case SettingType::kDuration: {
      const auto duration = parse_duration(text);
      if (!duration) return SettingAdvice{fmt::format("“{}”不是时长", text), "60s、5min、2h 或 1d"};
      if (row.key == "outbox.timeout" && duration->count() == 0) {
        return SettingAdvice{"等待发信服务器的时间不能是 0", "outbox.timeout = \"2min\""};
      }
      if (row.key == "mailbox.poll" && duration->count() == 0) {
        return SettingAdvice{"收信间隔不能是 0", "mailbox.poll = \"60s\""};
      }
      if (row.key == "mailbox.timeout" && duration->count() == 0) {
        return SettingAdvice{"等待服务器的时间不能是 0", "mailbox.timeout = \"60s\""};
      }
      return SettingValue{*duration};
    }
    case SettingType::kInt: {
      const auto number = parse_whole(text);
      if (!number)
        return SettingAdvice{fmt::format("“{}”不是整数", text),
                             fmt::format("{} = {}", row.key, row.fallback)};
      const auto* range = std::ranges::find(kWholes, row.key, &WholeRange::key);
      if (range != kWholes.end() && (*number < range->least || *number > range->most)) {
        return SettingAdvice{fmt::format("“{}”是 {}，超出了范围", row.key, *number),
                             fmt::format("{} 到 {} 之间", range->least, range->most)};
      }
      return SettingValue{*number};
    }
    case SettingType::kClock:
      if (!text.empty() && (text.size() != 5 || !rules::parse_clock(text))) {
        return SettingAdvice{fmt::format("“{}”不是时刻", text),
                             "\"16:00\"（24小时制）；不要则写空 \"\""};
      }
      return SettingValue{std::string(text)};
    case SettingType::kTexts: {
      std::vector<std::string> list;
      while (!text.empty()) {
        const auto comma = std::min(text.find(','), text.size());
        const auto element = parsers::trim(text.substr(0, comma));
        text.remove_prefix(std::min(comma + 1, text.size()));
        if (element.empty()) continue;
        if (auto advice = check_element(row, element)) return std::move(*advice);
        list.emplace_back(element);
      }
      return SettingValue{std::move(list)};
    }
  }
  return SettingAdvice{};
}

}  // namespace baosong::daemon
