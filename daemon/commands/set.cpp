// baosong set: staff decide how an item of a unit stands.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "daemon/commands/setup.hpp"
#include "daemon/commands/staff.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::daemon {
namespace {

// Takes back what staff decided: the rules judge again.
constexpr std::string_view kByRules = "by-rules";
constexpr std::size_t kWhyBytes = 500;

tl::unexpected<Error> unknown(std::string_view what, std::string_view given,
                              const std::vector<std::string_view>& names) {
  const auto near = nearest(given, names);
  std::string all;
  for (const auto name : names) all += (all.empty() ? "" : "、") + std::string(name);
  return fail(ErrorKind::kUsage, fmt::format("没有名为“{}”的{}", given, what),
              near.empty() ? fmt::format("可用的有：{}", all) : fmt::format("应为“{}”？", near));
}

Result<Exit> run_set(const Invocation& invocation) {
  const auto config = config_for(invocation);
  if (!config) return tl::unexpected<Error>(config.error());
  const rules::Notice& notice = config->notice;
  const std::string& unit = invocation.operands[0];
  const std::string& item = invocation.operands[1];
  const std::string& state = invocation.operands[2];

  std::vector<std::string_view> names;
  if (notice.unit(unit) == nullptr) {
    for (const auto& one : notice.units) names.push_back(one.id);
    return unknown("单位", unit, names);
  }
  if (notice.item(item) == nullptr) {
    for (const auto& one : notice.items) names.push_back(one.id);
    return unknown("材料项目", item, names);
  }
  const auto* known = std::ranges::find(rules::kItemStateNames, state);
  if (known == rules::kItemStateNames.end() && state != kByRules) {
    names.assign(rules::kItemStateNames.begin(), rules::kItemStateNames.end());
    names.push_back(kByRules);
    return unknown("状态", state, names);
  }
  const std::string why = invocation.value("why");
  if (parsers::trim(why).empty()) {
    return fail(ErrorKind::kUsage, "请用 --why 写明理由",
                "例如 --why \"10月24日电话确认，已交纸质材料\"");
  }
  if (why.size() > kWhyBytes || why.find_first_of("\r\n") != std::string::npos) {
    return fail(ErrorKind::kUsage, "理由请写成一行，不超过160字");
  }

  auto store = open_for_staff(config->settings);
  if (!store) return tl::unexpected(store.error());
  const Time now = moment_of(invocation);
  const std::string who = login_name();
  const AuditRow log{0, now, who, "set " + state, unit + "/" + item, why};
  return decide(
      *store, log,
      [&]() -> Result<bool> {
        if (state == kByRules) return store->drop_marks(unit, item);
        const rules::StaffMark mark{
            item, static_cast<rules::ItemState>(known - rules::kItemStateNames.begin()), why, now};
        if (auto added = store->add_mark(unit, mark, who); !added) {
          return tl::unexpected(added.error());
        }
        return true;
      },
      []() -> Result<std::string> { return std::string("这一项没有人工设定过"); },
      fmt::format("{}的“{}”已设为“{}”", notice.unit(unit)->name, notice.item(item)->name, state));
}

constexpr std::array kOptions{
    OptionRow{"why", "TEXT", "the reason; shown in the status and kept in the audit log"}};

}  // namespace

extern constinit const CommandRow kSetCommand{
    "set", "UNIT ITEM STATE", "decide how an item of a unit stands", kOptions, 3, 3, run_set};

}  // namespace baosong::daemon
