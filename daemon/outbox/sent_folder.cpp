#include "daemon/outbox/sent_folder.hpp"

#include <Poco/String.h>

#include <algorithm>
#include <set>
#include <utility>

#include "daemon/limits.hpp"
#include "daemon/mailbox/imap_session.hpp"
#include "daemon/secret.hpp"

namespace baosong::daemon {
namespace {

class ImapSentFolder final : public SentFolder {
 public:
  explicit ImapSentFolder(MailboxSettings account) : account_(std::move(account)) {}

  Result<std::map<std::string, bool>> holds(const std::vector<std::string>& ids) override {
    auto password = read_password(account_.password_file, "mailbox.password_file");
    if (!password) return tl::unexpected(password.error());
    // The URL names the folder that is watched behind the server.
    const std::string server =
        account_.url.substr(0, account_.url.find('/', account_.url.find("//") + 2));
    auto session = imap::Session::open(
        {{.url = server, .ca_file = account_.ca_file}, account_.user, std::move(*password)});
    if (!session) return tl::unexpected(session.error());
    auto folder = session->sent_folder();
    if (!folder) return tl::unexpected(folder.error());
    std::map<std::string, bool> out;
    if (folder->empty()) return out;
    auto there = session->message_ids(*folder, limits::kSentLooked);
    if (!there) return tl::unexpected(there.error());
    session->logout();
    for (const std::string& id : ids) {
      // In a fuller folder it may lie farther back.
      if (const bool found = there->contains(id); found || there->size() < limits::kSentLooked) {
        out[id] = found;
      }
    }
    return out;
  }

 private:
  MailboxSettings account_;
};

}  // namespace

std::unique_ptr<SentFolder> open_sent_folder(const Settings& settings) {
  const std::string& user = settings.outbox.user;
  for (const MailboxSettings& mailbox : all_mailboxes(settings)) {
    const bool imap = mailbox.url.starts_with("imaps://") || mailbox.url.starts_with("imap://");
    if (imap && !user.empty() && Poco::icompare(user, mailbox.user) == 0) {
      return std::make_unique<ImapSentFolder>(mailbox);
    }
  }
  return nullptr;
}

Result<Delivered> look_into(SentFolder& folder, const LookFor& letter) {
  std::vector<std::string> ids{letter.message_id};
  const auto proofs = std::min(letter.sent.size(), limits::kSentProofs);
  ids.insert(ids.end(), letter.sent.begin(),
             letter.sent.begin() + static_cast<std::ptrdiff_t>(proofs));
  auto there = folder.holds(ids);
  if (!there) return tl::unexpected(there.error());
  const auto found = there->find(letter.message_id);
  if (found != there->end() && found->second) return Delivered::kYes;
  if (letter.age < limits::kSentSettles) return Delivered::kNotYet;
  const bool files_itself =
      proofs > 0 && std::all_of(ids.begin() + 1, ids.end(), [&](const auto& id) {
        const auto at = there->find(id);
        return at != there->end() && at->second;
      });
  return found != there->end() && files_itself ? Delivered::kNo : Delivered::kCannotTell;
}

}  // namespace baosong::daemon
