#include "rules/toml_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "parsers/text/utf8.hpp"
#include "rules/nearest.hpp"
#include "rules/toml_syntax.hpp"

namespace baosong::rules {
namespace {

// The lines of a text as a list that single ones can be taken out of.
struct Line {
  std::size_t begin, size;  // without the LF
};
std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    lines.push_back({at, end - at});
    at = end + 1;
  }
  return lines;
}

std::string_view text_of(std::string_view text, const Line& line) {
  return text.substr(line.begin, line.size);
}

// The line (from 1) in which the list begins that the parser found broken in `line`; `line` itself
// when it was something else or began there.
std::size_t list_start(std::string_view text, const std::vector<Line>& lines, std::size_t line,
                       std::string_view description) {
  if (description.find("parsing array") == std::string_view::npos) return line;
  for (auto n = line; n > 0; --n) {
    const auto here = text_of(text, lines[n - 1]);
    const auto equals = here.find('=');
    if (equals != std::string_view::npos && here.find('[', equals) != std::string_view::npos)
      return n;
  }
  return line;
}

bool element_fits(const toml::node& node, KeyType type) {
  return type == KeyType::kTexts ? node.is_string() : node.is_integer();
}

std::optional<int> two_digits(std::string_view text, int limit) {
  if (text.size() != 2 || text[0] < '0' || text[0] > '9' || text[1] < '0' || text[1] > '9')
    return {};
  const int value = (text[0] - '0') * 10 + (text[1] - '0');
  return value < limit ? std::optional(value) : std::nullopt;
}

std::optional<std::chrono::year_month_day> date_of(const toml::node& node) {
  if (const auto* date = node.as_date()) {
    return std::chrono::year_month_day{std::chrono::year{date->get().year},
                                       std::chrono::month{date->get().month},
                                       std::chrono::day{date->get().day}};
  }
  return parse_date(node.value_or(std::string{}));
}

std::optional<std::chrono::seconds> clock_of(const toml::node& node) {
  if (const auto* time = node.as_time()) {
    const auto& clock = time->get();
    return std::chrono::hours{clock.hour} + std::chrono::minutes{clock.minute} +
           std::chrono::seconds{clock.second};
  }
  return parse_clock(node.value_or(std::string{}));
}

}  // namespace

Place place_of(const toml::node& node) {
  return {node.source().begin.line, node.source().begin.column};
}
Place place_of(const toml::key& key) {
  return {key.source().begin.line, key.source().begin.column};
}

TomlFile::TomlFile(const ConfigFile& file, std::vector<Fault>& faults)
    : name_(file.name), faults_(&faults) {
  // Beyond this many the file is something else than a config.
  constexpr int kMostSyntaxFaults = 40;
  if (!parsers::is_valid_utf8(file.text)) {
    broken_ = true;
    fault({}, "不是 UTF-8 编码", "用 UTF-8 编码另存");
    return;
  }
  std::string text = file.text;
  const auto lines = lines_of(text);
  std::uint32_t last = 0;
  for (int i = 0; i < kMostSyntaxFaults; ++i) {
    try {
      root_ = toml::parse(std::string_view(text), std::string_view(name_));
      return;
    } catch (const toml::parse_error& error) {
      broken_ = true;
      const auto at = error.source().begin;
      const auto line = std::clamp<std::size_t>(at.line, 1, lines.size());
      const auto start = list_start(text, lines, line, error.description());
      // A fault right below the last one is most likely its echo (the rest of a broken list).
      const bool echo = last != 0 && at.line >= last && at.line <= last + 1;
      if (!echo && start < line) {
        fault({static_cast<std::uint32_t>(start), 1}, "从这一行开始的数组缺逗号，或者没有用“]”结束",
              "[\"甲\", \"乙\"]");
      } else if (!echo) {
        auto [wrong, right] =
            explain_syntax(error.description(), text_of(text, lines[line - 1]), at.column);
        fault({at.line, at.column}, std::move(wrong), std::move(right));
      }
      last = at.line;
      // An open list is blanked up to the line in which the parser noticed it.
      bool changed = false;
      for (auto n = start; n < std::max(line, start + 1); ++n) {
        const auto [begin, size] = lines[n - 1];
        const std::string blank(size, ' ');
        changed = changed || text.compare(begin, size, blank) != 0;
        text.replace(begin, size, blank);
      }
      if (!changed) return;  // no way to go on
    }
  }
}

void TomlFile::fault(Place place, std::string wrong, std::string right) const {
  faults_->push_back({name_, place.line, place.column, std::move(wrong), std::move(right)});
}

