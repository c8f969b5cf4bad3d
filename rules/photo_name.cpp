#include "rules/photo_name.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "parsers/text/utf8.hpp"

namespace baosong::rules {
namespace {

using parsers::fold;
using parsers::next_character;

// Beginnings that only cameras, chats, scanners and systems write. Folded.
constexpr std::array<std::string_view, 74> kPrefixes{
    "微信图片",    "微信截图",     "微信照片", "企业微信截图", "企业微信",   "qq图片",
    "qq截图",      "qq浏览器截图", "tim图片",  "钉钉图片",     "钉钉截图",   "钉钉",
    "截图",        "截屏",         "屏幕截图", "屏幕快照",     "全屏截图",   "扫描全能王",
    "扫描件",      "扫描",         "新建",     "无标题",       "未标题",     "未命名",
    "复件",        "美图秀秀",     "美图",     "美颜相机",     "抖音",       "小红书",
    "剪映",        "相机",         "图层",     "幻灯片",       "wps图片",    "mmexport",
    "wx_camera",   "wechatimg",    "wechat",   "weixin",       "camscanner", "screenshot",
    "screen shot", "snipaste",     "img",      "image",        "photo",      "picture",
    "pict",        "pic",          "dsc",      "pxl_",         "mvimg",      "pano",
    "burst",       "dji",          "gopr",     "imag",         "cimg",       "sam_",
    "p_20",        "imgp",         "lalp",     "tb_image",     "beauty",     "c360",
    "faceu",       "b612",         "meitu",    "retouch",      "unnamed",    "untitled",
    "download",    "dcim"};

// Of these a letter may follow (WeChatIMG12, DSCF0012); after the others it makes another word:
// picnic, imagine.
constexpr std::array<std::string_view, 9> kOpenPrefixes{
    "wechat", "weixin", "lalp", "dsc", "imgp", "mmexport", "tb_image", "beauty", "retouch"};

// Names that are nothing but one of these and a number: 照片1, 图片 (2), 01.
constexpr std::array<std::string_view, 10> kBareWords{"照片", "图片", "相片", "图",   "图像",
                                                      "影像", "素材", "文件", "图文", "原图"};

bool ascii_digit(char c) { return c >= '0' && c <= '9'; }
bool ascii_alpha(char c) { return c >= 'a' && c <= 'z'; }

bool begins_with(std::string_view stem, std::string_view prefix) {
  const std::string folded = fold(prefix);
  if (!stem.starts_with(folded)) return false;
  const bool letter_ends = ascii_alpha(folded.back());
  if (!letter_ends || stem.size() == folded.size() || !ascii_alpha(stem[folded.size()]))
    return true;
  return std::ranges::find(kOpenPrefixes, prefix) != kOpenPrefixes.end();
}

std::string_view last_step(std::string_view path) {
  const auto slash = path.find_last_of("/\\");
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

// Drops extensions, also doubled ones (a.jpg.jpg).
std::string_view without_extension(std::string_view name) {
  for (;;) {
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || name.size() - dot > 6 || name.size() - dot < 3)
      return name;
    const auto extension = name.substr(dot + 1);
    const auto alpha = [](char c) {
      return ascii_digit(c) || ascii_alpha(static_cast<char>(c | 0x20));
    };
    // ".15" in "10.15" is a number, not an extension.
    if (!std::ranges::all_of(extension, alpha) || std::ranges::all_of(extension, ascii_digit))
      return name;
    name = name.substr(0, dot);
  }
}

std::size_t count_han(std::string_view text) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size();)
    if (parsers::is_han(next_character(text, at))) ++n;
  return n;
}

std::vector<std::string> vocabulary(const Notice& notice,
                                    const std::vector<std::string>& generic_words) {
  std::vector<std::string> words;
  for (const auto& word : generic_words) words.push_back(fold(word));
  for (const auto& unit : notice.units) {
    words.push_back(fold(unit.name));
    words.push_back(fold(unit.formal));
    for (const auto& alias : unit.aliases) words.push_back(fold(alias.text));
  }
  for (const auto prefix : kPrefixes) words.emplace_back(prefix);
  for (const std::string_view word : {"副本", "拷贝", "年", "月", "日", "第", "张", "号", "图"})
    words.emplace_back(word);
  std::erase_if(words, [](const auto& word) { return word.empty(); });
  std::ranges::sort(words, [](const auto& a, const auto& b) {
    return a.size() != b.size() ? a.size() > b.size() : a < b;
  });
  return words;
}

