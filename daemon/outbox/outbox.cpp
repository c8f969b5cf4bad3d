#include "daemon/outbox/outbox.hpp"

#include <fmt/format.h>

#include "daemon/mailbox/mailbox.hpp"
#include "daemon/outbox/maildir.hpp"
#include "daemon/outbox/sent_folder.hpp"
#include "daemon/outbox/smtp.hpp"

namespace baosong::daemon {

Result<std::unique_ptr<Outbox>> open_outbox(Disk& disk, const Settings& all) {
  const OutboxSettings& settings = all.outbox;
  if (const auto path = maildir_path(settings.url); path && !path->empty()) {
    return std::unique_ptr<Outbox>(std::make_unique<MaildirOutbox>(disk, *path));
  }
  if (settings.url.starts_with("smtps://") || settings.url.starts_with("smtp://")) {
    return std::unique_ptr<Outbox>(std::make_unique<SmtpOutbox>(settings, open_sent_folder(all)));
  }
  return fail(ErrorKind::kConfig, fmt::format("不支持的发信地址“{}”（outbox.url）", settings.url),
              "应为“smtps://smtp.126.com:465”或“maildir:目录”");
}

}  // namespace baosong::daemon
