// Summary tables (forms.md hint 4): the head, one or two rows deep, and the rows that people
// filled.
#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/grid.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::trim;

constexpr std::array<std::string_view, 10> kEnd{"填表人",   "填报人",      "注",         "备注",
                                                "说明",     "审核人",      "负责人签字", "单位盖章",
                                                "填表说明", "联系人及电话"};
constexpr std::array<std::string_view, 4> kTotal{"合计", "总计", "共计", "小计"};
constexpr std::array<std::string_view, 5> kSample{"例", "示例", "样例", "范例", "填写示例"};
// Columns that a blank template already fills, so they say nothing about a row.
constexpr std::array<std::string_view, 5> kPrefilled{"序号", "编号", "备注", "县市区", "地区"};

struct Head {
  std::size_t table = 0, row = 0;
  std::size_t depth = 1;  // rows the head takes
  std::vector<std::string>
      columns;                     // by grid column; a spanning head stands in each of its columns
  std::vector<std::string> heads;  // as they stand, in order
  int known = 0;                   // labels of the item itself
  bool nominee = false;
};

bool any_of(Words words, std::string_view text) {
  return std::ranges::find(words, text) != words.end();
}

class SummaryReader {
 public:
  SummaryReader(const parsers::WordFacts& facts, const Item& item) : facts_(facts), labels_(&item) {
    for (const auto& label : item.nominee_labels) nominee_.push_back(normalise_label(label));
    for (const auto& label : item.table_heads) own_.push_back(normalise_label(label));
  }

  SummaryTable read() {
    std::vector<Head> heads;
    for (std::size_t t = 0; t < facts_.tables.size(); ++t) {
      if (auto head = find_head(t)) heads.push_back(std::move(*head));
    }
    const Head* best = nullptr;
    for (const auto& head : heads) {
      if (best == nullptr || score(head) > score(*best)) best = &head;
    }
    if (best == nullptr) return {};
    SummaryTable out;
    out.head_found = true;
    out.heads = best->heads;
    for (std::size_t t = best->table; t < facts_.tables.size(); ++t) {
      const auto at = std::ranges::find(heads, t, &Head::table);
      if (t == best->table) {
        if (!read_rows(t, best->row + best->depth, *best, out)) break;
      } else if (at != heads.end() && at->heads == best->heads) {
        read_rows(t, at->row + at->depth, *best,
                  out);  // the same table, head repeated on the next page
      } else if (at == heads.end() && continues(t, *best)) {
        if (!read_rows(t, 0, *best, out)) break;
      } else {
        break;
      }
    }
    out.nil = out.rows.empty() && nil_seen_;
    return out;
  }

 private:
  static double score(const Head& head) {
    const double share = head.heads.empty() ? 0 : double(head.known) / double(head.heads.size());
    return (head.nominee ? 100.0 : 0.0) + 10.0 * head.known + share;
  }

  std::optional<Head> find_head(std::size_t t) const {
    const auto& rows = facts_.tables[t].rows;
    for (std::size_t r = 0; r < rows.size() && r < 12; ++r) {
      const auto row = grid_row(rows[r]);
      int labels = 0, values = 0;
      for (const auto& at : row) {
        const std::string label = normalise_label(parsers::cut_utf8(at.cell->text, 240));
        if (label.empty()) continue;
        (is_head(label) ? labels : values) += 1;
      }
      if (labels < 3 || values > labels) continue;
      return make_head(t, r);
    }
    return std::nullopt;
  }

  bool is_head(std::string_view label) const {
    if (labels_.knows(label)) return true;
    // "活动时间及地点", "主要事迹简介": a known head inside a longer one, not a sentence.
    return length_of(label) <= 12 && std::ranges::any_of(own_, [&](const std::string& own) {
             return length_of(own) >= 2 && contains(label, own);
           });
  }

