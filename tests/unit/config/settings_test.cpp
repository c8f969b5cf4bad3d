#include "daemon/settings.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "daemon/setting_value.hpp"
#include "tests/support/load_notice.hpp"

namespace baosong::daemon {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// A configuration directory of its own: the shipped files, to be changed by the test.
class Configured : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = fs::path(testing::TempDir()) /
           ("baosong-config-" + std::to_string(::getpid()) + "-" +
            testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(dir_);
    fs::copy(BAOSONG_CONFIG, dir_, fs::copy_options::recursive);
  }
  void TearDown() override { fs::remove_all(dir_); }

  std::string path(const std::string& name) const { return (dir_ / name).string(); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path(name), std::ios::binary) << text;
  }
  std::vector<std::string> settings_faults(const std::string& text,
                                           const std::vector<std::string>& set = {}) const {
    write("baosong.toml", text);
    return lines(load_settings(path("baosong.toml"), set).faults);
  }
  // Faults as printed, with the test's own directory left out.
  std::vector<std::string> lines(const std::vector<rules::Fault>& faults) const {
    std::vector<std::string> out;
    for (const auto& fault : faults) {
      auto text = rules::to_text(fault);
      for (auto at = text.find(dir_.string() + "/"); at != std::string::npos;
           at = text.find(dir_.string() + "/")) {
        text.erase(at, dir_.string().size() + 1);
      }
      out.push_back(text);
    }
    return out;
  }
  fs::path dir_;
};

TEST_F(Configured, TheShippedConfigurationIsFaultless) {
  const auto config = load_config(dir_.string(), {});
  EXPECT_THAT(lines(config.faults), IsEmpty());
  EXPECT_EQ(config.settings.notice, "2022-lifelong-learning-week");
  EXPECT_EQ(config.settings.config_dir, dir_.string());
  EXPECT_EQ(config.notice.items.size(), 10U);
  EXPECT_FALSE(config.templates.files.empty());
}

TEST_F(Configured, FurtherMailboxesAreTablesOfTheirOwn) {
  EXPECT_THAT(settings_faults("[mailbox]\n"
                              "url = \"maildir:in\"\n"
                              "poll = \"2min\"\n"
                              "[mailboxes.second]\n"
                              "url = \"imaps://imap.163.com\"\n"
                              "user = \"demo@163.com\"\n"
                              "password_file = \"/etc/code\"\n",
                              {"mailboxes.third.url=maildir:other", "mailboxes.second.poll=5min"}),
              IsEmpty());
  const auto loaded = load_settings(path("baosong.toml"), {"mailboxes.third.url=maildir:other"});
  const auto all = all_mailboxes(loaded.settings);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].url, "maildir:in");
  EXPECT_EQ(all[0].poll.count(), 120);
  EXPECT_EQ(all[1].user, "demo@163.com");
  EXPECT_EQ(all[1].poll.count(), 60) << "a further mailbox begins with the defaults";
  EXPECT_EQ(all[2].url, "maildir:other");
}

TEST_F(Configured, FaultsOfFurtherMailboxesAreNamedLikeAnyOther) {
  EXPECT_THAT(settings_faults("[mailbox]\n"
                              "url = \"maildir:in\"\n"
                              "[mailboxes]\n"
                              "odd = 3\n"
                              "[mailboxes.\"第二\"]\n"
                              "url = \"maildir:b\"\n"
                              "[mailboxes.c]\n"
                              "url = \"pop3://x\"\n"
                              "pol = \"2min\"\n"),
              ElementsAre(HasSubstr("baosong.toml:4:1: “mailboxes.odd”应是一张表"),
                          HasSubstr("“第二”不能做邮箱的代号"),
                          HasSubstr("baosong.toml:8:7: 不认识的地址类型“pop3:”"),
                          HasSubstr("baosong.toml:9:1: ")));
  EXPECT_THAT(settings_faults("[mailbox]\n"
                              "url = \"maildir:in\"\n"
                              "[mailboxes.same]\n"
                              "url = \"maildir:in\"\n"),
              ElementsAre(HasSubstr("[mailboxes.same] 和 [mailbox] 是同一个邮箱")));
  EXPECT_THAT(settings_faults("[mailboxes.net]\nurl = \"imaps://imap.163.com\"\n"),
              ElementsAre(HasSubstr("mailboxes.net.url 是网络服务器，却没有 mailboxes.net.user"),
                          HasSubstr("mailboxes.net.password_file")));
}

