#include "rules/meaning/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "parsers/text/utf8.hpp"

namespace baosong::rules {
namespace {

using parsers::append_utf8;
using parsers::next_character;

// fold() settles on one style of bracket; both ends of every style are known here all the same, so
// that nothing depends on which one it is.
bool opens(char32_t c) {
  return c == U'(' || c == U'[' || c == U'{' || c == U'（' || c == U'【' || c == U'［' ||
         c == U'〔' || c == U'〈' || c == U'《' || c == U'<';
}
bool closes(char32_t c) {
  return c == U')' || c == U']' || c == U'}' || c == U'）' || c == U'】' || c == U'］' ||
         c == U'〕' || c == U'〉' || c == U'》' || c == U'>';
}
bool is_title_mark(char32_t c) { return c == U'《' || c == U'》' || c == U'<' || c == U'>'; }

bool is_ascii_alnum(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}
bool is_letter(char32_t c) {
  return is_ascii_alnum(c) || parsers::is_han(c) || (c >= 0xC0 && c < 0x2000) ||
         (c >= 0x3040 && c < 0x3100) || (c >= 0xAC00 && c < 0xD7B0) || c == U'〇';
}

constexpr std::string_view kNumerals[] = {"一", "二", "三", "四", "五", "六", "七", "八", "九"};

// The number at the start of `text`, 1..99 in digits or 一..九; `used` bytes.
int number_at(std::string_view text, std::size_t& used) {
  used = 0;
  int value = 0;
  while (used < text.size() && used < 2 && text[used] >= '0' && text[used] <= '9') {
    value = value * 10 + (text[used++] - '0');
  }
  if (used > 0) {
    // "附件2022年…": the start of a year is no annex number.
    if (used < text.size() && text[used] >= '0' && text[used] <= '9') return used = 0, 0;
    return value;
  }
  for (std::size_t i = 0; i < std::size(kNumerals); ++i) {
    if (text.starts_with(kNumerals[i])) return used = kNumerals[i].size(), static_cast<int>(i) + 1;
  }
  return 0;
}

constexpr std::array<std::string_view, 3> kAnnexWords{"附件", "附表", "附"};

// What may stand in a cell that was never filled in.
constexpr std::array<std::string_view, 14> kBlankWords{"年",   "月",     "日",   "盖章", "加盖公章",
                                                       "公章", "签字",   "签名", "签章", "章",
                                                       "手写", "负责人", "电话", "时间"};

}  // namespace

std::size_t length_of(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const auto end = std::min(text.find_first_of("\n\r\f"), text.size());
    if (const auto line = parsers::trim(text.substr(0, end)); !line.empty()) out.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}
bool contains_any(std::string_view text, Words words) {
  return std::ranges::any_of(words, [&](std::string_view w) { return contains(text, w); });
}
bool starts_with_any(std::string_view text, Words words) {
  return std::ranges::any_of(words, [&](std::string_view w) { return text.starts_with(w); });
}
bool ends_with_any(std::string_view text, Words words) {
  return std::ranges::any_of(words, [&](std::string_view w) { return text.ends_with(w); });
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::string letters_of(std::string_view folded) {
  std::string out;
  for (std::size_t at = 0; at < folded.size();) {
    if (const char32_t c = next_character(folded, at); is_letter(c)) append_utf8(out, c);
  }
  return out;
}

std::string without_brackets(std::string_view folded) {
  std::string out;
  int depth = 0;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_character(folded, at);
    if (is_title_mark(c)) {
      if (depth == 0) append_utf8(out, c);
    } else if (opens(c)) {
      ++depth;
    } else if (closes(c)) {
      depth = std::max(0, depth - 1);
    } else if (depth == 0) {
      append_utf8(out, c);
    }
  }
  return out;
}

std::string normalise_label(std::string_view text) {
  const std::string folded = parsers::fold(text);
  // 县（市）区 and 县（市、区） keep what is in the brackets; every other bracket is a remark.
  std::string out, inner;
  int depth = 0;
  for (std::size_t at = 0; at < folded.size();) {
    const char32_t c = next_character(folded, at);
    if (opens(c) && !is_title_mark(c)) {
      ++depth;
    } else if (closes(c) && !is_title_mark(c)) {
      depth = std::max(0, depth - 1);
      if (depth == 0) {
        if (const std::string kept = letters_of(inner);
            kept == "市" || kept == "市区" || kept == "区" || kept == "县") {
          out += kept;
        }
        inner.clear();
      }
    } else {
      append_utf8(depth > 0 ? inner : out, c);
    }
  }
  std::size_t used = 0;
  if (number_at(out, used) > 0 && used < out.size()) {
    std::size_t at = used;
    const char32_t mark = next_character(out, at);
    if (mark == U'.' || mark == U'、' || mark == U'．') out.erase(0, at);
  }
  return letters_of(out);
}

bool is_blank_value(std::string_view text) {
  std::string left = letters_of(parsers::fold(text));
  if (left.size() > 90) return false;
  for (const std::string_view word : kBlankWords) left = replace_all(std::move(left), word, "");
  return left.empty();
}

bool is_nil_value(std::string_view text) {
  constexpr std::array<std::string_view, 12> kNil{"无",     "没有",       "无推荐", "暂无",
                                                  "空缺",   "无推荐对象", "无申报", "不推荐",
                                                  "零推荐", "无推荐人选", "零",     "无推荐单位"};
  const std::string left = letters_of(parsers::fold(text));
  return std::ranges::find(kNil, left) != kNil.end();
}

AnnexLine annex_line(std::string_view folded) {
  for (const std::string_view word : kAnnexWords) {
    if (!folded.starts_with(word)) continue;
    const std::string_view tail = folded.substr(word.size());
    std::size_t used = 0;
    const int number = number_at(tail, used);
    if (number == 0) continue;
    std::string_view rest = tail.substr(used);
    while (!rest.empty()) {
      std::size_t at = 0;
      const char32_t c = next_character(rest, at);
      if (is_letter(c) || opens(c) || is_title_mark(c)) break;
      rest.remove_prefix(at);
    }
    return {number, std::string(rest)};
  }
  return {};
}

std::vector<int> annex_numbers(std::string_view folded) {
  std::vector<int> out;
  for (const std::string_view word : {std::string_view("附件"), std::string_view("附表")}) {
    for (auto at = folded.find(word); at != std::string_view::npos; at = folded.find(word, at)) {
      at += word.size();
      for (;;) {
        std::size_t used = 0;
        const int number = number_at(folded.substr(at), used);
        if (number == 0) break;
        if (std::ranges::find(out, number) == out.end()) out.push_back(number);
        at += used;
        // "附件2、3", "附件2和附件3", "附件2,3"
        const std::string_view next = folded.substr(at);
        std::size_t step = 0;
        for (const std::string_view mark : {"、", "和", "及", ",", "，", "&", "+"}) {
          if (next.starts_with(mark)) step = mark.size();
        }
        if (step == 0) break;
        at += step;
      }
    }
  }
  return out;
}

std::string canonical_title(std::string_view folded) {
  // Longer words first where one is part of another.
  constexpr std::array<std::pair<std::string_view, std::string_view>, 19> kSynonyms{{
      {"申报审批表", "申报表"}, {"推荐审批表", "申报表"}, {"申报推荐表", "申报表"},
      {"推荐申报表", "申报表"}, {"推荐汇总表", "汇总表"}, {"申报汇总表", "汇总表"},
      {"推荐一览表", "汇总表"}, {"推荐表", "申报表"},     {"审批表", "申报表"},
      {"申请表", "申报表"},     {"呈报表", "申报表"},     {"一览表", "汇总表"},
      {"统计表", "汇总表"},     {"明细表", "汇总表"},     {"花名册", "汇总表"},
      {"汇总名单", "汇总表"},   {"先进集体", "先进单位"}, {"先进工作者", "先进个人"},
      {"优秀单位", "先进单位"},
  }};
  std::string out = letters_of(folded);
  for (const auto& [from, to] : kSynonyms) out = replace_all(std::move(out), from, to);
  return out;
}

}  // namespace baosong::rules
