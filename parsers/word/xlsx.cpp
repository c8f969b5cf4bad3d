#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "parsers/base/limits.hpp"
#include "parsers/text/utf8.hpp"
#include "parsers/word/docx.hpp"
#include "parsers/word/package.hpp"
#include "parsers/word/sheet.hpp"

namespace baosong::parsers {
namespace {

constexpr std::size_t kSharedStrings = 200'000;  // and limits::kDocumentXmlBytes for their text

class Workbook : public XmlHandler {
 public:
  void start(Ns ns, std::string_view local, const Attributes& attributes) override {
    if (ns != Ns::kSheet || local != "sheet" || ids.size() >= limits::kFactTables) return;
    if (attributes.find(Ns::kNone, "state").value_or("visible") != "visible") return;
    ids.emplace_back(attributes.find(Ns::kLink, "id").value_or(""));
  }
  void end(Ns /*ns*/, std::string_view /*local*/) override {}
  void text(std::string_view /*utf8*/) override {}

  std::vector<std::string> ids;  // relationship ids of visible sheets, in order
};

class SharedStrings : public XmlHandler {
 public:
  void start(Ns ns, std::string_view local, const Attributes& /*attributes*/) override {
    if (ns != Ns::kSheet) return;
    if (local == "si" && strings.size() < kSharedStrings) strings.emplace_back();
    if (local == "rPh") phonetic_ = true;
    if (local == "t") in_text_ = !phonetic_;
  }
  void end(Ns ns, std::string_view local) override {
    if (ns != Ns::kSheet) return;
    if (local == "rPh") phonetic_ = false;
    if (local == "t") in_text_ = false;
  }
  void text(std::string_view utf8) override {
    if (in_text_ && !strings.empty()) strings.back() += utf8;
  }

  std::vector<std::string> strings;

 private:
  bool in_text_ = false, phonetic_ = false;
};

// "BC12" -> row 11, column 54; columns beyond kSheetColumns are nullopt.
struct Position {
  std::size_t row = 0, column = 0;
};
std::optional<Position> position(std::string_view reference) {
  std::size_t at = 0, column = 0;
  for (; at < reference.size() && reference[at] >= 'A' && reference[at] <= 'Z'; ++at) {
    column = column * 26 + static_cast<std::size_t>(reference[at] - 'A') + 1;
    if (column > kSheetColumns) return std::nullopt;
  }
  const auto row = to_int(reference.substr(at));
  if (column == 0 || !row || *row < 1) return std::nullopt;
  return Position{static_cast<std::size_t>(*row) - 1, column - 1};
}

class Sheet : public XmlHandler {
 public:
  Sheet(const SharedStrings& strings, WordFacts& facts, std::size_t& text_bytes)
      : strings_(strings), grid_(facts, text_bytes) {}

  void start(Ns ns, std::string_view local, const Attributes& attributes) override {
    if (ns != Ns::kSheet) return;
    if (local == "row") {
      next_column_ = 0;
      const auto number = to_int(attributes.find(Ns::kNone, "r").value_or(""));
      row_ = number && *number > 0 ? static_cast<std::size_t>(*number) - 1 : row_ + 1;
      const auto hidden = attributes.find(Ns::kNone, "hidden");
      if (hidden && is_on(hidden)) grid_.hide(row_);
    } else if (local == "c") {
      type_ = attributes.find(Ns::kNone, "t").value_or("n");
      const auto where = position(attributes.find(Ns::kNone, "r").value_or(""));
      column_ = where ? where->column : next_column_;
      next_column_ = column_ + 1;
      value_.clear();
    } else if (local == "v" || (local == "t" && type_ == "inlineStr")) {
      in_value_ = true;
    } else if (local == "mergeCell") {
      merge(attributes.find(Ns::kNone, "ref").value_or(""));
    }
  }
  void end(Ns ns, std::string_view local) override {
    if (ns != Ns::kSheet) return;
    if (local == "v" || local == "t") in_value_ = false;
    if (local == "c" && type_ != "e") grid_.put(row_, column_, value());
  }
  void text(std::string_view utf8) override {
    if (in_value_) value_ += utf8;
  }

  Table take() { return grid_.take(); }  // once, after the part was read

 private:
  std::string_view value() const {
    if (type_ != "s") return value_;
    const auto index = to_int(value_);
    const bool known =
        index && *index >= 0 && static_cast<std::size_t>(*index) < strings_.strings.size();
    return known ? std::string_view(strings_.strings[static_cast<std::size_t>(*index)])
                 : std::string_view{};
  }
  void merge(std::string_view reference) {
    const std::size_t colon = reference.find(':');
    const auto from = position(reference.substr(0, colon));
    const auto to = colon == std::string_view::npos ? from : position(reference.substr(colon + 1));
    if (from && to) grid_.merge(from->row, from->column, to->row, to->column);
  }

  const SharedStrings& strings_;
  SheetGrid grid_;
  std::size_t row_ = 0, column_ = 0, next_column_ = 0;
  bool in_value_ = false;
  std::string type_, value_;
};

}  // namespace

WordReading read_xlsx(std::string_view bytes) {
  Package package(bytes);
  std::string main = package.target("", "officeDocument");
  if (main.empty()) main = "xl/workbook.xml";
  Workbook workbook;
  SharedStrings strings;
  const std::string shared = package.target(main, "sharedStrings");
  if (!package.parse({{main, &workbook}, {shared, &strings}}, limits::kDocumentXmlBytes)
           .contains(main)) {
    package.fail(Trouble::kDamaged, "no workbook");
  }
  WordFacts facts;
  std::size_t text_bytes = 0;
  std::map<std::string, std::string> targets;
  for (const auto& row : package.relationships(main)) targets.emplace(row.id, row.target);
  std::vector<std::unique_ptr<Sheet>> sheets;
  std::map<std::string, XmlHandler*> parts;
  for (const auto& id : workbook.ids) {
    const auto target = targets.find(id);
    if (target == targets.end() || target->second.empty() || parts.contains(target->second))
      continue;
    sheets.push_back(std::make_unique<Sheet>(strings, facts, text_bytes));
    parts.emplace(target->second, sheets.back().get());
  }
  package.parse(parts, limits::kDocumentXmlBytes);
  for (const auto& sheet : sheets) {
    Table table = sheet->take();
    if (!table.rows.empty()) facts.tables.push_back(std::move(table));
  }
  return {std::move(facts), package.trouble(), package.detail()};
}

}  // namespace baosong::parsers
