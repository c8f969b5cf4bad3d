// One logged-in IMAP session (RFC 3501) as NetEase's Coremail needs it: LOGIN, then ID (RFC 2971)
// before anything else, EXAMINE (nothing is ever marked), UID ranges, BODY.PEEK.
//
// Any error leaves the session unusable: drop it.
// Thread rule: a session belongs to one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/mailbox/imap_syntax.hpp"
#include "daemon/net/connection.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon::imap {

struct Account {
  ServerAddress endpoint;
  std::string user, password;
};

struct Selected {
  std::uint64_t uid_validity = 0;  // 0: the server did not say
  std::uint64_t exists = 0;
};

struct Summary {
  std::uint64_t uid = 0;
  std::uint64_t size = 0;
  Time internal_date{};
};

// Who takes the bodies, in whatever order the server sends them.
class BodySink {
 public:
  virtual ~BodySink() = default;
  virtual Result<void> begin(const Fetched& so_far) = 0;  // a body starts; its UID may be 0 yet
  virtual Result<void> append(std::string_view bytes) = 0;
  virtual Result<void> end(const Fetched& mail) = 0;  // the whole response was well formed
};

class Session {
 public:
  static Result<Session> open(Account account);

  Result<Selected> examine(std::string_view mailbox);  // UTF-8 name
  // Every mail with a UID of `first` or more.
  Result<std::vector<Summary>> list(std::uint64_t first);
  // Those of `mails` that are still there, as they are now.
  Result<std::vector<Summary>> list(std::span<const Summary> mails);
  // Fetches the bodies in batches of at most kBatchBytes, two of them in flight. A batch that is
  // refused does not keep back the next; then the last refusal is returned, else "".
  Result<std::string> fetch(std::span<const Summary> mails, BodySink& sink);

  // The folder that the server keeps for sent mail (RFC 6154), as the server writes its name;
  // empty: there is none.
  Result<std::string> sent_folder();
  // The Message-IDs of the newest `most` mails of a folder, "<…>". `wire_name` is a name as the
  // server writes it. By UID and header, for SEARCH cannot be relied upon everywhere.
  Result<std::set<std::string>> message_ids(std::string_view wire_name, std::size_t most);

  // IDLE (RFC 2177): the server tells of new mail by itself, until the next command. False: it does
  // not offer that, and nothing was sent. To be renewed within kIdleLongest.
  Result<bool> idle();
  [[nodiscard]] bool idling() const { return !idle_tag_.empty(); }
  // What came while idling, without waiting; true when the server told of mails since EXAMINE.
  Result<bool> news();
  [[nodiscard]] int socket() const { return connection_.socket(); }

  void logout();  // says goodbye; what the server answers does not matter, nor does it wait long

  static constexpr std::uint64_t kBatchBytes = 8 * 1024 * 1024;
  static constexpr std::size_t kBatchMails = 200;

 private:
  using Steady = std::chrono::steady_clock;
  Session(Connection connection, std::chrono::seconds silence)
      : connection_(std::move(connection)), silence_(silence) {}

  struct Answer {
    bool ok = false;
    std::string text;  // behind the tag: "NO Unsafe Login…"
  };
  using Untagged = std::function<Result<void>(std::string_view line)>;

  std::string next_tag();
  void expect_answer();
  Result<void> take_stray(std::string_view line);
  Result<void> take_body(std::string_view line, BodySink& sink);
  Result<std::vector<Summary>> list_set(std::string_view uids);
  Result<std::string> start(std::string_view command);  // sends it; its tag
  Result<std::string> send_tagged(std::string_view command);
  Result<void> end_idle();
  Result<void> take_idle_line(std::string_view line);
  Result<Answer> finish(std::string_view tag, const Untagged& untagged);
  Result<Answer> run(std::string_view command, const Untagged& untagged);
  Result<void> log_in(const Account& account);
  Result<void> identify();
  Result<void> take_fetch(std::string_view rest, BodySink* sink, Fetched& mail,
                          FetchParser::Body body = FetchParser::Body::kWhole);
  Result<Selected> examine_quoted(std::string_view quoted_name);
  Result<std::vector<Listed>> list_folders(std::string_view command);

  Connection connection_;
  std::chrono::seconds silence_;
  unsigned tags_ = 0;
  std::optional<bool> offers_idle_;  // as CAPABILITY says after the login; nullopt: not asked
  std::string idle_tag_;             // of the IDLE that goes on
  bool news_ = false;                // the server told of mails since EXAMINE
  std::set<std::string, std::less<>> in_flight_;
  std::map<std::string, Answer, std::less<>> answered_;  // before their turn
  std::uint64_t uid_validity_ = 0;                       // of the open folder; 0: not known
  std::size_t stray_ = 0;                                // lines nobody asked for, in this command
};

}  // namespace baosong::daemon::imap