bool fits(const toml::node& node, KeyType type) {
  const auto all_elements = [&](auto&& good) {
    const auto* array = node.as_array();
    return array != nullptr && std::all_of(array->begin(), array->end(), good);
  };
  switch (type) {
    case KeyType::kText:
      return node.is_string();
    case KeyType::kInt:
      return node.is_integer();
    case KeyType::kBool:
      return node.is_boolean();
    case KeyType::kDate:
      return node.is_string() || node.is_date();
    case KeyType::kClock:
      return node.is_string() || node.is_time();
    case KeyType::kTexts:
    case KeyType::kInts:
      return all_elements([&](const toml::node& n) { return element_fits(n, type); });
    case KeyType::kTable:
      return node.is_table();
    case KeyType::kTables:
      return all_elements([](const toml::node& n) { return n.is_table(); });
  }
  return false;
}

std::string_view name_of(KeyType type) {
  constexpr std::array<std::string_view, 9> kNames{
      "文字", "整数", "true 或 false", "日期", "时刻", "文字数组", "整数数组", "一张表", "一组表"};
  return kNames[static_cast<std::size_t>(type)];
}

std::string describe(const toml::node& node) {
  if (const auto* text = node.as_string())
    return fmt::format("文字“{}”", parsers::cut_utf8(text->get(), 60));
  if (const auto* number = node.as_integer()) return fmt::format("整数 {}", number->get());
  if (const auto* number = node.as_floating_point()) return fmt::format("小数 {}", number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  if (node.is_table()) return "一张表";
  if (node.is_array()) return "数组";
  if (node.is_date()) return "日期";
  return "时刻";
}

std::optional<std::chrono::seconds> parse_clock(std::string_view text) {
  if ((text.size() != 5 && text.size() != 8) || text[2] != ':') return std::nullopt;
  const auto hour = two_digits(text.substr(0, 2), 24);
  const auto minute = two_digits(text.substr(3, 2), 60);
  auto second = std::optional(0);
  if (text.size() == 8) second = text[5] == ':' ? two_digits(text.substr(6, 2), 60) : std::nullopt;
  if (!hour || !minute || !second) return std::nullopt;
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute} + std::chrono::seconds{*second};
}

TableReader::TableReader(const TomlFile& file, const toml::table& table,
                         std::span<const KeyRow> keys, std::string_view what)
    : file_(&file), table_(&table), keys_(keys) {
  std::vector<std::string_view> names;
  for (const auto& key : keys) names.push_back(key.name);
  for (const auto& [key, node] : table) {
    const auto known = std::ranges::find(keys, key.str(), &KeyRow::name);
    if (known == keys.end()) {
      file.fault(place_of(key), fmt::format("不认识的键“{}”", key.str()),
                 suggestion(key.str(), names));
    } else if (!fits(node, known->type)) {
      const auto example = fmt::format("{} = {}", known->name, known->example);
      const auto* array = node.as_array();
      const bool list = known->type == KeyType::kTexts || known->type == KeyType::kInts;
      if (list && array != nullptr) {
        for (const auto& element : *array) {
          if (element_fits(element, known->type)) continue;
          file.fault(
              place_of(element),
              fmt::format("“{}”里应该都是{}，这里写的是{}", known->name,
                          known->type == KeyType::kTexts ? "文字" : "整数", describe(element)),
              example);
        }
      } else {
        file.fault(place_of(node),
                   fmt::format("“{}”应该是{}，这里写的是{}", known->name, name_of(known->type),
                               describe(node)),
                   example);
      }
    } else if (known->type == KeyType::kDate && !date_of(node)) {
      file.fault(place_of(node), fmt::format("“{}”不是日期", node.value_or(std::string{})),
                 fmt::format("{} = {}（四位年-两位月-两位日，且确有这一天）", known->name,
                             known->example));
    } else if (known->type == KeyType::kClock && !clock_of(node)) {
      file.fault(
          place_of(node), fmt::format("“{}”不是时刻", node.value_or(std::string{})),
          fmt::format("{} = {}（24小时制，时:分 或 时:分:秒）", known->name, known->example));
    } else if (known->required && known->type == KeyType::kText &&
               parsers::trim(node.value_or(std::string{})).empty()) {
      file.fault(place_of(node), fmt::format("“{}”不能是空的", known->name),
                 fmt::format("{} = {}", known->name, known->example));
    }
  }
  if (file.broken()) return;  // the missing key may stand in a line that could not be read
  for (const auto& key : keys) {
    if (!key.required || table.contains(key.name)) continue;
    auto place = place_of(static_cast<const toml::node&>(table));
    if (&table == &file.root()) place = {};
    file.fault(place, fmt::format("{}缺少“{}”", what, key.name),
               fmt::format("{} = {}", key.name, key.example));
  }
}

