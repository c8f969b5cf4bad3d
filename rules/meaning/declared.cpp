// The lines and cells in which a sender names himself: 填报单位（盖章）：朝阳区教育局.
#include <algorithm>
#include <array>
#include <set>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/grid.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::trim;

// The first group names who sends; the second names the nominee, which says less (see attribution).
constexpr std::array<std::string_view, 16> kSender{
    "填报单位",   "报送单位",   "推荐单位",   "呈报单位", "上报单位", "填表单位",
    "报送地区",   "填报地区",   "推荐地区",   "县市区",   "县区",     "所属县市区",
    "所在县市区", "报送县市区", "推荐县市区", "所属区县"};
constexpr std::array<std::string_view, 6> kNominee{"申报单位", "单位名称", "工作单位",
                                                   "所在单位", "集体名称", "单位"};
// Opinions are filled by the bureau: "同意推荐。农安县教育局（盖章）".
constexpr std::array<std::string_view, 8> kOpinion{
    "推荐单位意见",           "呈报单位意见", "县市区意见",     "县市区教育局意见",
    "县市区教育行政部门意见", "教育局意见",   "县级教育局意见", "县市区教育局文教局意见"};

bool is_declared(std::string_view label) {
  const auto in = [&](const auto& list) { return std::ranges::find(list, label) != list.end(); };
  return in(kSender) || in(kNominee) || in(kOpinion);
}

// What follows a value on the same line: "朝阳区教育局　　填报人：张小禾　　联系电话：".
std::string_view up_to_next_label(std::string_view value) {
  constexpr std::array<std::string_view, 14> kNext{
      "填报人",   "填表人",   "联系人", "联系电话", "电话",   "填报日期", "填报时间",
      "填表日期", "填表时间", "日期",   "时间",     "负责人", "审核人",   "（盖章"};
  std::size_t end = std::min(value.find('\n'), value.size());
  for (const std::string_view word : kNext) {
    end = std::min(end, value.find(word));
  }
  return trim(value.substr(0, end));
}

class DeclaredReader {
 public:
  explicit DeclaredReader(const parsers::WordFacts& facts) : facts_(facts) {}

  std::vector<LabelledCell> read() {
    std::size_t looked = 0;
    for (const auto& p : facts_.paragraphs) {
      if (++looked > 60) break;
      for (const std::string_view line : lines_of(p.text)) line_in(line, 0, 0);
    }
    for (const auto& box : facts_.box_texts) {
      for (const std::string_view line : lines_of(box)) line_in(line, 0, 0);
    }
    for (std::size_t t = 0; t < facts_.tables.size(); ++t) table_in(t);
    return std::move(out_);
  }

 private:
  void add(std::string label, std::string_view value, std::size_t table, std::size_t row) {
    value = up_to_next_label(trim(value));
    if (value.empty() || is_blank_value(value) || length_of(value) > 60) return;
    // Hundreds of rows repeat the same district: one is enough.
    if (out_.size() >= 200 || !seen_.insert(label + '\n' + std::string(value)).second) return;
    out_.push_back({std::move(label), std::string(value), table, row});
  }

  // A line may hold several labels: "填报单位（盖章）：… 填报人：…".
  void line_in(std::string_view line, std::size_t table, std::size_t row) {
    line = parsers::cut_utf8(line, 600);
    std::size_t colon = line.find("：");
    std::size_t width = std::string_view("：").size();
    if (const auto ascii = line.find(':'); ascii < colon) colon = ascii, width = 1;
    if (colon == std::string_view::npos) return;
    std::string label = normalise_label(line.substr(0, colon));
    if (is_declared(label)) add(std::move(label), line.substr(colon + width), table, row);
  }

  void table_in(std::size_t t) {
    const auto& rows = facts_.tables[t].rows;
    std::vector<std::string> columns;  // a 县（市）区 column: the cells below its head
    for (std::size_t r = 0; r < rows.size(); ++r) {
      const auto row = grid_row(rows[r]);
      std::size_t labels = 0;
      std::vector<std::string> reads;
      for (const auto& at : row) {
        std::string label = at.cell->continues || at.cell->placeholder
                                ? std::string{}
                                : normalise_label(parsers::cut_utf8(at.cell->text, 240));
        if (labels_.knows(label)) ++labels;
        reads.push_back(std::move(label));
      }
      if (labels >= 3 && labels * 2 > row.size() + 1) {
        head_in(row, reads, columns);
        continue;
      }
      for (std::size_t i = 0; i < row.size(); ++i) {
        const auto& at = row[i];
        if (at.column < columns.size() && !columns[at.column].empty()) {
          if (!at.cell->placeholder) add(columns[at.column], at.cell->text, t, r);
          continue;
        }
        if (is_declared(reads[i])) {
          for (std::size_t k = i + 1; k < row.size() && !labels_.knows(reads[k]); ++k) {
            if (const auto value = value_of(*row[k].cell); !value.empty()) {
              cell_value_in(reads[i], value, t, r);
              break;
            }
          }
        } else if (!at.cell->placeholder) {
          const auto read = labels_.read(at.cell->text);
          if (is_declared(read.label) && !read.value.empty()) {
            cell_value_in(read.label, read.value, t, r);
          } else {
            for (const std::string_view line : lines_of(parsers::cut_utf8(at.cell->text, 600)))
              line_in(line, t, r);
          }
        }
      }
    }
  }

  void cell_value_in(const std::string& label, std::string_view value, std::size_t t,
                     std::size_t r) {
    if (std::ranges::find(kOpinion, label) == kOpinion.end()) return add(label, value, t, r);
    // Of an opinion only the line that is signed counts: the last short one.
    const auto lines = lines_of(parsers::cut_utf8(value, 2000));
    for (const std::string_view line : lines) {
      if (length_of(line) <= 40) add(label, line, t, r);
    }
  }

  static void head_in(const std::vector<GridCell>& row, const std::vector<std::string>& reads,
                      std::vector<std::string>& columns) {
    columns.clear();
    for (std::size_t i = 0; i < row.size(); ++i) {
      columns.resize(row[i].column + row[i].span);
      const auto in = [&](const auto& list) {
        return std::ranges::find(list, reads[i]) != list.end();
      };
      if (in(kSender) || in(kNominee)) columns[row[i].column] = reads[i];
    }
  }

  const parsers::WordFacts& facts_;
  Labels labels_{static_cast<const Item*>(nullptr)};
  std::vector<LabelledCell> out_;
  std::set<std::string> seen_;
};

}  // namespace

std::vector<LabelledCell> declared_units(const parsers::WordFacts& facts) {
  return DeclaredReader(facts).read();
}

}  // namespace baosong::rules
