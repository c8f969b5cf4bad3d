#include "daemon/mailbox/imap_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

#include "daemon/limits.hpp"
#include "daemon/mailbox/imap_refusal.hpp"

namespace baosong::daemon::imap {
namespace {

// How long a server may take for so many bytes.
std::chrono::milliseconds time_for(std::uint64_t bytes) {
  return std::chrono::milliseconds(bytes * 1000 / limits::kSlowestRate);
}

// "5:7,9" for the mails of one batch.
std::string uid_set(std::span<const Summary> mails) {
  std::string out;
  for (std::size_t i = 0; i < mails.size();) {
    std::size_t last = i;
    while (last + 1 < mails.size() && mails[last + 1].uid == mails[last].uid + 1) ++last;
    if (!out.empty()) out += ',';
    out += last == i ? fmt::format("{}", mails[i].uid)
                     : fmt::format("{}:{}", mails[i].uid, mails[last].uid);
    i = last + 1;
  }
  return out;
}

std::size_t batch_size(std::span<const Summary> mails) {
  std::uint64_t bytes = 0;
  std::size_t count = 0;
  while (count < mails.size() && count < Session::kBatchMails) {
    bytes += mails[count].size;
    if (count > 0 && bytes > Session::kBatchBytes) break;
    ++count;
  }
  return count;
}

}  // namespace

std::string Session::next_tag() { return fmt::format("b{:04}", ++tags_); }

Result<std::string> Session::start(std::string_view command) {
  if (auto ended = end_idle(); !ended) return tl::unexpected(ended.error());
  return send_tagged(command);
}

Result<std::string> Session::send_tagged(std::string_view command) {
  std::string tag = next_tag();
  expect_answer();
  if (auto sent = connection_.send(fmt::format("{} {}\r\n", tag, command)); !sent) {
    return tl::unexpected(sent.error());
  }
  return tag;
}

void Session::expect_answer() {
  connection_.set_deadline(Steady::now() + silence_ * limits::kCommandSilences);
  stray_ = 0;
}

// An untagged line that is not data we asked for: alerts, flags, news of other clients.
Result<void> Session::take_stray(std::string_view line) {
  if (++stray_ > limits::kStrayLines) return tl::unexpected(protocol_error("无关的行过多"));
  if (exists_of(line)) news_ = true;
  const auto validity = code_of(line, "UIDVALIDITY");
  if (validity && uid_validity_ != 0 && *validity != uid_validity_) {
    return tl::unexpected(protocol_error("UIDVALIDITY中途改变"));
  }
  return {};
}

Result<Session::Answer> Session::finish(std::string_view tag, const Untagged& untagged) {
  for (;;) {
    if (const auto early = answered_.find(tag); early != answered_.end()) {
      Answer answer = std::move(early->second);
      answered_.erase(early);
      return answer;
    }
    auto line = connection_.line();
    if (!line) return tl::unexpected(line.error());
    if (is_bye(*line)) {
      return tl::unexpected(refusal(Asked::kConnection, printable(line->substr(2))));
    }
    if (line->starts_with("* ")) {
      if (auto taken = untagged(*line); !taken) return tl::unexpected(taken.error());
      continue;
    }
    // Anything else may be the rest of a literal that was announced too short: what follows could
    // be a mail's own text, which must never be taken for the server's.
    const auto blank = line->find(' ');
    const std::string_view name = std::string_view(*line).substr(0, blank);
    if (blank == std::string::npos || (name != tag && !in_flight_.contains(name))) {
      return tl::unexpected(protocol_error("标签不符"));
    }
    Answer answer;
    answer.text = printable(std::string_view(*line).substr(blank + 1));
    answer.ok = is_word(answer.text, "OK");
    if (name == tag) return answer;
    // A server may answer the second command first (RFC 3501, 5.5).
    if (!answered_.emplace(name, std::move(answer)).second) {
      return tl::unexpected(protocol_error("同一标签回应两次"));
    }
  }
}

Result<Session::Answer> Session::run(std::string_view command, const Untagged& untagged) {
  auto tag = start(command);
  if (!tag) return tl::unexpected(tag.error());
  return finish(*tag, untagged);
}

Result<Session> Session::open(Account account) {
  // libcurl tells only that something was unexpected; the server's own words say why.
  std::string goodbye;
  account.endpoint.heard = [&goodbye](std::string_view line) {
    if (is_bye(line)) goodbye = printable(line.substr(2));
  };
  auto connection = Connection::open(account.endpoint);
  if (!connection) {
    return tl::unexpected(goodbye.empty() ? connection.error()
                                          : refusal(Asked::kConnection, goodbye));
  }
  Session session(std::move(*connection), account.endpoint.silence);
  if (auto done = session.log_in(account); !done) return tl::unexpected(done.error());
  if (auto done = session.identify(); !done) return tl::unexpected(done.error());
  return session;
}

Result<void> Session::log_in(const Account& account) {
  const auto user = quote(account.user);
  const auto password = quote(account.password);
  if (!user || !password) {
    return fail(ErrorKind::kConfig, "邮箱用户名或授权码里有换行",
                "请检查 mailbox.user 和授权码文件");
  }
  auto tag = start(fmt::format("LOGIN {} {}", *user, *password));
  if (!tag) return tl::unexpected(tag.error());
  // libcurl reads greeting and capabilities; a server may still have lines on their way that
  // belong to no command of ours. They end with our first tagged answer.
  for (;;) {
    auto line = connection_.line();
    if (!line) return tl::unexpected(line.error());
    if (is_bye(*line)) {
      return tl::unexpected(refusal(Asked::kConnection, printable(line->substr(2))));
    }
    if (!line->starts_with(*tag + " ")) {
      if (auto taken = take_stray(*line); !taken) return taken;
      continue;
    }
    const std::string text = printable(std::string_view(*line).substr(tag->size() + 1));
    if (is_word(text, "OK")) return {};
    return tl::unexpected(refusal(Asked::kLogin, text));
  }
}

// Coremail refuses SELECT to clients that did not say who they are. Other servers may not know ID:
// their BAD is no fault.
Result<void> Session::identify() {
  auto answer =
      run(R"(ID ("name" "baosong" "version" ")" BAOSONG_VERSION R"(" "vendor" "baosong"))",
          [this](std::string_view line) { return take_stray(line); });
  if (!answer) return tl::unexpected(answer.error());
  return {};
}

Result<Selected> Session::examine(std::string_view mailbox) {
  const auto name = quote(modified_utf7(mailbox));
  if (!name) return fail(ErrorKind::kConfig, "邮箱文件夹名里有换行", "请检查 mailbox.url");
  return examine_quoted(*name);
}

Result<Selected> Session::examine_quoted(std::string_view quoted_name) {
  Selected selected;
  uid_validity_ = 0;
  auto answer =
      run(fmt::format("EXAMINE {}", quoted_name), [&](std::string_view line) -> Result<void> {
        if (const auto exists = exists_of(line)) selected.exists = *exists;
        if (const auto validity = code_of(line, "UIDVALIDITY")) selected.uid_validity = *validity;
        return take_stray(line);
      });
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->ok) return tl::unexpected(refusal(Asked::kFolder, answer->text));
  uid_validity_ = selected.uid_validity;
  news_ = false;
  return selected;
}

