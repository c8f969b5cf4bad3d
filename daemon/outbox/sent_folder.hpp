// The folder in which a mail provider files what was sent over SMTP; looked into when nobody heard
// what became of a letter.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "daemon/outbox/outbox.hpp"
#include "daemon/settings.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon {

class SentFolder {
 public:
  virtual ~SentFolder() = default;
  // For each Message-ID whether a mail of it lies there; one that is not in the answer cannot be
  // told (there is no such folder, or it is too full to be looked through).
  virtual Result<std::map<std::string, bool>> holds(const std::vector<std::string>& ids) = 0;
};

// Of the first mailbox that is the IMAP account which letters are sent from; null: there is none.
std::unique_ptr<SentFolder> open_sent_folder(const Settings& settings);

// What a look into the folder proves. "Not found" is believed only where the server files what it
// sends by itself: when each of the letters that surely left lately (at most kSentProofs of them)
// is there, and the letter had kSentSettles to appear.
Result<Delivered> look_into(SentFolder& folder, const LookFor& letter);

}  // namespace baosong::daemon