const KeyRow& TableReader::row(std::string_view key) const {
  const auto found = std::ranges::find(keys_, key, &KeyRow::name);
  if (found == keys_.end()) throw std::logic_error("key not in its table: " + std::string(key));
  return *found;
}

const toml::node* TableReader::value(std::string_view key) const {
  const auto& known = row(key);
  const auto* node = table_->get(key);
  return node != nullptr && fits(*node, known.type) ? node : nullptr;
}

std::string TableReader::text(std::string_view key) const {
  const auto* node = value(key);
  return node == nullptr ? std::string{} : node->value_or(std::string{});
}

std::int64_t TableReader::integer(std::string_view key, std::int64_t fallback) const {
  const auto* node = value(key);
  return node == nullptr ? fallback : node->value_or(fallback);
}

int TableReader::count(std::string_view key, int fallback) const {
  constexpr std::int64_t kMost = 100'000;
  const auto number = integer(key, fallback);
  if (number >= 0 && number <= kMost) return static_cast<int>(number);
  fault(key, fmt::format("“{}”是 {}，超出了范围", key, number),
        fmt::format("0 到 {} 之间的整数", kMost));
  return fallback;
}

bool TableReader::flag(std::string_view key, bool fallback) const {
  const auto* node = value(key);
  return node == nullptr ? fallback : node->value_or(fallback);
}

std::optional<std::chrono::year_month_day> TableReader::date(std::string_view key) const {
  const auto* node = value(key);
  return node == nullptr ? std::nullopt : date_of(*node);
}

std::optional<std::chrono::seconds> TableReader::clock(std::string_view key) const {
  const auto* node = value(key);
  return node == nullptr ? std::nullopt : clock_of(*node);
}

std::vector<std::string> TableReader::texts(std::string_view key) const {
  std::vector<std::string> out;
  if (const auto* node = value(key)) {
    for (const auto& element : *node->as_array()) out.push_back(element.value_or(std::string{}));
  }
  return out;
}

std::vector<std::int64_t> TableReader::integers(std::string_view key) const {
  std::vector<std::int64_t> out;
  if (const auto* node = value(key)) {
    for (const auto& element : *node->as_array()) out.push_back(element.value_or(std::int64_t{0}));
  }
  return out;
}

const toml::table* TableReader::table(std::string_view key) const {
  const auto* node = value(key);
  return node == nullptr ? nullptr : node->as_table();
}

std::vector<const toml::table*> TableReader::tables(std::string_view key) const {
  std::vector<const toml::table*> out;
  if (const auto* node = value(key)) {
    for (const auto& element : *node->as_array()) out.push_back(element.as_table());
  }
  return out;
}

std::vector<std::pair<std::string, const toml::table*>> TableReader::named_tables(
    std::string_view key) const {
  std::vector<std::pair<std::string, const toml::table*>> out;
  const auto* all = table(key);
  if (all == nullptr) return out;
  for (const auto& [name, node] : *all) {
    if (const auto* one = node.as_table()) {
      out.emplace_back(name.str(), one);
    } else {
      file_->fault(place_of(name),
                   fmt::format("“{}.{}”应是一张表，却是{}", key, name.str(), describe(node)),
                   fmt::format("[{}.{}]", key, name.str()));
    }
  }
  return out;
}

std::string TableReader::choice(std::string_view key,
                                std::span<const std::string_view> allowed) const {
  if (!has(key)) return std::string(allowed.front());
  auto given = text(key);
  if (std::ranges::find(allowed, given) != allowed.end()) return given;
  fault(key, fmt::format("“{}”不能写“{}”", key, given), suggestion(given, allowed));
  const auto like = nearest(given, allowed);
  return like.empty() ? std::string(allowed.front()) : like;
}

Place TableReader::place(std::string_view key) const {
  const auto* node = table_->get(key);
  return place_of(node != nullptr ? *node : static_cast<const toml::node&>(*table_));
}

Place TableReader::place(std::string_view key, std::size_t element) const {
  const auto* node = value(key);
  const auto* array = node == nullptr ? nullptr : node->as_array();
  return array != nullptr && element < array->size() ? place_of((*array)[element]) : place(key);
}

void TableReader::fault(std::string_view key, std::string wrong, std::string right) const {
  file_->fault(place(key), std::move(wrong), std::move(right));
}

}  // namespace baosong::rules
