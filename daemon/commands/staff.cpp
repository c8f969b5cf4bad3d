#include "daemon/commands/staff.hpp"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>

namespace baosong::daemon {
namespace {

constexpr std::size_t kShortestHash = 6;
constexpr std::size_t kHash = 64;

bool is_hex(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

struct StateWords {
  LetterState state;
  std::string_view words;
};
constexpr std::array<StateWords, 4> kStateWords{{{LetterState::kPending, "正在等待发出"},
                                                 {LetterState::kSending, "正在发出，请稍后再看"},
                                                 {LetterState::kSent, "已经发出"},
                                                 {LetterState::kHeld, "已经处理过"}}};

}  // namespace

Result<StaffId> parse_staff_id(std::string_view text) {
  if (text == "outbox") return StaffId{StaffId::Kind::kOutbox, 0, {}};
  if (text.find('@') != std::string_view::npos) {
    return StaffId{StaffId::Kind::kAddress, 0, std::string(text)};
  }
  const std::string_view rest = text.empty() ? text : text.substr(1);
  if (text.starts_with('L')) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (error == std::errc{} && end == rest.data() + rest.size() && number > 0) {
      return StaffId{StaffId::Kind::kLetter, number, {}};
    }
  }
  if (text.starts_with('M') && rest.size() >= kShortestHash && rest.size() <= kHash &&
      is_hex(rest)) {
    return StaffId{StaffId::Kind::kMail, 0, std::string(rest)};
  }
  return fail(
      ErrorKind::kUsage, fmt::format("“{}”不是编号", text),
      "编号写在每日情况每一行的末尾，例如 L12（回信）、M3f2a91c0（来信）、邮箱地址、outbox");
}

std::string login_name() {
  const uid_t uid = ::getuid();
  const passwd* entry = ::getpwuid(uid);
  const std::string name =
      entry == nullptr ? fmt::format("uid {}", uid) : std::string(entry->pw_name);
  const char* caller = std::getenv("SUDO_USER");
  return uid == 0 && caller != nullptr && *caller != '\0' ? fmt::format("{} ({})", caller, name)
                                                          : name;
}

Result<Store> open_for_staff(const Settings& settings) {
  const std::string path = settings.state + "/" + std::string(kStoreFile);
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    return fail(ErrorKind::kUsage, fmt::format("状态目录“{}”里还没有台账", settings.state),
                "请核对 --config 和 state，或先运行 baosong run --once");
  }
  return Store::open(path);
}

Result<std::string> mail_named(Store& store, std::string_view prefix) {
  auto mails = store.mails_like(prefix);
  if (!mails) return tl::unexpected(mails.error());
  if (mails->size() == 1) return std::move(mails->front());
  if (mails->empty()) {
    return fail(ErrorKind::kUsage, fmt::format("没有编号为“M{}”的来信", prefix));
  }
  return fail(ErrorKind::kUsage, fmt::format("编号“M{}”对应不止一封来信", prefix),
              "请把编号写长一些");
}

Result<Exit> decide(Store& store, const AuditRow& log, const std::function<Result<bool>()>& decide,
                    const std::function<Result<std::string>()>& nothing, std::string_view done) {
  bool decided = false;
  auto written = store.transaction([&]() -> Result<void> {
    auto changed = decide();
    if (!changed) return tl::unexpected(changed.error());
    decided = *changed;
    return decided ? store.log(log) : Result<void>();
  });
  if (!written) return tl::unexpected(written.error());
  if (!decided) {
    auto why = nothing();
    if (!why) return tl::unexpected(why.error());
    return fail(ErrorKind::kUsage, std::move(*why));
  }
  fmt::print("{}\n", done);
  return Exit::kDone;
}

Result<std::string> why_not(Store& store, std::int64_t letter) {
  auto row = store.letter(letter);
  if (!row) return tl::unexpected(row.error());
  if (!*row) return fmt::format("没有编号为“L{}”的回信", letter);
  const auto* words = std::ranges::find(kStateWords, (*row)->state, &StateWords::state);
  return fmt::format("编号L{}的回信{}", letter, words->words);
}

}  // namespace baosong::daemon
