#include "daemon/log.hpp"

#include <gtest/gtest.h>

#include "daemon/limits.hpp"

namespace baosong::daemon::log {
namespace {

TEST(LogText, MasksAddressesButTheirDomain) {
  EXPECT_EQ(printable("来自 wang@126.com 的邮件"), "来自 w***@126.com 的邮件");
  EXPECT_EQ(printable("a.b+c@x.cn,d@y.cn"), "a***@x.cn,d***@y.cn");
  EXPECT_EQ(printable("imaps://imap.126.com:993/INBOX (office@126.com)"),
            "imaps://imap.126.com:993/INBOX (o***@126.com)");
  EXPECT_EQ(printable("@"), "***@");
}

TEST(LogText, MasksAnAddressOfOtherLettersWhole) {
  EXPECT_EQ(printable("张三@例子.cn"), "***@例子.cn");
}

TEST(LogText, KeepsTheWordsBeforeAnAddress) {
  EXPECT_EQ(printable("发往wang@126.com"), "发往w***@126.com");
}

TEST(LogText, MasksNumbersOfPersons) {
  const std::string said = printable("身份证 220102199001011234 电话 13800138000");
  EXPECT_EQ(said.find("220102199001011234"), std::string::npos) << said;
  EXPECT_EQ(said.find("13800138000"), std::string::npos) << said;
}

TEST(LogText, IsOneLine) { EXPECT_EQ(printable("a\r\nb\tc\x1b[0m"), "a  b c [0m"); }

TEST(LogText, IsCutAtAWholeCharacter) {
  EXPECT_EQ(printable(std::string(limits::kLogLine - 1, 'x')).size(), limits::kLogLine - 1);
  EXPECT_EQ(printable(std::string(limits::kLogLine, 'x')).size(), limits::kLogLine);
  EXPECT_EQ(printable(std::string(limits::kLogLine + 1, 'x')),
            std::string(limits::kLogLine, 'x') + "…");
  // 材 takes three bytes, of which only two would fit.
  EXPECT_EQ(printable(std::string(limits::kLogLine - 2, 'x') + "材料"),
            std::string(limits::kLogLine - 2, 'x') + "…");
}

TEST(LogText, NamesLevels) {
  EXPECT_EQ(find_level("notice"), Level::kNotice);
  EXPECT_FALSE(find_level("Info"));
  EXPECT_EQ(level_names().size(), 5U);
}

TEST(LogText, JoinsAnErrorAndItsHint) {
  EXPECT_EQ(text_of({ErrorKind::kTransient, "磁盘空间已满", "请清理磁盘"}),
            "磁盘空间已满（请清理磁盘）");
  EXPECT_EQ(text_of({ErrorKind::kTransient, "磁盘空间已满", ""}), "磁盘空间已满");
}

}  // namespace
}  // namespace baosong::daemon::log
