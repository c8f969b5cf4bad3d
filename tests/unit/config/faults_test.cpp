// One broken configuration for each kind of fault: tests/fixtures/config/faults/*.case edits the
// small configuration beside it and says, to the letter, which lines the checker answers.
// BAOSONG_ACCEPT=1 writes the lines anew; read them before committing.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "rules/rule_table.hpp"
#include "tests/support/load_notice.hpp"

namespace baosong {
namespace {

namespace fs = std::filesystem;

const std::string kFolder = std::string(BAOSONG_FIXTURES) + "/config";

// One sentence for every row of the table. Those that the cases edit come first, so that a new row
// does not move their lines.
std::string plain_findings() {
  std::vector<std::string> keys{"table.empty", "form.year", "item.missing", "text.title-length"};
  constexpr std::ptrdiff_t fixed = 4;
  for (const auto& rule : rules::rule_table()) {
    for (const auto& row : rule.sentences) {
      const auto key =
          fmt::format("{}{}{}", rule.code, row.variant.empty() ? "" : ".", row.variant);
      if (std::find(keys.begin(), keys.begin() + fixed, key) == keys.begin() + fixed)
        keys.push_back(key);
    }
  }
  std::string out;
  for (const auto& key : keys) out += fmt::format("\"{}\" = \"“{{{{document}}}}”待核实。\"\n", key);
  return out;
}

rules::NoticeFiles base() {
  return {{"notice.toml", test::read_text(kFolder + "/base/notice.toml")},
          {"units.toml", test::read_text(kFolder + "/base/units.toml")},
          {"findings.toml", plain_findings()}};
}

struct Edit {
  std::string file, from, to;
};
struct Case {
  std::vector<Edit> edits;
  std::string head;    // everything before the expected lines
  std::string expect;  // the rest of the file
};

// notice | units | findings, then <<< old === new >>>; after a line "expect" come the answers.
Case parse_case(const std::string& text) {
  Case out;
  const auto split = text.find("\nexpect\n");
  EXPECT_NE(split, std::string::npos) << "a case needs the line \"expect\"";
  out.head = text.substr(0, split + 8);
  out.expect = text.substr(split + 8);
  std::string file;
  std::istringstream lines(out.head);
  for (std::string line; std::getline(lines, line);) {
    if (line == "<<<") {
      Edit edit{file, {}, {}};
      auto* part = &edit.from;
      while (std::getline(lines, line) && line != ">>>") {
        if (line == "===") {
          part = &edit.to;
        } else {
          *part += line + "\n";
        }
      }
      // Part of a line may be exchanged; only a deletion takes the line's end along.
      if (!edit.to.empty()) {
        edit.from.pop_back();
        edit.to.pop_back();
      }
      out.edits.push_back(edit);
    } else if (!line.starts_with('#')) {
      file = line;
    }
  }
  return out;
}

std::string answer(const Case& test_case) {
  auto files = base();
  for (const auto& edit : test_case.edits) {
    auto& text = edit.file == "notice"  ? files.notice.text
                 : edit.file == "units" ? files.units.text
                                        : files.findings.text;
    const auto at = text.find(edit.from);
    EXPECT_NE(at, std::string::npos) << "not in the base: " << edit.from;
    if (at != std::string::npos) text.replace(at, edit.from.size(), edit.to);
  }
  std::string out;
  for (const auto& fault : rules::load_notice(files).faults) out += rules::to_text(fault) + "\n";
  return out;
}

std::vector<std::string> case_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kFolder + "/faults")) {
    if (entry.path().extension() == ".case") names.push_back(entry.path().stem());
  }
  std::ranges::sort(names);
  return names;
}

class Faults : public testing::TestWithParam<std::string> {};

TEST_P(Faults, AreReportedToTheLetter) {
  const auto path = kFolder + "/faults/" + GetParam() + ".case";
  const auto test_case = parse_case(test::read_text(path));
  const auto given = answer(test_case);
  if (std::getenv("BAOSONG_ACCEPT") != nullptr) {
    std::ofstream(path, std::ios::binary) << test_case.head << given;
    GTEST_SKIP() << "written anew: " << path;
  }
  EXPECT_EQ(given, test_case.expect);
  EXPECT_FALSE(given.empty()) << "a broken configuration was taken for good";
}

INSTANTIATE_TEST_SUITE_P(Config, Faults, testing::ValuesIn(case_names()), [](const auto& test) {
  std::string name = test.param;
  std::ranges::replace(name, '-', '_');
  return name;
});

TEST(Faults, TheBaseHasNone) {
  for (const auto& fault : rules::load_notice(base()).faults)
    ADD_FAILURE() << rules::to_text(fault);
}

// "Every fault at once": the ten single faults of ten different kinds, together.
TEST(Faults, TenAtOnceAreTen) {
  auto files = base();
  const std::vector<Edit> edits{
      {"notice", "year = 2022\n", "yaer = 2022\n"},
      {"notice", "cutoff = \"17:00\"", "cutoff = \"25:00\""},
      {"notice", "late = \"accept\"", "late = \"acept\""},
      {"notice", "max = 2\n", "max = 0\n"},
      {"notice", "\"text.title-length\"", "\"text.title-lenght\""},
      {"notice", "ok = [240, 360]", "ok = [360, 240]"},
      {"notice", "file_words = [\"照片\"]\n", ""},
      {"notice", "duty = { east", "duty = { eats"},
      {"units", "strong = [\"西区\"]", "strong = [\"西区\", \"东区\"]"},
      {"findings", "\"table.empty\" = \"“{{document}}”", "\"table.empty\" = \"“{{documnet}}”"},
  };
  for (const auto& edit : edits) {
    auto& text = edit.file == "notice"  ? files.notice.text
                 : edit.file == "units" ? files.units.text
                                        : files.findings.text;
    const auto at = text.find(edit.from);
    ASSERT_NE(at, std::string::npos) << edit.from;
    text.replace(at, edit.from.size(), edit.to);
  }
  std::string all;
  const auto faults = rules::load_notice(files).faults;
  for (const auto& fault : faults) all += rules::to_text(fault) + "\n";
  for (const auto* part :
       {"不认识的键“yaer”", "“25:00”不是时刻", "“late”不能写“acept”", "“max”（0）比“min”（1）小",
        "不认识的规则“text.title-lenght”", "“ok”是 [360, 240]", "没有写明怎样认出“照片”",
        "没有代号是“eats”的单位", "叫法“东区”同时属于“东区”", "没有“{{documnet}}”可填"}) {
    EXPECT_NE(all.find(part), std::string::npos) << part << "\nin\n" << all;
  }
  // The misspelt year is also missing under its right name.
  EXPECT_EQ(faults.size(), edits.size() + 1) << all;
}

// A file that is cut anywhere is reported or harmless, never a crash.
TEST(Faults, AFileCutAnywhereIsAnAnswer) {
  const auto whole = base();
  for (std::size_t size = 0; size + 8 < whole.notice.text.size(); size += 7) {
    auto files = whole;
    files.notice.text.resize(size);
    EXPECT_FALSE(rules::load_notice(files).faults.empty()) << size;
  }
}

}  // namespace
}  // namespace baosong
