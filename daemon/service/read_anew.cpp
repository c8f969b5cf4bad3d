#include "daemon/service/read_anew.hpp"

#include "daemon/log.hpp"
#include "daemon/rebuild.hpp"

namespace baosong::daemon {

Result<std::int64_t> read_anew(House& house, const Clock& clock,
                               const std::function<bool()>& stop) {
  const auto outdated = house.store->outdated();
  if (outdated && *outdated == 0) return 0;
  // The store is exchanged as a file, so nobody may have it open.
  house.store.reset();
  if (!outdated) return tl::unexpected(outdated.error());
  log::notice("程序已升级，{}封邮件要由存档重新读取，其间不收信、不发信", *outdated);
  WorkerPool workers;
  workers.read_titles(house.config.settings.reader.reads_titles());
  const auto done =
      rebuild(house.config.settings.state, {.notice = &house.config.notice,
                                            .templates = &house.config.templates,
                                            .workers = &workers,
                                            .clock = clock,
                                            .settle = house.config.settings.outbox.settle,
                                            .stop = stop});
  if (!done) return tl::unexpected(done.error());
  log::notice("重新读取完成：处理邮件{}封，{}封回信留待人工确认，原台账保留为 {}.before-rebuild",
              done->mails, done->held, kStoreFile);
  if (auto opened = house.open_state(); !opened) return tl::unexpected(opened.error());
  return static_cast<std::int64_t>(done->mails);
}

}  // namespace baosong::daemon
