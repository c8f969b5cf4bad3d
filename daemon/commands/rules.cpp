#include <Poco/JSON/Array.h>
#include <Poco/JSON/Object.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "daemon/commands/command.hpp"
#include "daemon/reference.hpp"
#include "daemon/settings.hpp"
#include "rules/rule_table.hpp"

namespace baosong::daemon {
namespace {

std::string json_of(const rules::RuleRow& rule) {
  using Poco::JSON::Array;
  using Poco::JSON::Object;
  const auto text = [](std::string_view view) { return std::string(view); };
  Object object(Poco::JSON_PRESERVE_KEY_ORDER);
  object.set("code", text(rule.code))
      .set("summary", text(rule.summary))
      .set("for", kinds_of(rule.code));
  object.set("severity", text(rules::name_of(rule.severity)));
  Array params, sentences;
  for (const auto& param : rule.params) {
    Object row(Poco::JSON_PRESERVE_KEY_ORDER);
    row.set("name", text(param.name)).set("type", text(type_name(param.type)));
    row.set("default", text(param.fallback)).set("summary", text(param.summary));
    params.add(row);
  }
  for (const auto& sentence : rule.sentences) {
    Object row(Poco::JSON_PRESERVE_KEY_ORDER);
    Array fields;
    for (const auto field : sentence.fields) fields.add(text(field));
    row.set("variant", text(sentence.variant)).set("fields", fields);
    sentences.add(row);
  }
  object.set("params", params).set("sentences", sentences);
  std::ostringstream out;
  object.stringify(out);
  return out.str();
}

Result<Exit> run(const Invocation& invocation) {
  if (invocation.has("markdown")) {
    const auto config = load_config(invocation.config, invocation.set);
    if (!config.faults.empty()) {
      return fail(ErrorKind::kConfig, fmt::format("配置中有{}处需要修改", config.faults.size()),
                  "请先运行 baosong config check");
    }
    fmt::print("{}", rules_markdown(config.notice));
    return Exit::kDone;
  }
  std::size_t width = 0;
  for (const auto& rule : rules::rule_table()) width = std::max(width, rule.code.size());
  for (const auto& rule : rules::rule_table()) {
    if (invocation.json) {
      fmt::print("{}\n", json_of(rule));
    } else {
      fmt::print("{:<{}}  {:<7}  {}\n", rule.code, width, rules::name_of(rule.severity),
                 rule.summary);
    }
  }
  return Exit::kDone;
}

constexpr std::array kOptions{
    OptionRow{"markdown", "", "as docs/RULES.md has it, with the sentences"}};

}  // namespace

extern constinit const CommandRow kRulesCommand{
    "rules", "", "every rule: code, default severity, what it says", kOptions, 0, 0, run};

}  // namespace baosong::daemon
