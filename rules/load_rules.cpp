// [rules] and [items.rules]: severity and parameters of each rule, against rule_table().
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "rules/load_parts.hpp"
#include "rules/nearest.hpp"
#include "rules/param_value.hpp"
#include "rules/rule_scope.hpp"

namespace baosong::rules {
namespace {

class RuleTable {
 public:
  RuleTable(const TomlFile& file, const toml::table& table, const Item* item)
      : file_(&file), table_(&table), item_(item) {}

  void read(RuleSettings& settings) {
    std::vector<std::string_view> codes;
    for (const auto& row : rule_table()) codes.push_back(row.code);
    for (const auto& [key, node] : *table_) {
      const auto* row = find_rule(key.str());
      if (row == nullptr) {
        unknown_rule(key, node, codes);
      } else if (check_place(*row, key)) {
        read_rule(*row, node, settings.find(row->code)->second);
      }
    }
  }

 private:
  void unknown_rule(const toml::key& key, const toml::node& node,
                    std::span<const std::string_view> codes) {
    // text.title-length = … without quotes makes a table "text".
    const auto group = std::string(key.str()) + ".";
    if (const auto* inner = node.as_table();
        inner != nullptr &&
        std::ranges::any_of(codes, [&](auto code) { return code.starts_with(group); })) {
      const auto first = inner->empty() ? std::string{} : std::string(inner->begin()->first.str());
      file_->fault(place_of(key), fmt::format("规则代码没有加引号：“{}{}”", group, first),
                   fmt::format("\"{}{}\" = {{ … }}", group, first));
      return;
    }
    file_->fault(place_of(key), fmt::format("不认识的规则“{}”", key.str()),
                 nearest(key.str(), codes).empty() ? "见 docs/RULES.md 或 baosong rules"
                                                   : suggestion(key.str(), codes));
  }

  bool check_place(const RuleRow& row, const toml::key& key) {
    if (item_ == nullptr) return true;
    if (!set_per_item(row.code)) {
      file_->fault(place_of(key), fmt::format("规则“{}”不能写在单项材料下面", row.code),
                   "写在 [rules] 下面");
      return false;
    }
    if (!applies_to(row.code, item_->kind)) {
      file_->fault(place_of(key),
                   fmt::format("规则“{}”不用于“{}”这类材料（kind = \"{}\"）", row.code, item_->name,
                               kItemKindNames[static_cast<std::size_t>(item_->kind)]),
                   "删去这一行");
      return false;
    }
    return true;
  }

  void read_rule(const RuleRow& row, const toml::node& node, RuleSetting& setting) {
    if (const auto* name = node.as_string()) {  // "photo.resolution" = "off"
      read_severity(*name, "severity", setting);
    } else if (const auto* table = node.as_table()) {
      if (needs_setting(row) && setting.severity == Severity::kOff &&
          !table->contains("severity")) {
        setting.severity = row.severity;
      }
      for (const auto& [key, value] : *table) read_param(row, key, value, setting);
    } else {
      file_->fault(
          place_of(node),
          fmt::format("规则“{}”应该写成一张表，这里写的是{}", row.code, describe(node)),
          fmt::format("\"{}\" = {{ severity = \"{}\" }}", row.code, name_of(row.severity)));
      return;
    }
    if (setting.severity == Severity::kOff) return;
    const bool misspelt = std::exchange(misspelt_, false);  // that is the missing one, most likely
    for (const auto& param : row.params) {
      if (!misspelt && param.fallback.empty() && !is_set(param, setting)) {
        file_->fault(place_of(node), fmt::format("规则“{}”缺少参数“{}”", row.code, param.name),
                     fmt::format("加上 {} = {}", param.name, example(row, param)));
      }
    }
    check_pairs(row, node, setting);
  }

  // A parameter without a default is set once it differs from its stand-in; a wrong value was
  // reported already.
  bool is_set(const ParamRow& param, const RuleSetting& setting) const {
    return std::ranges::find(refused_, param.name) != refused_.end() ||
           setting.params.find(param.name)->second != zero_param(param.type);
  }

  static std::string example(const RuleRow& row, const ParamRow& param) {
    if (row.code == "table.date-outside")
      return param.name == "from" ? "\"2022-10-01\"" : "\"2022-11-30\"";
    if (param.name == "year") return "2022";
    return std::string(example_of(param.type));
  }

  void read_severity(const toml::node& node, std::string_view key, RuleSetting& setting) {
    const auto name = node.value_or(std::string{});
    if (const auto severity = severity_of(name)) {
      setting.severity = *severity;
    } else {
      bad_severity(node, key);
    }
  }
  void bad_severity(const toml::node& node, std::string_view key) {
    const auto name = node.value_or(std::string{});
    file_->fault(place_of(node),
                 node.is_string()
                     ? fmt::format("“{}”没有“{}”这一级", key, name)
                     : fmt::format("“{}”应该是文字，这里写的是{}", key, describe(node)),
                 "\"error\"、\"warning\"、\"info\" 或 \"off\"");
  }

