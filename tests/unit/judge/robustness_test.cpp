// Hostile and huge input: judge() always answers, and in time that grows with the input only.
#include <gtest/gtest.h>

#include <chrono>
#include <random>

#include "parsers/text/utf8.hpp"
#include "rules/judge.hpp"
#include "rules/meaning/meaning.hpp"
#include "tests/support/load_notice.hpp"
#include "tests/support/mail_facts.hpp"
#include "tests/support/word_facts.hpp"

namespace baosong::rules {
namespace {

using testing::MailBuilder;
using testing::WordBuilder;

const Time kReceived = *parse_rfc3339("2022-10-24T16:00:00+08:00");

// Words that make the readers take every branch, in an order that makes no sense.
std::string gibberish(std::mt19937& random, std::size_t words) {
  constexpr std::array<std::string_view, 28> kWords{
      "附件", "2",        "：",       "（",     "）",     "《",       "》",
      "“",    "先进单位", "申报表",   "汇总表", "朝阳区", "教育局",   "无",
      "推荐", "姓名",     "单位名称", "\n",     "　",     "。",       "，",
      "总结", "展板",     ".docx",    "/",      "——",     "\xE4\xBA", "填报单位"};
  std::string out;
  for (std::size_t i = 0; i < words; ++i) out += kWords[random() % kWords.size()];
  return out;
}

TEST(Robustness, GibberishIsJudged) {
  std::mt19937 random(2022);
  for (int round = 0; round < 100; ++round) {
    WordBuilder word;
    for (std::size_t i = random() % 6; i > 0; --i) word.line(gibberish(random, random() % 12));
    std::vector<std::vector<std::string>> rows;
    for (std::size_t r = random() % 5; r > 0; --r) {
      rows.emplace_back();
      for (std::size_t c = random() % 6; c > 0; --c)
        rows.back().push_back(gibberish(random, random() % 3));
    }
    word.table(std::move(rows)).box(gibberish(random, 4));
    MailBuilder mail;
    mail.subject(gibberish(random, 8))
        .body(gibberish(random, 40))
        .file(gibberish(random, 5) + "a.docx", word.facts());
    mail.forwarded(gibberish(random, 3), "b@163.com", gibberish(random, 5), gibberish(random, 20));
    const auto judged = judge(test::shipped_notice(), mail, kReceived);
    EXPECT_LE(judged.mail.documents.size(), 1U);
    for (const Item& item : test::shipped_notice().items) {
      for (const auto& form : read_forms(word.facts(), item)) EXPECT_FALSE(form.cells.empty());
      const auto table = read_summary(word.facts(), item);
      EXPECT_TRUE(table.head_found || table.rows.empty());
      (void)nominee_from_name(gibberish(random, 6), test::shipped_notice(), item);
      (void)title_of(word.facts(), test::shipped_notice(), &item);
    }
  }
}

double seconds_for(const parsers::Reading& reading) {
  const auto start = std::chrono::steady_clock::now();
  (void)judge(test::shipped_notice(), reading, kReceived);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST(Robustness, ManyDocumentsTakeNoMoreThanTheirShare) {
  const auto mail = [](int documents) {
    MailBuilder out;
    for (int i = 0; i < documents; ++i)
      out.file("材料.zip/文件夹/朝阳区的照片" + std::to_string(i) + std::string(900, 'x') + ".jpg");
    return out.reading();
  };
  EXPECT_LT(seconds_for(mail(2000)), 5.0);
}

TEST(Robustness, OneHugeDocumentIsReadInTime) {
  WordBuilder word;
  for (int i = 0; i < 4000; ++i) word.line("先进单位申报表 朝阳区 第" + std::to_string(i) + "行");
  std::vector<std::vector<std::string>> rows(2000,
                                             {"1", "朝阳区", "青河社区教育学校", "王小川", "", ""});
  rows.front() = {"序号", "县（市）区", "单位名称", "负责人", "联系电话", "备注"};
  word.table(std::move(rows));
  std::string body;
  for (int i = 0; i < 20000; ++i) body += "朝阳区教育局无推荐先进单位，";
  EXPECT_LT(seconds_for(MailBuilder().body(body).file("a.docx", word.facts())), 5.0);
}

}  // namespace
}  // namespace baosong::rules
