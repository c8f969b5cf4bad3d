#include "rules/aliases.hpp"

#include <gtest/gtest.h>

#include "parsers/text/utf8.hpp"
#include "tests/support/load_notice.hpp"

namespace baosong::rules {
namespace {

// Units as they are named, weak ones in brackets: "朝阳区教育局" -> "chaoyang".
std::string named(std::string_view text) {
  const AliasMatcher matcher(test::shipped_notice());
  std::string out;
  for (const auto& mention : matcher.find(parsers::fold(text))) {
    if (!out.empty()) out += ' ';
    const bool weak = mention.strength == AliasStrength::kWeak;
    out += weak ? "(" + mention.unit->id + ")" : mention.unit->id;
  }
  return out;
}

struct Case {
  const char* text;
  const char* units;
};
class Aliases : public ::testing::TestWithParam<Case> {};
TEST_P(Aliases, AreFoundLeftmostLongest) {
  EXPECT_EQ(named(GetParam().text), GetParam().units) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Roster, Aliases,
    ::testing::Values(Case{"朝阳区—终身学习活动周材料", "chaoyang"},
                      Case{"【二道区教育局】2022年材料报送", "erdao"},
                      Case{"农安县材料（补充）", "nongan"}, Case{"长春市南关区教育局", "nanguan"},
                      Case{"宽城区社区学院", "kuancheng"}, Case{"绿园区", "lvyuan"},
                      Case{"双阳区材料", "shuangyang"}, Case{"九台市教育局", "jiutai"},
                      Case{"九台区", "jiutai"}, Case{"榆树市", "yushu"}, Case{"德惠市", "dehui"},
                      Case{"公主岭市", "gongzhuling"}, Case{"四平市公主岭市", "gongzhuling"},
                      Case{"长春新区教育局", "ccxq"}, Case{"长春高新技术产业开发区", "ccxq"},
                      Case{"长春经济技术开发区", "jingkai"}, Case{"净月高新区", "jingyue"},
                      Case{"长春净月高新技术产业开发区", "jingyue"}, Case{"汽开区", "qikai"},
                      Case{"长春汽车经济技术开发区", "qikai"}, Case{"莲花山度假区", "lianhuashan"},
                      Case{"中韩（长春）国际合作示范区", "zhonghan"},
                      Case{"中韩(长春)国际合作示范区", "zhonghan"}, Case{"长春开放大学", "ccou"},
                      Case{"长春广播电视大学", "ccou"}, Case{"吉林省医药中等职业学校", "erdao"},
                      Case{"朝 阳 区", "chaoyang"}, Case{"朝　阳　区", "chaoyang"},
                      Case{"二道区长青街道青河社区教育学校", "erdao"}));

INSTANTIATE_TEST_SUITE_P(
    Weak, Aliases,
    ::testing::Values(Case{"朝阳材料", "(chaoyang)"}, Case{"经开区材料", "(jingkai)"},
                      Case{"高新区材料", "(ccxq)"}, Case{"净月材料", "(jingyue)"},
                      Case{"汽开材料", "(qikai)"}, Case{"莲花山材料", "(lianhuashan)"},
                      Case{"双阳经济开发区", "(shuangyang)"}, Case{"绿园经开区", "(lvyuan)"},
                      Case{"九台经开区", "(jiutai)"}, Case{"开放大学材料", "(ccou)"}));

INSTANTIATE_TEST_SUITE_P(
    FalseFriends, Aliases,
    ::testing::Values(Case{"北京市朝阳区", ""}, Case{"北京朝阳区教育局", ""},
                      Case{"辽宁省朝阳市", ""}, Case{"朝阳县", ""}, Case{"朝阳坡镇", ""},
                      Case{"上海市朝阳区", ""}, Case{"二道白河镇", ""}, Case{"通化市二道江区", ""},
                      Case{"长春市二道区", "erdao"}, Case{"我市朝阳区", "chaoyang"},
                      Case{"全市朝阳区", "chaoyang"}, Case{"吉林省朝阳区", "chaoyang"},
                      Case{"净月潭公园", ""}, Case{"长春市第二实验学校净月校区", ""},
                      Case{"朝阳街道", ""}, Case{"朝阳社区", ""}, Case{"朝阳小学", ""},
                      Case{"红旗街道", ""}, Case{"北湖公园", ""}, Case{"莲花山滑雪场", ""},
                      Case{"中韩文化交流", ""}, Case{"吉林开放大学", ""}, Case{"国家开放大学", ""},
                      Case{"老年开放大学课堂", ""}, Case{"浦东新区", ""},
                      Case{"宽城满族自治县", ""}, Case{"榆树林村", ""}, Case{"南关镇", ""},
                      Case{"长春市教育局", ""}, Case{"吉林省教育厅", ""}));

TEST(AliasMatcher, TellsABureauFromAPlace) {
  const AliasMatcher matcher(test::shipped_notice());
  const auto bureau = matcher.find(parsers::fold("朝阳区教育局"));
  ASSERT_EQ(bureau.size(), 1U);
  EXPECT_TRUE(bureau[0].bureau);
  const auto place = matcher.find(parsers::fold("朝阳区的社区"));
  ASSERT_EQ(place.size(), 1U);
  EXPECT_FALSE(place[0].bureau);
  const auto affairs = matcher.find(parsers::fold("净月区社会事业局"));
  ASSERT_EQ(affairs.size(), 1U);
  EXPECT_TRUE(affairs[0].bureau);
  EXPECT_EQ(affairs[0].end, parsers::fold("净月区社会事业局").size());
}

TEST(AliasMatcher, LeavesOutTheNoticesOwnText) {
  const AliasMatcher matcher(test::shipped_notice());
  const std::string own = matcher.without_own_text(
      parsers::fold("各县（市）区、开发区教育局（文教局），长春开放大学，社区教育院校"));
  EXPECT_TRUE(matcher.find(own).empty()) << own;
}

}  // namespace
}  // namespace baosong::rules
