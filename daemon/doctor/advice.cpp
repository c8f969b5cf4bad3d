#include "daemon/doctor/advice.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace baosong::daemon::doctor {
namespace {

constexpr std::uint8_t bit(Step step) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(step));
}
constexpr std::uint8_t kLogins = bit(Step::kImapLogin) | bit(Step::kSmtpLogin);
constexpr std::uint8_t kSmtp = bit(Step::kSmtpLogin) | bit(Step::kSmtpSender);
constexpr std::uint8_t kAny = 0xFF;

struct AdviceRow {
  std::uint8_t steps;
  std::string_view mark;  // stands in the server's words, in any case; with ^: begins them
  Health health;
  std::string_view says, todo;
};

constexpr std::string_view kWait =
    "请等 15 至 30 分钟再试，其间不要反复重试（每次失败都会延长限制）；服务自己会按间隔再试";
constexpr std::string_view kSwitchOn =
    "网页邮箱 → 设置 → POP3/SMTP/IMAP → 开启“IMAP/SMTP服务”，按提示用手机验证";
constexpr std::string_view kNewCode =
    "网页邮箱 → 设置 → POP3/SMTP/IMAP → 开启“IMAP/SMTP服务” → "
    "新增授权密码，把得到的授权码（不是登录"
    "密码）存入授权码文件，再运行一次 baosong doctor";

// The first row that fits counts; the last of each step fits all.
constexpr std::array kRows{
    AdviceRow{kAny, "unsafe login", Health::kWorld, "服务器暂时限制登录", kWait},
    AdviceRow{kAny, "too many", Health::kWorld, "连接或登录过于频繁，服务器暂时限制", kWait},
    AdviceRow{kAny, "frequen", Health::kWorld, "登录过于频繁，服务器暂时限制", kWait},
    AdviceRow{kAny, "try again", Health::kWorld, "服务器暂时不接受", kWait},
    AdviceRow{kAny, "temporar", Health::kWorld, "服务器暂时不接受", kWait},
    AdviceRow{kAny, "unavailable", Health::kWorld, "服务器暂时不可用", kWait},
    AdviceRow{kAny, "busy", Health::kWorld, "服务器忙", kWait},
    AdviceRow{kAny, "hl:ihu", Health::kWorld, "本机的网络地址被服务商暂停使用",
              "请从同一网络登录一次网页邮箱，次日再试；仍不行请联系邮箱服务商"},
    AdviceRow{kSmtp, "hl:", Health::kWorld, "本机的网络地址被服务商限制", kWait},
    AdviceRow{kAny, "suspend", Health::kFault, "账号被冻结", "请登录网页邮箱，按提示解除冻结"},
    AdviceRow{kAny, "locked", Health::kFault, "账号被锁定", "请登录网页邮箱，按提示解除锁定"},
    AdviceRow{kLogins, "not enable", Health::kFault, "邮箱没有开启 IMAP/SMTP 服务", kSwitchOn},
    AdviceRow{kLogins, "not open", Health::kFault, "邮箱没有开启 IMAP/SMTP 服务", kSwitchOn},
    AdviceRow{kLogins, "disabled", Health::kFault, "邮箱没有开启 IMAP/SMTP 服务", kSwitchOn},
    AdviceRow{kLogins, "no permission", Health::kFault, "邮箱没有开启 IMAP/SMTP 服务", kSwitchOn},
    AdviceRow{kLogins, "not permitted", Health::kFault, "邮箱没有开启 IMAP/SMTP 服务", kSwitchOn},
    AdviceRow{kSmtp, "^421 ", Health::kWorld, "服务器暂时不接受", kWait},
    AdviceRow{kSmtp, "^45", Health::kWorld, "服务器暂时不接受", kWait},
    AdviceRow{bit(Step::kImapLogin), "^bye", Health::kWorld, "服务器断开了连接", kWait},
    AdviceRow{kLogins, "", Health::kFault, "账号或授权码不对", kNewCode},
    AdviceRow{bit(Step::kImapFolder), "^bye", Health::kWorld, "服务器断开了连接", kWait},
    AdviceRow{bit(Step::kImapFolder), "", Health::kFault, "打不开这个文件夹",
              "请核对 mailbox.url 里的文件夹名；收件箱写成 imaps://imap.126.com:993 即可"},
    AdviceRow{bit(Step::kSmtpSender), "", Health::kFault, "服务器不接受这个发件地址",
              "发件地址必须就是登录的账号：让 outbox.from 与 outbox.user 相同，或删去 outbox.from"},
};

bool contains_folded(std::string_view text, std::string_view mark) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  };
  const bool at_start = mark.starts_with('^');
  if (at_start) mark.remove_prefix(1);
  if (mark.empty()) return true;
  const auto found = std::ranges::search(text, mark, {}, lower, lower);
  return !found.empty() && (!at_start || found.begin() == text.begin());
}

}  // namespace

Finding advice_for(Step step, std::string_view text) {
  for (const AdviceRow& row : kRows) {
    if ((row.steps & bit(step)) == 0 || !contains_folded(text, row.mark)) continue;
    return {row.health, fmt::format("{}（服务器答复：{}）", row.says, text), std::string(row.todo)};
  }
  return {Health::kFault, fmt::format("服务器答复：{}", text), ""};
}

Finding lost(const Error& error) {
  return {Health::kWorld, error.message, error.hint.empty() ? "请过几分钟再试" : error.hint};
}

}  // namespace baosong::daemon::doctor
