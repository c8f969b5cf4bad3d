#include "rules/meaning/grid.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

constexpr std::size_t kLabelMax = 24;  // characters of a normalised label

constexpr std::array kFamily{
    // units
    "单位名称",
    "集体名称",
    "申报单位",
    "推荐单位",
    "填报单位",
    "报送单位",
    "呈报单位",
    "单位地址",
    "通讯地址",
    "单位性质",
    "单位级别",
    "单位类别",
    "负责人",
    "负责人姓名",
    "单位负责人",
    "法定代表人",
    "职工总数",
    "单位现有人数",
    "单位简介",
    "主要事迹",
    "先进事迹",
    "先进事迹简介",
    "主要事迹简介",
    "事迹简介",
    "主要先进事迹",
    "主要成绩",
    "邮编",
    "邮政编码",
    // people
    "姓名",
    "性别",
    "民族",
    "年龄",
    "出生年月",
    "出生日期",
    "政治面貌",
    "学历",
    "学位",
    "文化程度",
    "职务",
    "职称",
    "职务职称",
    "职称职务",
    "工作单位",
    "所在单位",
    "单位",
    "工作单位及职务",
    "身份证号",
    "身份证号码",
    "手机",
    "手机号",
    "手机号码",
    "照片",
    "籍贯",
    "参加工作时间",
    "工作简历",
    "个人简历",
    "简历",
    "被推荐人姓名",
    "类别",
    // whom to ask
    "联系人",
    "联系人姓名",
    "联系电话",
    "联系方式",
    "电话",
    "办公电话",
    "邮箱",
    "电子邮箱",
    "传真",
    "填表人",
    "填报人",
    "填报日期",
    "填报时间",
    "填表时间",
    "填表日期",
    "审核人",
    "审批人",
    "备注",
    // tables
    "序号",
    "编号",
    "县市区",
    "地区",
    "区县",
    "活动名称",
    "活动主题",
    "活动类别",
    "活动时间",
    "活动地点",
    "时间",
    "地点",
    "主办单位",
    "承办单位",
    "主办承办单位",
    "参与对象",
    "参与人数",
    "参加人数",
    "受众人数",
    "形式",
    "活动形式",
    "线上线下",
    "活动内容",
    "活动内容简介",
    "活动简介",
    "内容简介",
    "获奖情况",
    "何时何地受过何种奖励",
    "曾获荣誉",
    "荣誉",
    "奖励情况",
    // opinions
    "单位意见",
    "所在单位意见",
    "工作单位意见",
    "申报单位意见",
    "推荐单位意见",
    "呈报单位意见",
    "县市区意见",
    "县市区教育局意见",
    "市教育局意见",
    "省教育厅意见",
    "市意见",
    "省意见",
    "市教育行政部门意见",
    "省教育行政部门意见",
    "审核意见",
    "审批意见",
    "推荐意见",
    "县市区教育行政部门意见",
};

// The byte at which the value starts behind the first colon; npos when there is none.
std::size_t behind_colon(std::string_view text, std::size_t& head) {
  const std::size_t wide = text.find("：");
  const std::size_t ascii = text.find(':');
  if (wide == std::string_view::npos && ascii == std::string_view::npos)
    return std::string_view::npos;
  head = std::min(wide, ascii);
  return head + (ascii < wide ? 1 : std::string_view("：").size());
}

}  // namespace

Labels::Labels(const Item* item) {
  for (const char* label : kFamily) known_.insert(label);
  if (item != nullptr) add(*item);
}

Labels::Labels(const Notice& notice) : Labels(static_cast<const Item*>(nullptr)) {
  for (const Item& item : notice.items) add(item);
}

void Labels::add(const Item& item) {
  for (const auto& label : item.table_heads) known_.insert(normalise_label(label));
  for (const auto& label : item.nominee_labels) known_.insert(normalise_label(label));
  // What the notice wants filled is a label too.
  if (const auto at = item.rules.find("form.blank-fields"); at != item.rules.end()) {
    for (const auto& [name, value] : at->second.params) {
      if (const auto* texts = std::get_if<std::vector<std::string>>(&value)) {
        for (const auto& label : *texts) known_.insert(normalise_label(label));
      }
    }
  }
  known_.erase("");
}

bool Labels::knows(std::string_view normalised) const { return known_.contains(normalised); }

Labels::Read Labels::read(std::string_view text) const {
  text = parsers::trim(text);
  if (text.empty()) return {};
  // Only the start of a long cell can be a label; the rest is not folded.
  const std::string_view start = parsers::cut_utf8(text, 240);
  if (start.size() == text.size()) {
    if (std::string whole = normalise_label(text); knows(whole)) return {std::move(whole), {}};
  }
  std::size_t head = 0;
  if (const std::size_t value = behind_colon(start, head); value != std::string_view::npos) {
    std::string label = normalise_label(start.substr(0, head));
    if (length_of(label) <= kLabelMax && knows(label))
      return {std::move(label), parsers::trim(text.substr(value))};
  }
  // "推荐单位意见\n同意推荐 …（盖章）": the label is the first line, or several lines of a vertical
  // label.
  std::string joined;
  const auto lines = lines_of(start);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    joined += lines[i];
    if (joined.size() > 120) break;
    std::string label = normalise_label(joined);
    if (knows(label)) {
      const auto end = static_cast<std::size_t>(lines[i].data() + lines[i].size() - text.data());
      // "主\n要\n事\n迹": a single character that happens to be a word is no label of its own.
      if (i + 1 < lines.size() && length_of(label) < 2) continue;
      return {std::move(label), parsers::trim(text.substr(end))};
    }
  }
  return {};
}

std::vector<GridCell> grid_row(const std::vector<parsers::Cell>& row) {
  std::vector<GridCell> out;
  out.reserve(row.size());
  std::size_t column = 0;
  for (const auto& cell : row) {
    const std::size_t span = std::max<std::size_t>(1, cell.span);
    out.push_back({&cell, column, span});
    column += span;
  }
  return out;
}

std::string_view value_of(const parsers::Cell& cell) {
  if (cell.placeholder) return {};
  const std::string_view text = parsers::trim(cell.text);
  return is_blank_value(text) ? std::string_view{} : text;
}

}  // namespace baosong::rules
