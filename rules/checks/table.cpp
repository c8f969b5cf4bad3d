// Summary tables: an empty one, and activities outside the period that the notice names.
#include <algorithm>
#include <charconv>
#include <chrono>

#include "parsers/text/utf8.hpp"
#include "rules/checks/check.hpp"
#include "rules/meaning/meaning.hpp"

namespace baosong::rules {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

std::optional<SummaryTable> table_of(const CheckInput& input) {
  if (input.item == nullptr || input.item->kind != ItemKind::kTable) return std::nullopt;
  const auto& d = input.document();
  const auto* word = std::get_if<parsers::WordFacts>(&d.facts);
  if (word == nullptr || d.trouble != parsers::Trouble::kNone) return std::nullopt;
  return read_summary(*word, *input.item);
}

// The days that a cell speaks of, as one span: "10月20日—11月5日", "2022.10.8", "11月上旬".
struct Span {
  sys_days from, to;
};

class DateReader {
 public:
  DateReader(std::string_view folded, int year) : text_(folded), year_(year) {}

  std::optional<Span> read() {
    while (at_ < text_.size()) {
      const auto start = at_;
      const auto number = take_number();
      if (!number) {
        at_ = start + 1;
        continue;
      }
      read_from(*number);
    }
    return span_;
  }

 private:
  std::optional<int> take_number() {
    const char* begin = text_.data() + at_;
    const char* end = begin;
    while (end < text_.data() + text_.size() && *end >= '0' && *end <= '9') ++end;
    if (end == begin || end - begin > 4) {
      at_ += static_cast<std::size_t>(end - begin);
      return std::nullopt;
    }
    int value = 0;
    std::from_chars(begin, end, value);
    at_ += static_cast<std::size_t>(end - begin);
    return value;
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  bool take_separator() { return take(".") || take("-") || take("/"); }

  void read_from(int number) {
    if (number >= 2000 && number < 2100) {
      year_ = number;
      const bool separator = take_separator();
      if (!separator && !take("年")) return;
      const auto month = take_number();
      if (!month) return;
      if (separator ? take_separator() : take("月")) {
        add(*month, take_number());
      } else {
        add(*month, std::nullopt);
      }
      return;
    }
    // A bare "10.15" may be anything, so a month without a year must say 月.
    if (!take("月")) return;
    add(number, take_number());
  }

  void add(int month, std::optional<int> day) {
    if (month < 1 || month > 12) return;
    const std::chrono::year y{year_};
    const std::chrono::month m{static_cast<unsigned>(month)};
    const year_month_day last{y / m / std::chrono::last};
    year_month_day first{y / m / 1};
    year_month_day end = last;
    if (day) {
      const year_month_day exact{y / m / *day};
      if (!exact.ok()) return;
      first = end = exact;
    }
    if (!span_) span_ = Span{sys_days{first}, sys_days{end}};
    span_->from = std::min(span_->from, sys_days{first});
    span_->to = std::max(span_->to, sys_days{end});
  }

  std::string_view text_;
  int year_;
  std::size_t at_ = 0;
  std::optional<Span> span_;
};

}  // namespace

void check_table_empty(const CheckInput& input, Findings& out) {
  const auto table = table_of(input);
  // Without a head that we know, "no row" may only mean that we cannot read the table.
  if (!table || !table->head_found || table->nil || !table->rows.empty()) return;
  say(input, input.rule("table.empty").severity,
      {.code = "table.empty", .measured = "0", .limit = "1"}, out);
}

void check_dates(const CheckInput& input, Findings& out) {
  if (input.item == nullptr || input.item->kind != ItemKind::kTable) return;
  const RuleSetting& rule = input.rule("table.date-outside");
  if (rule.severity == Severity::kOff || !rule.params.contains("from") ||
      !rule.params.contains("to"))
    return;
  const auto from = parse_date(rule.text("from"));
  const auto to = parse_date(rule.text("to"));
  if (!from || !to) return;
  const auto table = table_of(input);
  if (!table) return;
  const auto heads = rule.texts("heads");
  std::string found;
  int count = 0;
  for (const auto& row : table->rows) {
    for (const auto& [head, text] : row.cells) {
      if (std::ranges::none_of(heads, [&h = head](const auto& wanted) {
            return parsers::fold(wanted) == parsers::fold(h);
          }))
        continue;
      const std::string folded = parsers::fold(text);
      const auto span = DateReader(folded, input.notice.year).read();
      if (!span || (span->from <= sys_days{*to} && span->to >= sys_days{*from})) continue;
      if (++count <= 3)
        found +=
            (found.empty() ? "" : "、") + std::string(parsers::cut_utf8(parsers::trim(text), 60));
    }
  }
  if (count == 0) return;
  if (count > 3) found += "等";
  say(input, rule.severity,
      {.code = "table.date-outside",
       .measured = std::to_string(count),
       .limit = "0",
       .fields = {{"found", found}}},
      out);
}

}  // namespace baosong::rules
