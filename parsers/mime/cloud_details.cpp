#include "parsers/mime/cloud_details.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "parsers/mime/ascii.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::mime {
namespace {

using Day = std::optional<std::chrono::year_month_day>;

constexpr int kLongestDays = 3660;  // ten years: whatever lasts longer is no warning

// Reads up to `most` digits; nullopt when there is none.
std::optional<int> take_number(std::string_view& text, std::size_t most) {
  int value = 0;
  std::size_t at = 0;
  while (at < text.size() && at < most && is_digit(text[at]))
    value = value * 10 + (text[at++] - '0');
  if (at == 0) return std::nullopt;
  text.remove_prefix(at);
  return value;
}

bool take_any(std::string_view& text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words) {
    if (!text.starts_with(word)) continue;
    text.remove_prefix(word.size());
    return true;
  }
  return false;
}

// " 21:59", " 21：59:00", "21时59分"; text stays where it is when no time stands there.
std::string take_time(std::string_view text) {
  text = trim(text);
  const auto hour = take_number(text, 2);
  if (!hour || *hour > 24 || !take_any(text, {":", "：", "时", "点"})) return {};
  const auto minute = take_number(text, 2);
  return fmt::format("T{:02}:{:02}", *hour, minute && *minute < 60 ? *minute : 0);
}

// A day that begins right here: 2022年11月9日, 2022-11-09, 2022/11/9, 2022.11.09, with its time.
std::string take_day(std::string_view text) {
  const auto year = take_number(text, 4);
  if (!year || *year < 2000 || !take_any(text, {"年", "-", "/", "."})) return {};
  const auto month = take_number(text, 2);
  if (!month || !take_any(text, {"月", "-", "/", "."})) return {};
  const auto day = take_number(text, 2);
  if (!day) return {};
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return {};
  take_any(text, {"日", "号"});
  return fmt::format("{:04}-{:02}-{:02}", *year, *month, *day) + take_time(text);
}

std::string find_day(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
    if (std::string day = take_day(text.substr(at)); !day.empty()) return day;
  }
  return {};
}

// "30天", "7 天": so many days after the mail was sent.
std::string find_days(std::string_view text, const Day& sent) {
  if (!sent) return {};
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && is_digit(text[at - 1]))) continue;
    std::string_view rest = text.substr(at);
    const auto days = take_number(rest, 5);
    while (!rest.empty() && is_blank(rest[0])) rest.remove_prefix(1);
    if (!days || *days > kLongestDays || !take_any(rest, {"天", "日内", "个自然日"})) continue;
    const std::chrono::year_month_day end{std::chrono::sys_days(*sent) + std::chrono::days(*days)};
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(end.year()),
                       static_cast<unsigned>(end.month()), static_cast<unsigned>(end.day()));
  }
  return {};
}

// "128.03M", "1.2 GB" right here, as it will be shown.
std::string take_size(std::string_view text) {
  while (!text.empty() && is_blank(text[0])) text.remove_prefix(1);
  std::size_t end = 0;
  while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
  std::size_t unit = end;
  while (unit < text.size() &&
         (is_blank(text[unit]) ||
          std::string_view("KMGBTkmgbt").find(text[unit]) != std::string_view::npos)) {
    ++unit;
  }
  const std::string_view letters = trim(text.substr(end, unit - end));
  if (end == 0 || letters.empty() || letters.size() > 2) return {};
  return std::string(text.substr(0, end)) + std::string(letters);
}

// What stands behind the first of `labels`, to the end of its line.
template <std::size_t kCount>
std::string_view behind(std::string_view text, const std::array<std::string_view, kCount>& labels) {
  for (const std::string_view label : labels) {
    const std::size_t at = text.find(label);
    if (at == std::string_view::npos) continue;
    std::string_view rest = trim(text.substr(at + label.size()));
    take_any(rest, {":", "："});
    rest = trim(rest);
    return rest.substr(0, rest.find_first_of("\n\t\r"));
  }
  return {};
}

constexpr std::array<std::string_view, 6> kNameLabels{
    "通过网盘分享的文件", "腾讯微云文件分享", "文件名称", "文件名", "附件名称", "附件名"};
constexpr std::array<std::string_view, 3> kSizeLabels{"文件大小", "附件大小", "大小"};
constexpr std::array<std::string_view, 7> kEndWords{"到期",     "过期",   "有效期", "失效",
                                                    "有效时间", "有效至", "保存期"};
constexpr std::array<std::string_view, 4> kNever{"无限期", "永久", "长期有效", "不限时"};

bool has_any(std::string_view text, auto words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// "我用百度网盘分享给你了“材料.zip”": what stands between the marks.
std::string shared_name(std::string_view text) {
  const std::size_t verb = text.find("分享");
  if (verb == std::string_view::npos) return {};
  constexpr std::array<std::array<std::string_view, 2>, 3> kMarks{
      {{"“", "”"}, {"「", "」"}, {"《", "》"}}};
  for (const auto& [open, close] : kMarks) {
    const std::size_t from = text.find(open, verb);
    const std::size_t to = from == std::string_view::npos ? from : text.find(close, from);
    if (to != std::string_view::npos) {
      return std::string(text.substr(from + open.size(), to - from - open.size()));
    }
  }
  return {};
}

}  // namespace

std::string read_expiry(std::string_view text, Day sent) {
  constexpr std::size_t kNear = 60;  // bytes on either side of the word
  for (const std::string_view word : kEndWords) {
    for (std::size_t at = text.find(word); at != std::string_view::npos;
         at = text.find(word, at + 1)) {
      const std::size_t line = text.rfind('\n', at);
      std::size_t from = at > kNear ? at - kNear : 0;
      if (line != std::string_view::npos && line < at) from = std::max(from, line + 1);
      std::string_view near = text.substr(from, at - from + kNear);
      near = near.substr(0, near.find('\n'));
      if (has_any(near, kNever)) return {};
      if (std::string day = find_day(near); !day.empty()) return day;
      if (std::string day = find_days(near, sent); !day.empty()) return day;
    }
  }
  return {};
}

std::size_t read_bracket(std::string_view text, Day sent, CloudDetails& out) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool narrow = text[at] == '(';
    if (!narrow && !text.substr(at).starts_with("（")) continue;
    const std::string_view rest = text.substr(at + (narrow ? 1 : 3), 120);
    const std::string size = take_size(rest);
    if (size.empty()) continue;
    out.size = size;
    const std::string_view inside =
        rest.substr(0, std::min({rest.find(')'), rest.find("）"), rest.size()}));
    out.expires = has_any(inside, kNever) ? "" : find_day(inside);
    if (out.expires.empty() && !has_any(inside, kNever)) out.expires = find_days(inside, sent);
    return at;
  }
  return std::string_view::npos;
}

CloudDetails read_labelled(std::string_view text, Day sent) {
  CloudDetails out;
  out.name = std::string(trim(behind(text, kNameLabels)));
  if (out.name.empty()) out.name = shared_name(text);
  out.size = take_size(behind(text, kSizeLabels));
  out.expires = read_expiry(text, sent);
  return out;
}

}  // namespace baosong::parsers::mime
