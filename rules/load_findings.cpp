// replies/findings.toml: one sentence for each row and variant of rule_table().
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rules/load_parts.hpp"
#include "rules/nearest.hpp"
#include "rules/template_tags.hpp"

namespace baosong::rules {
namespace {

constexpr std::array<std::string_view, 4> kCommonFields{"item", "document", "measured", "limit"};

std::string sentence_key(const RuleRow& rule, const SentenceRow& row) {
  return row.variant.empty() ? std::string(rule.code)
                             : fmt::format("{}.{}", rule.code, row.variant);
}

void check_fields(const TomlFile& file, Place place, const SentenceRow& row,
                  const std::string& text) {
  std::vector<std::string_view> known(row.fields.begin(), row.fields.end());
  known.insert(known.end(), kCommonFields.begin(), kCommonFields.end());
  const auto tags = template_tags(text);
  for (const auto& flaw : tags.flaws) file.fault(place, flaw.wrong, flaw.right);
  std::set<std::string_view> reported;
  for (const auto& tag : tags.tags) {
    if (tag.kind == TagKind::kPartial) {
      file.fault(place, fmt::format("句子里不能引用别的模板“{}”", tag.name), "把文字直接写进来");
    } else if (std::ranges::find(known, tag.name) == known.end() &&
               reported.insert(tag.name).second) {
      auto right = suggestion(tag.name, known);
      file.fault(place, fmt::format("这一句没有“{{{{{}}}}}”可填", tag.name), std::move(right));
    }
  }
}

}  // namespace

void load_findings(const TomlFile& file, Notice& notice) {
  if (file.broken() && file.root().empty()) return;
  std::map<std::string, const SentenceRow*, std::less<>> wanted;
  std::vector<std::string_view> keys;
  for (const auto& rule : rule_table()) {
    for (const auto& row : rule.sentences) wanted.emplace(sentence_key(rule, row), &row);
  }
  for (const auto& [key, row] : wanted) keys.push_back(key);

  for (const auto& [key, node] : file.root()) {
    const auto known = wanted.find(key.str());
    if (known == wanted.end()) {
      const auto like = nearest(key.str(), keys);
      const bool unquoted = node.is_table();
      file.fault(place_of(key), fmt::format("没有“{}”这一句", key.str()),
                 unquoted       ? "规则代码加英文引号：\"规则.情形\" = \"……\""
                 : like.empty() ? "规则代码或“规则代码.情形”，见 docs/RULES.md"
                                : fmt::format("“{}”", like));
      continue;
    }
    const auto text = node.value_exact<std::string>();
    if (!text || text->empty()) {
      file.fault(place_of(node),
                 text ? fmt::format("“{}”是空的", key.str())
                      : fmt::format("“{}”应该是文字，这里写的是{}", key.str(), describe(node)),
                 fmt::format("\"{}\" = \"……\"", key.str()));
      continue;
    }
    check_fields(file, place_of(node), *known->second, *text);
    notice.sentences.emplace(known->first, *text);
  }
  if (file.broken()) return;
  for (const auto& [key, row] : wanted) {
    if (!file.root().contains(key))
      file.fault({}, fmt::format("缺少“{}”这一句", key), fmt::format("\"{}\" = \"……\"", key));
  }
}

}  // namespace baosong::rules
