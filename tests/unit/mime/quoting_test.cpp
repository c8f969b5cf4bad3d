#include "parsers/mime/quoting.hpp"

#include <gmock/gmock.h>

namespace baosong::parsers::mime {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

struct Case {
  std::string_view name, text;
  std::string_view fresh;
};

TEST(Quoting, MarksOfEveryClient) {
  for (const Case& c : {
           Case{"netease", "新\n\n-------- 转发邮件信息 --------\n发件人：a\n旧", "新"},
           Case{"netease reply",
                "新\n\n\n\n\n在 2022-10-25 10:00:00，\"张小禾\" <a@126.com> 写道：\n旧", "新"},
           Case{"netease old", "新\nAt 2022-10-25 10:00:00, \"zhang\" <a@126.com> wrote:\n>旧",
                "新"},
           Case{"qq", "新\n------------------ 原始邮件 ------------------\n发件人: a\n旧", "新"},
           Case{"qq new",
                "新\n------------------\u00A0原始邮件\u00A0------------------\n发件人: a\n收件人: "
                "b\n主题: c",
                "新"},
           Case{"foxmail", "新\n\n发件人： 张小禾\n发送时间： 2022-10-25\n收件人： b\n主题： c\n旧",
                "新"},
           Case{"outlook",
                "新\n________________________________\nFrom: a\nSent: b\nTo: c\nSubject: d\n旧",
                "新\n________________________________"},
           Case{"outlook text", "新\n-----Original Message-----\nFrom: a\n旧", "新"},
           Case{"gmail", "新\nOn Tue, Oct 25, 2022 at 10:00 AM Zhang <\na@126.com> wrote:\n> 旧",
                "新"},
           Case{"gmail zh", "新\n张小禾 <a@126.com> 于2022年10月25日周二 10:00写道：\n旧", "新"},
           Case{"apple", "新\nBegin forwarded message:\nFrom: a\n旧", "新"},
           Case{"phone", "新\n---- 回复的原邮件 ----\n| 发件人 | 张小禾 |\n| 日期 | x |\n旧", "新"},
           Case{"arrows", "新一\n> 旧\n> > 更旧\n新二", "新一\n新二"},
           Case{"top of the text", "-----原始邮件-----\n旧", ""},
           Case{"none", "发件人请看附件：一共三份。\n主题突出。\n--\n张小禾",
                "发件人请看附件：一共三份。\n主题突出。\n--\n张小禾"},
           Case{"wrote", "他在会上写道：\n终身学习很重要", "他在会上写道：\n终身学习很重要"},
       }) {
    EXPECT_EQ(split_quoted(c.text).fresh, c.fresh) << c.name;
  }
}

TEST(Quoting, HeadsAreRead) {
  const SplitText split = split_quoted(
      "请处理\n发件人： 张小禾 <a@126.com>\n发送时间： 2022-10-25\n收件人： b\n主题： "
      "外层\n\n中间\n"
      "-------- 转发邮件信息 --------\n发件人：李小麦 <c@163.com>\n主题：内层\n\n最里面\n");
  ASSERT_THAT(split.heads, SizeIs(2));
  EXPECT_EQ(split.heads[0].from.address, "a@126.com");
  EXPECT_EQ(split.heads[0].subject, "外层");
  EXPECT_EQ(split.heads[0].text, "中间");
  EXPECT_EQ(split.heads[1].from.name, "李小麦");
  EXPECT_EQ(split.heads[1].text, "最里面");
  EXPECT_FALSE(split.says_forward);
  EXPECT_THAT(split_quoted("在 2022-10-25，a@126.com 写道：\n旧").heads, IsEmpty());
}

TEST(Quoting, ForwardSubjects) {
  for (const std::string_view subject :
       {"Fw:材料", "FWD: x", "转发：材料", "Re: Fw: x", "回复：转发:x", "Ｆｗ：x"}) {
    EXPECT_TRUE(is_forward_subject(subject)) << subject;
  }
  for (const std::string_view subject : {"", "Re: x", "材料转发：x", "回复：材料"}) {
    EXPECT_FALSE(is_forward_subject(subject)) << subject;
  }
}

}  // namespace
}  // namespace baosong::parsers::mime
