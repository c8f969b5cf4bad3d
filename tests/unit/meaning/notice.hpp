// A small notice, enough for the readers of documents.
#pragma once

#include "rules/notice.hpp"

namespace baosong::testing {

inline rules::Notice small_notice() {
  using namespace rules;
  Notice notice;
  notice.title = "2022年长春市全民终身学习活动周材料";
  notice.own_text = {"吉林省全民终身学习活动周"};
  Item text;
  text.id = "exhibit-text";
  text.name = "展板素材文稿";
  text.photos_item = "exhibit-photos";
  text.captions = {"展板素材", "展板文稿", "全民终身学习成果展展板素材"};
  Item report;
  report.id = "annual-summary";
  report.name = "年度工作总结";
  report.captions = {"年度工作总结", "工作总结"};
  Item unit_form;
  unit_form.id = "unit-forms";
  unit_form.name = "先进单位申报表";
  unit_form.kind = ItemKind::kForm;
  unit_form.table_heads = {"单位名称", "单位地址", "负责人",
                           "联系人",   "联系电话", "单位简介",
                           "主要事迹", "单位意见", "县（市）区教育局意见"};
  unit_form.nominee_labels = {"单位名称", "申报单位"};
  Item person_form;
  person_form.id = "person-forms";
  person_form.name = "先进个人申报表";
  person_form.kind = ItemKind::kForm;
  person_form.table_heads = {"姓名",     "性别",      "民族", "出生年月", "政治面貌",
                             "工作单位", "职务/职称", "手机", "主要事迹"};
  person_form.nominee_labels = {"姓名", "被推荐人姓名"};
  Item unit_table = unit_form;
  unit_table.id = "unit-table";
  unit_table.name = "先进单位汇总表";
  unit_table.kind = ItemKind::kTable;
  unit_table.table_heads = {"序号",   "县（市）区", "单位名称", "单位性质", "负责人",
                            "联系人", "联系电话",   "主要事迹", "备注"};
  unit_table.nominee_labels = {"单位名称"};
  Item person_table = person_form;
  person_table.id = "person-table";
  person_table.name = "先进个人汇总表";
  person_table.kind = ItemKind::kTable;
  person_table.table_heads = {"序号",     "县（市）区", "姓名",     "性别", "民族",
                              "出生年月", "工作单位",   "联系电话", "备注"};
  Item demo;
  demo.id = "demo-activities";
  demo.name = "示范活动汇总表";
  demo.kind = ItemKind::kTable;
  demo.table_heads = {"序号",     "活动名称", "活动主题", "时间",     "地点", "主办单位",
                      "承办单位", "参与人数", "联系人",   "联系电话", "备注"};
  demo.nominee_labels = {"活动名称"};
  notice.items = {demo, text, report, unit_form, unit_table, person_form, person_table};
  Unit chaoyang;
  chaoyang.id = "chaoyang";
  chaoyang.name = "朝阳区";
  chaoyang.formal = "朝阳区教育局";
  chaoyang.aliases = {{"朝阳区", AliasStrength::kStrong},
                      {"长春市朝阳区", AliasStrength::kStrong},
                      {"朝阳", AliasStrength::kWeak}};
  notice.units = {chaoyang};
  return notice;
}

}  // namespace baosong::testing
