// baosong status: the standing of every unit.
#include <fmt/format.h>

#include <array>
#include <cstdio>

#include "daemon/commands/command.hpp"
#include "daemon/commands/setup.hpp"
#include "daemon/digest.hpp"
#include "daemon/json_view.hpp"
#include "daemon/store/store.hpp"
#include "daemon/text_view.hpp"

namespace baosong::daemon {
namespace {

Result<Exit> run_status(const Invocation& invocation) {
  const auto config = config_for(invocation);
  if (!config) return tl::unexpected<Error>(config.error());
  const auto& notice = config->notice;
  const std::string only = invocation.value("unit");
  if (invocation.has("unit") && notice.unit(only) == nullptr) {
    std::vector<std::string_view> ids;
    for (const auto& unit : notice.units) ids.push_back(unit.id);
    const auto near = nearest(only, ids);
    return fail(ErrorKind::kUsage, fmt::format("名册中没有单位“{}”", only),
                near.empty() ? "单位代号见 units.toml" : fmt::format("应为“{}”？", near));
  }
  auto store = Store::open_reading(config->settings.state);
  if (!store) return tl::unexpected<Error>(store.error());
  const auto input = read_digest(*store, notice, moment_of(invocation));
  if (!input) return tl::unexpected<Error>(input.error());
  const auto said =
      invocation.json ? to_line(status_json(*input, only)) + "\n" : status_text(*input, only);
  std::fwrite(said.data(), 1, said.size(), stdout);
  return Exit::kDone;
}

constexpr std::array kOptions{OptionRow{"unit", "ID", "one unit, with its files and findings"}};

}  // namespace

extern constinit const CommandRow kStatusCommand{
    "status", "", "the standing of every unit", kOptions, 0, 0, run_status};

}  // namespace baosong::daemon
