// The commands as a user starts them: exit status, standard output, standard error.
#include <Poco/JSON/Parser.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace baosong::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct Ran {
  int status = -1;
  std::string out, err;
};

class Commands : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "baosong-XXXXXX";
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    dir_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  std::string file(const std::string& name, const std::string& bytes) {
    std::ofstream(dir_ + "/" + name, std::ios::binary) << bytes;
    return "'" + dir_ + "/" + name + "'";
  }
  static std::string slurp(const std::string& path) {
    std::ostringstream out;
    out << std::ifstream(path, std::ios::binary).rdbuf();
    return out.str();
  }
  Ran run(const std::string& arguments) {
    const auto command = std::string(BAOSONG_PROGRAM) + " " + arguments + " --set state=" + dir_ +
                         "/state >" + dir_ + "/out 2>" + dir_ + "/err";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, slurp(dir_ + "/out"),
            slurp(dir_ + "/err")};
  }
  static Poco::JSON::Object::Ptr json(const std::string& line) {
    return Poco::JSON::Parser().parse(line).extract<Poco::JSON::Object::Ptr>();
  }
  static std::string mail(const std::string& subject, const std::string& text) {
    return "From: a@mail.example.cn\r\nTo: jlqmxx@126.com\r\nSubject: " + subject +
           "\r\nMessage-ID: <1@mail.example.cn>\r\nDate: Mon, 24 Oct 2022 16:00:00 +0800\r\n"
           "Content-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" +
           text + "\r\n";
  }

  std::string dir_;
};

TEST_F(Commands, CheckReadsAMail) {
  const auto ran = run("check --json " + file("a.eml", mail("朝阳区教育局询问",
                                                            "老师您好，请问先进个人名额有几个？")));
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, IsEmpty());
  const auto line = json(ran.out);
  EXPECT_EQ(line->getValue<std::string>("disposition"), "inquiry");
  EXPECT_EQ(line->getValue<std::string>("decision"), "hold");
  EXPECT_TRUE(line->isNull("letter"));
  EXPECT_EQ(line->getObject("message")->getValue<std::string>("received"),
            "2022-10-24T16:00:00+08:00");
}

TEST_F(Commands, NilStatementIsAcknowledged) {
  const auto name =
      file("a.eml", mail("朝阳区教育局先进个人情况", "我区无先进个人推荐。\r\n朝阳区教育局"));
  const auto ran = run("check --json " + name);
  EXPECT_EQ(ran.status, 0) << ran.err;
  const auto line = json(ran.out);
  EXPECT_EQ(line->getValue<std::string>("decision"), "acknowledge");
  EXPECT_THAT(line->getObject("letter")->getValue<std::string>("text"),
              HasSubstr("先进个人申报表 — 无推荐（已说明）"));
  EXPECT_THAT(run("check " + name).out,
              HasSubstr("回信：回复：朝阳区教育局先进个人情况【材料接收回执】"));
}

TEST_F(Commands, OneUnreadablePathDoesNotStopTheOthers) {
  const auto good = file("a.eml", mail("材料", "朝阳区教育局来信，请问何时截止？"));
  const auto ran = run("check --json " + dir_ + "/missing.eml " + good);
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.err, HasSubstr("missing.eml"));
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 1);
}

TEST_F(Commands, RubbishNamedAsAMailIsSaidAndPrinted) {
  for (const std::string& rubbish :
       {std::string("\x7f\x45\x4c\x46\x00\x01\x02\xff", 8), std::string()}) {
    const auto ran = run("check --json " + file("r.eml", rubbish));
    EXPECT_EQ(ran.status, 1);
    EXPECT_THAT(ran.err, HasSubstr("不是邮件"));
    const auto line = json(ran.out);
    EXPECT_TRUE(line->isNull("unit"));
    EXPECT_TRUE(line->isNull("letter"));
    EXPECT_TRUE(line->has("problems"));
  }
}