  Head make_head(std::size_t t, std::size_t r) const {
    const auto& rows = facts_.tables[t].rows;
    Head head;
    head.table = t;
    head.row = r;
    std::vector<bool> spans;  // the column lies under a head that spans several
    for (const auto& at : grid_row(rows[r])) {
      const std::string label = normalise_label(parsers::cut_utf8(at.cell->text, 240));
      for (std::size_t k = 0; k < at.span; ++k) {
        head.columns.push_back(label);
        spans.push_back(at.span > 1);
      }
      head.heads.push_back(label);
    }
    // A second head row: cells below a spanning head are heads of their own, the others continue.
    if (r + 1 < rows.size() && std::ranges::find(spans, true) != spans.end()) {
      const auto below = grid_row(rows[r + 1]);
      bool sub = false, other = false;
      for (const auto& at : below) {
        const std::string label = normalise_label(parsers::cut_utf8(at.cell->text, 240));
        const bool under_span = at.column < spans.size() && spans[at.column];
        if (at.cell->continues || label.empty()) continue;
        (under_span && length_of(label) <= 10 ? sub : other) = true;
      }
      if (sub && !other) {
        head.depth = 2;
        head.heads.clear();
        for (const auto& at : below) {
          const std::string label = normalise_label(parsers::cut_utf8(at.cell->text, 240));
          for (std::size_t k = 0; k < at.span && at.column + k < head.columns.size(); ++k) {
            if (!at.cell->continues && !label.empty()) head.columns[at.column + k] = label;
          }
          if (at.column < head.columns.size()) head.heads.push_back(head.columns[at.column]);
        }
      }
    }
    for (const auto& label : head.heads) {
      if (std::ranges::find(own_, label) != own_.end()) ++head.known;
      if (std::ranges::find(nominee_, label) != nominee_.end()) head.nominee = true;
    }
    return head;
  }

  // A table without a head right behind one with as many columns: the file broke it over pages.
  bool continues(std::size_t t, const Head& head) const {
    const auto& rows = facts_.tables[t].rows;
    if (rows.empty() ||
        facts_.tables[t].after_paragraph != facts_.tables[head.table].after_paragraph)
      return false;
    const auto row = grid_row(rows.front());
    return !row.empty() && row.back().column + row.back().span == head.columns.size();
  }

  // False when the table ended in front of its last row (填表人, 注).
  bool read_rows(std::size_t t, std::size_t from, const Head& head, SummaryTable& out) {
    const auto& rows = facts_.tables[t].rows;
    std::vector<std::string> above(head.columns.size());
    for (std::size_t r = from; r < rows.size(); ++r) {
      const auto row = grid_row(rows[r]);
      SummaryRow read;
      read.table = t;
      read.row = r;
      std::string first;
      bool sample = false, filled = false, nil = false, only_nil = true, repeats = true;
      std::size_t cells = 0;
      for (const auto& at : row) {
        if (at.column >= head.columns.size()) break;
        const std::string& label = head.columns[at.column];
        std::string value(at.cell->placeholder ? std::string_view{} : trim(at.cell->text));
        const std::string folded = letters_of(parsers::fold(parsers::cut_utf8(value, 120)));
        if (folded != label && !at.cell->continues) repeats = false;
        if (at.cell->continues && value.empty()) {
          value = above[at.column];
        } else {
          above[at.column] = value;
          if (!folded.empty()) {
            ++cells;
            if (first.empty()) first = folded;
            sample = sample || is_sample(value, folded);
            const bool says_nil = is_nil_value(value);
            nil = nil || says_nil;
            if (!any_of(kPrefilled, label)) {
              filled = filled || !is_blank_value(value);
              only_nil = only_nil && (says_nil || is_blank_value(value));
            }
          }
        }
        read.cells.emplace_back(label, value);
      }
      if (cells == 0 || repeats || sample || any_of(kTotal, first) ||
          starts_with_any(first, kTotal))
        continue;
      if (ends(first, cells, row)) return false;
      for (const auto& label : nominee_) {
        const auto at =
            std::ranges::find(read.cells, label, &std::pair<std::string, std::string>::first);
        if (at != read.cells.end() && read.nominee.empty()) read.nominee = at->second;
      }
      if (nil && (only_nil || is_nil_value(read.nominee))) {
        nil_seen_ = true;
        continue;
      }
      if (!filled) continue;  // a template row: only 序号 stands in it
      if (is_blank_value(read.nominee)) read.nominee.clear();
      out.rows.push_back(std::move(read));
    }
    return true;
  }

  static bool is_sample(std::string_view value, std::string_view folded) {
    if (any_of(kSample, folded)) return true;
    const std::string start = parsers::fold(parsers::cut_utf8(value, 30));
    return starts_with_any(
        start, std::array<std::string_view, 6>{"例:", "示例:", "样例:", "(例)", "(示例)", "例如:"});
  }

  // 填表人：… in the first cell of a row that is one merged cell, or nearly so.
  static bool ends(std::string_view first, std::size_t cells, const std::vector<GridCell>& row) {
    return starts_with_any(first, kEnd) && (cells <= 2 || row.size() <= 4);
  }

  const parsers::WordFacts& facts_;
  Labels labels_;
  std::vector<std::string> nominee_, own_;
  bool nil_seen_ = false;
};

}  // namespace

SummaryTable read_summary(const parsers::WordFacts& facts, const Item& item) {
  return SummaryReader(facts, item).read();
}

}  // namespace baosong::rules
