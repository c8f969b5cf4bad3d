#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "daemon/letters/fields.hpp"
#include "tests/unit/letters/sample.hpp"

namespace baosong::test {
namespace {

std::vector<std::string> texts(const std::vector<rules::Fault>& faults) {
  std::vector<std::string> out;
  for (const auto& f : faults) {
    out.push_back(f.file + ":" + std::to_string(f.line) + ":" + std::to_string(f.column) + ": " +
                  f.wrong + " | " + f.right);
  }
  return out;
}

std::vector<std::string> faults_with(const std::string& name, const std::string& text) {
  auto templates = shipped_templates();
  const auto at = std::ranges::find(templates.files, name, &rules::ConfigFile::name);
  if (at == templates.files.end())
    templates.files.push_back({name, text});
  else
    at->text = text;
  return texts(check_templates(templates));
}

// Parts that the other templates include stay included, so only the changed file is at fault.
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Templates, ShippedOnesAreWithoutFault) {
  EXPECT_THAT(texts(check_templates(shipped_templates())), IsEmpty());
}

TEST(Templates, EveryKindOfFaultIsFoundWithItsPlace) {
  const std::string late = "late.text.mustache";
  EXPECT_THAT(
      faults_with(late, "您好\n中文{{salutaton}}"),
      ElementsAre("late.text.mustache:2:3: 模板“late”中没有字段“salutaton” | “salutation”"));
  EXPECT_THAT(faults_with(late, "{{#wanted}}{{number}}"),
              ElementsAre("late.text.mustache:1:1: “{{#wanted}}” 没有结束 | 补上“{{/wanted}}”"));
  EXPECT_THAT(faults_with(late, "a {{/wanted}}"),
              ElementsAre("late.text.mustache:1:3: “{{/wanted}}” 与开头的标记不对应 | 删除它"));
  EXPECT_THAT(faults_with(late, "{{#wanted}}{{/hints}}{{/wanted}}"),
              ElementsAre(HasSubstr("1:12: “{{/hints}}” 与开头的标记不对应 | “{{/wanted}}”")));
  EXPECT_THAT(faults_with(late, "{{point}}"), ElementsAre(HasSubstr("没有字段“point”")));
  EXPECT_THAT(
      faults_with(late, "{{#wanted}}{{point}}{{/wanted}}{{^has_wanted}}{{batches}}{{/has_wanted}}"),
      IsEmpty());
  EXPECT_THAT(faults_with(late, "{{late\n}}"),
              ElementsAre(HasSubstr("1:1: “{{” 没有在本行内结束")));
  EXPECT_THAT(faults_with(late, "{{=<% %>=}}"), ElementsAre(HasSubstr("不支持更改定界符")));
  EXPECT_THAT(faults_with(late, "{{>part-list}}"),
              ElementsAre("late.text.mustache:1:1: 没有可引用的部分“part-list” | “part-lists”"));
  EXPECT_THAT(faults_with(late, "\xff"), ElementsAre(HasSubstr("不是 UTF-8 文本")));
  EXPECT_THAT(faults_with(late, "{{! 说明 }}{{mailbox}}"), IsEmpty());
}

TEST(Templates, FieldsAreAllDocumented) {
  std::ostringstream page;
  page << std::ifstream(std::string(BAOSONG_CONFIG) + "/../docs/LETTERS.md").rdbuf();
  for (const auto& row : template_table()) {
    EXPECT_THAT(page.str(), HasSubstr(std::string(row.name)));
    for (const auto& field : row.fields) {
      std::string line = "| `" + std::string(field.name) + "` | ";
      if (!field.within.empty()) line += "`" + std::string(field.within) + "`";
      EXPECT_THAT(page.str(), HasSubstr(line + " | " + std::string(field.meaning) + " |"));
    }
  }
}

// Whatever a template may ask for, the letter's values hold: a field that nobody sets would stay
// blank in every letter without anybody noticing.
TEST(Templates, EveryFieldIsFilledSomewhere) {
  auto templates = shipped_templates();
  std::string text;
  for (const auto& field : template_table().front().fields) {
    if (field.within.empty())
      text += "[" + std::string(field.name) + "={{#" + std::string(field.name) + "}}set{{/" +
              std::string(field.name) + "}}]\n";
  }
  std::string all;
  const auto collect = [&](Case c) {
    for (auto& file : templates.files) {
      if (file.name.ends_with(".text.mustache") && !file.name.starts_with("part-") &&
          !file.name.starts_with("subject"))
        file.text = text;
    }
    const LetterInput input{&c.notice,
                            &c.judgement,
                            &c.message,
                            &c.standing,
                            nullptr,
                            &c.decision,
                            {c.judgement.mail.sha256},
                            c.now};
    all += compose(templates, input)->text;
  };
  Case late("2022-10-26T09:12:00+08:00");
  late.bring("unit-forms", "a.docx", ItemState::kNeedsCorrection);
  late.bring_unknown("b.docx");
  late.find("form.year", Severity::kError, "unit-forms", "a.docx", "a");
  late.find("form.blank-fields", Severity::kWarning, "unit-forms", "a.docx", "b");
  late.missing("person-forms", Severity::kError);
  collect(late);
  Case done;
  for (const char* id : {"exhibit-text", "exhibit-photos", "unit-forms", "person-forms"})
    done.bring(id, "c.docx", ItemState::kComplete);
  collect(done);
  Case earlier;
  earlier.bring("unit-forms", "a.docx", ItemState::kComplete);
  auto old = earlier.finding("text.title-length", Severity::kError, "exhibit-text", "z.docx", "c");
  old.message_sha256 = "elsewhere";
  earlier.item("exhibit-text").findings.push_back(old);
  collect(earlier);
  for (const auto& field : template_table().front().fields) {
    if (!field.within.empty()) continue;
    EXPECT_THAT(all, HasSubstr("[" + std::string(field.name) + "=set"));
  }
}

TEST(Templates, HtmlEscapesEverything) {
  EXPECT_THAT(faults_with("late.html.mustache", "{{{title}}}"), ElementsAre(HasSubstr("未经转义")));
  EXPECT_THAT(faults_with("late.html.mustache", "{{&title}}"), ElementsAre(HasSubstr("未经转义")));
}

TEST(Templates, FilesThatAreMissingOrTooMany) {
  Templates none;
  EXPECT_EQ(check_templates(none).size(), 18U);  // eight of two forms, two subjects
  EXPECT_THAT(faults_with("latte.text.mustache", "x"),
              ElementsAre("latte.text.mustache:0:0: 不认识的模板文件 | “late.text.mustache”"));
  EXPECT_THAT(faults_with("part-unused.text.mustache", "x"),
              ElementsAre(HasSubstr("没有模板引用这一部分")));
}

TEST(Templates, PartThatIncludesItselfIsRefused) {
  EXPECT_THAT(faults_with("part-lists.text.mustache", "{{>part-lists}}"),
              ElementsAre(HasSubstr("直接或间接地引用了自己")));
}

}  // namespace
}  // namespace baosong::test
