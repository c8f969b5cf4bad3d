// Forms: cells that were left blank, and the form of another year.
#include <algorithm>
#include <set>

#include "parsers/text/utf8.hpp"
#include "rules/checks/check.hpp"
#include "rules/meaning/meaning.hpp"

namespace baosong::rules {
namespace {

const parsers::WordFacts* word_of(const CheckInput& input) {
  const auto& d = input.document();
  if (d.trouble != parsers::Trouble::kNone) return nullptr;
  return std::get_if<parsers::WordFacts>(&d.facts);
}

std::set<std::string> folded(const std::vector<std::string>& words) {
  std::set<std::string> out;
  for (const auto& word : words) out.insert(parsers::fold(word));
  return out;
}

// Years 2000–2099 that the line names, in order.
std::vector<int> years_in(std::string_view line) {
  std::vector<int> out;
  const auto digit = [&](std::size_t i) {
    return i < line.size() && line[i] >= '0' && line[i] <= '9';
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (!digit(i)) continue;
    std::size_t end = i;
    while (digit(end)) ++end;
    if (end - i == 4 && line[i] == '2' && line[i + 1] == '0')
      out.push_back(std::stoi(std::string(line.substr(i, 4))));
    i = end;
  }
  return out;
}

bool is_title_of(const std::string& line, const Item& item) {
  const auto in = [&](const std::string& word) {
    return line.find(parsers::fold(word)) != std::string::npos;
  };
  if (std::ranges::any_of(item.titles, in)) return true;
  return !item.title_all.empty() && std::ranges::all_of(item.title_all, in);
}

}  // namespace

void check_blank_fields(const CheckInput& input, Findings& out) {
  if (input.item == nullptr || input.item->kind != ItemKind::kForm) return;
  const auto* word = word_of(input);
  const RuleSetting& rule = input.rule("form.blank-fields");
  if (word == nullptr || rule.severity == Severity::kOff) return;
  auto wanted = folded(rule.texts("labels"));
  if (wanted.empty()) wanted = folded(input.item->table_heads);
  for (const auto& label : folded(rule.texts("ignore"))) wanted.erase(label);

  std::vector<std::string> blank;
  std::size_t filled = 0;
  for (const Form& form : read_forms(*word, *input.item)) {
    std::set<std::string> answered;
    for (const auto& cell : form.cells) {
      if (!cell.value.empty()) answered.insert(cell.label);
    }
    std::set<std::string> said;
    for (const auto& cell : form.cells) {
      if (!wanted.contains(parsers::fold(cell.label))) continue;
      if (!cell.value.empty()) ++filled;
      // A label that stands in the form twice needs one answer.
      if (cell.value.empty() && !answered.contains(cell.label) && said.insert(cell.label).second)
        blank.push_back(cell.label);
    }
  }
  if (blank.empty()) return;
  std::string labels;
  for (const auto& label : blank) {
    if (labels.find("“" + label + "”") == std::string::npos) labels += "“" + label + "”";
  }
  say(input, rule.severity,
      {.code = "form.blank-fields",
       .variant = filled == 0 ? "empty-form" : "",
       .measured = std::to_string(blank.size()),
       .limit = "0",
       .fields = {{"labels", labels}}},
      out);
}

void check_year(const CheckInput& input, Findings& out) {
  if (input.item == nullptr) return;
  if (input.item->kind != ItemKind::kForm && input.item->kind != ItemKind::kTable) return;
  const RuleSetting& rule = input.rule("form.year");
  if (rule.severity == Severity::kOff || !rule.params.contains("year")) return;
  const auto wanted = static_cast<int>(rule.integer("year"));
  std::vector<std::string> lines;
  if (const auto* word = word_of(input)) {
    lines = title_lines(*word);
  } else if (const auto* pdf = std::get_if<parsers::PdfFacts>(&input.document().facts)) {
    lines = title_lines(*pdf);
  }
  int found = 0;
  for (const auto& line : lines) {
    if (!is_title_of(line, *input.item)) continue;
    for (const int year : years_in(line)) {
      if (year == wanted) return;
      found = year;
    }
  }
  if (found == 0) return;
  say(input, rule.severity,
      {.code = "form.year",
       .measured = std::to_string(found),
       .limit = std::to_string(wanted),
       .fields = {{"found", std::to_string(found)}}},
      out);
}

}  // namespace baosong::rules
