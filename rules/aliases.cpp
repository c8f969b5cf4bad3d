#include "rules/aliases.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::fold;

// What makes a place name the name of its education bureau.
constexpr std::array<std::string_view, 16> kBureaus{
    "教育局",     "文教局",       "文教体局",         "教体局",
    "教育体育局", "教育和体育局", "教育文体局",       "教育科技局",
    "教科局",     "社会事业局",   "社会发展局",       "社会事业发展局",
    "教育文化局", "文教卫局",     "教育和社会事业局", "教育和科学技术局"};
constexpr std::array<std::string_view, 5> kBetween{"管委会", "管理委员会", "区", "开发区",
                                                   "人民政府"};

// A weak alias in front of these is a street, a village, a park, a school's campus: 净月校区,
// 朝阳小学.
constexpr std::array<std::string_view, 29> kPlaces{
    "街道", "镇",     "乡",   "村",   "屯",   "路",   "街",   "大街", "大路", "小学",
    "中学", "幼儿园", "医院", "公园", "广场", "校区", "分校", "小区", "花园", "大桥",
    "桥",   "河",     "湖",   "潭",   "沟",   "水库", "湿地", "机场", "坡"};

std::size_t first_width(std::string_view text) {
  std::size_t at = 0;
  if (!text.empty()) parsers::next_character(text, at);
  return at;
}

std::string_view last_character(std::string_view text) {
  std::size_t at = text.size();
  while (at > 0) {
    --at;
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) != 0x80U) break;
  }
  return text.substr(at);
}

// "北京市朝阳区", "上海市…": a district of another city. 长春市, 我市, 全市 … are ours.
bool in_another_city(std::string_view before, const Unit& unit) {
  constexpr std::string_view kCity = "市";
  constexpr std::array<std::string_view, 14> kOurs{"春", "我", "全", "本", "各", "该", "由",
                                                   "在", "省", "县", "向", "是", "城", "和"};
  if (unit.kind != "district" || !before.ends_with(kCity)) return false;
  before.remove_suffix(kCity.size());
  const std::string_view last = last_character(before);
  if (last.empty() || std::ranges::find(kOurs, last) != kOurs.end()) return false;
  std::size_t at = 0;
  return parsers::is_han(parsers::next_character(last, at));
}

}  // namespace

AliasMatcher::AliasMatcher(const Notice& notice) {
  for (const Unit& unit : notice.units) {
    for (const Alias& alias : unit.aliases) add(alias.text, &unit, alias.strength);
    for (const std::string& trap : unit.traps) add(trap, nullptr, AliasStrength::kStrong);
  }
  for (auto& [first, patterns] : by_first_) {
    std::ranges::stable_sort(
        patterns, [](const Pattern& a, const Pattern& b) { return a.text.size() > b.text.size(); });
  }
  for (const auto& text : notice.own_text) own_text_.push_back(fold(text));
  std::ranges::sort(own_text_, [](const auto& a, const auto& b) { return a.size() > b.size(); });
  for (const auto& word : notice.schools.words) school_words_.push_back(fold(word));
}

void AliasMatcher::add(std::string_view text, const Unit* unit, AliasStrength strength) {
  std::string folded = fold(text);
  if (folded.empty()) return;
  by_first_[folded.substr(0, first_width(folded))].push_back({std::move(folded), unit, strength});
}

const AliasMatcher::Pattern* AliasMatcher::longest_at(std::string_view folded,
                                                      std::size_t at) const {
  const std::string_view rest = folded.substr(at);
  const auto bucket = by_first_.find(std::string(rest.substr(0, first_width(rest))));
  if (bucket == by_first_.end()) return nullptr;
  const auto found = std::ranges::find_if(
      bucket->second, [&](const Pattern& p) { return rest.starts_with(p.text); });
  return found == bucket->second.end() ? nullptr : &*found;
}

std::vector<Mention> AliasMatcher::find(std::string_view folded) const {
  std::vector<Mention> out;
  for (std::size_t at = 0; at < folded.size();) {
    const Pattern* pattern = longest_at(folded, at);
    if (pattern == nullptr) {
      at += first_width(folded.substr(at));
      continue;
    }
    const std::size_t begin = at;
    at += pattern->text.size();
    if (pattern->unit == nullptr || in_another_city(folded.substr(0, begin), *pattern->unit))
      continue;

    Mention mention{pattern->unit, pattern->strength, false, false, begin, at};
    mention.bureau = ends_with_any(pattern->text, kBureaus);
    std::string_view tail = folded.substr(at);
    for (const std::string_view word : kBetween) {
      if (tail.starts_with(word) && starts_with_any(tail.substr(word.size()), kBureaus)) {
        tail.remove_prefix(word.size());
        break;
      }
    }
    for (const std::string_view bureau : kBureaus) {
      if (tail.starts_with(bureau)) {
        mention.bureau = true;
        mention.end = folded.size() - tail.size() + bureau.size();
      }
    }
    mention.school = std::ranges::any_of(school_words_, [&](const std::string& word) {
      return tail.starts_with(word) || pattern->text.ends_with(word);
    });
    if (mention.strength == AliasStrength::kWeak && !mention.bureau && !mention.school) {
      if (starts_with_any(tail, kPlaces)) continue;
      // 朝阳社区, 朝阳社区卫生服务中心
      if (tail.starts_with("社区")) continue;
      // 老年开放大学, 某某开放大学: the owner's short name inside somebody else's.
      if (mention.unit->owner && begin > 0) {
        std::size_t last = 0;
        if (parsers::is_han(parsers::next_character(last_character(folded.substr(0, begin)), last)))
          continue;
      }
    }
    out.push_back(mention);
    at = std::max(at, mention.end);
  }
  return out;
}

std::string AliasMatcher::without_own_text(std::string folded) const {
  for (const auto& own : own_text_) {
    if (!own.empty() && contains(folded, own)) folded = replace_all(std::move(folded), own, "|");
  }
  return folded;
}

}  // namespace baosong::rules
