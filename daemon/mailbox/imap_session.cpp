#include "daemon/mailbox/imap_session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <deque>

namespace baosong::daemon::imap {
namespace {

Error protocol(std::string_view what) {
  return {ErrorKind::kTransient, fmt::format("IMAP服务器的回应不合规范（{}），已断开", what), ""};
}

bool contains_folded(std::string_view text, std::string_view word) {
  return !std::ranges::search(text, word, [](char a, char b) {
            const auto lower = [](char c) {
              return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            };
            return lower(a) == lower(b);
          }).empty();
}

// What a server's refusal means. After ID was sent, "Unsafe Login" is Coremail's way to throttle.
Error refusal(std::string_view step, std::string_view text) {
  if (contains_folded(text, "unsafe login")) {
    return {ErrorKind::kTransient, fmt::format("服务器暂时不让登录（{}：{}）", step, text),
            "已按要求发送了ID，多半是登录过于频繁被限制，稍后会自动再试"};
  }
  if (contains_folded(text, "too many") || contains_folded(text, "unavailable") ||
      contains_folded(text, "try again")) {
    return {ErrorKind::kTransient, fmt::format("服务器暂时拒绝（{}：{}）", step, text),
            "稍后会自动再试"};
  }
  return {ErrorKind::kPermanent, fmt::format("服务器拒绝了{}：{}", step, text), ""};
}

// Cuts what a server says to one printable line.
std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, 200)) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(byte < 0x20 || byte == 0x7F ? ' ' : c);
  }
  return out;
}

}  // namespace

std::string Session::next_tag() { return fmt::format("b{:04}", ++tags_); }

Result<std::string> Session::start(std::string_view command) {
  std::string tag = next_tag();
  if (auto sent = connection_.send(fmt::format("{} {}\r\n", tag, command)); !sent) {
    return tl::unexpected(sent.error());
  }
  return tag;
}

Result<Session::Answer> Session::finish(std::string_view tag, const Untagged& untagged) {
  for (;;) {
    auto line = connection_.line();
    if (!line) return tl::unexpected(line.error());
    if (line->starts_with("* BYE")) {
      return tl::unexpected(refusal("连接", printable(std::string_view(*line).substr(5))));
    }
    if (line->starts_with("* ")) {
      if (auto taken = untagged(*line); !taken) return tl::unexpected(taken.error());
      continue;
    }
    if (line->starts_with(tag) && line->size() > tag.size() && (*line)[tag.size()] == ' ') {
      Answer answer;
      answer.text = printable(std::string_view(*line).substr(tag.size() + 1));
      answer.ok = answer.text.starts_with("OK");
      return answer;
    }
    return tl::unexpected(protocol("标签不符"));
  }
}

Result<Session::Answer> Session::run(std::string_view command, const Untagged& untagged) {
  auto tag = start(command);
  if (!tag) return tl::unexpected(tag.error());
  return finish(*tag, untagged);
}

Result<Session> Session::open(const Account& account) {
  auto connection = Connection::open(account.endpoint);
  if (!connection) return tl::unexpected(connection.error());
  Session session(std::move(*connection));
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
    if (line->starts_with("* BYE")) {
      return tl::unexpected(refusal("登录", printable(std::string_view(*line).substr(5))));
    }
    if (!line->starts_with(*tag + " ")) continue;
    const std::string text = printable(std::string_view(*line).substr(tag->size() + 1));
    if (text.starts_with("OK")) return {};
    Error error = refusal("登录", text);
    if (error.hint.empty()) {
      error.hint = "请确认已在网页邮箱里开启IMAP服务，密码处填的是授权码而不是登录密码";
    }
    return tl::unexpected(std::move(error));
  }
}

// Coremail refuses SELECT to clients that did not say who they are. Other servers may not know ID:
// their BAD is no fault.
Result<void> Session::identify() {
  auto answer =
      run(R"(ID ("name" "baosong" "version" ")" BAOSONG_VERSION R"(" "vendor" "baosong"))",
          [](std::string_view) -> Result<void> { return {}; });
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
  auto answer =
      run(fmt::format("EXAMINE {}", quoted_name), [&](std::string_view line) -> Result<void> {
        if (const auto exists = exists_of(line)) selected.exists = *exists;
        if (const auto validity = code_of(line, "UIDVALIDITY")) selected.uid_validity = *validity;
        return {};
      });
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->ok) return tl::unexpected(refusal("打开邮箱文件夹", answer->text));
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
        return tl::unexpected(protocol("FETCH"));
      case FetchParser::Step::kDone:
        mail = std::move(parser.mail);
        return {};
      case FetchParser::Step::kLiteral: {
        if (sink == nullptr) return tl::unexpected(protocol("多余的正文"));
        if (auto begun = sink->begin(); !begun) return begun;
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
  std::vector<Summary> mails;
  auto answer = run(fmt::format("UID FETCH {}:* (UID RFC822.SIZE INTERNALDATE)", first),
                    [&](std::string_view line) -> Result<void> {
                      std::string_view rest;
                      if (!FetchParser::starts(line, rest)) return {};
                      Fetched mail;
                      if (auto taken = take_fetch(rest, nullptr, mail); !taken) return taken;
                      // "n:*" names the last mail even when its UID is below n.
                      if (mail.uid >= first && mail.uid != 0) {
                        mails.push_back({mail.uid, mail.size, mail.internal_date.value_or(Time{})});
                      }
                      return {};
                    });
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->ok) return tl::unexpected(refusal("列出邮件", answer->text));
  std::ranges::sort(mails, {}, &Summary::uid);
  return mails;
}

namespace {

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

Result<void> Session::fetch(std::span<const Summary> mails, BodySink& sink) {
  constexpr std::size_t kInFlight = 2;
  std::deque<std::string> tags;
  while (!mails.empty() || !tags.empty()) {
    while (!mails.empty() && tags.size() < kInFlight) {
      const std::size_t count = batch_size(mails);
      auto tag = start(
          fmt::format("UID FETCH {} (UID INTERNALDATE BODY.PEEK[])", uid_set(mails.first(count))));
      if (!tag) return tl::unexpected(tag.error());
      tags.push_back(std::move(*tag));
      mails = mails.subspan(count);
    }
    auto answer = finish(tags.front(), [&](std::string_view line) -> Result<void> {
      std::string_view rest;
      if (!FetchParser::starts(line, rest)) return {};
      Fetched mail;
      if (auto taken = take_fetch(rest, &sink, mail); !taken) return taken;
      if (!mail.has_body || mail.body_nil) return {};  // a flag update, or expunged in between
      if (!mail.quoted_body.empty()) {
        if (auto begun = sink.begin(); !begun) return begun;
        if (auto taken = sink.append(mail.quoted_body); !taken) return taken;
      }
      return sink.end(mail);
    });
    if (!answer) return tl::unexpected(answer.error());
    if (!answer->ok) return tl::unexpected(refusal("读取邮件", answer->text));
    tags.pop_front();
  }
  return {};
}

void Session::logout() {
  auto answer = run("LOGOUT", [](std::string_view) -> Result<void> { return {}; });
  static_cast<void>(answer);
}

}  // namespace baosong::daemon::imap
