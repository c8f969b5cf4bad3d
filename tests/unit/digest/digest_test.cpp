#include "daemon/digest.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "daemon/letters/wording.hpp"
#include "tests/support/load_notice.hpp"
#include "tests/unit/digest/day.hpp"

namespace baosong::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(Digest, SubjectCountsTheUnits) {
  Day day;
  EXPECT_EQ(day.letter().subject, "【材料报送情况】10月24日 16:00 — 应报4 已齐全1 待补2 未报1");
  EXPECT_EQ(day.letter().to, "clerk@x.cn");
  EXPECT_EQ(day.letter().kind, LetterKind::kDigest);
}

TEST(Digest, UnitLinesStandInOfficialOrder) {
  Day day;
  const auto lines = unit_lines(day.in);
  ASSERT_EQ(lines.size(), 4U);
  EXPECT_EQ(lines[0].name, "朝阳区");
  EXPECT_EQ(lines[0].state, "已齐全");
  EXPECT_EQ(lines[0].owes, 4);  // the second batch is neither near nor begun
  EXPECT_EQ(lines[0].done, 4);
  EXPECT_EQ(lines[0].last, "10-24 09:12");
  EXPECT_EQ(lines[1].state, "待补充");
  EXPECT_EQ(lines[1].came, 3);
  EXPECT_EQ(lines[1].open, 3);
  EXPECT_EQ(lines[1].note, "缺：先进个人申报表；待补充：展板素材文稿、展板照片（3/4）");
  EXPECT_EQ(lines[2].state, "人工核验中");
  EXPECT_EQ(lines[2].note, "待核：先进单位申报表");
  EXPECT_EQ(lines[3].state, "未报送");
  EXPECT_EQ(lines[3].last, "—");
  EXPECT_EQ(lines[3].note, "");
  day.in.last_mails.emplace_back("德惠市", day.in.now);
  EXPECT_EQ(unit_lines(day.in)[3].note, "已来信，尚无登记的材料");
}

TEST(Digest, ScopeFollowsTheCalendarAndWhatCame) {
  Day day;
  const auto names = [&] {
    std::vector<std::string> out;
    for (const auto* batch : batches_in_scope(day.in)) out.push_back(batch->id);
    return out;
  };
  EXPECT_THAT(names(), ElementsAre("october"));
  day.in.now = at("2022-11-01T16:00:00+08:00");
  EXPECT_THAT(names(), ElementsAre("october"));
  // What one unit has begun early counts for it alone.
  day.in.standings[0].items[4].state = ItemState::kComplete;
  EXPECT_THAT(names(), ElementsAre("october"));
  EXPECT_EQ(unit_lines(day.in)[0].owes, 5);
  EXPECT_EQ(unit_lines(day.in)[1].owes, 4);
  day.in.standings[0].items[4].state = ItemState::kMissing;
  day.notice.batches[1].remind_days_before = {7, 3, 1};
  EXPECT_THAT(names(), ElementsAre("october"));
  day.in.now = at("2022-12-05T16:00:00+08:00");
  EXPECT_THAT(names(), ElementsAre("october", "december"));
}

TEST(Digest, BatchOfWhichNothingCameIsNamedAsAWhole) {
  Day day;
  day.set(0, std::vector<ItemState>(4, ItemState::kMissing));
  day.in.standings[0].items[4].state = ItemState::kComplete;
  EXPECT_EQ(unit_lines(day.in)[0].note, "缺：第一批全部");
}

TEST(Digest, OptionalAndNotApplicableItemsAreNoDebt) {
  Day day;
  day.notice.items[3].duty["德惠市"] = rules::Duty::kOptional;
  day.in.standings[3].items[2].state = ItemState::kNotRequired;
  EXPECT_EQ(unit_lines(day.in)[3].owes, 2);
}

TEST(Digest, SaysThatTheCountsAgree) {
  Day day;
  EXPECT_THAT(alarms_of(day.in), IsEmpty());
  const auto letter = day.letter();
  EXPECT_THAT(
      letter.text,
      HasSubstr(
          "账目相符：邮箱显示20封，存档20封，已处理19封，待人工读取1封，正在处理0封，没有遗漏。"));
  EXPECT_THAT(letter.html, HasSubstr("账目相符"));
  EXPECT_THAT(letter.html, Not(HasSubstr("请立即核对")));
}

