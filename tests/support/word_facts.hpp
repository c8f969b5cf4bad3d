// Word facts as the reader of docx files gives them, built in a line or two.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "parsers/facts.hpp"

namespace baosong::testing {

enum class Look { kPlain, kCentered, kHeading, kBold };

class WordBuilder {
 public:
  WordBuilder& line(std::string text, Look look = Look::kPlain, std::uint16_t half_points = 0) {
    parsers::Paragraph p;
    p.count = parsers::count_characters(text);
    p.text = std::move(text);
    p.centered = look == Look::kCentered;
    p.heading = look == Look::kHeading;
    p.bold = look == Look::kBold;
    p.half_points = half_points;
    facts_.body += p.count;
    facts_.paragraphs.push_back(std::move(p));
    return *this;
  }
  // `characters` of invented prose, in paragraphs of at most 150.
  WordBuilder& prose(std::size_t characters) {
    constexpr std::string_view kUnit = "社区教育深入开展学习";
    while (characters > 0) {
      const std::size_t now = characters < 150 ? characters : 150;
      std::string text;
      for (std::size_t i = 0; i + 1 < now; ++i) text += kUnit.substr(i % 10 * 3, 3);
      line(text + "。");
      characters -= now;
    }
    return *this;
  }
  WordBuilder& box(std::string text) {
    facts_.text_boxes += parsers::count_characters(text);
    facts_.box_texts.push_back(std::move(text));
    return *this;
  }
  WordBuilder& image() {
    facts_.images.push_back({std::string(64, 'a'), 300'000, 1600, 1200});
    return *this;
  }
  // "^" continues the cell above, "3:text" spans three columns, "?text" is a prompt.
  WordBuilder& table(std::vector<std::vector<std::string>> rows) {
    parsers::Table table;
    table.after_paragraph = static_cast<std::uint32_t>(facts_.paragraphs.size());
    for (auto& row : rows) {
      std::vector<parsers::Cell> cells;
      for (auto& text : row) {
        parsers::Cell cell;
        if (text == "^") {
          cell.continues = true;
          text.clear();
        } else if (text.size() > 1 && text[1] == ':' && text[0] >= '1' && text[0] <= '9') {
          cell.span = static_cast<std::uint16_t>(text[0] - '0');
          text.erase(0, 2);
        } else if (text.starts_with("?")) {
          cell.placeholder = true;
          text.erase(0, 1);
        }
        cell.text = std::move(text);
        facts_.body += parsers::count_characters(cell.text);
        cells.push_back(std::move(cell));
      }
      table.rows.push_back(std::move(cells));
    }
    facts_.tables.push_back(std::move(table));
    return *this;
  }
  [[nodiscard]] const parsers::WordFacts& facts() const { return facts_; }
  operator parsers::WordFacts() const { return facts_; }  // NOLINT: reads as the facts it builds

 private:
  parsers::WordFacts facts_;
};

}  // namespace baosong::testing
