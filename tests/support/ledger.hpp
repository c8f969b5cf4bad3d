// Ledgers in a few lines: mails with documents as recognition would have settled them. People,
// schools and places are invented.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "rules/standing.hpp"
#include "tests/support/word_facts.hpp"

namespace baosong::test {

using parsers::Document;
using parsers::Format;
using parsers::Trouble;
using rules::Ledger;
using rules::LedgerDocument;
using rules::LedgerMail;
using testing::Look;
using testing::WordBuilder;

inline Time at(std::string_view rfc3339) { return parse_rfc3339(rfc3339).value(); }
inline const Time kOct20 = at("2022-10-20T09:00:00+08:00");
inline const Time kOct24 = at("2022-10-24T16:00:00+08:00");
inline const Time kOct26 = at("2022-10-26T09:12:00+08:00");
inline const Time kDec5 = at("2022-12-05T10:00:00+08:00");

// --- documents

inline LedgerDocument file(std::string path, Format format, std::string item,
                           parsers::Facts facts = {}) {
  LedgerDocument out;
  Document& d = out.document;
  d.path = std::move(path);
  const auto slash = d.path.rfind('/');
  d.name = slash == std::string::npos ? d.path : d.path.substr(slash + 1);
  d.size = 400'000;
  d.sha256 = "sha:" + d.path;  // other paths are other bytes unless same_bytes() says so
  d.format = format;
  d.facts = std::move(facts);
  out.recognition.item = std::move(item);
  out.recognition.why = out.recognition.item.empty() ? "" : "title";
  out.recognition.certain = !out.recognition.item.empty();
  return out;
}
inline LedgerDocument same_bytes(LedgerDocument document, std::string sha256) {
  document.document.sha256 = std::move(sha256);
  return document;
}
inline LedgerDocument broken(LedgerDocument document, Trouble trouble) {
  document.document.trouble = trouble;
  document.document.facts = std::monostate{};
  return document;
}
inline LedgerDocument photo(std::string path, std::string item = "exhibit-photos") {
  parsers::PhotoFacts facts;
  facts.width = 4000;
  facts.height = 3000;
  auto out = file(std::move(path), Format::kJpeg, std::move(item), facts);
  out.recognition.certain = false;
  out.recognition.why = "companions";
  return out;
}
inline LedgerDocument scan(std::string path, std::string item, std::uint32_t pages = 1) {
  parsers::PdfFacts facts;
  facts.pages = pages;
  facts.seal_looked_for = true;
  facts.seal = parsers::Seal{1, 150, 240, 42, 0.95, {}};
  return file(std::move(path), Format::kPdf, std::move(item), facts);
}
inline LedgerDocument text_pdf(std::string path, std::string item, std::string text,
                               std::uint32_t pages = 1) {
  parsers::PdfFacts facts;
  facts.pages = pages;
  facts.seal_looked_for = true;
  facts.seal = parsers::Seal{1, 150, 240, 42, 0.95, {}};
  facts.text_characters = parsers::count_characters(text).non_space;
  facts.text = std::move(text);
  return file(std::move(path), Format::kPdf, std::move(item), facts);
}

inline LedgerDocument demo_table(std::string path = "附件1示范活动汇总表.docx",
                                 std::string when = "2022年10月28日") {
  WordBuilder w;
  w.line("2022年“长春市全民终身学习示范活动”汇总表", Look::kCentered)
      .table({{"序号", "活动名称", "时间", "地点", "主办单位", "联系人", "联系电话"},
              {"1", "社区书法公开课", std::move(when), "清和社区", "清和社区教育学校", "周小溪",
               "0431-00000001"}});
  return file(std::move(path), Format::kDocx, "demo-activities", w.facts());
}
inline LedgerDocument exhibit_text(std::string path = "展板素材.docx", std::size_t body = 300,
                                   std::string title = "书香满社区 学习伴终身") {
  WordBuilder w;
  w.line(std::move(title), Look::kCentered, 36).prose(body);
  return file(std::move(path), Format::kDocx, "exhibit-text", w.facts());
}
inline LedgerDocument summary_text(std::string path, std::size_t body,
                                   std::string item = "annual-summary") {
  WordBuilder w;
  w.line("2022年全民终身学习活动周工作情况", Look::kCentered, 36).prose(body);
  return file(std::move(path), Format::kDocx, std::move(item), w.facts());
}
inline WordBuilder unit_form_facts(const std::string& unit) {
  WordBuilder w;
  w.line("附件2").line("2022年吉林省全民终身学习活动周工作先进单位申报表", Look::kCentered);
  w.table(
      {{"单位名称", "3:" + unit},
       {"单位地址", unit + "所在街道一号", "负责人", "郑小河"},
       {"联系人", "吴小满", "联系电话", "0431-00000002"},
       {"主要事迹", "3:" + unit + "常年开展老年智能手机培训和社区阅读活动，服务居民三千余人次。"},
       {"单位意见", "3:（盖章）"}});
  return w;
}
inline LedgerDocument unit_form(const std::string& unit, std::string path) {
  return file(std::move(path), Format::kDocx, "unit-forms", unit_form_facts(unit).facts());
}
inline WordBuilder person_form_facts(const std::string& person) {
  WordBuilder w;
  w.line("附件4").line("2022年吉林省全民终身学习活动周工作先进个人申报表", Look::kCentered);
  w.table({{"姓名", person, "性别", "女"},
           {"民族", "汉族", "出生年月", "1980年1月"},
           {"政治面貌", "群众", "学历", "本科"},
           {"工作单位", "清和社区教育学校", "职务", "教师"},
           {"手机", "0431-00000003", "", ""},
           {"主要事迹", "3:" + person + "长期组织居民读书会，热心辅导老年学员使用智能手机。"},
           {"所在单位意见", "3:（盖章）"}});
  return w;
}
inline LedgerDocument person_form(const std::string& person, std::string path) {
  return file(std::move(path), Format::kDocx, "person-forms", person_form_facts(person).facts());
}
inline LedgerDocument unit_table(const std::vector<std::string>& units,
                                 std::string path = "附件3先进单位汇总表.docx") {
  WordBuilder w;
  std::vector<std::vector<std::string>> rows{
      {"序号", "县（市）区", "单位名称", "负责人", "联系电话", "备注"}};
  for (std::size_t i = 0; i < units.size(); ++i) {
    rows.push_back({std::to_string(i + 1), "朝阳区", units[i], "郑小河", "0431-00000002", ""});
  }
  w.line("2022年吉林省全民终身学习活动周工作先进单位汇总表", Look::kCentered).table(rows);
  return file(std::move(path), Format::kDocx, "unit-table", w.facts());
}
inline LedgerDocument person_table(const std::vector<std::string>& people,
                                   std::string path = "附件5先进个人汇总表.docx") {
  WordBuilder w;
  std::vector<std::vector<std::string>> rows{
      {"序号", "县（市）区", "姓名", "性别", "工作单位", "职务", "备注"}};
  for (std::size_t i = 0; i < people.size(); ++i) {
    rows.push_back(
        {std::to_string(i + 1), "朝阳区", people[i], "女", "清和社区教育学校", "教师", ""});
  }
  w.line("2022年吉林省全民终身学习活动周工作先进个人汇总表", Look::kCentered).table(rows);
  return file(std::move(path), Format::kDocx, "person-table", w.facts());
}

inline const std::string kSchool = "清和街道社区教育学校";
inline const std::string kSchool2 = "东惠街道老年学校";
inline const std::string kPerson = "张小禾";
inline const std::string kPerson2 = "李小麦";

inline std::vector<LedgerDocument> four_photos() {
  return {photo("社区书法课堂.jpg"), photo("老年智能手机培训.jpg"), photo("居民读书分享会.jpg"),
          photo("剪纸技艺体验.jpg")};
}

// Everything of the first batch, nothing wrong with it.
inline std::vector<LedgerDocument> october() {
  std::vector<LedgerDocument> out = four_photos();
  out.push_back(demo_table());
  out.push_back(exhibit_text());
  out.push_back(unit_form(kSchool, "附件2先进单位申报表.docx"));
  out.push_back(scan("附件2先进单位申报表（盖章）.pdf", "unit-forms"));
  out.push_back(unit_table({kSchool}));
  out.push_back(scan("附件3先进单位汇总表（盖章）.pdf", "unit-table"));
  out.push_back(person_form(kPerson, "附件4先进个人申报表-张小禾.docx"));
  out.push_back(scan("附件4先进个人申报表-张小禾（盖章）.pdf", "person-forms"));
  out.push_back(person_table({kPerson}));
  out.push_back(scan("附件5先进个人汇总表（盖章）.pdf", "person-table"));
  return out;
}
inline LedgerDocument case_text(std::string path, std::string title, std::string about) {
  WordBuilder w;
  w.line(std::move(title), Look::kCentered, 36);
  for (int i = 0; i < 5; ++i) w.line(about + "，居民反响良好，学员逐年增加。");
  return file(std::move(path), Format::kDocx, "cases", w.facts());
}
inline std::vector<LedgerDocument> december() {
  std::vector<LedgerDocument> out;
  for (const char* name :
       {"开幕式会场全景.jpg", "社区合唱团排练.jpg", "书法作品展览.jpg", "老年模特队表演.jpg",
        "亲子阅读活动现场.jpg", "智能手机课堂.jpg", "烘焙技能培训.jpg", "太极拳晨练.jpg"}) {
    out.push_back(photo(name, "activity-photos"));
  }
  out.push_back(summary_text("年度工作总结.docx", 1800));
  out.push_back(case_text("案例一.docx", "银龄学堂进社区", "每周二为老年居民开设手机课"));
  out.push_back(case_text("案例二.docx", "非遗剪纸传承计划", "请民间艺人走进课堂教授剪纸"));
  return out;
}

// --- mails and ledgers

inline LedgerMail mail(Time received, std::vector<LedgerDocument> documents, std::string id = {}) {
  LedgerMail out;
  out.received = received;
  out.sha256 =
      id.empty() ? "mail:" + std::to_string(received.time_since_epoch().count()) : std::move(id);
  out.documents = std::move(documents);
  return out;
}
inline Ledger ledger(std::vector<LedgerMail> mails) {
  Ledger out;
  out.unit = "chaoyang";
  out.mails = std::move(mails);
  return out;
}
inline std::vector<LedgerDocument> without(std::vector<LedgerDocument> documents,
                                           std::string_view path) {
  std::erase_if(documents, [&](const LedgerDocument& d) { return d.document.path == path; });
  return documents;
}
inline std::vector<LedgerDocument> with(std::vector<LedgerDocument> documents,
                                        LedgerDocument more) {
  documents.push_back(std::move(more));
  return documents;
}

// --- reading a standing

inline std::string state(const rules::Standing& standing, std::string_view item) {
  const auto* found = standing.item(item);
  return found == nullptr ? "?" : std::string(name_of(found->state));
}
// "rule severity measured/limit" of an item's findings, without those of the severities below.
inline std::vector<std::string> said(const std::vector<rules::Finding>& findings,
                                     rules::Severity from = rules::Severity::kWarning) {
  std::vector<std::string> out;
  for (const auto& f : findings) {
    if (f.severity < from) continue;
    std::string line = f.rule + " " + std::string(name_of(f.severity));
    if (!f.measured.empty() || !f.limit.empty()) line += " " + f.measured + "/" + f.limit;
    out.push_back(std::move(line));
  }
  return out;
}
inline std::vector<std::string> said(const rules::Standing& standing, std::string_view item,
                                     rules::Severity from = rules::Severity::kWarning) {
  return said(standing.item(item)->findings, from);
}
inline std::string states(const rules::Standing& standing) {
  std::string out;
  for (const auto& item : standing.items)
    out += item.item + "=" + std::string(name_of(item.state)) + "\n";
  return out;
}

}  // namespace baosong::test
