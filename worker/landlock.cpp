#include "worker/landlock.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>

namespace baosong::worker {
namespace {

// <linux/landlock.h> of a kernel that knows everything used here; older kernels take its beginning.
struct Ruleset {
  std::uint64_t handled_access_fs = 0;
  std::uint64_t handled_access_net = 0;
  std::uint64_t scoped = 0;
};
constexpr std::array<std::size_t, 7> kRulesetSize{0, 8, 8, 8, 16, 16, 24};

// Rights on files by the version that brought them.
constexpr std::uint64_t kFs1 = (1ULL << 13U) - 1;   // execute … make_sym
constexpr std::uint64_t kFsRefer = 1ULL << 13U;     // 2
constexpr std::uint64_t kFsTruncate = 1ULL << 14U;  // 3
constexpr std::uint64_t kFsIoctl = 1ULL << 15U;     // 5
constexpr std::uint64_t kTcp = 3;                   // 4: bind, connect
constexpr std::uint64_t kScopes = 3;                // 6: abstract sockets, signals

Ruleset everything(std::uint32_t version) {
  Ruleset out;
  out.handled_access_fs = kFs1;
  if (version >= 2) out.handled_access_fs |= kFsRefer;
  if (version >= 3) out.handled_access_fs |= kFsTruncate;
  if (version >= 4) out.handled_access_net = kTcp;
  if (version >= 5) out.handled_access_fs |= kFsIoctl;
  if (version >= 6) out.scoped = kScopes;
  return out;
}

void allow_reading(int ruleset, const char* path) {
  landlock_path_beneath_attr rule{};
  rule.parent_fd = ::open(path, O_PATH | O_CLOEXEC);
  if (rule.parent_fd < 0) return;
  rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
  if (::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0) {
    rule.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;  // a file, not a directory
    ::syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
  }
  ::close(rule.parent_fd);
}

}  // namespace

std::uint32_t landlock_version() {
  const long version =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return version < 0 ? 0U : static_cast<std::uint32_t>(version);
}

bool landlock_restrict(std::uint32_t version, std::span<const char* const> readable) {
  if (version == 0) return false;
  const Ruleset rights = everything(version);
  const std::size_t size = kRulesetSize[version < kRulesetSize.size() ? version : 6];
  const int ruleset = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &rights, size, 0));
  if (ruleset < 0) return false;
  for (const char* path : readable) allow_reading(ruleset, path);
  const bool done = ::syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
  ::close(ruleset);
  return done;
}

}  // namespace baosong::worker
