// Where a text says what it is: title_of() for the texts whose title is counted, title_lines() for
// every document that must be told apart.
#include <algorithm>
#include <array>
#include <cstdint>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::Count;
using parsers::fold;

constexpr std::size_t kLinesLookedAt = 24;
constexpr std::size_t kTitleMax = 80;  // characters; a longer line is body whatever it looks like
constexpr std::size_t kPlainTitleMax = 50;  // the same for a line that nothing marks as a title

// Lines that stand above a real title whatever the item is.
constexpr std::array<std::string_view, 9> kCaptions{
    "展板素材", "展板文稿", "展板素材文稿", "展板内容", "文稿", "材料", "word版", "正文", "第一批"};
constexpr std::array<std::string_view, 4> kTitleLabels{"文稿题目", "题目", "标题", "文章题目"};
constexpr std::array<std::string_view, 5> kBodyLabels{"内容", "正文", "文稿内容", "展板内容",
                                                      "具体内容"};
constexpr std::array<std::string_view, 4> kSubtitleMarks{"——", "―", "—", "--"};

// A paragraph, or one line of a paragraph that is broken by hand.
struct Line {
  std::string_view text;  // trimmed
  Count count;
  const parsers::Paragraph* paragraph = nullptr;
  bool broken = false;  // the paragraph has further lines
};

Count minus(const Count& a, const Count& b) {
  const auto sub = [](std::uint32_t x, std::uint32_t y) { return x > y ? x - y : 0U; };
  return {sub(a.high, b.high), sub(a.low, b.low), sub(a.non_space, b.non_space), sub(a.han, b.han)};
}

std::vector<Line> first_lines(const parsers::WordFacts& facts) {
  std::vector<Line> out;
  for (const auto& p : facts.paragraphs) {
    const auto lines = lines_of(p.text);
    for (const std::string_view line : lines) {
      out.push_back({line, lines.size() == 1 ? p.count : parsers::count_characters(line), &p,
                     lines.size() > 1});
      if (out.size() == kLinesLookedAt) return out;
    }
  }
  return out;
}

// The size of the type most of the text is set in; 0 when the file does not say.
std::uint16_t body_size(const parsers::WordFacts& facts) {
  std::uint32_t best = 0;
  std::uint16_t size = 0;
  for (const auto& p : facts.paragraphs) {
    if (p.count.high > best) best = p.count.high, size = p.half_points;
  }
  return size;
}

bool looks_like_title(const Line& line, std::uint16_t body) {
  const auto& p = *line.paragraph;
  return p.heading || p.centered || (p.half_points != 0 && body != 0 && p.half_points > body) ||
         (p.bold && !line.broken);
}

bool ends_like_prose(std::string_view folded) {
  return folded.ends_with("。") || folded.ends_with(";") || folded.ends_with("；") ||
         folded.ends_with(",") || folded.ends_with("，") || folded.ends_with(":") ||
         folded.ends_with("、");
}

bool is_prose(const Line& line, std::string_view folded, bool marked) {
  const std::size_t length = length_of(folded);
  if (length > kTitleMax) return true;
  if (contains(folded, "。") && !(folded.ends_with("。") && length <= 30 && marked)) return true;
  if (!marked && length > kPlainTitleMax) return true;
  // "2022年以来，我区……，……" is a sentence even when a file lacks its full stop.
  if (!marked && length > 30 && (contains(folded, "，") || contains(folded, ","))) return true;
  return !marked && ends_like_prose(folded) && line.count.high > 12;
}

bool is_date_or_byline(std::string_view folded) {
  constexpr std::array<std::string_view, 8> kBy{"作者",     "撰稿",  "供稿",   "报送单位",
                                                "填报单位", "单位:", "联系人", "撰写"};
  if (starts_with_any(folded, kBy)) return true;
  return length_of(folded) <= 14 && folded.ends_with("日") && contains(folded, "年") &&
         contains(folded, "月");
}