TEST_F(Configured, EverySettingIsReadFromTheFile) {
  write("baosong.toml", R"(state = "/s"
notice = "n"
[mailbox]
url = "imaps://imap.example.test:993/INBOX"
user = "u"
password_file = "/p"
ca_file = "/c"
poll = "2h"
[outbox]
url = "smtps://smtp.example.test"
user = "v"
password_file = "/q"
ca_file = "/d"
from = "office@example.test"
settle = "0s"
per_address_day = 1
per_day = 2
[digest]
at = "07:30"
to = ["a@example.test", "b@example.test"]
)");
  const auto loaded = load_settings(path("baosong.toml"), {});
  EXPECT_THAT(lines(loaded.faults), IsEmpty());
  const auto& s = loaded.settings;
  EXPECT_EQ(s.state, "/s");
  EXPECT_EQ(s.notice, "n");
  EXPECT_EQ(s.mailbox.url, "imaps://imap.example.test:993/INBOX");
  EXPECT_EQ(s.mailbox.user, "u");
  EXPECT_EQ(s.mailbox.password_file, "/p");
  EXPECT_EQ(s.mailbox.ca_file, "/c");
  EXPECT_EQ(s.mailbox.poll, std::chrono::hours{2});
  EXPECT_EQ(s.outbox.url, "smtps://smtp.example.test");
  EXPECT_EQ(s.outbox.user, "v");
  EXPECT_EQ(s.outbox.password_file, "/q");
  EXPECT_EQ(s.outbox.ca_file, "/d");
  EXPECT_EQ(s.outbox.from, "office@example.test");
  EXPECT_EQ(s.outbox.settle, std::chrono::seconds{0});
  EXPECT_EQ(s.outbox.per_address_day, 1);
  EXPECT_EQ(s.outbox.per_day, 2);
  EXPECT_EQ(s.digest.at, "07:30");
  EXPECT_THAT(s.digest.to, ElementsAre("a@example.test", "b@example.test"));
}

TEST_F(Configured, AnEmptyFileGivesTheDefaultsOfTheTable) {
  write("baosong.toml", "");
  const auto loaded = load_settings(path("baosong.toml"), {});
  EXPECT_THAT(lines(loaded.faults), IsEmpty());
  EXPECT_EQ(loaded.settings.mailbox.poll, std::chrono::seconds{60});
  EXPECT_EQ(loaded.settings.outbox.settle, std::chrono::minutes{5});
  EXPECT_EQ(loaded.settings.outbox.per_day, 200);
  EXPECT_EQ(loaded.settings.digest.at, "16:00");
  EXPECT_EQ(loaded.settings.notice, "2022-lifelong-learning-week");
}

TEST_F(Configured, AnOverrideComesAfterTheFile) {
  const auto loaded = load_settings(
      path("baosong.toml"), {"state=/elsewhere", "mailbox.url=maildir:a=b", "outbox.settle=1d",
                             "digest.to=a@example.test, b@example.test", "digest.at="});
  EXPECT_THAT(lines(loaded.faults), IsEmpty());
  EXPECT_EQ(loaded.settings.state, "/elsewhere");
  EXPECT_EQ(loaded.settings.mailbox.url, "maildir:a=b");
  EXPECT_EQ(loaded.settings.outbox.settle, std::chrono::hours{24});
  EXPECT_THAT(loaded.settings.digest.to, ElementsAre("a@example.test", "b@example.test"));
  EXPECT_EQ(loaded.settings.digest.at, "");
}

