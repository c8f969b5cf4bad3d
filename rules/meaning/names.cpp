// Names of people and bodies, as files name them.
#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::append_utf8;
using parsers::fold;
using parsers::next_character;

constexpr std::array<std::string_view, 15> kSuffixes{".docx", ".doc",  ".wps", ".rtf",  ".pdf",
                                                     ".jpg",  ".jpeg", ".png", ".xlsx", ".xls",
                                                     ".zip",  ".rar",  ".7z",  ".tif",  ".heic"};
constexpr std::array<std::string_view, 7> kHonorifics{"同志", "老师", "先生", "女士",
                                                      "校长", "主任", "院长"};
constexpr std::array<std::string_view, 2> kPlaces{"吉林省", "长春市"};

// What a file name says besides the name of the nominee.
constexpr std::array<std::string_view, 42> kNoise{"吉林省暨长春市",
                                                  "全民终身学习活动周",
                                                  "终身学习活动周",
                                                  "活动周工作",
                                                  "活动周",
                                                  "先进单位",
                                                  "先进集体",
                                                  "先进个人",
                                                  "申报表",
                                                  "推荐表",
                                                  "审批表",
                                                  "汇总表",
                                                  "登记表",
                                                  "一览表",
                                                  "申请表",
                                                  "加盖公章",
                                                  "已盖章",
                                                  "盖章版",
                                                  "盖章件",
                                                  "盖章页",
                                                  "盖章",
                                                  "扫描件",
                                                  "扫描版",
                                                  "扫描",
                                                  "电子版",
                                                  "word版",
                                                  "pdf版",
                                                  "word",
                                                  "pdf",
                                                  "最终版",
                                                  "终版",
                                                  "定稿",
                                                  "修改版",
                                                  "修改",
                                                  "更新",
                                                  "补充",
                                                  "新版",
                                                  "正式版",
                                                  "以此为准",
                                                  "申报",
                                                  "推荐",
                                                  "材料"};

std::string without_suffix(std::string folded) {
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view suffix : kSuffixes) {
      if (folded.size() > suffix.size() && folded.ends_with(suffix)) {
        folded.erase(folded.size() - suffix.size());
        again = true;
      }
    }
  }
  return folded;
}

// Runs of 汉字 (and ·) between separators, digits and letters.
std::vector<std::string> han_runs(std::string_view text) {
  std::vector<std::string> out;
  std::string run;
  const auto flush = [&] {
    if (!run.empty()) out.push_back(std::move(run));
    run.clear();
  };
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (parsers::is_han(c) || (c == U'·' && !run.empty())) {
      append_utf8(run, c);
    } else {
      flush();
    }
  }
  flush();
  return out;
}

// "朝阳区张小禾" -> "张小禾".
std::string without_unit(std::string run, const Notice& notice) {
  std::size_t longest = 0;
  for (const Unit& unit : notice.units) {
    for (const Alias& alias : unit.aliases) {
      const std::string text = letters_of(fold(alias.text));
      if (alias.strength == AliasStrength::kStrong && run.starts_with(text))
        longest = std::max(longest, text.size());
    }
  }
  run.erase(0, longest);
  return run;
}

// What is left of a phrase when the words above were taken out.
constexpr std::array<std::string_view, 8> kLeftover{"工作", "年度", "单位", "个人",
                                                    "汇总", "公章", "暨",   "附件"};

bool names_a_unit(std::string_view run, const Notice& notice) {
  return std::ranges::any_of(notice.units, [&](const Unit& unit) {
    const auto same = [&](std::string_view name) { return run == letters_of(fold(name)); };
    return same(unit.name) || same(unit.formal) ||
           std::ranges::any_of(unit.aliases, [&](const Alias& alias) { return same(alias.text); });
  });
}

}  // namespace

std::string fold_name(std::string_view name) {
  std::string text = without_suffix(fold(parsers::cut_utf8(parsers::trim(name), 400)));
  text = letters_of(without_brackets(text));
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view place : kPlaces) {
      if (text.size() > place.size() && text.starts_with(place))
        text.erase(0, place.size()), again = true;
    }
  }
  // 李明同志 -> 李明, but 老师 alone or 刘老师 as a whole name keeps what is left of it.
  for (const std::string_view title : kHonorifics) {
    if (text.ends_with(title) && length_of(text) >= 4 && length_of(text) <= 6)
      text.erase(text.size() - title.size());
  }
  return text;
}

namespace {

// What scanners, chats and word processors call a file by themselves names nobody.
constexpr std::array<std::string_view, 22> kMachineWords{
    "扫描全能王", "全能扫描王", "夸克扫描王", "夸克扫描", "扫描王",   "扫描宝",
    "全能王",     "布丁扫描",   "camscanner", "wps扫描",  "白描",     "微信图片",
    "微信截图",   "qq图片",     "qq截图",     "屏幕截图", "新建文档", "新文档",
    "无标题",     "未命名",     "文档",       "图片"};

}  // namespace

std::string nominee_from_name(std::string_view file_name, const Notice& notice, const Item& item) {
  // White space parts words here, so it must not be folded away.
  std::string text;
  const std::string_view cut = parsers::cut_utf8(file_name, 600);
  for (std::size_t at = 0; at < cut.size();) {
    const char32_t c = next_character(cut, at);
    append_utf8(text, parsers::is_space(c) ? U'-' : c);
  }
  text = without_suffix(fold(text));
  // "附件4", "附件4-1"
  for (const std::string_view word : {std::string_view("附件"), std::string_view("附表")}) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at)) {
      std::size_t end = at + word.size();
      for (const std::string_view numeral :
           {"一", "二", "三", "四", "五", "六", "七", "八", "九"}) {
        if (std::string_view(text).substr(end).starts_with(numeral)) {
          end += numeral.size();
          break;
        }
      }
      text.replace(at, end - at, "-");
    }
  }
  std::vector<std::string> noise(kNoise.begin(), kNoise.end());
  noise.insert(noise.end(), kMachineWords.begin(), kMachineWords.end());
  for (const auto& word : item.file_words) noise.push_back(fold(word));
  for (const auto& word : item.title_all) noise.push_back(fold(word));
  noise.push_back(fold(item.name));
  for (const auto& own : notice.own_text) {
    if (length_of(own) >= 4) noise.push_back(fold(own));
  }
  std::ranges::sort(noise, [](const auto& a, const auto& b) { return a.size() > b.size(); });
  for (const auto& word : noise) {
    if (length_of(word) >= 2) text = replace_all(std::move(text), word, "-");
  }
  for (const std::string_view place : kPlaces) text = replace_all(std::move(text), place, "-");
  text = replace_all(std::move(text), "年", "-");

  const bool person = std::ranges::any_of(item.nominee_labels, [](const std::string& label) {
    return contains(normalise_label(label), "姓名");
  });
  std::string best;
  for (auto& run : han_runs(text)) {
    const std::size_t length = length_of(run);
    if (length < 2 || std::ranges::find(kLeftover, run) != kLeftover.end() ||
        names_a_unit(run, notice))
      continue;
    if (!person) {
      if (length > length_of(best)) best = std::move(run);
      continue;
    }
    run = without_unit(std::move(run), notice);
    for (const std::string_view title : kHonorifics) {
      if (run.ends_with(title) && length_of(run) > 3) run.erase(run.size() - title.size());
    }
    const std::size_t left = length_of(run);
    // People's names have two to four characters; minorities' names carry a dot and are longer.
    const bool fits = (left >= 2 && left <= 4) || (contains(run, "·") && left <= 15);
    if (fits && best.empty()) best = std::move(run);
  }
  return best;
}

}  // namespace baosong::rules