// 汉字 that say something. 年, 月, 日, 第, 张, 号 count for nothing only beside a number.
std::size_t telling_han(std::string_view folded, const std::vector<std::string>& words) {
  std::size_t left = 0;
  bool after_digit = false;
  for (std::size_t at = 0; at < folded.size();) {
    const auto rest = folded.substr(at);
    const auto word = std::ranges::find_if(words, [&](const auto& w) {
      if (!rest.starts_with(w)) return false;
      if (w.size() > 3) return true;
      const bool before_digit = rest.size() > w.size() && ascii_digit(rest[w.size()]);
      return after_digit || before_digit;
    });
    if (word != words.end()) {
      at += word->size();
      after_digit = false;
      continue;
    }
    const char32_t c = next_character(folded, at);
    after_digit = c >= '0' && c <= '9';
    if (parsers::is_han(c)) ++left;
  }
  return left;
}

// Letters and digits without a 汉字: a hash, a UUID, a timestamp, a number.
bool looks_generated(std::string_view folded) {
  std::size_t digits = 0, alphas = 0, hex = 0, changes = 0;
  int last = 0;
  for (const char c : folded) {
    const int kind = ascii_digit(c) ? 1 : ascii_alpha(c) ? 2 : 0;
    if (kind == 1) ++digits;
    if (kind == 2) ++alphas;
    if (kind == 1 || (c >= 'a' && c <= 'f')) ++hex;
    if (kind != 0 && last != 0 && kind != last) ++changes;
    if (kind != 0) last = kind;
  }
  const std::size_t all = digits + alphas;
  if (all == 0 || alphas == 0) return true;  // 1.jpg, 20221020_093012.jpg, (3).jpg
  if (all >= 16 && hex == all) return true;
  if (all >= 12 && changes >= 4) return true;
  return digits * 2 >= all;  // p1010023
}

bool bare_word_and_number(std::string_view folded) {
  std::string han;
  bool digit = false;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_character(folded, at);
    if (parsers::is_han(c)) {
      parsers::append_utf8(han, c);
    } else if (c >= '0' && c <= '9') {
      digit = true;
    } else if (c < 0x80 && ascii_alpha(static_cast<char>(c))) {
      return false;
    }
  }
  for (const std::string_view numeral :
       {"一", "二", "三", "四", "五", "六", "七", "八", "九", "十"}) {
    if (han.size() > numeral.size() && han.ends_with(numeral)) {
      han.erase(han.size() - numeral.size());
      digit = true;
      break;
    }
  }
  return digit && std::ranges::find(kBareWords, std::string_view(han)) != kBareWords.end();
}

}  // namespace

PhotoWords photo_words(const Notice& notice, const std::vector<std::string>& generic_words,
                       int min_han) {
  return {vocabulary(notice, generic_words), min_han};
}

PhotoWords photo_words(const Notice& notice, const Item* item) {
  // Both name rules read a name alike; the words stand with the one that an administrator tunes.
  const RuleSetting& generic = notice.rule(item, "photo.name-generic");
  const RuleSetting& machine = notice.rule(item, "photo.name-machine");
  const bool tuned =
      generic.params.contains("generic_words") && !generic.texts("generic_words").empty();
  const RuleSetting& rule = tuned ? generic : machine;
  if (!rule.params.contains("min_han")) return photo_words(notice, {}, 4);
  return photo_words(notice, rule.texts("generic_words"),
                     static_cast<int>(rule.integer("min_han")));
}

PhotoName judge_photo_name(std::string_view file_name, const PhotoWords& words) {
  const std::string stem = fold(without_extension(last_step(file_name)));
  if (std::cmp_greater_equal(telling_han(stem, words.words), words.min_han))
    return PhotoName::kFine;
  if (std::ranges::any_of(kPrefixes, [&](auto prefix) { return begins_with(stem, prefix); }))
    return PhotoName::kMachine;
  // _DSC0001 and _MG_2231 are what some cameras write for Adobe RGB.
  if (stem.starts_with("_dsc") || stem.starts_with("_mg_")) return PhotoName::kMachine;
  if (bare_word_and_number(stem)) return PhotoName::kMachine;
  if (count_han(stem) == 0 && looks_generated(stem)) return PhotoName::kMachine;
  return PhotoName::kGeneric;
}

}  // namespace baosong::rules
