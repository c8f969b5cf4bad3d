#include "daemon/outbox/outbox.hpp"

#include <fmt/format.h>

#include "daemon/mailbox/mailbox.hpp"
#include "daemon/outbox/maildir.hpp"

namespace baosong::daemon {

Result<std::unique_ptr<Outbox>> open_outbox(Disk& disk, const OutboxSettings& settings) {
  if (const auto path = maildir_path(settings.url); path && !path->empty()) {
    return std::unique_ptr<Outbox>(std::make_unique<MaildirOutbox>(disk, *path));
  }
  return fail(ErrorKind::kConfig, fmt::format("不支持的发信地址“{}”（outbox.url）", settings.url),
              "应为“maildir:目录”");
}

}  // namespace baosong::daemon
