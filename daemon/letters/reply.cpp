#include "daemon/letters/reply.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "daemon/letters/wording.hpp"
#include "parsers/base/hash.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::daemon {
namespace {

constexpr std::size_t kSubjectCharacters = 80;
constexpr std::size_t kReferences = 20;
constexpr std::size_t kIdBytes = 250;

constexpr std::array<std::string_view, 8> kMachines{"mailer-daemon", "postmaster",   "no-reply",
                                                    "noreply",       "do-not-reply", "donotreply",
                                                    "bounce",        "bounces"};

// What clients put in front of the subject of a reply, lower case, the colon left away.
constexpr std::array<std::string_view, 6> kReplyWords{"re", "aw", "回复", "答复", "回覆", "答覆"};

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) {
    return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
  });
  return out;
}

// "Re:", "RE[2]：", "回复 :" at the start; 0 when there is none.
std::size_t reply_prefix(std::string_view subject) {
  const std::string folded = lower(subject.substr(0, 24));
  for (const auto word : kReplyWords) {
    if (!folded.starts_with(word)) continue;
    std::size_t at = word.size();
    if (at < folded.size() && folded[at] == '[') {
      const auto close = folded.find(']', at);
      if (close == std::string::npos) continue;
      at = close + 1;
    }
    while (at < folded.size() && folded[at] == ' ') ++at;
    if (folded.compare(at, 1, ":") == 0) return at + 1;
    if (folded.compare(at, 3, "：") == 0) return at + 3;
  }
  return 0;
}

// Marks at the end that a reply must not pile up.
std::size_t mark_at_end(std::string_view subject) {
  for (const std::string_view mark : {"【材料接收回执】", "【待补充】"}) {
    if (subject.ends_with(mark)) return mark.size();
  }
  constexpr std::string_view kGateway = "【请注意，邮件由", kGatewayEnd = "代发】";
  const auto at = subject.rfind(kGateway);
  return at != std::string_view::npos && subject.ends_with(kGatewayEnd) ? subject.size() - at : 0;
}

}  // namespace

bool is_plain_address(std::string_view address) {
  const auto at = address.find('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size() || address.size() > 254)
    return false;
  if (address.find('@', at + 1) != std::string_view::npos) return false;
  return std::ranges::all_of(address, [](char c) {
    return c > 0x20 && c < 0x7F &&
           std::string_view("<>()[]\\,;:\"").find(c) == std::string_view::npos;
  });
}

std::optional<std::string> reply_address(const parsers::Message& message,
                                         const rules::Notice& notice, const rules::Unit* unit) {
  std::string to = message.from.address;
  const auto& other = message.reply_to.address;
  if (unit != nullptr && !other.empty() &&
      std::ranges::find(unit->addresses, lower(other)) != unit->addresses.end()) {
    to = other;
  }
  if (!is_plain_address(to)) return std::nullopt;
  const std::string folded = lower(to);
  if (folded == lower(notice.mailbox)) return std::nullopt;
  const std::string local = folded.substr(0, folded.find('@'));
  if (std::ranges::find(kMachines, local) != kMachines.end()) return std::nullopt;
  return to;
}

bool is_message_id(std::string_view id) {
  return id.size() > 4 && id.size() <= kIdBytes && id.front() == '<' && id.back() == '>' &&
         id.find('@') != std::string_view::npos &&
         std::ranges::all_of(id.substr(1, id.size() - 2),
                             [](char c) { return c > 0x20 && c < 0x7F && c != '<' && c != '>'; });
}

std::string reply_subject(std::string_view subject) {
  const std::string line = one_line(subject);
  std::string_view rest = parsers::trim(line);
  for (;;) {
    if (const auto prefix = reply_prefix(rest); prefix > 0) {
      rest = parsers::trim(rest.substr(prefix));
    } else if (const auto mark = mark_at_end(rest); mark > 0) {
      rest = parsers::trim(rest.substr(0, rest.size() - mark));
    } else {
      return shorten(rest, kSubjectCharacters);
    }
  }
}

std::string stable_message_id(std::vector<std::string> answers, std::string_view mailbox) {
  std::ranges::sort(answers);
  const auto at = mailbox.rfind('@');
  const auto domain =
      at == std::string_view::npos ? std::string_view("localhost") : mailbox.substr(at + 1);
  return fmt::format("<baosong-{}@{}>", sha256_hex(join(answers, "\n")).substr(0, 40), domain);
}

std::vector<std::string> thread_of(const parsers::Message& message) {
  std::vector<std::string> thread;
  const auto add = [&](const std::string& id) {
    if (is_message_id(id) && std::ranges::find(thread, id) == thread.end()) thread.push_back(id);
  };
  for (const auto& id : message.references) add(id);
  if (message.references.empty()) add(message.in_reply_to);
  add(message.message_id);
  if (thread.size() > kReferences) {
    thread.erase(thread.begin() + 1, thread.end() - static_cast<std::ptrdiff_t>(kReferences - 1));
  }
  return thread;
}

}  // namespace baosong::daemon
