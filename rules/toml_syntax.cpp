#include "rules/toml_syntax.hpp"

#include <fmt/format.h>

#include <array>

#include "parsers/text/utf8.hpp"

namespace baosong::rules {
namespace {

// {key} and {value} are filled from the line itself. The first row whose words occur is taken.
struct AdviceRow {
  std::string_view says;
  std::string_view wrong, right;
};
constexpr std::string_view kDateForm = "{key} = 2022-10-25（四位年-两位月-两位日，且确有这一天）";
constexpr std::array kAdvice{
    AdviceRow{"parsing date", "“{value}”不是日期", kDateForm},
    AdviceRow{"parsing time", "“{value}”不是时刻", "{key} = \"17:00\""},
    AdviceRow{"cannot redefine", "“{key}”写了两次", "只留一处"},
    AdviceRow{"cannot be redefined", "“{key}”写了两次", "只留一处"},
    AdviceRow{"expected value", "等号后面没有值", "{key} = 值"},
    AdviceRow{"expected '='", "这一行缺等号，或者键名里有空格", "键 = 值"},
    AdviceRow{"parsing array", "数组里缺逗号，或者没有用“]”结束", "{key} = [\"甲\", \"乙\"]"},
    AdviceRow{"parsing inline table", "花括号没有写完，或者在括号里换了行",
              "{key} = {{ … }}，写在一行"},
    AdviceRow{"parsing table header", "表头的方括号没有配对", "[名称] 或 [[名称]]"},
    AdviceRow{"escape", "文字里反斜杠后面的字符不对", "反斜杠写成 \\\\，或者改用英文单引号"},
    AdviceRow{"control characters", "文字没有用引号结束，或者含有控制字符", "前后各一个英文引号"},
    AdviceRow{"end-of-file", "文件在这里断了：引号或括号没有写完", "补上结尾的引号或括号"},
    AdviceRow{"parsing boolean", "“{value}”不是 true 或 false",
              "{key} = true 或 {key} = false，小写"},
    AdviceRow{"leading zeroes", "整数不能以 0 开头", "去掉前面的 0；如是文字，加英文引号"},
    AdviceRow{"expected keys", "这一行不像键名", "键 = 值；键名含中文或点号时加英文引号"},
    AdviceRow{"integer", "“{value}”不是数字", "日期写成 2022-10-25；文字前后加英文引号"},
    AdviceRow{"utf-8", "不是 UTF-8 编码", "用 UTF-8 编码另存"},
    AdviceRow{"expected a comment or whitespace", "值后面多了内容",
              "一行只写一个值，说明写在 # 后面"},
};

std::string fill(std::string_view form, std::string_view key, std::string_view value) {
  std::string out(form);
  const auto replace = [&](std::string_view mark, std::string_view text) {
    for (auto at = out.find(mark); at != std::string::npos; at = out.find(mark, at + text.size())) {
      out.replace(at, mark.size(), text);
    }
  };
  replace("{{", "\x01");
  replace("}}", "\x02");
  replace("{key}", key.empty() ? "键" : key);
  replace("{value}", value);
  replace("\x01", "{");
  replace("\x02", "}");
  return out;
}

// The "key = value" around a place in a line; inside an inline table, the pair that is meant.
struct Pair {
  std::string_view key, value;
};
Pair pair_at(std::string_view line, std::uint32_t column) {
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < column && at < line.size(); ++i) parsers::next_character(line, at);
  auto equals = line.rfind('=', at);
  if (equals == std::string_view::npos) equals = line.find('=');
  if (equals == std::string_view::npos) return {parsers::trim(line), {}};
  auto key = line.substr(0, equals);
  if (const auto from = key.find_last_of("{,"); from != std::string_view::npos)
    key.remove_prefix(from + 1);
  auto value = parsers::trim(line.substr(equals + 1));
  if (!value.starts_with('[') && !value.starts_with('{'))
    value = value.substr(0, value.find_first_of("#,}"));
  return {parsers::trim(key), parsers::cut_utf8(parsers::trim(value), 60)};
}

}  // namespace

SyntaxAdvice explain_syntax(std::string_view description, std::string_view line,
                            std::uint32_t column) {
  const auto [key, value] = pair_at(line, column);
  // The commonest slip of all: “…” where "…" is meant.
  for (const std::string_view quote : {"“", "”", "‘", "’", "＂"}) {
    if (value.starts_with(quote)) {
      return {"这里用了中文引号", fill("{key} = \"…\"，用英文引号", key, value)};
    }
  }
  for (const auto& row : kAdvice) {
    if (description.find(row.says) != std::string_view::npos) {
      return {fill(row.wrong, key, value), fill(row.right, key, value)};
    }
  }
  if (description.find("value type") != std::string_view::npos) {
    return {fmt::format("看不懂的值“{}”", value),
            fill("{key} = \"…\"（文字前后加英文引号，数字直接写）", key, value)};
  }
  return {fmt::format("不合 TOML 语法（{}）", description), "对照旁边几行的写法"};
}

}  // namespace baosong::rules
