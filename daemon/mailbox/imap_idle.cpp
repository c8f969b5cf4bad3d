// Session's IDLE (RFC 2177).
#include <algorithm>
#include <utility>

#include "daemon/mailbox/imap_refusal.hpp"
#include "daemon/mailbox/imap_session.hpp"

namespace baosong::daemon::imap {
namespace {

constexpr std::string_view kCapability = "* CAPABILITY ";

// "* CAPABILITY IMAP4rev1 IDLE": whether `word` is among them.
bool lists(std::string_view line, std::string_view word) {
  while (!line.empty()) {
    const auto blank = std::min(line.find(' '), line.size());
    if (blank == word.size() && contains_folded(line.substr(0, blank), word)) return true;
    line.remove_prefix(std::min(blank + 1, line.size()));
  }
  return false;
}

}  // namespace

Result<bool> Session::idle() {
  if (idling()) return true;
  if (!offers_idle_) {
    // Asked after the login: many servers offer less before it. Where it is not offered it is never
    // sent, for Coremail loses its place at it.
    bool offers = false;
    auto answer = run("CAPABILITY", [&](std::string_view line) -> Result<void> {
      if (contains_folded(line.substr(0, kCapability.size()), kCapability)) {
        offers = lists(line, "IDLE");
      }
      return take_stray(line);
    });
    if (!answer) return tl::unexpected(answer.error());
    offers_idle_ = offers && answer->ok;
  }
  if (!*offers_idle_) return false;
  auto tag = start("IDLE");
  if (!tag) return tl::unexpected(tag.error());
  for (;;) {
    auto line = connection_.line();
    if (!line) return tl::unexpected(line.error());
    if (line->starts_with("+")) break;
    if (line->starts_with(*tag + " ")) {
      offers_idle_ = false;  // refused all the same
      return false;
    }
    if (auto taken = take_idle_line(*line); !taken) return tl::unexpected(taken.error());
  }
  idle_tag_ = std::move(*tag);
  return true;
}

Result<bool> Session::news() {
  for (;;) {
    auto whole = connection_.has_line();
    if (!whole) return tl::unexpected(whole.error());
    if (!*whole) return std::exchange(news_, false);
    auto line = connection_.line();
    if (!line) return tl::unexpected(line.error());
    if (auto taken = take_idle_line(*line); !taken) return tl::unexpected(taken.error());
  }
}

Result<void> Session::take_idle_line(std::string_view line) {
  if (!line.starts_with("* ")) return tl::unexpected(protocol_error("IDLE"));
  if (is_bye(line)) return tl::unexpected(refusal(Asked::kConnection, printable(line.substr(2))));
  return take_stray(line);
}

Result<void> Session::end_idle() {
  if (!idling()) return {};
  const std::string tag = std::exchange(idle_tag_, {});
  expect_answer();
  if (auto sent = connection_.send("DONE\r\n"); !sent) return sent;
  auto answer = finish(tag, [this](std::string_view line) { return take_stray(line); });
  if (!answer) return tl::unexpected(answer.error());
  return {};
}

}  // namespace baosong::daemon::imap
