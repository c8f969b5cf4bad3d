// baosong config try: the stored mail under the rules of this configuration; what would change.
#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cstdio>
#include <sstream>

#include "daemon/commands/command.hpp"
#include "daemon/commands/setup.hpp"
#include "daemon/letters/wording.hpp"
#include "daemon/log.hpp"
#include "daemon/service/signals.hpp"
#include "daemon/trial.hpp"

namespace baosong::daemon {
namespace {

std::string unit_text(const DecisionRow& row) {
  if (row.attributed == rules::Attributed::kConflict) return "单位有冲突";
  return row.unit.empty() ? "单位未知" : row.unit;
}

std::string finding_text(const rules::Finding& finding) {
  std::string out = finding.rule;
  if (!finding.item.empty()) out += fmt::format("（{}）", finding.item);
  return out + "：" + finding.message;
}

std::string change_text(const Change& change, const Zone& zone) {
  const DecisionRow& before = change.before;
  const DecisionRow& after = change.after;
  std::string out = fmt::format("邮件 {}（{}，{}）\n", log::mail(before.mail.sha256),
                                unit_text(before), short_moment(before.mail.received, zone));
  const auto row = [&](std::string_view what, std::string_view from, std::string_view to) {
    if (from != to) out += fmt::format("  {}：{} → {}\n", what, from, to);
  };
  row("单位", unit_text(before), unit_text(after));
  row("来信类别", name_of(before.disposition), name_of(after.disposition));
  row("处理", name_of(before.verdict), name_of(after.verdict));
  for (const auto& finding : change.gone) out += "  不再提出 " + finding_text(finding) + "\n";
  for (const auto& finding : change.fresh) out += "  将会提出 " + finding_text(finding) + "\n";
  return out;
}

Poco::JSON::Array findings_json(const std::vector<rules::Finding>& findings) {
  Poco::JSON::Array out;
  for (const auto& finding : findings) {
    Poco::JSON::Object object(Poco::JSON_PRESERVE_KEY_ORDER);
    object.set("rule", finding.rule).set("severity", std::string(name_of(finding.severity)));
    object.set("item", finding.item).set("document", finding.document);
    object.set("measured", finding.measured).set("limit", finding.limit);
    out.add(object);
  }
  return out;
}

std::string change_json(const Change& change) {
  const auto side = [](const DecisionRow& row) {
    Poco::JSON::Object object(Poco::JSON_PRESERVE_KEY_ORDER);
    object.set("disposition", std::string(name_of(row.disposition)));
    object.set("unit", row.unit).set("decision", std::string(name_of(row.verdict)));
    return object;
  };
  Poco::JSON::Object object(Poco::JSON_PRESERVE_KEY_ORDER);
  object.set("message", change.before.mail.sha256);
  object.set("before", side(change.before)).set("after", side(change.after));
  object.set("gone", findings_json(change.gone)).set("new", findings_json(change.fresh));
  std::ostringstream out;
  object.stringify(out);
  return out.str();
}

Result<Exit> run(const Invocation& invocation) {
  ::umask(077);
  const Signals signals;
  const auto config = config_for(invocation);
  if (!config) return tl::unexpected(config.error());
  const auto trial =
      try_rules(config->settings.state, {.notice = &config->notice,
                                         .templates = &config->templates,
                                         .clock = Clock(invocation.now),
                                         .settle = config->settings.outbox.settle,
                                         .stop = [] { return Signals::stop_asked(); }});
  if (!trial) return tl::unexpected(trial.error());
  for (const Change& change : trial->changes) {
    fmt::print("{}", invocation.json ? change_json(change) + "\n"
                                     : change_text(change, config->notice.zone));
  }
  if (!invocation.json) {
    fmt::print("按这份配置重新判断已收邮件{}封，{}封结果不同。台账未改动，没有发信。\n",
               trial->mails, trial->changes.size());
  }
  return Exit::kDone;
}

}  // namespace

extern constinit const CommandRow kConfigTryCommand{
    "config try", "", "judge the mail that has come by these rules; say what would change",
    {},           0,  0,
    run};

}  // namespace baosong::daemon
