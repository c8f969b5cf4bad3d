// Receiving and reading: tables mail, sighting, document.
#include <stdexcept>

#include "daemon/same_mail.hpp"
#include "daemon/store/columns.hpp"
#include "daemon/store/database.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/store/store.hpp"
#include "parsers/worker/wire.hpp"

namespace baosong::daemon {
namespace q = queries;

Result<bool> Store::fetched(std::string_view mailbox, std::string_view key) {
  auto count = db_->number(q::kFetched, mailbox, key);
  if (!count) return tl::unexpected(count.error());
  return *count > 0;
}

Result<std::vector<bool>> Store::add_archived(std::span<const Arrived> mails) {
  std::vector<bool> fresh;
  auto done = db_->transaction([&]() -> Result<void> {
    for (const Arrived& mail : mails) {
      auto there = db_->number(q::kHasMail, mail.sha256);
      if (!there) return tl::unexpected(there.error());
      fresh.push_back(*there == 0);
      if (fresh.back()) {
        const MailState state =
            mail.quarantine.empty() ? MailState::kArchived : MailState::kQuarantined;
        auto added =
            db_->run(q::kAddMail, mail.sha256, mail.size, name_of(state), seconds_of(mail.arrival),
                     mail.exact, seconds_of(mail.now), seconds_of(mail.arrival), mail.quarantine);
        if (!added) return added;
      }
      auto seen =
          db_->run(q::kAddSighting, mail.mailbox, mail.key, mail.sha256, seconds_of(mail.now));
      if (!seen) return seen;
    }
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  return fresh;
}

Result<bool> Store::add_archived(const Arrived& mail) {
  auto fresh = add_archived(std::span(&mail, 1));
  if (!fresh) return tl::unexpected(fresh.error());
  return static_cast<bool>(fresh->front());
}

Result<std::optional<Store::Sighted>> Store::sighted(std::string_view mailbox,
                                                     std::string_view key) {
  auto row = db_->row<std::tuple<std::string, std::int64_t>>(q::kSightingMail, mailbox, key);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::optional<Sighted>();
  return std::optional<Sighted>(
      Sighted{std::get<0>(**row), static_cast<std::uint64_t>(std::get<1>(**row))});
}
Result<void> Store::restore(std::string_view sha256) { return db_->run(q::kRestore, sha256); }

Result<void> Store::set_census(const Census& census) {
  return db_->run(q::kSetCensus, census.mailbox, seconds_of(census.at), census.shown, census.kept);
}
Result<std::vector<Census>> Store::censuses() {
  return each(
      db_->rows<std::tuple<std::string, std::int64_t, std::int64_t, std::int64_t>>(q::kCensuses),
      [](const auto& row) {
        return Census{std::get<0>(row), to_time(std::get<1>(row)), std::get<2>(row),
                      std::get<3>(row)};
      });
}

Result<void> Store::add_unfetched(std::string_view mailbox, std::string_view key, Time now,
                                  std::string_view trouble) {
  return db_->run(q::kAddUnfetched, mailbox, key, seconds_of(now), trouble);
}

Result<std::vector<Store::Unread>> Store::unread() {
  return each(db_->rows<std::tuple<std::string, std::int64_t, std::int64_t>>(q::kUnread),
              [](const auto& row) {
                return Unread{std::get<0>(row), to_time(std::get<1>(row)), std::get<2>(row) != 0};
              });
}

Result<void> Store::add_reading(std::string_view sha256, const parsers::Reading& reading,
                                Time received) {
  return db_->transaction([&]() -> Result<void> {
    if (auto dropped = db_->run(q::kDropDocuments, sha256); !dropped) return dropped;
    std::int64_t position = 0;
    for (const parsers::Document& document : reading.documents) {
      auto added =
          db_->run(q::kAddDocument, sha256, position++, document.path, document.name, document.size,
                   document.sha256, name_of(document.format), Blob{parsers::encode(document)});
      if (!added) return added;
    }
    // Documents have rows of their own, so the message is kept without them.
    parsers::Reading rest = reading;
    rest.documents.clear();
    const parsers::Message& message = reading.message;
    return db_->run(q::kSetReading, seconds_of(received), message.message_id, message.from.address,
                    message.from.name, message.subject, content_key(reading),
                    Blob{parsers::encode(rest)}, sha256);
  });
}

Result<std::optional<std::string>> Store::original_of(std::string_view sha256) {
  auto row = db_->row<std::tuple<std::string>>(q::kOriginal, sha256);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::optional<std::string>();
  return std::optional<std::string>(std::get<0>(**row));
}
Result<void> Store::set_copy(std::string_view sha256, std::string_view original) {
  return db_->run(q::kSetCopy, original, sha256);
}

Result<void> Store::quarantine(std::string_view sha256, std::string_view trouble) {
  return db_->run(q::kQuarantine, trouble, sha256);
}

Result<parsers::Reading> Store::reading(std::string_view sha256) {
  auto message = db_->row<std::tuple<Blob>>(q::kMessage, sha256);
  if (!message) return tl::unexpected(message.error());
  if (!*message) throw std::logic_error("asked for the facts of a mail that was not read");
  auto reading = parsers::decode_reading(std::get<0>(**message).bytes);
  if (!reading) return reading;
  auto documents = db_->rows<std::tuple<Blob>>(q::kDocuments, sha256);
  if (!documents) return tl::unexpected(documents.error());
  for (const auto& [frame] : *documents) {
    auto document = parsers::decode_document(frame.bytes);
    if (!document) return tl::unexpected(document.error());
    reading->documents.push_back(std::move(*document));
  }
  return reading;
}

Result<std::vector<MailRow>> Store::undecided() {
  return each(db_->rows<MailColumns>(q::kUndecided), [](const auto& row) { return to_mail(row); });
}
Result<std::vector<MailRow>> Store::waiting() {
  return each(db_->rows<MailColumns>(q::kWaiting), [](const auto& row) { return to_mail(row); });
}
Result<std::vector<MailRow>> Store::quarantined() {
  return each(db_->rows<MailColumns>(q::kQuarantined), [](const auto& row) {
    MailRow mail = to_mail(row);
    if (mail.sha256.empty()) mail.state = MailState::kSeen;
    return mail;
  });
}
Result<std::optional<MailRow>> Store::mail(std::string_view sha256) {
  auto row = db_->row<MailColumns>(q::kMail, sha256);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return std::optional<MailRow>();
  return std::optional<MailRow>(to_mail(**row));
}

}  // namespace baosong::daemon