// "朝阳区", "长春市朝阳区教育局", "（农安县教育局）": somebody's name and nothing else.
bool is_unit_alone(std::string_view folded, const Notice& notice) {
  constexpr std::array<std::string_view, 8> kSuffixes{"教育局",       "文教局",      "社会事业局",
                                                      "教育体育局",   "教体局",      "社区学院",
                                                      "社区教育学院", "社区教育中心"};
  std::string name = letters_of(folded);
  if (name.empty() || length_of(name) > 30) return false;
  for (const std::string_view prefix : {std::string_view("吉林省"), std::string_view("长春市")}) {
    if (name.starts_with(prefix)) name.erase(0, prefix.size());
  }
  const auto is_name = [&](std::string_view alias) {
    std::string other = letters_of(fold(alias));
    if (other.empty()) return false;
    if (other.starts_with("长春市")) other.erase(0, std::string_view("长春市").size());
    if (name == other) return true;
    if (!name.starts_with(other)) return false;
    return std::ranges::find(kSuffixes, std::string_view(name).substr(other.size())) !=
           kSuffixes.end();
  };
  return std::ranges::any_of(notice.units, [&](const Unit& unit) {
    return is_name(unit.name) || is_name(unit.formal) ||
           std::ranges::any_of(unit.aliases,
                               [&](const Alias& alias) { return is_name(alias.text); });
  });
}

// A line that only says which of the notice's papers this is.
bool is_caption(std::string_view folded, const Notice& notice, const Item* item) {
  std::string text = without_brackets(folded);
  if (const AnnexLine annex = annex_line(text); annex.number > 0) {
    if (annex.rest.empty()) return true;
    text = annex.rest;
  }
  const std::string bare = letters_of(text);
  if (bare.empty()) return true;
  const auto same = [&](std::string_view caption) { return bare == letters_of(fold(caption)); };
  if (std::ranges::any_of(kCaptions, same)) return true;
  // "先进单位汇总表" is what a table or form is called, and may be the second line of its title.
  const bool is_text = item != nullptr && item->kind == ItemKind::kText;
  if (item != nullptr &&
      (std::ranges::any_of(item->captions, same) || (is_text && same(item->name))))
    return true;
  if (bare == letters_of(fold(notice.title))) return true;
  // "朝阳区展板素材", "全民终身学习成果展展板素材": of a poster text; "朝阳区…工作总结" is a title.
  if (item != nullptr && !item->photos_item.empty() && length_of(bare) <= 40) {
    if (std::ranges::any_of(item->captions, [&](const std::string& caption) {
          const std::string tail = letters_of(fold(caption));
          return length_of(tail) >= 4 && std::string_view(bare).ends_with(tail);
        })) {
      return true;
    }
  }
  return is_unit_alone(folded, notice);
}

// What stands behind "题目：" (also "文稿题目（20字内）："); nullopt when the line has no such
// label.
std::optional<std::string_view> after_label(std::string_view line, Words labels) {
  std::size_t colon = line.find("：");
  std::size_t width = std::string_view("：").size();
  if (const auto ascii = line.find(':'); ascii < colon) colon = ascii, width = 1;
  const std::string_view head = line.substr(0, std::min(colon, line.size()));
  if (length_of(head) > 20) return std::nullopt;
  const std::string label = normalise_label(head);
  if (std::ranges::find(labels, label) == labels.end()) return std::nullopt;
  if (colon == std::string_view::npos) return std::string_view{};
  return parsers::trim(line.substr(colon + width));
}

// 《…》 or “…” around the whole title are no part of it.
std::string_view unquoted(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kPairs{
      {{"《", "》"}, {"“", "”"}, {"【", "】"}}};
  for (const auto& [left, right] : kPairs) {
    if (!text.starts_with(left) || !text.ends_with(right) ||
        text.size() <= left.size() + right.size())
      continue;
    const auto inner = text.substr(left.size(), text.size() - left.size() - right.size());
    if (!contains(inner, left) && !contains(inner, right)) return inner;
  }
  return text;
}

