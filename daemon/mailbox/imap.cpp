#include "daemon/mailbox/imap.hpp"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <fmt/format.h>

#include <map>

#include "daemon/secret.hpp"

namespace baosong::daemon {
namespace {

// Streams bodies into the archive; the UID that comes before or behind a body names it.
class Bodies : public imap::BodySink {
 public:
  Bodies(Receiver& receiver, std::map<std::uint64_t, MailRef> wanted)
      : receiver_(receiver), wanted_(std::move(wanted)) {}

  // What was asked for and did not come.
  [[nodiscard]] const std::map<std::uint64_t, MailRef>& wanted() const { return wanted_; }

  Result<void> begin() override {
    auto incoming = receiver_.begin(MailRef{});
    if (!incoming) return tl::unexpected(incoming.error());
    incoming_.emplace(std::move(*incoming));
    return {};
  }
  Result<void> append(std::string_view bytes) override { return incoming_->append(bytes); }
  Result<void> end(const imap::Fetched& mail) override {
    const auto at = wanted_.find(mail.uid);
    if (!incoming_ || at == wanted_.end()) {
      incoming_.reset();  // a mail we did not ask for, or a second time: leave nothing behind
      return {};
    }
    if (mail.internal_date) at->second.arrival = {*mail.internal_date, true};
    auto kept = receiver_.keep(at->second, std::move(*incoming_));
    incoming_.reset();
    wanted_.erase(at);
    return kept;
  }

 private:
  Receiver& receiver_;
  std::map<std::uint64_t, MailRef> wanted_;
  std::optional<Archive::Incoming> incoming_;
};

// A server that keeps UIDVALIDITY constant may hand a UID out again for another mail. Size and date
// in the key tell the two apart, so that the second is not taken for the first.
std::string key_of(std::uint64_t validity, const imap::Summary& mail) {
  return fmt::format("{}/{}/{}/{}", validity, mail.uid, mail.size,
                     mail.internal_date.time_since_epoch().count());
}

}  // namespace

Result<std::unique_ptr<Mailbox>> ImapMailbox::open(const MailboxSettings& settings) {
  std::unique_ptr<ImapMailbox> mailbox(new ImapMailbox(settings));
  try {
    const Poco::URI uri(settings.url);
    std::string folder = uri.getPath();
    if (folder.starts_with('/')) folder.erase(0, 1);
    if (!folder.empty()) mailbox->folder_ = folder;
    mailbox->server_ = fmt::format("{}://{}", uri.getScheme(), uri.getAuthority());
    if (uri.getHost().empty()) throw Poco::SyntaxException("no host");
  } catch (const Poco::Exception&) {
    return fail(ErrorKind::kConfig,
                fmt::format("收信地址“{}”写法不对（mailbox.url）", settings.url),
                "应为“imaps://imap.126.com:993”");
  }
  return std::unique_ptr<Mailbox>(std::move(mailbox));
}

std::string ImapMailbox::name() const {
  return fmt::format("{}/{} ({})", server_, folder_, settings_.user);
}

ImapMailbox::~ImapMailbox() {
  if (session_) session_->logout();
}

Result<void> ImapMailbox::connect() {
  auto password = read_password(settings_.password_file, "mailbox.password_file");
  if (!password) return tl::unexpected(password.error());
  auto session = imap::Session::open(
      {{.url = server_, .ca_file = settings_.ca_file}, settings_.user, *password});
  if (!session) return tl::unexpected(session.error());
  session_.emplace(std::move(*session));
  return {};
}

Result<void> ImapMailbox::receive(Receiver& receiver) {
  if (!session_) {
    if (auto done = connect(); !done) return done;
  }
  auto done = receive_new(receiver);
  if (!done) session_.reset();
  return done;
}

Result<void> ImapMailbox::receive_new(Receiver& receiver) {
  auto selected = session_->examine(folder_);
  if (!selected) return tl::unexpected(selected.error());
  if (selected->uid_validity != uid_validity_) {
    uid_validity_ = selected->uid_validity;
    next_uid_ = 1;
  }
  if (next_uid_ == 1) receiver.holds(selected->exists);
  auto mails = session_->list(next_uid_);
  if (!mails) return tl::unexpected(mails.error());

  std::vector<imap::Summary> unknown;
  std::map<std::uint64_t, MailRef> wanted;
  for (const imap::Summary& mail : *mails) {
    std::string key = key_of(uid_validity_, mail);
    auto known = receiver.known(key);
    if (!known) return tl::unexpected(known.error());
    if (*known) continue;
    unknown.push_back(mail);
    wanted.emplace(mail.uid, MailRef{std::move(key), mail.size, {mail.internal_date, true}});
  }
  receiver.expect(unknown.size());
  Bodies bodies(receiver, std::move(wanted));
  if (auto done = session_->fetch(unknown, bodies); !done) return done;
  // A mail that was listed and did not come is listed again next time.
  if (!bodies.wanted().empty()) {
    next_uid_ = bodies.wanted().begin()->first;
  } else if (!mails->empty()) {
    next_uid_ = mails->back().uid + 1;
  }
  return {};
}

}  // namespace baosong::daemon
