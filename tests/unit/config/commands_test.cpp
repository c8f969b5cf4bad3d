// baosong config check, baosong rules: what they print and how they exit.
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <string>

#include "rules/rule_table.hpp"
#include "tests/support/scratch.hpp"

namespace baosong {
namespace {

struct Answer {
  int status = -1;
  std::string out;
};
Answer run(const std::string& arguments) {
  const auto command = std::string(BAOSONG_PROGRAM) + " 2>/dev/null " + arguments;
  Answer answer;
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return answer;
  std::array<char, 4096> buffer{};
  while (const auto size = std::fread(buffer.data(), 1, buffer.size(), pipe))
    answer.out.append(buffer.data(), size);
  const int status = ::pclose(pipe);
  answer.status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return answer;
}

const std::string kConfig = std::string("--config ") + BAOSONG_CONFIG + "/baosong.toml";

TEST(ConfigCheck, SaysInOneLineThatAllIsWell) {
  const auto answer = run("config check " + kConfig);
  EXPECT_EQ(answer.status, 0) << answer.out;
  EXPECT_TRUE(answer.out.starts_with("配置正确：")) << answer.out;
  EXPECT_EQ(std::ranges::count(answer.out, '\n'), 1) << answer.out;
}

TEST(ConfigCheck, ExitsWithTwoAndNamesTheFault) {
  const auto answer = run("config check " + kConfig + " --set mailbox.pol=5s");
  EXPECT_EQ(answer.status, 2);
  EXPECT_EQ(answer.out, "--set mailbox.pol=5s: 不认识的设置“mailbox.pol”。应为：“mailbox.poll”\n");
}

TEST(ConfigCheck, AnswersInJson) {
  const auto answer = run("config check --json " + kConfig + " --set mailbox.pol=5s");
  EXPECT_EQ(answer.status, 2);
  EXPECT_EQ(answer.out,
            "{\"file\":\"--set "
            "mailbox.pol=5s\",\"line\":0,\"column\":0,\"wrong\":\"不认识的设置“mailbox.pol”\","
            "\"right\":\"“mailbox.poll”\"}\n");
}

TEST(ConfigCheck, WarnsOfACodeThatAllMayRead) {
  daemon::testing::Scratch scratch;
  const std::string code = scratch / "code";
  daemon::testing::put(code, "ABCDEF\n");
  const auto warned = [&](unsigned mode) {
    std::filesystem::permissions(code, std::filesystem::perms(mode));
    // stderr alone, where warnings go.
    const auto answer = run("config check " + kConfig + " --set mailbox.password_file=" + code +
                            " 2>&1 >/dev/null");
    EXPECT_EQ(answer.status, 0);
    return answer.out;
  };
  EXPECT_EQ(warned(0600), "");
  EXPECT_THAT(warned(0644), testing::HasSubstr("注意：授权码文件 " + code));
}

TEST(Rules, ListsEveryRuleOnce) {
  const auto answer = run("rules");
  EXPECT_EQ(answer.status, 0);
  for (const auto& row : rules::rule_table())
    EXPECT_THAT(answer.out, testing::HasSubstr(std::string(row.code) + " "));
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(answer.out, '\n')),
            rules::rule_table().size());
}

TEST(Rules, AnswersInJsonLines) {
  const auto answer = run("rules --json");
  EXPECT_EQ(static_cast<std::size_t>(std::ranges::count(answer.out, '\n')),
            rules::rule_table().size());
  EXPECT_THAT(
      answer.out,
      testing::HasSubstr(
          "{\"code\":\"text.title-length\",\"summary\":\"the title is too long\",\"for\":\"text\","
          "\"severity\":\"error\",\"params\":[{\"name\":\"max\",\"type\":\"whole number\""));
}

}  // namespace
}  // namespace baosong
