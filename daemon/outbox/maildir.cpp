#include "daemon/outbox/maildir.hpp"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include "parsers/base/hash.hpp"

namespace baosong::daemon {
namespace {

std::string file_name(const std::string& message_id) {
  return sha256_hex(message_id).substr(0, 32) + ".baosong";
}

}  // namespace

Result<Delivered> MaildirOutbox::look(const LookFor& letter) {
  const std::string name = file_name(letter.message_id);
  for (const char* part : {"/new", "/cur"}) {
    std::error_code error;
    std::filesystem::directory_iterator entry(path_ + part, error);
    for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
      // A mail reader appends flags: NAME:2,S
      if (entry->path().filename().string().starts_with(name)) return Delivered::kYes;
    }
    if (error && error != std::errc::no_such_file_or_directory) {
      return disk_failure("读取发信目录", path_ + part, error.value());
    }
  }
  return Delivered::kNo;
}

Result<Delivery> MaildirOutbox::deliver(const OutboundMail& mail, const AtEnd& at_end) {
  for (const char* part : {"/tmp", "/new", "/cur"}) {
    if (auto made = make_directory(*disk_, path_ + part); !made) {
      return tl::unexpected(made.error());
    }
  }
  auto there = look({mail.message_id, {}, {}});
  if (!there) return tl::unexpected(there.error());
  if (*there == Delivered::kYes) return Delivery{};
  const std::string name = file_name(mail.message_id);
  auto file = NewFile::create(*disk_, path_ + "/tmp/" + name);
  if (!file) return tl::unexpected(file.error());
  if (auto done = file->append(mail.bytes); !done) return tl::unexpected(done.error());
  if (auto done = at_end(); !done) return tl::unexpected(done.error());
  if (auto done = file->commit(path_ + "/new/" + name); !done) {
    return tl::unexpected(done.error());
  }
  return Delivery{};
}

}  // namespace baosong::daemon