bool is_subtitle(std::string_view line) { return starts_with_any(line, kSubtitleMarks); }

// "凝聚社区力量——记朝阳区社区学院": what follows the dash inside a line still belongs to the title;
// only a line that starts with one is a subtitle.
bool continues_title(const Line& first, const Line& next, std::string_view folded,
                     std::size_t so_far) {
  const auto& a = *first.paragraph;
  const auto& b = *next.paragraph;
  const bool same_look = a.centered == b.centered && a.heading == b.heading && a.bold == b.bold &&
                         a.half_points == b.half_points;
  if (!same_look || !(a.centered || a.heading)) return false;
  if (is_subtitle(next.text) || is_date_or_byline(folded)) return false;
  if (folded.starts_with("(") || folded.starts_with("（")) return false;
  return so_far + length_of(folded) <= 60 && !contains(folded, "。") && !ends_like_prose(folded);
}

struct Block {
  std::string text;
  Count count;
};

// A title that stands in a cell of its own: 题目 | 书香润社区, 内容 | …
std::optional<Title> title_in_table(const parsers::WordFacts& facts) {
  std::optional<Title> title;
  Count body{};
  for (const auto& table : facts.tables) {
    for (const auto& row : table.rows) {
      for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string label = normalise_label(row[i].text);
        const bool is_title = std::ranges::find(kTitleLabels, label) != kTitleLabels.end();
        const bool is_body = std::ranges::find(kBodyLabels, label) != kBodyLabels.end();
        if ((!is_title && !is_body) || i + 1 >= row.size() || row[i + 1].placeholder) continue;
        const std::string_view value = parsers::trim(row[i + 1].text);
        if (value.empty()) continue;
        if (is_body) {
          for (const std::string_view line : lines_of(value))
            body += parsers::count_characters(line);
        } else if (!title) {
          const std::string_view text = unquoted(value);
          title = Title{std::string(text), parsers::count_characters(text), {}};
        }
      }
    }
  }
  if (title) title->body = body.high > 0 ? body : minus(facts.body, title->count);
  return title;
}

void push_line(std::vector<std::string>& out, std::string line) {
  if (!line.empty() && std::ranges::find(out, line) == out.end()) out.push_back(std::move(line));
}

// A title may be broken over two or three lines: neighbours are also tried joined.
void push_joined(std::vector<std::string>& out, const std::vector<std::string>& lines) {
  for (const auto& line : lines) push_line(out, line);
  for (std::size_t width = 2; width <= 3; ++width) {
    for (std::size_t i = 0; i + width <= lines.size(); ++i) {
      std::string joined;
      for (std::size_t k = i; k < i + width; ++k) joined += lines[k];
      if (length_of(joined) <= 70) push_line(out, std::move(joined));
    }
  }
}

}  // namespace