// Reads one FETCH response to its end. Bodies go to `sink`; null: none is expected.
Result<void> Session::take_fetch(std::string_view first, BodySink* sink, Fetched& mail,
                                 FetchParser::Body body) {
  FetchParser parser(body);
  std::string fragment(first);
  for (;;) {
    switch (parser.feed(fragment)) {
      case FetchParser::Step::kBroken:
        return tl::unexpected(protocol_error("FETCH"));
      case FetchParser::Step::kDone:
        mail = std::move(parser.mail);
        return {};
      case FetchParser::Step::kLiteral: {
        if (sink == nullptr) return tl::unexpected(protocol_error("多余的正文"));
        if (parser.literal > limits::kLiteralBytes)
          return tl::unexpected(protocol_error("邮件过大"));
        connection_.extend_deadline(time_for(parser.literal));
        if (auto begun = sink->begin(parser.mail); !begun) return begun;
        auto taken = connection_.bytes(parser.literal,
                                       [&](std::string_view bytes) { return sink->append(bytes); });
        if (!taken) return taken;
        auto line = connection_.line();
        if (!line) return tl::unexpected(line.error());
        fragment = std::move(*line);
      }
    }
  }
}

Result<std::vector<Summary>> Session::list(std::uint64_t first) {
  auto mails = list_set(fmt::format("{}:*", first));
  // "n:*" names the last mail even when its UID is below n.
  if (mails) std::erase_if(*mails, [&](const Summary& mail) { return mail.uid < first; });
  return mails;
}