  void read_param(const RuleRow& row, const toml::key& key, const toml::node& node,
                  RuleSetting& setting) {
    if (key.str() == "severity") return read_severity(node, key.str(), setting);
    const auto param = std::ranges::find(row.params, key.str(), &ParamRow::name);
    if (param == row.params.end()) {
      misspelt_ = true;
      std::vector<std::string_view> names{"severity"};
      for (const auto& p : row.params) names.push_back(p.name);
      file_->fault(place_of(key), fmt::format("规则“{}”没有参数“{}”", row.code, key.str()),
                   suggestion(key.str(), names));
      return;
    }
    const auto value = param_of(node, param->type);
    if (!value) {
      refused_.push_back(param->name);
      if (param->type == ParamType::kSeverity) return bad_severity(node, param->name);
      file_->fault(place_of(node),
                   fmt::format("“{}”应该是{}，这里写的是{}", param->name, name_of(param->type),
                               describe(node)),
                   fmt::format("{} = {}", param->name, example(row, *param)));
      return;
    }
    if (auto advice = out_of_range(*param, *value)) {
      refused_.push_back(param->name);
      file_->fault(place_of(node), std::move(advice->wrong), std::move(advice->right));
      return;
    }
    setting.params.find(param->name)->second = *value;
  }

  // Parameters that must fit each other.
  void check_pairs(const RuleRow& row, const toml::node& node, const RuleSetting& setting) {
    const auto* table = node.as_table();
    const auto place = [&](std::string_view key) {
      const auto* value = table == nullptr ? nullptr : table->get(key);
      return place_of(value == nullptr ? node : *value);
    };
    if (row.code == "text.body-length") {
      const auto ok = setting.integers("ok"), tolerated = setting.integers("tolerated");
      bool good = true;
      for (const auto& [name, range] : {std::pair{"ok", ok}, std::pair{"tolerated", tolerated}}) {
        if (range.empty() || (range.size() == 2 && range[0] >= 0 && range[0] <= range[1])) continue;
        good = false;
        file_->fault(place(name),
                     fmt::format("“{}”是 [{}]，不成范围", name, fmt::join(range, ", ")),
                     range.size() == 2 ? fmt::format("{} = [{}, {}]", name, range[1], range[0])
                                       : fmt::format("{} = [240, 360]：从几字到几字", name));
      }
      if (good && !tolerated.empty() && !ok.empty() &&
          (tolerated[0] > ok[0] || tolerated[1] < ok[1])) {
        file_->fault(place("tolerated"),
                     fmt::format("“tolerated”[{}] 没有把 “ok”[{}] 包在里面",
                                 fmt::join(tolerated, ", "), fmt::join(ok, ", ")),
                     "tolerated 的两头比 ok 宽");
      }
    }
    if (row.code == "table.date-outside") {
      const auto from = setting.text("from"), to = setting.text("to");
      bool good = true;
      for (const auto& [name, text] : {std::pair{"from", from}, std::pair{"to", to}}) {
        if (text.empty() || parse_date(text)) continue;
        good = false;
        file_->fault(
            place(name), fmt::format("“{}”不是日期", text),
            fmt::format("{} = \"2022-10-01\"（四位年-两位月-两位日，且确有这一天）", name));
      }
      if (good && !from.empty() && !to.empty() && to < from) {
        file_->fault(place("to"), fmt::format("“to”（{}）在“from”（{}）之前", to, from),
                     "from 在前，to 在后");
      }
    }
  }

  const TomlFile* file_;
  const toml::table* table_;
  const Item* item_;
  bool misspelt_ = false;
  std::vector<std::string_view> refused_;  // parameters of this table that were reported
};

}  // namespace

RuleSettings default_rules() {
  RuleSettings settings;
  for (const auto& row : rule_table()) {
    RuleSetting setting;
    setting.severity = needs_setting(row) ? Severity::kOff : row.severity;
    for (const auto& param : row.params) setting.params.emplace(param.name, default_param(param));
    settings.emplace(row.code, std::move(setting));
  }
  return settings;
}

RuleSettings read_rules(const TomlFile& file, const toml::table* table, const Item* item,
                        const RuleSettings& base) {
  RuleSettings settings = base;
  if (table != nullptr) RuleTable(file, *table, item).read(settings);
  if (item == nullptr) return settings;
  for (auto it = settings.begin(); it != settings.end();) {
    if (!set_per_item(it->first)) {
      it = settings.erase(it);  // Notice::rule() falls back to the notice's own
    } else {
      if (!applies_to(it->first, item->kind)) it->second.severity = Severity::kOff;
      ++it;
    }
  }
  return settings;
}

}  // namespace baosong::rules
