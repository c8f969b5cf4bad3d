#include "rules/recognition_layout.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/grid.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::fold;

constexpr std::size_t kHeadLines = 6;
constexpr std::size_t kTablesLookedAt = 60;
constexpr std::size_t kRowsLookedAt = 40;

bool is_sentence(std::string_view folded) {
  return length_of(folded) > 70 || contains(folded, "。");
}

std::vector<std::string> heads_among(const std::vector<std::string_view>& lines) {
  std::vector<std::string> out;
  for (const std::string_view line : lines) {
    std::string folded = fold(parsers::cut_utf8(line, 600));
    if (is_sentence(folded) || out.size() == kHeadLines) break;
    out.push_back(std::move(folded));
  }
  // A title that is broken over two or three lines.
  const std::size_t plain = out.size();
  for (std::size_t i = 0; i + 1 < plain; ++i) {
    out.push_back(out[i] + out[i + 1]);
    if (i + 2 < plain) out.push_back(out[i] + out[i + 1] + out[i + 2]);
  }
  return out;
}

struct Heading {
  const Item* item = nullptr;
  std::size_t paragraph = 0;  // the title's last paragraph
};

// Titles of papers among all paragraphs; a title may be broken over up to three of them.
std::vector<Heading> headings_of(const parsers::WordFacts& facts, const ItemWords& words) {
  std::vector<Heading> out;
  std::vector<std::string> folded;
  folded.reserve(facts.paragraphs.size());
  for (const auto& p : facts.paragraphs)
    folded.push_back(p.text.size() > 400 ? std::string{} : fold(p.text));
  for (std::size_t i = 0; i < folded.size(); ++i) {
    std::string joined;
    for (std::size_t k = i; k < folded.size() && k < i + 3; ++k) {
      if (folded[k].empty() || is_sentence(folded[k]) || (k > i && !is_title_like(folded[k])))
        break;
      joined += folded[k];
      if (const Item* item = words.paper_title(joined)) {
        out.push_back({item, k});
        i = k;
        break;
      }
    }
  }
  return out;
}

void push_once(Items& items, const Item* item) {
  if (std::ranges::find(items, item) == items.end()) items.push_back(item);
}

// One table's labels, and whether it is laid out as a form (labels all over) or as a table (labels
// in its head alone).
struct Labelled {
  std::set<std::string> labels;
  bool form = false;
};

Labelled labels_of(const parsers::Table& table, const Labels& known) {
  Labelled out;
  std::size_t rows = 0, label_rows = 0, head_labels = 0, head_cells = 0;
  for (std::size_t r = 0; r < table.rows.size() && r < kRowsLookedAt; ++r) {
    std::size_t labels = 0, cells = 0;
    for (const auto& cell : table.rows[r]) {
      if (cell.continues) continue;
      ++cells;
      if (auto read = known.read(cell.text); !read.label.empty()) {
        ++labels;
        out.labels.insert(std::move(read.label));
      }
    }
    if (cells < 2 && labels == 0) continue;
    ++rows;
    if (labels > 0) ++label_rows;
    if (labels > head_labels) head_labels = labels, head_cells = cells;
  }
  const bool head_row = head_labels >= 3 && head_labels * 3 >= head_cells * 2;
  out.form = rows > 0 && (!head_row || (label_rows >= 3 && label_rows * 2 >= rows));
  return out;
}

}  // namespace

std::vector<std::string> head_lines(const parsers::WordFacts& facts) {
  std::vector<std::string_view> lines;
  for (const auto& p : facts.paragraphs) {
    for (const std::string_view line : lines_of(p.text)) lines.push_back(line);
    if (lines.size() > kHeadLines) break;
  }
  auto out = heads_among(lines);
  for (const auto& box : facts.box_texts) {
    if (out.size() > 24) break;
    for (auto& line : heads_among(lines_of(parsers::cut_utf8(box, 1200))))
      out.push_back(std::move(line));
  }
  return out;
}

std::vector<std::string> head_lines(const parsers::PdfFacts& facts) {
  return heads_among(lines_of(parsers::cut_utf8(facts.text, 4096)));
}

Items sections_of(const parsers::WordFacts& facts, const ItemWords& words) {
  const auto headings = headings_of(facts, words);
  Items out;
  for (std::size_t h = 0; h < headings.size(); ++h) {
    const std::size_t from = headings[h].paragraph;
    const std::size_t to =
        h + 1 < headings.size() ? headings[h + 1].paragraph : facts.paragraphs.size() + 1;
    const bool has_table = std::ranges::any_of(facts.tables, [&](const parsers::Table& table) {
      return table.after_paragraph > from && table.after_paragraph <= to;
    });
    if (has_table) push_once(out, headings[h].item);
  }
  // Titles in a merged row of the table itself.
  for (std::size_t t = 0; t < facts.tables.size() && t < kTablesLookedAt; ++t) {
    const auto& rows = facts.tables[t].rows;
    for (std::size_t r = 0; r < rows.size() && r < 3; ++r) {
      std::string only;
      std::size_t filled = 0;
      for (const auto& cell : rows[r]) {
        if (cell.text.size() > 600) filled = 9;
        if (auto text = fold(parsers::cut_utf8(cell.text, 600)); !text.empty())
          ++filled, only = std::move(text);
      }
      if (filled != 1) break;
      if (const Item* item = words.paper_title(only)) push_once(out, item);
    }
  }
  return out;
}

Items sections_of(const parsers::PdfFacts& facts, const ItemWords& words) {
  Items out;
  std::string_view text = facts.text;
  while (!text.empty()) {
    const auto end = std::min(text.find('\f'), text.size());
    for (const auto& line : heads_among(lines_of(parsers::cut_utf8(text.substr(0, end), 4096)))) {
      if (const Item* item = words.paper_title(line)) {
        push_once(out, item);
        break;
      }
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

Layout layout_of(const parsers::WordFacts& facts, const Notice& notice) {
  struct Rule {
    const Item* item;
    std::set<std::string> heads, nominee;
  };
  std::vector<Rule> rules;
  for (const Item& item : notice.items) {
    if (item.kind != ItemKind::kForm && item.kind != ItemKind::kTable) continue;
    Rule rule{&item, {}, {}};
    for (const auto& head : item.table_heads) rule.heads.insert(normalise_label(head));
    for (const auto& label : item.nominee_labels) rule.nominee.insert(normalise_label(label));
    rules.push_back(std::move(rule));
  }
  const Labels known(notice);
  Layout out;
  for (std::size_t t = 0; t < facts.tables.size() && t < kTablesLookedAt; ++t) {
    const Labelled table = labels_of(facts.tables[t], known);
    if (table.labels.size() < 3) continue;
    const Item* best = nullptr;
    std::size_t most = 2;
    bool tie = false;
    for (const Rule& rule : rules) {
      if ((rule.item->kind == ItemKind::kForm) != table.form) continue;
      std::size_t hits = 0;
      bool nominee = false;
      for (const auto& label : table.labels) {
        if (rule.heads.contains(label)) ++hits;
        nominee = nominee || rule.nominee.contains(label);
      }
      if (!nominee || hits < most) continue;
      tie = hits == most && best != nullptr;
      if (hits > most) best = rule.item, most = hits;
    }
    if (best == nullptr || tie) continue;
    if (out.item == nullptr) {
      out.item = best;
    } else if (best != out.item) {
      push_once(out.further, best);
    }
  }
  return out;
}

}  // namespace baosong::rules
