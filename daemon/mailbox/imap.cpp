#include "daemon/mailbox/imap.hpp"

#include <Poco/Exception.h>
#include <Poco/URI.h>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "daemon/limits.hpp"
#include "daemon/pulse.hpp"
#include "daemon/secret.hpp"

namespace baosong::daemon {
namespace {

constexpr std::chrono::seconds kConnectTimeout{30};

// Streams bodies into the archive; the UID that comes before or behind a body names it.
class Bodies : public imap::BodySink {
 public:
  Bodies(Receiver& receiver, std::map<std::uint64_t, MailRef> wanted)
      : receiver_(receiver), wanted_(std::move(wanted)) {}

  // What was asked for and did not come.
  [[nodiscard]] const std::map<std::uint64_t, MailRef>& wanted() const { return wanted_; }
  [[nodiscard]] const std::vector<std::uint64_t>& kept() const { return kept_; }
  // The last error was the receiver's.
  [[nodiscard]] bool ours() const { return ours_; }
  // At which mail the connection was lost, as well as can be said: a server sends in order.
  [[nodiscard]] std::uint64_t suspect() const {
    if (incoming_ && wanted_.contains(under_way_)) return under_way_;
    return wanted_.empty() ? 0 : wanted_.begin()->first;
  }

  Result<void> begin(const imap::Fetched& so_far) override {
    under_way_ = so_far.uid;
    auto incoming = receiver_.begin(MailRef{});
    if (!incoming) return note(tl::unexpected(incoming.error()));
    incoming_.emplace(std::move(*incoming));
    return {};
  }
  Result<void> append(std::string_view bytes) override { return note(incoming_->append(bytes)); }
  Result<void> end(const imap::Fetched& mail) override {
    const auto at = wanted_.find(mail.uid);
    if (!incoming_ || at == wanted_.end()) {
      incoming_.reset();  // a mail we did not ask for, or a second time: leave nothing behind
      return {};
    }
    if (mail.internal_date) at->second.arrival = {*mail.internal_date, true};
    auto kept = note(receiver_.keep(at->second, std::move(*incoming_)));
    incoming_.reset();
    if (!kept) return kept;
    kept_.push_back(mail.uid);
    wanted_.erase(at);
    return {};
  }

 private:
  Result<void> note(Result<void> done) {
    if (!done) ours_ = true;
    return done;
  }

