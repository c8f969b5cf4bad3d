#include "daemon/mailbox/imap_refusal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/limits.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::daemon::imap {
namespace {

constexpr std::size_t kWords = 200;  // characters of a server's words that are shown

// "Unsafe Login" is Coremail's answer to clients that sent no ID; after ID, it is its way to
// throttle. The rest are response codes (RFC 5530) and what servers write in their place.
struct ThrottleRow {
  std::string_view said;
  std::string_view means;
  std::string_view hint;
};
constexpr std::array kThrottles{
    ThrottleRow{"unsafe login", "服务器认为登录不安全，暂时不让使用",
                "已按要求发送了ID，多半是登录过于频繁被限制，会隔一段时间再试"},
    ThrottleRow{"too many", "服务器说连接或登录过多，暂时拒绝",
                "请检查是否有其他程序也在使用这个邮箱"},
    ThrottleRow{"[limit]", "服务器说已到使用上限，暂时拒绝", "会隔一段时间再试"},
    ThrottleRow{"frequen", "服务器说访问过于频繁，暂时拒绝", "会隔一段时间再试"},
    ThrottleRow{"频繁", "服务器说访问过于频繁，暂时拒绝", "会隔一段时间再试"},
};

// Words that say: not now, but soon.
constexpr std::array<std::string_view, 8> kPassing{"[unavailable]", "[inuse]",       "[serverbug]",
                                                   "try again",     "temporar",      "later",
                                                   "system busy",   "internal error"};

struct AskedRow {
  Asked asked;
  std::string_view refused;
  std::string_view hint;
};
constexpr std::array kAsked{
    AskedRow{Asked::kConnection, "服务器断开了连接", ""},
    AskedRow{Asked::kLogin, "服务器拒绝了登录",
             "请在网页邮箱里确认已开启IMAP服务，密码处应填授权码而不是登录密码；"
             "改好后让服务重新载入配置，即可马上再试"},
    AskedRow{Asked::kFolder, "服务器不肯打开邮箱文件夹", "请核对 mailbox.url 里的文件夹名"},
    AskedRow{Asked::kMails, "服务器拒绝了读取邮件", ""},
};

const ThrottleRow* throttle_of(std::string_view text) {
  const auto* row = std::ranges::find_if(
      kThrottles, [&](const ThrottleRow& one) { return contains_folded(text, one.said); });
  return row == kThrottles.end() ? nullptr : row;
}

}  // namespace

bool contains_folded(std::string_view text, std::string_view word) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return !std::ranges::search(text, word, {}, lower, lower).empty();
}

bool is_word(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && contains_folded(text.substr(0, word.size()), word) &&
         (text.size() == word.size() || text[word.size()] == ' ');
}

bool is_bye(std::string_view line) {
  return line.starts_with("* ") && is_word(line.substr(2), "BYE");
}

Error protocol_error(std::string_view what) {
  return {ErrorKind::kTransient, fmt::format("IMAP服务器的回应不合规范（{}），已断开", what), ""};
}

std::string printable(std::string_view text) {
  std::string out;
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size() && count < kWords; ++count) {
    const char32_t c = parsers::next_character(text, at);
    parsers::append_utf8(out, c < 0x20 || (c >= 0x7F && c < 0xA0) ? U' ' : c);
  }
  return std::string(parsers::trim(out));
}

bool is_throttling(std::string_view text) { return throttle_of(text) != nullptr; }

Error refusal(Asked asked, std::string_view text) {
  if (const ThrottleRow* row = throttle_of(text)) {
    return {ErrorKind::kTransient, fmt::format("{}：{}", row->means, text), std::string(row->hint),
            limits::kThrottledRetry};
  }
  const auto* row = std::ranges::find(kAsked, asked, &AskedRow::asked);
  std::string message = fmt::format("{}：{}", row->refused, text);
  const bool passing =
      asked == Asked::kConnection || (!contains_folded(text, "[authenticationfailed]") &&
                                      std::ranges::any_of(kPassing, [&](std::string_view word) {
                                        return contains_folded(text, word);
                                      }));
  if (passing) return {ErrorKind::kTransient, std::move(message), ""};
  Error error{ErrorKind::kPermanent, std::move(message), std::string(row->hint)};
  if (asked == Asked::kLogin) error.retry_after = limits::kRefusedRetry;
  return error;
}

}  // namespace baosong::daemon::imap
