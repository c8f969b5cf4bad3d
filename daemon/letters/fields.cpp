#include "daemon/letters/fields.hpp"

#include <fmt/format.h>

#include <array>

namespace baosong::daemon {
namespace {

constexpr std::array kLetterFields{
    TemplateField{"salutation", "", "whom the letter addresses: 朝阳区教育局 负责同志"},
    TemplateField{"received_at", "", "when the answered mail came: 10月24日 15:20"},
    TemplateField{"batches", "", "the batches that the mail holds material of: 第一批"},
    TemplateField{"title", "", "what the notice asks for: 2022年长春市全民终身学习活动周材料"},
    TemplateField{"mailbox", "", "the address that material is sent to"},
    TemplateField{"contact", "", "whom to call"},
    TemplateField{"file_count", "", "files in the answered mail"},
    TemplateField{"duplicate_count", "", "files of it that had come before"},
    TemplateField{"complete_count", "", "items that are settled; not set when there are none"},
    TemplateField{"wanted_count", "", "points to mend"},
    TemplateField{"hint_count", "", "points that do not keep anything from being accepted"},
    TemplateField{"staff_count", "", "files that staff will look at"},
    TemplateField{"all_complete", "", "set when every item of the mail's batches is settled"},
    TemplateField{"earlier_only", "", "set when only earlier mails have points to mend"},
    TemplateField{"by_staff", "", "set when staff look at some of it first"},
    TemplateField{"late", "", "set when some of it came after its deadline"},
    TemplateField{"late_batches", "", "the batches it came too late for"},
    TemplateField{"late_deadline", "", "the last day of these batches: 10月25日"},
    TemplateField{"has_received", "", "set when `received` has a row"},
    TemplateField{"received", "", "list: what has come"},
    TemplateField{"number", "received", "1, 2, …"},
    TemplateField{"item", "received", "the item's name"},
    TemplateField{"files", "received", "its files, joined by 、"},
    TemplateField{"state", "received", "已收, 已报送（待核）, 无推荐（已说明）…"},
    TemplateField{"settled", "received", "set when nothing is wanted for it"},
    TemplateField{"has_wanted", "", "set when `wanted` has a row"},
    TemplateField{"wanted", "", "list: what is to be mended"},
    TemplateField{"number", "wanted", "1, 2, …"},
    TemplateField{"item", "wanted",
                  "the item's name; not set for a file that no item could be found for"},
    TemplateField{"point", "wanted", "what was found and how to mend it"},
    TemplateField{"has_staff", "", "set when `staff_files` is"},
    TemplateField{"staff_files", "", "files that staff will look at, joined by 、"},
    TemplateField{"has_hints", "", "set when `hints` has a row"},
    TemplateField{"hints", "", "list: advice"},
    TemplateField{"number", "hints", "1, 2, …"},
    TemplateField{"item", "hints", "the item's name, when there is one"},
    TemplateField{"point", "hints", "the advice"},
    TemplateField{"has_outstanding", "", "set when `outstanding` has a row"},
    TemplateField{"outstanding", "",
                  "list: one row for each batch of which something has not come"},
    TemplateField{"batch", "outstanding", "第一批"},
    TemplateField{"items", "outstanding", "the items, joined by 、"},
    TemplateField{"deadline", "outstanding", "10月25日（周二）24:00"},
    TemplateField{"open", "outstanding", "set until the deadline has passed"},
    TemplateField{"day", "outstanding", "10月25日"},
    TemplateField{"has_deadlines", "", "set when `deadlines` has a row"},
    TemplateField{"deadlines", "", "list: one row for each batch that has points to mend"},
    TemplateField{"batch", "deadlines", "第一批"},
    TemplateField{"deadline", "deadlines", "10月25日（周二）24:00"},
    TemplateField{"open", "deadlines", "set until the deadline has passed"},
    TemplateField{"day", "deadlines", "10月25日"},
    TemplateField{"signature", "", "list: the lines under the letter"},
    TemplateField{"line", "signature", "one line"},
};

constexpr std::array kSubjectFields{
    TemplateField{"subject", "", "the subject of the answered mail without 回复： in front"},
    TemplateField{"wanted", "", "set when something is to be sent"},
};

constexpr std::array kDigestSubjectFields{
    TemplateField{"moment", "", "10月24日 16:00"},
    TemplateField{"owing", "", "units that owe material"},
    TemplateField{"complete", "", "units of which everything is settled"},
    TemplateField{"partial", "", "units of which something is still wanted"},
    TemplateField{"nothing", "", "units that have sent nothing"},
    TemplateField{"alarm", "", "set when the mail counts do not agree"},
};

constexpr std::array kDigestFields{
    TemplateField{"moment", "", "10月24日 16:00"},
    TemplateField{"title", "", "what the notice asks for"},
    TemplateField{"mailbox", "", "the address that material is sent to"},
    TemplateField{"scope", "", "the batches that the figures speak of: 第一批"},
    TemplateField{"owing", "", "units that owe material"},
    TemplateField{"complete", "", "units of which everything is settled"},
    TemplateField{"complete_share", "", "the same in per cent: 50.0%"},
    TemplateField{"partial", "", "units of which something is still wanted"},
    TemplateField{"nothing", "", "units that have sent nothing"},
    TemplateField{"today", "", "mails that came today, machines' mail not counted"},
    TemplateField{"today_machines", "", "automatic replies and bounces of today"},
    TemplateField{"agree", "", "set when the mail counts agree"},
    TemplateField{"seen", "", "mails that the server showed"},
    TemplateField{"archived", "", "mails that lie in the archive"},
    TemplateField{"decided", "", "mails that were decided"},
    TemplateField{"quarantined", "", "mails that wait in quarantine"},
    TemplateField{"waiting", "", "mails that came and are not decided yet"},
    TemplateField{"censuses", "", "list: each mailbox when it was last compared as a whole"},
    TemplateField{"name", "censuses", "the mailbox"},
    TemplateField{"shown", "censuses", "mails in it"},
    TemplateField{"kept", "censuses", "of these, mails in the archive"},
    TemplateField{"when", "censuses", "when it was compared: 10月24日 03:12"},
    TemplateField{"whole", "censuses", "set when every one is in the archive"},
    TemplateField{"alarms", "", "list: how the mail counts disagree"},
    TemplateField{"text", "alarms", "one sentence"},
    TemplateField{"deadlines", "", "list: the batches and how long they are open"},
    TemplateField{"batch", "deadlines", "第一批"},
    TemplateField{"deadline", "deadlines", "10月25日（周二）24:00"},
    TemplateField{"left", "deadlines", "还有1天, 今天截止, 已截止"},
    TemplateField{"has_needs", "", "set when people have something to do"},
    TemplateField{"need_count", "", "how many things that is"},
    TemplateField{"needs", "", "list: what needs people, most urgent kind first"},
    TemplateField{"number", "needs", "1, 2, …"},
    TemplateField{"kind", "needs", "无法确认单位"},
    TemplateField{"count", "needs", "rows of this kind"},
    TemplateField{"todo", "needs", "what to do about it"},
    TemplateField{"urgent", "needs", "set for the kinds that cannot wait"},
    TemplateField{"rows", "needs", "list: the single things"},
    TemplateField{"when", "rows", "10-24 09:12"},
    TemplateField{"who", "rows", "the unit, or the address"},
    TemplateField{"what", "rows", "the subject or the file"},
    TemplateField{"detail", "rows", "the reason, the sender's words, the day a link runs out"},
    TemplateField{"id", "rows", "what `retry` and `release` take: L12, M3f2a91c0, an address"},
    TemplateField{"picture", "rows", "where the picture of what may be a seal is (HTML only)"},
    TemplateField{"has_seals", "", "set when seals were seen today"},
    TemplateField{"seals", "", "list: the seals that were seen today (HTML only)"},
    TemplateField{"who", "seals", "the unit"},
    TemplateField{"what", "seals", "the file"},
    TemplateField{"detail", "seals", "第1页"},
    TemplateField{"picture", "seals", "where its picture is"},
    TemplateField{"more_seals", "", "how many further ones were left out; absent when none"},
    TemplateField{"table", "", "the table of units, aligned for a fixed-width font (text only)"},
    TemplateField{"units", "", "list: the units in official order"},
    TemplateField{"number", "units", "1, 2, …"},
    TemplateField{"name", "units", "朝阳区"},
    TemplateField{"owes", "units", "items it owes"},
    TemplateField{"came", "units", "items of which something came"},
    TemplateField{"done", "units", "items that are settled"},
    TemplateField{"open", "units", "items that are not"},
    TemplateField{"last", "units", "when its last mail came: 10-24 09:12"},
    TemplateField{"state", "units", "已齐全, 待补充, 未报送 …"},
    TemplateField{"colour", "units", "colour of the state: #1a7f37"},
    TemplateField{"ground", "units", "colour behind it: #e9f6ec"},
    TemplateField{"stripe", "units", "colour of the row"},
    TemplateField{"note", "units", "what is wanted"},
    TemplateField{"total_owes", "", "sum of `owes`"},
    TemplateField{"total_came", "", "sum of `came`"},
    TemplateField{"total_done", "", "sum of `done`"},
    TemplateField{"total_open", "", "sum of `open`"},
    TemplateField{"has_missing_units", "", "set when some unit has sent nothing"},
    TemplateField{"missing_units", "", "their names, joined by 、"},
    TemplateField{"missing_line", "", "a line for the work group"},
};

constexpr std::array kTable{
    TemplateRow{"acknowledgement", true, kLetterFields},
    TemplateRow{"correction", true, kLetterFields},
    TemplateRow{"question", true, kLetterFields},
    TemplateRow{"late", true, kLetterFields},
    TemplateRow{"duplicate", true, kLetterFields},
    TemplateRow{"cloud-link", true, kLetterFields},
    TemplateRow{"unreadable", true, kLetterFields},
    TemplateRow{"digest", true, kDigestFields},
    TemplateRow{"subject", false, kSubjectFields},
    TemplateRow{"digest-subject", false, kDigestSubjectFields},
};

}  // namespace

std::span<const TemplateRow> template_table() { return kTable; }

std::string template_file(std::string_view name, bool html) {
  return fmt::format("{}.{}.mustache", name, html ? "html" : "text");
}

// In the order of LetterKind; the table's first rows are the letters.
std::string_view template_of(LetterKind kind) {
  return kTable.at(static_cast<std::size_t>(kind)).name;
}

}  // namespace baosong::daemon
