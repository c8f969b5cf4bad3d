// What the build of a document says about it: its head lines, the papers it holds one behind the
// other, the labels of its tables. Internal to rules/.
#pragma once

#include <string>
#include <vector>

#include "rules/recognition_words.hpp"

namespace baosong::rules {

// Folded lines above the first sentence, at most six, neighbours not joined.
std::vector<std::string> head_lines(const parsers::WordFacts& facts);
std::vector<std::string> head_lines(const parsers::PdfFacts& facts);

// The forms and tables that the file holds, in order, each told by a title with a table behind it
// (or at the top of a page). A list of annexes is none.
Items sections_of(const parsers::WordFacts& facts, const ItemWords& words);
Items sections_of(const parsers::PdfFacts& facts, const ItemWords& words);

// The item whose labels the tables hold: at least three of them, the nominee's among them, more
// than any other item has. `further`: other items told by other tables of the file.
struct Layout {
  const Item* item = nullptr;
  Items further;
};
Layout layout_of(const parsers::WordFacts& facts, const Notice& notice);

}  // namespace baosong::rules
