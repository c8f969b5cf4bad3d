#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "daemon/commands/command.hpp"

namespace baosong::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Result<Exit> run_nothing(const Invocation&) { return Exit::kDone; }

constexpr OptionRow kStatusOptions[] = {{"unit", "ID", "one unit"}, {"brief", "", "short"}};
constexpr CommandRow kCheck{"check", "FILE…", "reads files", {}, 1, kMany, run_nothing};
constexpr CommandRow kStatus{"status", "", "shows", kStatusOptions, 0, 0, run_nothing};
constexpr CommandRow kConfigCheck{"config check", "", "checks", {}, 0, 0, run_nothing};
constexpr std::array<const CommandRow*, 3> kTable{&kCheck, &kStatus, &kConfigCheck};

Result<Parsed> parse(std::vector<std::string> args) { return parse_command_line(kTable, args); }

TEST(ParseCommandLine, TakesOptionsBeforeAndAfterTheCommand) {
  const auto parsed = parse({"--json", "check", "a.eml", "--now=2022-10-24T16:00:00+08:00", "--set",
                             "state=/x", "b.eml", "--set", "mailbox.url=maildir:/y=z"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->command, &kCheck);
  EXPECT_TRUE(parsed->invocation.json);
  EXPECT_THAT(parsed->invocation.operands, ElementsAre("a.eml", "b.eml"));
  EXPECT_THAT(parsed->invocation.set, ElementsAre("state=/x", "mailbox.url=maildir:/y=z"));
  ASSERT_TRUE(parsed->invocation.now);
  EXPECT_EQ(parsed->invocation.now->time_since_epoch().count(), 1666598400);
}

TEST(ParseCommandLine, TheValueOfAnOptionIsNoCommand) {
  const auto parsed = parse({"--config", "check", "status", "--unit", "chaoyang"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->command, &kStatus);
  EXPECT_EQ(parsed->invocation.config, "check");
  EXPECT_EQ(parsed->invocation.value("unit"), "chaoyang");
  EXPECT_FALSE(parsed->invocation.has("brief"));
}

TEST(ParseCommandLine, FindsCommandsOfTwoWords) {
  const auto parsed = parse({"config", "--set", "a=b", "check"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->command, &kConfigCheck);
  EXPECT_TRUE(parsed->invocation.operands.empty());
}

TEST(ParseCommandLine, AfterTwoDashesEverythingIsAnOperand) {
  const auto parsed = parse({"check", "--", "--json", "-"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_FALSE(parsed->invocation.json);
  EXPECT_THAT(parsed->invocation.operands, ElementsAre("--json", "-"));
}

TEST(ParseCommandLine, HelpAsksForNothingElse) {
  const auto parsed = parse({"check", "--help"});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_TRUE(parsed->help);
  EXPECT_EQ(parsed->command, &kCheck);
}

struct Wrong {
  std::vector<std::string> args;
  std::string message, hint;
};
class ParseCommandLineWrong : public testing::TestWithParam<Wrong> {};
TEST_P(ParseCommandLineWrong, SaysWhatWouldBeRight) {
  const auto parsed = parse(GetParam().args);
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().kind, ErrorKind::kUsage);
  EXPECT_THAT(parsed.error().message, HasSubstr(GetParam().message));
  EXPECT_THAT(parsed.error().hint, HasSubstr(GetParam().hint));
}
INSTANTIATE_TEST_SUITE_P(
    All, ParseCommandLineWrong,
    testing::Values(
        Wrong{{}, "没有给出命令", "--help"}, Wrong{{"chekc", "a"}, "“chekc”", "“check”"},
        Wrong{{"zzzzzzzz"}, "“zzzzzzzz”", "可用的命令：check"},
        Wrong{{"config", "chek"}, "“config chek”", "“config check”"},
        Wrong{{"chekc", "--unknown"}, "“chekc”", "“check”"},
        Wrong{{"check", "--jsno", "a"}, "“--jsno”", "“--json”"},
        Wrong{{"check", "--js", "a"}, "“--js”", "“--json”"},
        Wrong{{"check", "-j", "a"}, "“-j”", "--help"},
        Wrong{{"check", "--unit", "x", "a"}, "“--unit”", ""},
        Wrong{{"check", "--json=1", "a"}, "不带值", "--json"},
        Wrong{{"status", "--unit"}, "缺少它的值", "--unit ID"},
        Wrong{{"check", "--now", "yesterday", "a"}, "“yesterday”", "2022-10-24T16:00:00+08:00"},
        Wrong{{"check", "--set", "state", "a"}, "不是 KEY=VALUE", "mailbox.url=maildir:"},
        Wrong{{"check"}, "缺少参数", "FILE…"},
        Wrong{{"status", "extra"}, "不需要参数“extra”", "baosong status"}));

TEST(HelpText, ListsEveryRow) {
  const auto help = help_text(kTable);
  for (const auto* row : kTable) EXPECT_THAT(help, HasSubstr(std::string(row->summary)));
  EXPECT_THAT(help_text(kStatus), HasSubstr("--unit ID"));
  EXPECT_THAT(help_text(kCheck), HasSubstr("baosong check [OPTION…] FILE…"));
}

// Every row of the real table, whoever added it.
TEST(CommandTable, RowsAreSound) {
  std::vector<std::string_view> names;
  for (const auto* row : command_table()) {
    EXPECT_THAT(names, testing::Not(testing::Contains(row->name)));
    names.push_back(row->name);
    EXPECT_FALSE(row->summary.empty()) << row->name;
    EXPECT_NE(row->run, nullptr) << row->name;
    EXPECT_LE(row->least, row->most) << row->name;
    EXPECT_EQ(row->operands.empty(), row->most == 0) << row->name;
    for (const auto& option : row->options) {
      for (const auto& global : global_options()) EXPECT_NE(option.name, global.name) << row->name;
    }
  }
}

TEST(Nearest, IsSilentAboutFarWords) {
  constexpr std::string_view kWords[] = {"check", "parts"};
  EXPECT_EQ(nearest("chek", kWords), "check");
  EXPECT_EQ(nearest("xyz", kWords), "");
  EXPECT_EQ(nearest(std::string(100000, 'c'), kWords), "");
}

}  // namespace
}  // namespace baosong::daemon
