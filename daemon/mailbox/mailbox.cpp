#include "daemon/mailbox/mailbox.hpp"

#include <fmt/format.h>

#include "daemon/mailbox/imap.hpp"
#include "daemon/mailbox/maildir.hpp"

namespace baosong::daemon {

std::optional<std::string> maildir_path(std::string_view url) {
  constexpr std::string_view kScheme = "maildir:";
  if (!url.starts_with(kScheme)) return std::nullopt;
  url.remove_prefix(kScheme.size());
  if (url.starts_with("///")) url.remove_prefix(2);
  while (url.size() > 1 && url.ends_with('/')) url.remove_suffix(1);
  return std::string(url);
}

Result<std::unique_ptr<Mailbox>> open_mailbox(const MailboxSettings& settings) {
  if (const auto path = maildir_path(settings.url); path && !path->empty()) {
    return std::unique_ptr<Mailbox>(std::make_unique<MaildirMailbox>(*path));
  }
  if (settings.url.starts_with("imaps://") || settings.url.starts_with("imap://")) {
    return ImapMailbox::open(settings);
  }
  return fail(ErrorKind::kConfig, fmt::format("不支持的收信地址“{}”（mailbox.url）", settings.url),
              "应为“imaps://imap.126.com:993”或“maildir:目录”");
}

}  // namespace baosong::daemon