TEST_F(Configured, ACredentialIsAPlaceForTheCode) {
  EXPECT_THAT(settings_faults("[mailbox]\npassword_file = \"credential:baosong.code\"\n"),
              IsEmpty());
  EXPECT_THAT(settings_faults("[outbox]\npassword_file = \"credential:../code\"\n"),
              ElementsAre("baosong.toml:2:17: “../code”不是凭据名：只能用字母、数字、点、横线和"
                          "下划线。应为：\"credential:baosong.code\""));
}

TEST_F(Configured, FaultsOfTheFileNameLineAndColumn) {
  EXPECT_THAT(
      settings_faults(
          "sate = \"x\"\n[mailbox]\nurl = \"imap://imap.126.com\"\npoll = 60\n[outbox]\nsettle = "
          "\"5 min\"\n"
          "per_day = -1\nurl = \"smpts://x\"\n[digest]\nat = \"25:00\"\nto = [\"nobody\"]\n"),
      ElementsAre(
          "baosong.toml:1:1: 不认识的键“sate”。应为：“state”",
          "baosong.toml:3:7: "
          "“imap:”不加密，授权码会被人看到。应为：imaps://…（只有本机可以不加密）",
          "baosong.toml:4:8: “poll”应该是文字，这里写的是整数 60。应为：poll = \"60s\"",
          "baosong.toml:6:10: “5 min”不是时长。应为：60s、5min、2h 或 1d",
          "baosong.toml:7:11: “outbox.per_day”是 -1，超出了范围。应为：0 到 100000 之间",
          "baosong.toml:8:7: 不认识的地址类型“smpts:”。应为：“smtps:”",
          "baosong.toml:10:6: “25:00”不是时刻。应为：\"16:00\"（24小时制）；不要则写空 \"\"",
          "baosong.toml:11:7: “nobody”不是邮箱地址。应为：digest.to = [\"someone@126.com\"]"));
}

TEST_F(Configured, FaultsOfOverridesNameTheOverride) {
  EXPECT_THAT(
      settings_faults("",
                      {"mailbox.ulr=maildir:x", "state", "mailbox.url=x", "outbox.per_day=many"}),
      ElementsAre(
          "--set mailbox.ulr=maildir:x: 不认识的设置“mailbox.ulr”。应为：“mailbox.url”",
          "--set state: 缺少等号。应为：--set 键=值",
          "--set mailbox.url=x: “x”不是地址。应为：imaps://imap.126.com:993 或 maildir:目录",
          "--set outbox.per_day=many: “many”不是整数。应为：outbox.per_day = 200"));
}

TEST_F(Configured, AProviderIsNotAskedTooOften) {
  const auto faults = [&](const std::string& url, const std::string& poll,
                          const std::vector<std::string>& overrides = {}) {
    return settings_faults("[mailbox]\nurl = \"" + url + "\"\nuser = \"a@126.com\"\n" +
                               "password_file = \"code\"\npoll = \"" + poll + "\"\n",
                           overrides);
  };
  EXPECT_THAT(faults("imaps://imap.126.com:993", "29s"),
              ElementsAre("baosong.toml:5:8: 收信间隔29秒太短，服务商会限制登录。应为：poll = "
                          "\"60s\"，不短于30秒"));
  EXPECT_THAT(faults("imaps://imap.126.com:993", "30s"), IsEmpty());
  EXPECT_THAT(faults("imaps://imap.126.com:993", "31s"), IsEmpty());
  EXPECT_THAT(faults("imaps://imap.126.com:993", "60s", {"mailbox.poll=29s"}),
              ElementsAre(testing::HasSubstr("收信间隔29秒太短")));
  // A test server, a directory.
  EXPECT_THAT(faults("imaps://localhost:993", "1s"), IsEmpty());
  EXPECT_THAT(faults("maildir:in", "1s"), IsEmpty());
  EXPECT_THAT(settings_faults("[mailboxes.second]\nurl = \"imaps://imap.126.com\"\nuser = "
                              "\"a\"\npassword_file = \"code\"\npoll = \"5s\"\n"),
              ElementsAre(testing::HasSubstr("baosong.toml:5:8: 收信间隔5秒太短")));
}