TEST(Digest, RaisesTheAlarmWhenTheyDoNot) {
  Day day;
  day.in.counts.archived = 18;
  EXPECT_THAT(alarms_of(day.in), ElementsAre(HasSubstr("有2封没有存档")));
  EXPECT_THAT(day.letter().subject, HasSubstr("【请核对】【材料报送情况】"));
  EXPECT_THAT(day.letter().text, HasSubstr("有2封没有存档"));
  EXPECT_THAT(day.letter().text, Not(HasSubstr("账目相符")));
  EXPECT_THAT(day.letter().html, HasSubstr("请立即核对"));

  Day unfetched;
  unfetched.in.counts = {21, 20, 19, 2};
  unfetched.in.quarantined.push_back(Day::mail("", "", ""));
  EXPECT_THAT(alarms_of(unfetched.in), IsEmpty());

  Day waiting;
  waiting.in.counts.decided = 18;
  EXPECT_THAT(alarms_of(waiting.in), ElementsAre(HasSubstr("按数目应有1封尚未处理，实际查到0封")));
  waiting.in.waiting.push_back(Day::mail("w", "a@x.cn", "s"));
  EXPECT_THAT(alarms_of(waiting.in), ElementsAre(HasSubstr("超过1小时仍未处理")));
  waiting.in.waiting[0].first_seen = waiting.in.now - std::chrono::minutes(5);
  EXPECT_THAT(alarms_of(waiting.in), IsEmpty());
}

TEST(Digest, NeedsComeByUrgencyWithWhatIsKnown) {
  Day day;
  day.fill_needs();
  const auto needs = needs_of(day.in);
  std::vector<std::string> kinds;
  for (const auto& need : needs) kinds.emplace_back(need.kind);
  EXPECT_THAT(kinds, ElementsAre("未能读取的来信", "无法确认单位的来信", "来信询问，待回复",
                                 "其他待处理的来信", "云附件（下载链接）", "未发出的回信",
                                 "回信被退回", "打不开的文件", "需要人工核对的材料", "逾期报送",
                                 "未能对应到材料项目的文件"));
  EXPECT_EQ(needs[1].rows.size(), 2U);
  EXPECT_EQ(needs[1].rows[0].detail, "出现：朝阳区、农安县");
  EXPECT_EQ(needs[1].rows[1].detail, "未见单位名称；已去信询问");
  EXPECT_EQ(needs[4].rows[0].detail, "11月9日到期（还有16天）");
  EXPECT_EQ(needs[5].rows[0].detail, "今天已给该地址发出6封");
  EXPECT_EQ(needs[6].rows[0].what, "gone@x.cn");
  EXPECT_EQ(needs[6].rows[0].who, "农安县");
  EXPECT_EQ(needs[10].rows.size(), 1U);  // the same file is named once

  const auto letter = day.letter();
  EXPECT_THAT(letter.text,
              HasSubstr("“老师您好，请问先进个人名额有几个？我的电话是***********。 谢谢”"));
  EXPECT_THAT(letter.html, Not(HasSubstr("13900001234")));
  EXPECT_THAT(letter.text, HasSubstr("今日收信3封（自动回复、退信等1封不计）"));
  EXPECT_THAT(letter.text, HasSubstr("三、需要您处理（12件，按紧急程度）"));
}

TEST(Digest, ScansThatCountByNameAreOneRowAUnit) {
  Day day;
  auto& standing = day.in.standings[0];
  for (int i = 1; i <= 5; ++i) {
    rules::Counted scan;
    scan.name = fmt::format("附件2-{}盖章.pdf", i);
    scan.current = i != 4;
    scan.by_name_only = i != 5;
    standing.items[0].documents.push_back(scan);
  }
  const auto needs = needs_of(day.in);
  const auto need = std::ranges::find(needs, "按文件名登记的扫描件", &Need::kind);
  ASSERT_NE(need, needs.end());
  ASSERT_EQ(need->rows.size(), 1U);
  EXPECT_EQ(need->rows[0].who, "朝阳区");
  EXPECT_EQ(need->rows[0].what, "附件2-1盖章.pdf、附件2-2盖章.pdf、附件2-3盖章.pdf");
  EXPECT_EQ(need->rows[0].detail, "3份扫描件按文件名登记，标题未能识别");
}

TEST(Digest, ATitleThatSpeaksOfAnotherItemIsToBeLookedAt) {
  Day day;
  rules::Finding finding;
  finding.rule = "item.pair-differs";
  finding.document = "附件5盖章.pdf";
  finding.measured = "先进单位汇总表 74%";
  day.in.standings[0].items[0].findings.push_back(finding);
  finding.measured = "0.12";  // two texts that differ: the sender was asked
  finding.document = "附件4.pdf";
  day.in.standings[0].items[0].findings.push_back(finding);
  const auto needs = needs_of(day.in);
  const auto need = std::ranges::find(needs, "标题与文件名不一致的扫描件", &Need::kind);
  ASSERT_NE(need, needs.end());
  ASSERT_EQ(need->rows.size(), 1U);
  EXPECT_EQ(need->rows[0].what, "附件5盖章.pdf");
  EXPECT_EQ(need->rows[0].detail, "首页标题似为“先进单位汇总表”（识别可信度74%）");
}

