// What a program read at the top of a scan.
#include <gtest/gtest.h>

#include "rules/judge.hpp"
#include "tests/support/load_notice.hpp"
#include "tests/support/mail_facts.hpp"

namespace baosong::rules {
namespace {

using testing::MailBuilder;

const std::string kTitle = "2022年吉林省全民终身学习活动周工作先进单位申报表";

// "unit-forms scanned-title" or "-".
std::string only(std::string name, parsers::Facts facts) {
  const auto reading = MailBuilder().file(std::move(name), std::move(facts));
  const Recognition r =
      recognise(test::shipped_notice(), reading, parse_rfc3339("2022-10-24T16:00:00+08:00").value())
          .front();
  return r.item.empty() ? "-" : r.item + " " + r.why;
}

parsers::PdfFacts scan_of(std::string head) {
  parsers::PdfFacts out;
  out.pages = 1;
  out.head = parsers::ScanHead{std::move(head), 80};
  return out;
}

TEST(ScannedTitles, AreReadInSpiteOfAFewWrongCharacters) {
  EXPECT_EQ(only("扫描0001.pdf", scan_of("附件2\n" + kTitle + "\n填报单位")),
            "unit-forms scanned-title");
  EXPECT_EQ(only("扫描0001.pdf", scan_of("附 件 5\n2022年吉林省全民终身学习活动周工作\n"
                                         "先 进 个 人 汇 总 表\n填报单位〈盖章)")),
            "person-table scanned-title");
  EXPECT_EQ(only("扫描0001.pdf", scan_of("全民终身学习活动周工作先进单位申报麦")),
            "unit-forms scanned-title");
  EXPECT_EQ(only("扫描0001.pdf", scan_of("全民终身学习活动周工作先进位汇总表 |")),
            "unit-table scanned-title");
}

TEST(ScannedTitles, ThatFitTwoPapersOrStandInASentenceTellNothing) {
  EXPECT_EQ(only("扫描0001.pdf", scan_of("先进单人申报表")), "-");
  EXPECT_EQ(only("扫描0001.pdf", scan_of("先进单位申报表由各县区统一填写并报送办公室")), "-");
  EXPECT_EQ(only("扫描0001.pdf", scan_of("ECZONICIN 各国天\n申报表")), "-");
  EXPECT_EQ(only("扫描0001.pdf", scan_of("")), "-");
  EXPECT_EQ(only("扫描0001.pdf", scan_of(std::string(4000, '|'))), "-");
}

TEST(ScannedTitles, AreAHintAndTheNameComesFirst) {
  EXPECT_EQ(only("附件4先进个人申报表.pdf", scan_of(kTitle)), "person-forms file-name");
}

}  // namespace
}  // namespace baosong::rules
