// What the facts of a Word file mean: its title, the cells of its forms, the rows of its tables.
// Shared by recognition, attribution and the checks, so that they read a document the same way.
// See the seven recogniser hints in docs/RECOGNITION.md.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parsers/facts.hpp"
#include "rules/notice.hpp"

namespace baosong::rules {

// The headline of a text, after caption lines ("附件1", "展板素材", the unit's name alone,
// "题目：") were stepped over and a title that is broken over two lines was joined.
struct Title {
  std::string text;
  parsers::Count count;
  parsers::Count
      body;  // what is left of WordFacts::body without the title and the captions above it
};
// `item` may be null: then only the captions common to all items are stepped over.
std::optional<Title> title_of(const parsers::WordFacts& facts, const Notice& notice,
                              const Item* item);

// Folded text of the lines in which a document says what it is: the first ten non-empty
// paragraphs (neighbouring short ones also joined), text boxes, the first rows of the first table.
std::vector<std::string> title_lines(const parsers::WordFacts& facts);
std::vector<std::string> title_lines(const parsers::PdfFacts& facts);

// A label cell and the value that belongs to it. Labels are normalised: 姓　　名 -> 姓名,
// vertical labels joined, brackets and colons of one style, "（盖章）" and the like dropped.
struct LabelledCell {
  std::string label;
  std::string value;  // original text, trimmed; empty when blank or a prompt
  std::size_t table = 0, row = 0;
};

// One filled form. A file may hold several.
struct Form {
  std::string nominee;  // value under the item's nominee labels; empty when blank
  std::vector<LabelledCell> cells;
};
std::vector<Form> read_forms(const parsers::WordFacts& facts, const Item& item);

// A summary table: rows between the head and 填表人/注/合计; template rows, the sample row and
// blank rows are dropped (forms.md hint 4).
struct SummaryRow {
  std::string nominee;
  std::vector<std::pair<std::string, std::string>>
      cells;  // column head (normalised), original text
  std::size_t table = 0, row = 0;
};
struct SummaryTable {
  bool head_found = false;
  std::vector<std::string> heads;
  std::vector<SummaryRow> rows;
  bool nil = false;  // the table says 无 and nothing else
};
SummaryTable read_summary(const parsers::WordFacts& facts, const Item& item);

// "填报单位（盖章）：朝阳区教育局": label cells and lines in which the sender names himself.
std::vector<LabelledCell> declared_units(const parsers::WordFacts& facts);

// Names as they are compared across files: folded, honorifics, 长春市 and file suffixes dropped.
std::string fold_name(std::string_view name);

// Who a file is for, from its name alone: "附件4-李明-先进个人申报表（盖章）.pdf" -> "李明".
std::string nominee_from_name(std::string_view file_name, const Notice& notice, const Item& item);

}  // namespace baosong::rules
