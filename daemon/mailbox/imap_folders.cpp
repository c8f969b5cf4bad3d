// Session's look into other folders: which one holds sent mail, and which mails lie there.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "daemon/limits.hpp"
#include "daemon/mailbox/imap_refusal.hpp"
#include "daemon/mailbox/imap_session.hpp"

namespace baosong::daemon::imap {
namespace {

// Names under which sent mail lies where no attribute says so.
constexpr std::array<std::string_view, 4> kSentNames{"已发送", "Sent", "Sent Messages",
                                                     "Sent Items"};

// Collects small header bodies and gives out the Message-ID in each.
class MessageIds : public BodySink {
 public:
  Result<void> begin(const Fetched&) override {
    header_.clear();
    return {};
  }
  Result<void> append(std::string_view bytes) override {
    if (header_.size() + bytes.size() > limits::kMessageIdBytes)
      return tl::unexpected(protocol_error("邮件头过长"));
    header_ += bytes;
    return {};
  }
  Result<void> end(const Fetched&) override {
    // "Message-ID: <…>" with folding anywhere around the id; nothing else was asked for.
    const auto open = header_.find('<');
    const auto close = header_.find('>', open);
    if (close != std::string::npos) ids.insert(header_.substr(open, close - open + 1));
    header_.clear();
    return {};
  }
  std::set<std::string> ids;

 private:
  std::string header_;
};

}  // namespace

Result<std::vector<Listed>> Session::list_folders(std::string_view command) {
  std::vector<Listed> out;
  auto answer = run(command, [&](std::string_view line) -> Result<void> {
    auto listed = listed_of(line);
    if (!listed) return {};
    if (out.size() >= limits::kFolders) return tl::unexpected(protocol_error("文件夹过多"));
    if (listed->literal) {
      if (*listed->literal > limits::kFolderNameBytes)
        return tl::unexpected(protocol_error("文件夹名过长"));
      auto taken = connection_.bytes(*listed->literal, [&](std::string_view bytes) -> Result<void> {
        listed->name += bytes;
        return {};
      });
      if (!taken) return taken;
      auto rest = connection_.line();
      if (!rest) return tl::unexpected(rest.error());
      if (!rest->empty()) return tl::unexpected(protocol_error("LIST"));
    }
    out.push_back(std::move(*listed));
    return {};
  });
  if (!answer) return tl::unexpected(answer.error());
  // A command that the server does not know names no folder.
  if (!answer->ok) out.clear();
  return out;
}

Result<std::string> Session::sent_folder() {
  std::vector<Listed> all;
  for (const std::string_view command :
       {R"(LIST "" "*")", R"(LIST "" "*" RETURN (SPECIAL-USE))", R"(XLIST "" "*")"}) {
    auto listed = list_folders(command);
    if (!listed) return tl::unexpected(listed.error());
    for (const Listed& folder : *listed) {
      if (std::ranges::find(folder.attributes, "\\SENT") != folder.attributes.end()) {
        return folder.name;
      }
    }
    if (all.empty()) all = std::move(*listed);
  }
  for (const std::string_view name : kSentNames) {
    const auto folder = std::ranges::find(all, modified_utf7(name), &Listed::name);
    if (folder != all.end()) return folder->name;
  }
  return std::string();
}

Result<std::set<std::string>> Session::message_ids(std::string_view wire_name, std::size_t most) {
  const auto name = quote(wire_name);
  if (!name) return tl::unexpected(protocol_error("文件夹名"));
  auto selected = examine_quoted(*name);
  if (!selected) return tl::unexpected(selected.error());
  MessageIds found;
  if (selected->exists == 0 || most == 0) return found.ids;
  const std::uint64_t first = selected->exists > most ? selected->exists - most + 1 : 1;
  auto answer = run(fmt::format("FETCH {}:{} (UID BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])", first,
                                selected->exists),
                    [&](std::string_view line) -> Result<void> {
                      std::string_view rest;
                      if (!FetchParser::starts(line, rest)) return {};
                      Fetched mail;
                      auto taken = take_fetch(rest, &found, mail, FetchParser::Body::kHeaderFields);
                      if (!taken || !mail.has_body || mail.body_nil) return taken;
                      if (mail.body_quoted) {
                        if (auto begun = found.begin(mail); !begun) return begun;
                        if (auto added = found.append(mail.quoted_body); !added) return added;
                      }
                      return found.end(mail);
                    });
  if (!answer) return tl::unexpected(answer.error());
  if (!answer->ok) {
    return fail(ErrorKind::kTransient, fmt::format("服务器没有列出已发送邮件：{}", answer->text));
  }
  return std::move(found.ids);
}

}  // namespace baosong::daemon::imap
