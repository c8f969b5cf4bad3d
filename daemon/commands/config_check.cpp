#include <Poco/JSON/Object.h>
#include <fmt/format.h>

#include <set>
#include <sstream>
#include <string>

#include "daemon/commands/command.hpp"
#include "daemon/config_files.hpp"
#include "daemon/secret.hpp"
#include "daemon/settings.hpp"

namespace baosong::daemon {
namespace {

// Faults are the answer, so they go to stdout; that there are some is the exit status.
Result<Exit> run(const Invocation& invocation) {
  const auto config = load_config(invocation.config, invocation.set);
  for (const auto& fault : config.faults) {
    if (invocation.json) {
      Poco::JSON::Object object(Poco::JSON_PRESERVE_KEY_ORDER);
      object.set("file", fault.file).set("line", fault.line).set("column", fault.column);
      object.set("wrong", fault.wrong).set("right", fault.right);
      std::ostringstream line;
      object.stringify(line);
      fmt::print("{}\n", line.str());
    } else {
      fmt::print("{}\n", rules::to_text(fault));
    }
  }
  if (!config.faults.empty()) {
    fmt::print(stderr, "共{}处需要修改。\n", config.faults.size());
    return Exit::kUsage;
  }
  std::set<std::string> places{config.settings.outbox.password_file};
  for (const auto& mailbox : all_mailboxes(config.settings)) places.insert(mailbox.password_file);
  for (const std::string& place : places) {
    if (const auto warning = secret_exposure(place)) fmt::print(stderr, "注意：{}\n", *warning);
  }
  if (!invocation.json) {
    fmt::print("配置正确：{}（通知“{}”，材料{}项，单位{}个，信件模板{}个）。\n",
               find_settings_file(invocation.config), config.notice.id, config.notice.items.size(),
               config.notice.units.size(), config.templates.files.size());
  }
  return Exit::kDone;
}

}  // namespace

extern constinit const CommandRow kConfigCheckCommand{
    "config check",
    "",
    "say everything that is wrong with the configuration, by file and line",
    {},
    0,
    0,
    run};

}  // namespace baosong::daemon