std::optional<Title> title_of(const parsers::WordFacts& facts, const Notice& notice,
                              const Item* item) {
  const auto lines = first_lines(facts);
  const std::uint16_t size = body_size(facts);
  Count above{};
  std::optional<Title> found;

  std::size_t i = 0;
  bool labelled = false;
  std::string_view text;
  for (; i < lines.size(); ++i) {
    text = lines[i].text;
    const std::string folded = fold(text);
    if (const auto rest = after_label(text, kTitleLabels)) {
      labelled = true;
      if (rest->empty()) {
        above += lines[i].count;
        continue;
      }
      above += parsers::count_characters(text.substr(0, text.size() - rest->size()));
      text = *rest;
      break;
    }
    if (after_label(text, kBodyLabels) && !labelled && i > 0) return title_in_table(facts);
    if (labelled) break;
    if (!is_caption(folded, notice, item) && !is_date_or_byline(folded)) break;
    above += lines[i].count;
  }

  if (i < lines.size()) {
    const std::string folded = fold(text);
    const bool marked = labelled || looks_like_title(lines[i], size);
    // A lone paragraph is a text without a title, unless it is short enough to be nothing else.
    const bool lone = lines.size() == 1 && facts.tables.empty() && lines[i].count.high > 40;
    if (!lone && !is_prose(lines[i], folded, marked)) {
      Block title{std::string(text), parsers::count_characters(text)};
      std::size_t length = length_of(folded);
      std::size_t next = i + 1;
      for (; next < lines.size() && next < i + 3; ++next) {
        const std::string more = fold(lines[next].text);
        if (next + 1 >= lines.size() && facts.tables.empty())
          break;  // something must be left as body
        if (after_label(lines[next].text, kBodyLabels) || is_caption(more, notice, item)) break;
        if (!continues_title(lines[i], lines[next], more, length)) break;
        title.text += lines[next].text;
        title.count += lines[next].count;
        length += length_of(more);
      }
      Count below{};
      if (next < lines.size() && is_subtitle(lines[next].text) &&
          length_of(lines[next].text) <= 60) {
        below = lines[next].count;
      }
      const Count whole = title.count;
      if (const auto bare = unquoted(title.text); bare.size() < title.text.size()) {
        title = {std::string(bare), parsers::count_characters(bare)};
      }
      found = Title{title.text, title.count, minus(minus(minus(facts.body, above), whole), below)};
    }
  }
  if (found) return found;
  if (auto boxed = title_in_table(facts)) return boxed;
  // Posters put the title into a text box, which the body's count leaves out.
  for (const auto& box : facts.box_texts) {
    for (const std::string_view line : lines_of(box)) {
      const std::string folded = fold(line);
      if (is_caption(folded, notice, item) || is_date_or_byline(folded)) continue;
      if (length_of(folded) > kPlainTitleMax || contains(folded, "。")) break;
      const std::string_view bare = unquoted(line);
      return Title{std::string(bare), parsers::count_characters(bare), minus(facts.body, above)};
    }
  }
  return std::nullopt;
}

std::vector<std::string> title_lines(const parsers::WordFacts& facts) {
  std::vector<std::string> lines;
  for (const auto& p : facts.paragraphs) {
    for (const std::string_view line : lines_of(p.text)) {
      if (lines.size() < 10) lines.push_back(fold(parsers::cut_utf8(line, 600)));
    }
    if (lines.size() >= 10) break;
  }
  std::vector<std::string> out;
  push_joined(out, lines);
  for (const auto& box : facts.box_texts) {
    if (out.size() > 40) break;
    std::vector<std::string> boxed;
    for (const std::string_view line : lines_of(box)) {
      if (boxed.size() < 4) boxed.push_back(fold(parsers::cut_utf8(line, 600)));
    }
    push_joined(out, boxed);
  }
  // Templates often put the title into merged rows above the labels.
  if (!facts.tables.empty()) {
    const auto& rows = facts.tables.front().rows;
    for (std::size_t r = 0; r < rows.size() && r < 3; ++r) {
      const parsers::Cell* only = nullptr;
      std::size_t filled = 0;
      for (const auto& cell : rows[r]) {
        if (!parsers::trim(cell.text).empty()) ++filled, only = &cell;
      }
      if (filled == 1) push_line(out, fold(parsers::cut_utf8(only->text, 600)));
    }
  }
  return out;
}

std::vector<std::string> title_lines(const parsers::PdfFacts& facts) {
  std::vector<std::string> lines;
  for (const std::string_view line : lines_of(parsers::cut_utf8(facts.text, 8192))) {
    if (lines.size() == 12) break;
    lines.push_back(fold(parsers::cut_utf8(line, 600)));
  }
  std::vector<std::string> out;
  push_joined(out, lines);
  return out;
}

}  // namespace baosong::rules