TEST_F(Configured, AServerWantsALogin) {
  EXPECT_THAT(
      settings_faults("[mailbox]\nurl = \"imaps://imap.126.com:993\"\nuser = \"a@126.com\"\n"),
      ElementsAre("baosong.toml: mailbox.url 是网络服务器，却没有 mailbox.password_file。应为：在 "
                  "[mailbox] 下加 password_file = \"…\""));
  EXPECT_THAT(settings_faults("[mailbox]\nurl = \"imap://127.0.0.1:10143\"\n"), IsEmpty());
}

TEST_F(Configured, ADirectoryWithoutTheNoticeIsOneClearFault) {
  fs::remove(dir_ / "notices/2022-lifelong-learning-week.toml");
  EXPECT_THAT(lines(load_config(dir_.string(), {}).faults),
              ElementsAre("notices/2022-lifelong-learning-week.toml: "
                          "通知“2022-lifelong-learning-week”的文件读不到：没有这个文件。"
                          "应为：把通知文件放进 notices/ 目录"));
}

TEST_F(Configured, AMisspeltNoticeNamesTheOneThatIsThere) {
  EXPECT_THAT(lines(load_config(dir_.string(), {"notice=2022-lifelong-learning-weak"}).faults),
              ElementsAre(HasSubstr("应为：设置 notice 为“2022-lifelong-learning-week”")));
}

TEST_F(Configured, ANoticeUnderAnotherNameIsAFault) {
  fs::rename(dir_ / "notices/2022-lifelong-learning-week.toml", dir_ / "notices/2023-week.toml");
  EXPECT_THAT(lines(load_config(dir_.string(), {"notice=2023-week"}).faults),
              ElementsAre("notices/2023-week.toml: 文件名是“2023-week”，里面的 id "
                          "却是“2022-lifelong-learning-week”。"
                          "应为：id = \"2023-week\""));
}

TEST_F(Configured, FaultsOfAllFilesComeTogether) {
  write("baosong.toml", "sate = \"x\"\n");
  write("units.toml", test::read_text(path("units.toml")) + "colour = 1\n");
  fs::remove(dir_ / "replies/subject.text.mustache");
  const auto all = lines(load_config(dir_.string(), {}).faults);
  ASSERT_EQ(all.size(), 3U) << testing::PrintToString(all);
  EXPECT_THAT(all[0], HasSubstr("baosong.toml:1:1: 不认识的键“sate”"));
  EXPECT_THAT(all[1], HasSubstr("units.toml:"));
  EXPECT_THAT(all[2], HasSubstr("replies/subject.text.mustache: "));
}

TEST_F(Configured, AMissingSettingsFileIsAFault) {
  EXPECT_THAT(lines(load_settings(path("nothing.toml"), {}).faults),
              ElementsAre("nothing.toml: 没有这个文件。"));
}

TEST(Duration, TakesFourUnitsAndNothingElse) {
  EXPECT_EQ(parse_duration("60s"), std::chrono::seconds{60});
  EXPECT_EQ(parse_duration("5min"), std::chrono::minutes{5});
  EXPECT_EQ(parse_duration("2h"), std::chrono::hours{2});
  EXPECT_EQ(parse_duration("1d"), std::chrono::hours{24});
  for (const auto* wrong :
       {"", "5", "min", "5m", "-5s", "5 s", "5s ", "1.5h", "99999999999999999999d", "367d"}) {
    EXPECT_FALSE(parse_duration(wrong)) << wrong;
  }
}

TEST(Settings, EveryRowHasADefaultOfItsType) {
  for (const auto& row : setting_table()) {
    auto text = row.fallback;
    if (text.starts_with('"')) text = text.substr(1, text.size() - 2);
    if (row.type == SettingType::kTexts) text = {};
    EXPECT_TRUE(std::holds_alternative<SettingValue>(read_setting(row, text))) << row.key;
  }
}

}  // namespace
}  // namespace baosong::daemon
