#include "daemon/commands/setup.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "daemon/intake.hpp"

namespace baosong::daemon {

Result<Config> config_for(const Invocation& invocation) {
  Config config = load_config(invocation.config, invocation.set);
  if (config.faults.empty()) return config;
  for (const auto& fault : config.faults) fmt::print(stderr, "{}\n", rules::to_text(fault));
  return fail(ErrorKind::kConfig, fmt::format("配置中有{}处需要修改", config.faults.size()),
              "请按上面所列修改后重试，可用 baosong config check 检查");
}

Time moment_of(const Invocation& invocation) { return Clock(invocation.now).now(); }

}  // namespace baosong::daemon