TEST_F(Commands, BareDocumentIsJudgedByItself) {
  const auto ran = run("check --json " + file("2022年先进单位申报表.docx", "no docx at all"));
  EXPECT_EQ(ran.status, 1) << ran.out << ran.err;
  const auto line = json(ran.out);
  EXPECT_TRUE(line->isNull("letter"));
  EXPECT_EQ(line->getValue<std::string>("decision"), "correct");
  ASSERT_EQ(line->getArray("findings")->size(), 1U) << ran.out;
  EXPECT_EQ(line->getArray("findings")->getObject(0)->getValue<std::string>("rule"),
            "file.wrong-format");
}

TEST_F(Commands, BareDocumentWithoutFaultIsQuiet) {
  const auto ran = run("check --json " + file("随记.txt", "只是一段文字"));
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  const auto line = json(ran.out);
  EXPECT_TRUE(line->isNull("unit"));
  EXPECT_EQ(line->getArray("items")->size(), 0U);
  for (const char* noise : {"item.missing", "item.pair-missing", "unit.unknown", "mail.late"}) {
    EXPECT_THAT(ran.out, Not(HasSubstr(noise)));
  }
}

TEST_F(Commands, PartsListsLeaves) {
  const auto name = file("a.eml", mail("s", "text"));
  const auto ran = run("parts --json " + name + " " + dir_ + "/missing");
  EXPECT_EQ(ran.status, 3);
  const auto parts = json(ran.out)->getArray("parts");
  ASSERT_EQ(parts->size(), 1U);
  EXPECT_EQ(parts->getObject(0)->getValue<std::string>("type"), "text/plain");
  EXPECT_EQ(parts->getObject(0)->getValue<int>("size"), 6);
}

TEST_F(Commands, StatusAndDigestOfAnEmptyState) {
  const auto status = run("status --json --now 2022-10-24T16:00:00+08:00");
  EXPECT_EQ(status.status, 0) << status.err;
  const auto all = json(status.out);
  EXPECT_EQ(all->getArray("units")->size(), 18U);
  EXPECT_EQ(all->getObject("mail")->getValue<int>("seen"), 0);
  EXPECT_EQ(json(run("status --json --unit chaoyang").out)->getArray("units")->size(), 1U);
  const auto wrong = run("status --unit chaoyan");
  EXPECT_EQ(wrong.status, 2);
  EXPECT_THAT(wrong.err, HasSubstr("chaoyang"));

  const auto digest = run("digest --now 2022-10-24T16:00:00+08:00");
  EXPECT_EQ(digest.status, 0) << digest.err;
  EXPECT_THAT(digest.out,
              HasSubstr("【材料报送情况】10月24日 16:00 — 应报18 已齐全0 待补0 未报18"));
  EXPECT_THAT(run("digest --html").out, testing::StartsWith("<!DOCTYPE html>"));
  EXPECT_EQ(run("digest --html --text").status, 2);
  EXPECT_EQ(run("digest --date 2022-13-01").status, 2);
  EXPECT_EQ(run("digest --date 2100-01-01").status, 2);
  EXPECT_FALSE(std::filesystem::exists(dir_ + "/state")) << "looking makes nothing";
}

TEST_F(Commands, DigestIsSentOnceAMinute) {
  const std::string outbox = dir_ + "/out-mail";
  const std::string send =
      "digest --send --now 2022-10-24T16:00:00+08:00 --set outbox.url=maildir:" + outbox +
      " --set digest.to=clerk@office.example.cn";
  const auto first = run(send);
  EXPECT_EQ(first.status, 0) << first.err;
  EXPECT_THAT(first.out, HasSubstr("发出1封"));
  EXPECT_THAT(run(send).out, HasSubstr("放入发件箱0封，发出0封"));
  std::size_t mails = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(outbox)) {
    if (!entry.is_regular_file()) continue;
    ++mails;
    EXPECT_THAT(slurp(entry.path().string()), HasSubstr("Auto-Submitted: auto-generated"));
  }
  EXPECT_EQ(mails, 1U);
}

}  // namespace
}  // namespace baosong::test
