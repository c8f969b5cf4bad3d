// Small steps on Chinese office text that every reader of a document shares. Internal to rules/.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::rules {

using Words = std::span<const std::string_view>;

// Characters (code points) of the text, white space included.
std::size_t length_of(std::string_view utf8);

// Non-empty lines, trimmed; views into `text`.
std::vector<std::string_view> lines_of(std::string_view text);

bool contains(std::string_view text, std::string_view part);
bool contains_any(std::string_view text, Words words);
bool starts_with_any(std::string_view text, Words words);
bool ends_with_any(std::string_view text, Words words);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

// Only what is written out: letters, digits, 汉字. Takes folded text.
std::string letters_of(std::string_view folded);

// Folded text without what stands in brackets (and without the brackets); unbalanced ones end with
// the text. "申报表(农安县)" -> "申报表".
std::string without_brackets(std::string_view folded);

// A label as labels are compared: 姓　　名 -> 姓名, 县（市）区 -> 县市区, 出生年月（岁） ->
// 出生年月, "1.单位名称：" -> 单位名称.
std::string normalise_label(std::string_view text);

// True for a value that nobody filled in: blank, underscores, dashes, 年 月 日 without a number,
// nothing but （盖章）.
bool is_blank_value(std::string_view text);
// True for 无, 没有, 无推荐 … standing alone.
bool is_nil_value(std::string_view text);

// "附件2", "附表 1：", "附件二": the number, with what follows it; 0 when the text does not start
// so.
struct AnnexLine {
  int number = 0;
  std::string rest;  // folded
};
AnnexLine annex_line(std::string_view folded);
// Every annex number that the folded text names, anywhere: "附件2、3" gives 2 and 3.
std::vector<int> annex_numbers(std::string_view folded);

// Kind and object words of one meaning become one: 推荐表 and 审批表 -> 申报表, 一览表 -> 汇总表 (a
// 登记表 may be either, so it stays),
// 先进集体 -> 先进单位. Takes folded text; punctuation is dropped, since 2022年“…”汇总表 and
// 2022年…汇总表 are the same title.
std::string canonical_title(std::string_view folded);

}  // namespace baosong::rules