Result<std::vector<Summary>> Session::list(std::span<const Summary> mails) {
  return list_set(uid_set(mails));
}

Result<std::vector<Summary>> Session::list_set(std::string_view uids) {
  std::vector<Summary> mails;
  auto answer = run(fmt::format("UID FETCH {} (UID RFC822.SIZE INTERNALDATE)", uids),
                    [&](std::string_view line) -> Result<void> {
                      std::string_view rest;
                      if (!FetchParser::starts(line, rest)) return take_stray(line);
                      Fetched mail;
                      if (auto taken = take_fetch(rest, nullptr, mail); !taken) return taken;
                      if (mail.uid == 0) return take_stray(line);
                      if (mails.size() >= limits::kListedMails)
                        return tl::unexpected(protocol_error("邮件过多"));
                      connection_.extend_deadline(time_for(line.size()));
                      mails.push_back({mail.uid, mail.size, mail.internal_date.value_or(Time{})});
                      return {};
                    });
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->ok) return tl::unexpected(refusal(Asked::kMails, answer->text));
  // A mail whose flags change meanwhile is told of again, without its size.
  std::ranges::stable_sort(mails, {}, &Summary::uid);
  const auto twice = std::ranges::unique(mails, {}, &Summary::uid);
  mails.erase(twice.begin(), twice.end());
  return mails;
}

Result<std::string> Session::fetch(std::span<const Summary> mails, BodySink& sink) {
  constexpr std::size_t kInFlight = 2;
  std::string refused;
  std::deque<std::string> tags;
  while (!mails.empty() || !tags.empty()) {
    while (!mails.empty() && tags.size() < kInFlight) {
      const std::size_t count = batch_size(mails);
      auto tag = start(
          fmt::format("UID FETCH {} (UID INTERNALDATE BODY.PEEK[])", uid_set(mails.first(count))));
      if (!tag) return tl::unexpected(tag.error());
      in_flight_.insert(*tag);
      tags.push_back(std::move(*tag));
      mails = mails.subspan(count);
    }
    expect_answer();
    auto answer =
        finish(tags.front(), [&](std::string_view line) { return take_body(line, sink); });
    if (!answer) return tl::unexpected(answer.error());
    if (!answer->ok) {
      if (is_throttling(answer->text)) return tl::unexpected(refusal(Asked::kMails, answer->text));
      refused = std::move(answer->text);
    }
    in_flight_.erase(tags.front());
    tags.pop_front();
  }
  return refused;
}

Result<void> Session::take_body(std::string_view line, BodySink& sink) {
  std::string_view rest;
  if (!FetchParser::starts(line, rest)) return take_stray(line);
  Fetched mail;
  if (auto taken = take_fetch(rest, &sink, mail); !taken) return taken;
  // A change of flags, or expunged in between.
  if (!mail.has_body || mail.body_nil) return take_stray(line);
  // The disk's time is not the server's.
  const auto before = Steady::now();
  if (mail.body_quoted) {
    if (auto begun = sink.begin(mail); !begun) return begun;
    if (auto taken = sink.append(mail.quoted_body); !taken) return taken;
  }
  auto ended = sink.end(mail);
  connection_.extend_deadline(Steady::now() - before);
  return ended;
}

void Session::logout() {
  if (idling()) {  // without waiting for the end of it
    if (!connection_.send("DONE\r\n")) return;
    in_flight_.insert(std::exchange(idle_tag_, {}));
  }
  auto tag = send_tagged("LOGOUT");
  connection_.set_deadline(Steady::now() + limits::kGoodbye);
  if (!tag) return;
  // Its goodbye ends this as an error, which is as good.
  auto answer = finish(*tag, [this](std::string_view line) { return take_stray(line); });
  static_cast<void>(answer);
}

}  // namespace baosong::daemon::imap
