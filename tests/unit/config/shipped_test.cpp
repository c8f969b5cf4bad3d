// The configuration that is shipped says what the notice says.
#include <gmock/gmock.h>

#include <set>

#include "parsers/text/utf8.hpp"
#include "rules/finding.hpp"
#include "tests/support/load_notice.hpp"

namespace baosong {
namespace {

using rules::Severity;
using testing::ElementsAre;

const rules::Notice& notice() { return test::shipped_notice(); }

std::vector<std::string> ids(const auto& rows) {
  std::vector<std::string> out;
  for (const auto& row : rows) out.push_back(row.id);
  return out;
}

TEST(Shipped, HasTheItemsInTheOrderOfTheNotice) {
  EXPECT_THAT(
      ids(notice().items),
      ElementsAre("demo-activities", "exhibit-text", "exhibit-photos", "unit-forms", "unit-table",
                  "person-forms", "person-table", "annual-summary", "activity-photos", "cases"));
}

TEST(Shipped, HasTheUnitsInTheOfficialOrder) {
  EXPECT_THAT(ids(notice().units),
              ElementsAre("nanguan", "kuancheng", "chaoyang", "erdao", "lvyuan", "shuangyang",
                          "jiutai", "nongan", "yushu", "dehui", "gongzhuling", "ccxq", "jingkai",
                          "jingyue", "qikai", "lianhuashan", "zhonghan", "ccou"));
  std::vector<std::string> owners;
  for (const auto& unit : notice().units) {
    if (unit.owner) owners.push_back(unit.id);
  }
  EXPECT_THAT(owners, ElementsAre("ccou"));
}

TEST(Shipped, ClosesBatchesAtTheEndOfTheDayInChina) {
  ASSERT_EQ(ids(notice().batches), (std::vector<std::string>{"october", "december"}));
  EXPECT_EQ(format_rfc3339(notice().batch("october")->closes, notice().zone),
            "2022-10-25T23:59:59+08:00");
  EXPECT_EQ(format_rfc3339(notice().batch("december")->closes, notice().zone),
            "2022-12-10T23:59:59+08:00");
}

struct Wanted {
  std::string item, batch;
  int annex, min;
  bool word, pdf, sealed;
};
class ShippedItem : public testing::TestWithParam<Wanted> {};
TEST_P(ShippedItem, WantsWhatTheNoticeWants) {
  const auto& want = GetParam();
  const auto* item = notice().item(want.item);
  ASSERT_NE(item, nullptr);
  EXPECT_EQ(item->batch, want.batch);
  EXPECT_EQ(item->annex, want.annex);
  EXPECT_EQ(item->min, want.min);
  EXPECT_EQ(item->word, want.word);
  EXPECT_EQ(item->pdf, want.pdf);
  EXPECT_EQ(item->sealed, want.sealed);
}
INSTANTIATE_TEST_SUITE_P(
    All, ShippedItem,
    testing::Values(Wanted{"demo-activities", "october", 1, 1, true, false, false},
                    Wanted{"exhibit-text", "october", 0, 1, true, false, false},
                    Wanted{"exhibit-photos", "october", 0, 4, false, false, false},
                    Wanted{"unit-forms", "october", 2, 1, true, true, true},
                    Wanted{"unit-table", "october", 3, 1, true, true, true},
                    Wanted{"person-forms", "october", 4, 1, true, true, true},
                    Wanted{"person-table", "october", 5, 1, true, true, true},
                    Wanted{"annual-summary", "december", 0, 1, true, false, false},
                    Wanted{"activity-photos", "december", 0, 8, false, false, false},
                    Wanted{"cases", "december", 0, 2, true, false, false}));

const rules::RuleSetting& rule(std::string_view item, std::string_view code) {
  return notice().rule(notice().item(item), code);
}

TEST(Shipped, SetsTheLimitsOfTheNotice) {
  EXPECT_EQ(rule("exhibit-text", "text.title-length").integer("max"), 20);
  EXPECT_EQ(rule("exhibit-text", "text.title-length").severity, Severity::kError);
  EXPECT_THAT(rule("exhibit-text", "text.body-length").integers("ok"), ElementsAre(240, 360));
  EXPECT_THAT(rule("exhibit-text", "text.body-length").integers("tolerated"),
              ElementsAre(150, 450));
  EXPECT_EQ(rule("exhibit-text", "text.body-length").integer("target"), 300);
  EXPECT_EQ(rule("annual-summary", "text.body-length").integer("min"), 1500);
  EXPECT_EQ(rule("annual-summary", "file.wrong-format").severity_param("pdf_only_severity"),
            Severity::kWarning);
  EXPECT_EQ(rule("cases", "file.wrong-format").severity_param("pdf_only_severity"),
            Severity::kError);
  EXPECT_EQ(rule("exhibit-photos", "photo.name-machine").severity, Severity::kError);
  EXPECT_EQ(rule("activity-photos", "photo.name-machine").severity, Severity::kInfo);
  EXPECT_EQ(rule("activity-photos", "photo.name-generic").severity, Severity::kOff);
  EXPECT_EQ(rule("exhibit-photos", "photo.resolution").integer("long_side"), 1600);
  EXPECT_EQ(rule("demo-activities", "table.date-outside").text("to"), "2022-11-30");
}

TEST(Shipped, ARuleThatNobodySetOrThatDoesNotApplyIsOff) {
  EXPECT_EQ(rule("cases", "text.title-length").severity, Severity::kOff);
  EXPECT_EQ(rule("cases", "text.body-length").severity, Severity::kOff);
  EXPECT_EQ(rule("unit-forms", "photo.resolution").severity, Severity::kOff);
  EXPECT_EQ(rule("unit-table", "table.date-outside").severity, Severity::kOff);
  EXPECT_EQ(rule("unit-forms", "mail.late").severity, Severity::kWarning);  // the notice's own
}

TEST(Shipped, EveryItemHasEveryRuleOfItsKindWithEveryParameter) {
  for (const auto& item : notice().items) {
    for (const auto& row : rules::rule_table()) {
      const auto& setting = notice().rule(&item, row.code);
      for (const auto& param : row.params) {
        EXPECT_TRUE(setting.params.contains(param.name))
            << item.id << " " << row.code << " " << param.name;
      }
    }
  }
}

TEST(Shipped, NoSealIsEverAReasonToRefuse) {
  for (const auto& item : notice().items) {
    EXPECT_NE(notice().rule(&item, "pdf.seal-not-seen").severity, Severity::kError) << item.id;
  }
}

TEST(Shipped, TrapsHoldAnAlias) {
  std::vector<std::string> aliases;
  for (const auto& unit : notice().units) {
    for (const auto& alias : unit.aliases) aliases.push_back(parsers::fold(alias.text));
  }
  for (const auto& unit : notice().units) {
    for (const auto& trap : unit.traps) {
      const auto folded = parsers::fold(trap);
      EXPECT_TRUE(std::ranges::any_of(
          aliases, [&](const auto& a) { return folded.find(a) != std::string::npos; }))
          << trap << " takes nothing away";
    }
  }
}

// Every sentence renders with its fields, leaves no brace behind, ends like a sentence, and keeps
// to the office's tone.
TEST(Shipped, EverySentenceReadsWell) {
  int count = 0;
  for (const auto& row : rules::rule_table()) {
    for (const auto& variant : row.sentences) {
      rules::SentenceFields fields{
          {"item", "展板素材文稿"}, {"document", "材料.docx"}, {"measured", "24"}, {"limit", "20"}};
      for (const auto field : variant.fields) fields.emplace(field, "某" + std::string(field));
      const auto text = rules::sentence(notice(), row.code, variant.variant, fields);
      SCOPED_TRACE(std::string(row.code) + "." + std::string(variant.variant) + ": " + text);
      EXPECT_TRUE(text.ends_with("。"));
      EXPECT_EQ(text.find('{'), std::string::npos);
      EXPECT_EQ(text.find('}'), std::string::npos);
      EXPECT_GT(text.size(), 20U);
      for (const auto* harsh : {"不合格", "错误", "驳回", "责令", "不予受理"})
        EXPECT_EQ(text.find(harsh), std::string::npos);
      ++count;
    }
  }
  EXPECT_EQ(static_cast<std::size_t>(count), notice().sentences.size());
}

TEST(Sentence, LeavesOutASectionWhoseFieldIsEmpty) {
  const auto with =
      rules::sentence(notice(), "item.pair-missing", "pdf", {{"nominee", "青河小学"}});
  const auto without = rules::sentence(notice(), "item.pair-missing", "pdf", {{"nominee", ""}});
  EXPECT_TRUE(with.starts_with("“青河小学”已收到Word版")) << with;
  EXPECT_TRUE(without.starts_with("已收到Word版")) << without;
}

TEST(Sentence, MasksPersonalNumbersAndEscapesNothing) {
  const auto text = rules::sentence(notice(), "file.unrecognised", "",
                                    {{"document", "张小禾&19900001234 110101199001010000.docx"}});
  EXPECT_NE(text.find("“张小禾&*********** ******************.docx”"), std::string::npos) << text;
}

TEST(Sentence, ThatDoesNotExistIsOurMistake) {
  EXPECT_THROW(static_cast<void>(rules::sentence(notice(), "text.title-length", "nonsense", {})),
               std::logic_error);
}

}  // namespace
}  // namespace baosong
