#include <gtest/gtest.h>

#include "rules/judge.hpp"
#include "tests/support/load_notice.hpp"
#include "tests/support/mail_facts.hpp"
#include "tests/support/word_facts.hpp"

namespace baosong::rules {
namespace {

using testing::document;
using testing::Look;
using testing::MailBuilder;
using testing::pdf_text;
using testing::WordBuilder;

// "chaoyang", "conflict" or "nobody".
std::string who(const parsers::Reading& reading, const Notice& notice = test::shipped_notice()) {
  const auto a = attribute(notice, reading);
  if (a.outcome == Attributed::kNobody) return "nobody";
  return a.outcome == Attributed::kConflict ? "conflict" : a.unit;
}

parsers::WordFacts unit_table(std::string filled_by, std::string district = "",
                              std::string nominee = "青河社区教育学校") {
  WordBuilder word;
  word.line("2022年吉林省全民终身学习活动周工作先进单位汇总表", Look::kCentered);
  if (!filled_by.empty()) word.line("填报单位（盖章）：" + filled_by + "　　填报人：张小禾");
  word.table({{"序号", "县（市）区", "单位名称", "负责人", "备注"},
              {"1", std::move(district), std::move(nominee), "王小川", ""}});
  return word;
}
parsers::WordFacts unit_form(std::string nominee, std::string opinion = "") {
  return WordBuilder()
      .line("附件2")
      .line("2022年吉林省全民终身学习活动周工作先进单位申报表", Look::kCentered)
      .table({{"单位名称", std::move(nominee), "负责人", "王小川"},
              {"主要事迹", "3:十年如一日。"},
              {"县（市）区教育局意见", "3:" + opinion}});
}

struct Case {
  std::string name;
  parsers::Reading mail;
  std::string unit;
};
class Attributes : public ::testing::TestWithParam<Case> {};
TEST_P(Attributes, TheSender) { EXPECT_EQ(who(GetParam().mail), GetParam().unit); }
std::string name_of_case(const ::testing::TestParamInfo<Case>& test) { return test.param.name; }

MailBuilder mail(std::string subject = "") {
  MailBuilder out;
  out.subject(std::move(subject));
  return out;
}

INSTANTIATE_TEST_SUITE_P(
    Subject, Attributes,
    ::testing::Values(Case{"plain", mail("朝阳区—终身学习活动周材料"), "chaoyang"},
                      Case{"bureau_in_brackets",
                           mail("【二道区教育局】2022年全民终身学习活动周材料报送"), "erdao"},
                      Case{"forward", mail("转发：双阳区材料"), "shuangyang"},
                      Case{"supplement", mail("农安县材料（补充）"), "nongan"},
                      Case{"reply", mail("回复：榆树市材料【材料接收回执】【待补充】"), "yushu"},
                      Case{"gateway_note", mail("【请注意，邮件由x@y代发】德惠市活动周材料"),
                           "dehui"},
                      Case{"none", mail(), "nobody"}, Case{"final", mail("最终版"), "nobody"},
                      Case{"this_counts", mail("以此为准"), "nobody"},
                      Case{"only_theme", mail("2022年长春市全民终身学习活动周材料"), "nobody"},
                      Case{"weak_alone", mail("朝阳材料"), "nobody"},
                      Case{"weak_zone_alone", mail("高新区材料"), "nobody"},
                      Case{"other_city", mail("北京市朝阳区材料"), "nobody"},
                      Case{"two_units", mail("朝阳区、南关区材料"), "conflict"},
                      Case{"addressed_to_the_office", mail("报送长春开放大学"), "nobody"},
                      Case{"owner_itself", mail("长春开放大学活动周材料"), "ccou"},
                      Case{"owner_and_other", mail("长春开放大学：朝阳区材料"), "chaoyang"},
                      Case{"school", mail("二道区长青街道青河社区教育学校材料"), "erdao"},
                      Case{"zone_full_name", mail("长春汽车经济技术开发区教育局材料"), "qikai"},
                      Case{"jingyue_is_not_gaoxin", mail("净月高新区材料"), "jingyue"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Files, Attributes,
    ::testing::Values(
        Case{"file",
             mail().file("附件2：2022年吉林省全民终身学习活动周工作先进单位申报表（农安县教育局，盖"
                         "章）.pdf"),
             "nongan"},
        Case{"archive", mail().file("绿园区材料.zip/附件1.docx"), "lvyuan"},
        Case{"folder", mail().file("材料.zip/宽城区/附件1.docx"), "kuancheng"},
        Case{"machine_names",
             mail().file("微信图片_20221020093012.jpg").file("扫描全能王 2022-10-24 16.20.pdf"),
             "nobody"},
        Case{"photo_alone_is_a_hint", mail().file("参观南关区社区学院.jpg"), "nobody"},
        Case{"photo_of_a_visit", mail("朝阳区材料").file("参观南关区社区学院.jpg"), "chaoyang"},
        Case{"photo_and_display_name",
             mail().from("a@qq.com", "南关区教育局").file("南关区书法课堂.jpg"), "nanguan"},
        Case{"two_files_differ", mail().file("朝阳区附件1.docx").file("南关区附件1.docx"),
             "conflict"},
        Case{"subject_and_file_differ", mail("绿园区材料").file("双阳区材料.zip/附件1.docx"),
             "conflict"},
        Case{"weak_in_two_kinds", mail("经开区材料").file("经开区材料.zip/附件1.docx"), "jingkai"},
        Case{"weak_twice_in_one_kind", mail().file("经开区附件1.docx").file("经开区附件2.docx"),
             "nobody"},
        Case{"weak_yields_to_strong", mail("高新区材料").file("净月高新区附件1.docx"), "jingyue"},
        Case{"campus_of_another_district",
             mail().file("附件2-长春市第二实验学校净月校区-南关区.docx"), "nanguan"},
        Case{"nominee_in_the_name",
             mail()
                 .file("附件3.docx", unit_table("南关区教育局"))
                 .file("附件2-净月高新区实验学校-申报表.docx", unit_form("净月高新区实验学校")),
             "nanguan"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Cells, Attributes,
    ::testing::Values(
        Case{"filled_by", mail().file("附件3.docx", unit_table("朝阳区教育局")), "chaoyang"},
        Case{"district_column", mail().file("附件3.docx", unit_table("", "双阳区")), "shuangyang"},
        Case{"nominee", mail().file("附件2.docx", unit_form("二道区长青街道青河社区教育学校")),
             "erdao"},
        Case{"nominee_is_weaker_than_subject",
             mail("朝阳区材料").file("附件2.docx", unit_form("南关区某某公司")), "chaoyang"},
        Case{"nominee_is_weaker_than_filled_by",
             mail()
                 .file("附件3.docx", unit_table("南关区教育局", "", "净月区某某学校"))
                 .file("附件2.docx", unit_form("净月区某某学校")),
             "nanguan"},
        Case{"opinion_of_the_bureau",
             mail().file("附件2.docx",
                         unit_form("青河社区教育学校", "同意推荐\n德惠市教育局（盖章）")),
             "dehui"},
        Case{"cell_against_subject",
             mail("朝阳区材料").file("附件3.docx", unit_table("南关区教育局")), "conflict"},
        Case{
            "column_of_many_districts_says_nothing",
            mail("九台区材料")
                .file("附件3.docx", WordBuilder().table({{"序号", "县（市）区", "单位名称", "备注"},
                                                         {"1", "九台区", "青河学校", ""},
                                                         {"2", "南关区", "湖西学校", ""}})),
            "jiutai"},
        Case{"venue_of_another_unit",
             mail("二道区材料")
                 .file("附件1.docx",
                       WordBuilder()
                           .line("填报单位：二道区教育局")
                           .table({{"序号", "活动名称", "地点", "主办单位"},
                                   {"1", "书香润万家", "南关区文化馆", "朝阳区图书馆"}})),
             "erdao"},
        Case{"nominees_differ",
             mail().file("a.docx", unit_form("朝阳区某校")).file("b.docx", unit_form("南关区某校")),
             "nobody"},
        Case{"pdf_text",
             mail().file("a.pdf",
                         pdf_text("先进单位汇总表\n填报单位（盖章）：榆树市教育局\n序号 单位名称")),
             "yushu"},
        Case{"owner_fills_in", mail().file("附件3.docx", unit_table("长春开放大学")), "ccou"},
        Case{"old_name", mail().file("附件3.docx", unit_table("九台市教育局")), "jiutai"},
        Case{"weak_cell_and_subject", mail("净月材料").file("附件3.docx", unit_table("净月")),
             "jingyue"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    TitlesOfDocuments, Attributes,
    ::testing::Values(
        Case{"summary",
             mail().file("总结.docx",
                         WordBuilder()
                             .line("双阳区2022年全民终身学习活动周工作总结", Look::kCentered)
                             .prose(1600)),
             "shuangyang"},
        Case{"unit_line_above",
             mail().file("展板.docx",
                         WordBuilder().line("宽城区教育局").line("书香浸润社区").prose(300)),
             "kuancheng"},
        Case{"signed_below",
             mail().file("总结.docx", WordBuilder()
                                          .line("工作总结")
                                          .prose(1600)
                                          .line("绿园区教育局")
                                          .line("2022年12月8日")),
             "lvyuan"},
        Case{"headline_praises_another",
             mail("朝阳区材料")
                 .file("案例.docx", WordBuilder().line("携手净月区共建学习型城市").prose(900)),
             "chaoyang"},
        Case{"body_praises_another",
             mail("朝阳区材料")
                 .file("总结.docx",
                       WordBuilder()
                           .line("工作总结")
                           .line("我们学习了二道区教育局和南关区教育局的经验，效果很好。")
                           .prose(1600)),
             "chaoyang"},
        Case{"headline_alone",
             mail().file("展板.docx", WordBuilder().line("书香农安县学习永相伴").prose(300)),
             "nongan"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Body, Attributes,
    ::testing::Values(
        Case{"signature",
             mail().body("各位老师：\n材料见附件，请查收。\n朝阳区教育局\n2022年10月24日"),
             "chaoyang"},
        Case{"signature_with_section",
             mail().body("请查收。\n长春市朝阳区教育局职成科 张小禾 1990000"), "chaoyang"},
        Case{"place_and_person", mail().body("请查收。\n宽城区 张老师"), "kuancheng"},
        Case{"signed_on_the_same_line", mail().body("已补充，请查收。南关区教育局"), "nanguan"},
        Case{"passed_on_to_another", mail().body("请查收。请转南关区教育局"), "nobody"},
        Case{"centre_of_the_district", mail().body("请查收。\n朝阳区社区教育指导中心"), "chaoyang"},
        Case{"headline_in_the_body", mail().body("走进朝阳区"), "nobody"},
        Case{"place_alone", mail().body("宽城区\n\n"), "kuancheng"},
        Case{"i_am", mail().body("老师您好，我是双阳区教育局的工作人员，材料见附件。"),
             "shuangyang"},
        Case{"hereby", mail().body("现将农安县全民终身学习活动周材料报上，请查收。"), "nongan"},
        Case{"label", mail().body("报送单位：榆树市教育局\n联系人：张小禾"), "yushu"},
        Case{"salutation_is_no_evidence", mail().body("长春开放大学：\n材料见附件，请查收。"),
             "nobody"},
        Case{"office_is_no_evidence",
             mail().body("尊敬的领导小组办公室（长春开放大学）老师：您好！\n请查收。"), "nobody"},
        Case{"salutation_and_signature", mail().body("长春开放大学：\n请查收。\n德惠市教育局"),
             "dehui"},
        Case{"list_says_nothing", mail().body("我们看到朝阳区、南关区、二道区都已报送。"),
             "nobody"},
        Case{"praise_says_nothing", mail().body("感谢二道区教育局的经验介绍。"), "nobody"},
        Case{"praise_and_signature", mail().body("我们学习借鉴了二道区的经验。\n九台区教育局"),
             "jiutai"},
        Case{"praise_under_a_subject",
             mail("朝阳区材料").body("我们学习借鉴了二道区教育局的经验。请查收。"), "chaoyang"},
        Case{"bureau_against_subject", mail("朝阳区材料").body("请查收。\n南关区教育局"),
             "conflict"},
        Case{"quoted_says_nothing",
             mail("回复：材料").body("已补充，请查收。").quoted("南关区教育局负责同志：您好！"),
             "nobody"},
        Case{"quoted_of_another",
             mail("朝阳区材料").body("已补充。").quoted("发件人：南关区教育局\n绿园区"),
             "chaoyang"},
        Case{"notice_quoted_in_the_body",
             mail("公主岭市材料")
                 .body("按照《关于举办2022年长春市全民终身学习活动周的预通知》要求，长春市全民终身"
                       "学习活动周工作领导小组办公室（长春开放大学），现报送材料。"),
             "gongzhuling"},
        Case{"owner_signs", mail().body("老师好，材料见附件。\n长春开放大学"), "ccou"},
        Case{"weak_in_body_and_subject", mail("净月材料").body("这是净月的材料。"), "jingyue"},
        Case{"weak_in_body_alone", mail().body("这是净月的材料。"), "nobody"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Senders, Attributes,
    ::testing::Values(
        Case{"display_name_alone", mail().from("a@163.com", "朝阳区教育局"), "nobody"},
        Case{"display_name_and_weak_subject",
             mail("朝阳材料").from("a@163.com", "朝阳区教育局职成科"), "chaoyang"},
        Case{"display_name_against_subject", mail("朝阳区材料").from("a@163.com", "南关区教育局"),
             "chaoyang"},
        Case{"display_name_against_nominee",
             mail()
                 .from("a@163.com", "朝阳区教育局")
                 .file("附件2.docx", unit_form("南关区某某公司")),
             "conflict"},
        Case{"personal_address", mail("汽开区材料").from("100000001@qq.com", "海阔天空"), "qikai"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Forwards, Attributes,
    ::testing::Values(
        Case{"inner_subject",
             mail("Fw:材料").forwarded("张小禾", "b@163.com", "双阳区材料", "请查收"),
             "shuangyang"},
        Case{"school_with_its_bureau",
             mail("Fw:某街道社区教育学校材料")
                 .body("宽城区")
                 .forwarded("张小禾", "b@163.com", "某街道社区教育学校材料", "请查收"),
             "kuancheng"},
        Case{"school_names_the_district",
             mail("Fw:二道区长青街道青河社区教育学校材料")
                 .body("请查收。\n二道区教育局")
                 .forwarded("", "b@163.com", "二道区长青街道青河社区教育学校材料", ""),
             "erdao"},
        Case{"school_of_another_district",
             mail("Fw:二道区青河社区教育学校材料").body("请查收。\n宽城区教育局"), "conflict"},
        Case{"inner_display_name_alone",
             mail("转发").forwarded("双阳区教育局", "b@163.com", "材料", "请查收"), "nobody"},
        Case{"inner_signature",
             mail("转发").forwarded("", "b@163.com", "材料", "请查收。\n双阳区教育局"),
             "shuangyang"},
        Case{
            "outer_and_inner_agree",
            mail("转发：双阳区材料").forwarded("双阳区教育局", "b@163.com", "双阳区材料", "请查收"),
            "shuangyang"},
        Case{"outer_and_inner_differ",
             mail("转发：双阳区材料").forwarded("", "b@163.com", "南关区材料", "请查收"),
             "conflict"},
        Case{"our_own_letter_inside",
             mail("Fw:材料").forwarded("材料接收", "jlqmxx@126.com", "回复：南关区材料",
                                       "南关区教育局"),
             "nobody"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Owner, Attributes,
    ::testing::Values(
        Case{"its_own_mail_about_districts",
             mail("长春开放大学活动周材料")
                 .body("走进朝阳区社区开展活动。")
                 .file("朝阳区社区课堂.jpg"),
             "ccou"},
        Case{"its_case_in_a_district",
             mail("长春开放大学活动周材料")
                 .file("案例1走进朝阳区社区.docx", WordBuilder().line("走进朝阳区社区").prose(900)),
             "ccou"},
        Case{
            "its_table_with_a_nominee_in_a_district",
            mail("活动周材料").file("附件3.docx", unit_table("长春开放大学", "", "南关区老年大学")),
            "ccou"},
        Case{"salutation_in_the_subject",
             mail("长春开放大学：报送材料").body("请查收。\n南关区教育局"), "nanguan"},
        Case{"yields_to_a_filled_cell",
             mail("长春开放大学活动周材料").file("附件3.docx", unit_table("双阳区教育局")),
             "shuangyang"},
        Case{"shown_name_of_another",
             mail("长春开放大学活动周材料").from("a@qq.com", "双阳区教育局"), "nobody"}),
    name_of_case);

INSTANTIATE_TEST_SUITE_P(
    Topics, Attributes,
    ::testing::Values(
        Case{"scenes_and_mentions_do_not_add_up",
             mail("最终版").body("走进朝阳区社区。").file("朝阳区社区课堂.jpg"), "nobody"},
        Case{"case_name_against_subject",
             mail("南关区材料")
                 .file("案例1走进净月区.docx", WordBuilder().line("走进净月区").prose(900)),
             "nanguan"},
        Case{"case_name_of_the_paper",
             mail().file("南关区典型案例材料.docx", WordBuilder().line("书香").prose(900)),
             "nanguan"}),
    name_of_case);

}  // namespace
}  // namespace baosong::rules