TEST(Digest, CloudLinksTellHowLongTheyLast) {
  Day day;
  day.fill_needs();
  auto& facts =
      std::get<parsers::CloudLink>(day.in.ledgers[1].mails[0].documents[0].document.facts);
  const auto detail = [&] { return needs_of(day.in)[4].rows[0].detail; };
  facts.expires = "2022-10-24T23:00";
  EXPECT_EQ(detail(), "10月24日到期（今天）");
  facts.expires = "2022-10-20T23:00";
  EXPECT_EQ(detail(), "10月20日已到期，请联系对方重发");
  facts.expires = "";
  EXPECT_EQ(detail(), "未写明到期时间，请尽快下载");
}

TEST(Digest, LinksThatEndSoonAreSaidOnTop) {
  Day day;
  // Three days, as the shipped notice has it.
  day.notice.rules["file.cloud-link"] = shipped_notice().rule(nullptr, "file.cloud-link");
  day.fill_needs();
  auto& facts =
      std::get<parsers::CloudLink>(day.in.ledgers[1].mails[0].documents[0].document.facts);
  const auto alarmed = [&] {
    return testing::Value(alarms_of(day.in), testing::Contains(HasSubstr("云附件将在3天内到期")));
  };
  for (const auto& [expires, expected] :
       std::initializer_list<std::pair<const char*, bool>>{{"2022-10-23", false},
                                                           {"2022-10-24", true},
                                                           {"2022-10-27T08:00", true},
                                                           {"2022-10-28", false},
                                                           {"", false}}) {
    facts.expires = expires;
    EXPECT_EQ(alarmed(), expected) << expires;
  }
}

TEST(Digest, TextTableIsAligned) {
  Day day;
  std::istringstream lines(day.letter().text);
  std::string line;
  while (std::getline(lines, line) && !line.starts_with("序号")) {
  }
  const auto column = display_width(line.substr(0, line.find("状态")));
  std::getline(lines, line);
  EXPECT_THAT(line, testing::MatchesRegex("-+"));
  for (const char* state : {"已齐全", "待补充", "人工核验中", "未报送"}) {
    ASSERT_TRUE(std::getline(lines, line));
    const auto found = line.find(state);
    ASSERT_NE(found, std::string::npos) << line;
    EXPECT_EQ(display_width(line.substr(0, found)), column) << line;
  }
}

TEST(Digest, UnitsThatSentNothingCanBeCopied) {
  Day day;
  EXPECT_THAT(
      day.letter().text,
      HasSubstr(
          "截至今日16时，尚有1家单位未报送2022年长春市全民终身学习活动周材料：德惠市，请抓紧。"));
  day.set(3,
          {ItemState::kComplete, ItemState::kComplete, ItemState::kComplete, ItemState::kComplete});
  EXPECT_THAT(day.letter().text, Not(HasSubstr("可复制到工作群")));
  EXPECT_THAT(day.letter().text, Not(HasSubstr("五、")));
}

TEST(Digest, EmptyDayAndEmptyRosterMakeSense) {
  Day day;
  day.in.standings.clear();
  day.in.quarantined.clear();
  day.in.counts = {};
  const auto letter = day.letter();
  EXPECT_EQ(letter.subject, "【材料报送情况】10月24日 16:00 — 应报0 已齐全0 待补0 未报0");
  EXPECT_THAT(letter.text, HasSubstr("暂无。"));
  EXPECT_THAT(letter.text, HasSubstr("（0.0%）"));
}

TEST(Digest, MessageIdIsOneAMinuteAndAddress) {
  Day day;
  const auto first = day.letter().message_id;
  day.in.now += std::chrono::seconds(59);
  EXPECT_EQ(day.letter().message_id, first);
  day.in.now += std::chrono::seconds(1);
  EXPECT_NE(day.letter().message_id, first);
  EXPECT_NE(make_digest(shipped_templates(), day.in, "other@x.cn").message_id,
            day.letter().message_id);
}

TEST(Digest, HtmlIsEscapedAndInlineOnly) {
  Day day;
  day.fill_needs();
  day.in.held[2].mail.subject = "<script>alert(1)</script>";
  const auto html = day.letter().html;
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;"));
  for (const char* bad : {"<script", "<style", "<link", "<img", "class=", "http:", "https:"})
    EXPECT_THAT(html, Not(HasSubstr(bad)));
}

}  // namespace
}  // namespace baosong::test
