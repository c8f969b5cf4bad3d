// The title of a scan, read by a program that misreads: 先进单位申报麦, 活动周先进人汇总表.
#include <algorithm>
#include <utility>
#include <vector>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/words.hpp"
#include "rules/recognition_words.hpp"

namespace baosong::rules {
namespace {

constexpr std::size_t kLines = 12;
constexpr std::size_t kLineBytes = 300;
constexpr std::size_t kTrailing = 3;  // characters of noise behind a title: a line of the table, 印
constexpr double kLike = 0.8;         // one character of six may be wrong

using Characters = std::vector<char32_t>;

Characters characters_of(std::string_view text) {
  Characters out;
  for (std::size_t at = 0; at < text.size();) out.push_back(parsers::next_character(text, at));
  return out;
}

// How much of `title` stands at the end of `line`, 0 to 1: one minus the changes that make it so, a
// character each. What stands before it is free, what stands behind it when it is short.
double likeness(const Characters& title, const Characters& line) {
  std::vector<std::size_t> row(line.size() + 1, 0);
  for (std::size_t i = 1; i <= title.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= line.size(); ++j) {
      const std::size_t above = row[j];
      const std::size_t change = title[i - 1] == line[j - 1] ? 0 : 1;
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + change});
      diagonal = above;
    }
  }
  const auto from = row.end() - static_cast<std::ptrdiff_t>(std::min(row.size(), kTrailing + 1));
  const std::size_t least = *std::min_element(from, row.end());
  return 1.0 - static_cast<double>(least) / static_cast<double>(title.size());
}

std::vector<std::string> titles_among(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size() && lines.size() < kLines;) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const auto line = parsers::cut_utf8(text.substr(at, end - at), kLineBytes);
    if (auto title = canonical_title(parsers::fold(line)); !title.empty())
      lines.push_back(std::move(title));
    at = end + 1;
  }
  const std::size_t plain = lines.size();
  for (std::size_t i = 0; i + 1 < plain; ++i) lines.push_back(lines[i] + lines[i + 1]);
  return lines;
}

}  // namespace

const Item* ItemWords::scanned_title(std::string_view text) const {
  const Item* best = nullptr;
  double most = 0, next = 0;  // of the best item, of the best other one
  const auto lines = titles_among(text);
  for (const Row& row : rows_) {
    if (row.item->kind != ItemKind::kForm && row.item->kind != ItemKind::kTable) continue;
    double here = 0;
    for (const auto& title : row.titles) {
      const Characters wanted = characters_of(title);
      if (wanted.size() < 5) continue;
      for (const auto& line : lines) here = std::max(here, likeness(wanted, characters_of(line)));
    }
    if (here > most) {
      next = std::exchange(most, here);
      best = row.item;
    } else {
      next = std::max(next, here);
    }
  }
  // 先进单人申报表 is as near to 先进单位 as to 先进个人.
  return most >= kLike && most > next ? best : nullptr;
}

}  // namespace baosong::rules