  Receiver& receiver_;
  std::map<std::uint64_t, MailRef> wanted_;
  std::vector<std::uint64_t> kept_;
  std::optional<Archive::Incoming> incoming_;
  std::uint64_t under_way_ = 0;
  bool ours_ = false;
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
  auto session =
      imap::Session::open({{.url = server_,
                            .ca_file = settings_.ca_file,
                            .connect_timeout = std::min(kConnectTimeout, settings_.timeout),
                            .silence = settings_.timeout},
                           settings_.user,
                           *password});
  if (!session) return tl::unexpected(session.error());
  session_.emplace(std::move(*session));
  return {};
}

void ImapMailbox::look_at_all() {
  next_uid_ = 1;
  pending_.clear();
}

Result<void> ImapMailbox::receive(Receiver& receiver) {
  Look now;
  for (unsigned logins = 0;;) {
    const bool reused = session_.has_value();
    if (!reused) {
      if (auto done = connect(); !done) return done;
      ++logins;
    }
    auto done = look(receiver, now);
    if (done) return done;
    session_.reset();
    const Error& error = done.error();
    if (now.ours || pulse::stopping() || !error.may_retry() || error.retry_after.count() > 0) {
      return done;
    }
    if (now.fetching) {
      if (auto reported = give_up(receiver, now); !reported) return reported;
      // What is left is left for later; all the others are here.
      if (due(false).empty() && due(true).empty()) return {};
    } else if (!reused) {
      return done;
    }
    // A server may hang up between two looks; that is no trouble to speak of.
    if (logins >= limits::kLoginsInARow) return done;
  }
}

void ImapMailbox::listen() {
  // Lost while it listens, it is opened again at the next look, which is no trouble to speak of.
  if (!session_ || idle_failures_ >= limits::kIdleTries) return;
  if (session_->idle()) {
    idle_failures_ = 0;
  } else {
    ++idle_failures_;
    session_.reset();
  }
}

int ImapMailbox::news_socket() const {
  return session_ && session_->idling() ? session_->socket() : -1;
}

bool ImapMailbox::has_news() {
  if (news_socket() < 0) return false;
  auto news = session_->news();
  if (!news) session_.reset();
  return news && *news;
}

Result<void> ImapMailbox::look(Receiver& receiver, Look& now) {
  now.fetching = false;
  if (auto done = list_new(receiver, now); !done) return done;
  const auto fresh = due(false);
  receiver.expect(fresh.size() + due(true).size());
  if (auto done = fetch(fresh, receiver, now); !done) return done;
  return fetch_suspects(receiver, now);
}

// Takes into pending_ what the receiver does not know yet.
Result<void> ImapMailbox::list_new(Receiver& receiver, Look& now) {
  auto selected = session_->examine(folder_);
  if (!selected) return tl::unexpected(selected.error());
  if (selected->uid_validity != uid_validity_) {
    uid_validity_ = selected->uid_validity;
    look_at_all();
  }
  const auto exists = static_cast<std::int64_t>(selected->exists);
  auto mails = session_->list(next_uid_);
  const auto counted = [&] { return static_cast<std::int64_t>(mails ? mails->size() : 0); };
  if (mails && next_uid_ > 1 && count_ + counted() + surplus_ != exists) {
    // Something is gone, or a UID below was given out again: look at all of them.
    next_uid_ = 1;
    mails = session_->list(next_uid_);
  }
  if (!mails) return tl::unexpected(mails.error());
  if (next_uid_ == 1) {
    receiver.holds(selected->exists);
    count_ = 0;
    surplus_ = exists - counted();
    std::erase_if(pending_, [&](const auto& entry) {
      return !std::ranges::binary_search(*mails, entry.first, {}, &imap::Summary::uid);
    });
  }
  for (const imap::Summary& mail : *mails) {
    MailRef ref{key_of(uid_validity_, mail), mail.size, {mail.internal_date, true}};
    auto known = receiver.known(ref.key);
    if (!known) {
      now.ours = true;
      return tl::unexpected(known.error());
    }
    const auto at = pending_.find(mail.uid);
    if (at != pending_.end() && (*known || at->second.ref.key != ref.key)) pending_.erase(at);
    if (!*known) pending_.try_emplace(mail.uid, Pending{mail, std::move(ref), 0, {}, {}});
  }
  count_ += counted();
  if (!mails->empty()) next_uid_ = mails->back().uid + 1;
  return {};
}

std::vector<imap::Summary> ImapMailbox::due(bool suspects) const {
  const auto now = Steady::now();
  std::vector<const Pending*> found;
  for (const auto& [uid, pending] : pending_) {
    if ((pending.failures > 0) == suspects && pending.not_before <= now) found.push_back(&pending);
  }
  std::ranges::stable_sort(found, {}, &Pending::failures);
  std::vector<imap::Summary> mails;
  for (const Pending* pending : found) mails.push_back(pending->mail);
  return mails;
}

Result<void> ImapMailbox::fetch(const std::vector<imap::Summary>& mails, Receiver& receiver,
                                Look& now) {
  std::map<std::uint64_t, MailRef> wanted;
  for (const imap::Summary& mail : mails) wanted.emplace(mail.uid, pending_.at(mail.uid).ref);
  Bodies bodies(receiver, std::move(wanted));
  now.fetching = true;
  auto refused = session_->fetch(mails, bodies);
  if (auto settled = receiver.settle(); !settled) {
    now.ours = true;
    return settled;
  }
  for (const std::uint64_t uid : bodies.kept()) pending_.erase(uid);
  now.received += bodies.kept().size();
  if (!refused) {
    now.ours = bodies.ours();
    if (const auto at = pending_.find(bodies.suspect());
        at != pending_.end() && refused.error().retry_after.count() == 0) {
      ++at->second.failures;
      at->second.said = refused.error().message;
    }
    return tl::unexpected(refused.error());
  }
  now.fetching = false;
  for (const auto& [uid, ref] : bodies.wanted()) {
    Pending& pending = pending_.at(uid);
    ++pending.failures;
    pending.said = *refused;
  }
  return {};
}

// One at a time, so that each shows by itself whether it can be had.
Result<void> ImapMailbox::fetch_suspects(Receiver& receiver, Look& now) {
  for (unsigned in_a_row = 0;;) {
    const auto suspects = due(true);
    if (suspects.empty()) return {};
    // Those that were deleted meanwhile are no trouble.
    auto there = session_->list(suspects);
    if (!there) return tl::unexpected(there.error());
    for (const imap::Summary& suspect : suspects) {
      if (!std::ranges::binary_search(*there, suspect.uid, {}, &imap::Summary::uid)) {
        pending_.erase(suspect.uid);
        continue;
      }
      if (auto done = fetch({suspect}, receiver, now); !done) return done;
      const auto at = pending_.find(suspect.uid);
      in_a_row = at == pending_.end() ? 0 : in_a_row + 1;
      if (in_a_row > limits::kRefusedMails) {
        return fail(ErrorKind::kTransient,
                    fmt::format("服务器接连拒绝读取邮件：{}", at->second.said));
      }
    }
    now.answered = true;
    if (auto done = give_up(receiver, now); !done) return done;
  }
}

// Reports the mails that were tried often enough. Where no mail at all comes through it is rather
// the connection that is bad, and nothing is said of the mails.
Result<void> ImapMailbox::give_up(Receiver& receiver, const Look& now) {
  const bool alone = due(false).size() + due(true).size() == 1;
  if (!now.answered && now.received == 0 && !alone) return {};
  for (auto& [uid, pending] : pending_) {
    if (pending.failures < limits::kMailTries || pending.not_before > Steady::now()) continue;
    auto rest = limits::kMailFirstRest;
    for (unsigned i = limits::kMailTries; i < pending.failures && rest < limits::kMailLastRest; ++i)
      rest *= 2;
    pending.not_before = Steady::now() + std::min(rest, limits::kMailLastRest);
    const std::string trouble = fmt::format("邮件（UID {}）服务器列出了却取不到：{}", uid,
                                            pending.said.empty() ? "没有给出正文" : pending.said);
    if (auto done = receiver.unreadable(pending.ref, trouble); !done) return done;
  }
  return {};
}

}  // namespace baosong::daemon
