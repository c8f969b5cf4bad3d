#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>

#include "daemon/digest_rows.hpp"
#include "daemon/letters/wording.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::daemon {

std::string unit_name(const DigestInput& in, std::string_view id) {
  const auto* unit = in.notice->unit(id);
  return unit == nullptr ? std::string() : unit->name;
}

namespace {

using Rows = NeedRows;
using rules::Verdict;

constexpr std::size_t kWords = 60;    // characters of a sender's words
constexpr std::size_t kSubject = 40;  // characters of a subject

std::string sender_of(const MailRow& mail) {
  if (mail.from.empty()) return "（未知发件人）";
  return mail.from_name.empty() ? mail.from : fmt::format("{} <{}>", mail.from_name, mail.from);
}
std::string subject_of(const MailRow& mail) {
  return mail.subject.empty() ? std::string("（无主题）")
                              : shorten(one_line(mail.subject), kSubject);
}

// What `retry` and `release` take.
std::string id_of(const MailRow& mail) {
  return mail.sha256.empty() ? std::string() : "M" + mail.sha256.substr(0, 8);
}
std::string id_of(const LetterRow& letter) { return fmt::format("L{}", letter.id); }

NeedRow row_of(const DigestInput& in, const DecisionRow& decision, std::string detail) {
  const auto name = unit_name(in, decision.unit);
  return {short_moment(decision.mail.received, in.notice->zone),
          name.empty() ? sender_of(decision.mail) : name, subject_of(decision.mail),
          std::move(detail), id_of(decision.mail)};
}

bool is_unclear(const DecisionRow& d) {
  return d.disposition == rules::Disposition::kSubmission &&
         d.attributed != rules::Attributed::kOne;
}
bool is_inquiry(const DecisionRow& d) {
  return d.disposition == rules::Disposition::kInquiry ||
         d.disposition == rules::Disposition::kEmpty;
}

Rows quarantined(const DigestInput& in) {
  Rows rows;
  for (const auto& mail : in.quarantined) {
    rows.push_back(
        {short_moment(mail.received == Time{} ? mail.first_seen : mail.received, in.notice->zone),
         sender_of(mail), subject_of(mail), mail.trouble, id_of(mail)});
  }
  return rows;
}

Rows unclear_units(const DigestInput& in) {
  Rows rows;
  std::set<std::string> seen;
  const auto add = [&](const DecisionRow& decision) {
    if (!is_unclear(decision) || !seen.insert(decision.mail.sha256).second) return;
    std::vector<std::string> evidence;
    for (const auto& one : decision.evidence) {
      const auto name = unit_name(in, one.unit);
      if (!name.empty() && std::ranges::find(evidence, name) == evidence.end())
        evidence.push_back(name);
    }
    std::string detail =
        evidence.empty() ? std::string("未见单位名称") : "出现：" + join(evidence, "、");
    if (decision.verdict == Verdict::kAskUnit) detail += "；已去信询问";
    rows.push_back(row_of(in, decision, std::move(detail)));
  };
  for (const auto& decision : in.held) add(decision);
  for (const auto& decision : in.today) {
    if (decision.verdict == Verdict::kAskUnit) add(decision);
  }
  return rows;
}

Rows inquiries(const DigestInput& in) {
  Rows rows;
  for (const auto& decision : in.held) {
    if (!is_inquiry(decision)) continue;
    const auto words = in.words.find(decision.mail.sha256);
    const std::string said =
        words == in.words.end() ? std::string() : shorten(one_line(words->second), kWords);
    rows.push_back(
        row_of(in, decision, said.empty() ? std::string("来信没有文字和附件") : "“" + said + "”"));
  }
  return rows;
}

Rows other_held(const DigestInput& in) {
  Rows rows;
  for (const auto& decision : in.held) {
    if (is_inquiry(decision) || is_unclear(decision)) continue;
    rows.push_back(
        row_of(in, decision,
               fmt::format("{}个文件，未能对应到材料项目或规定先由人看", decision.documents)));
  }
  return rows;
}

Rows paused(const DigestInput& in) {
  if (!in.pause || in.pause->until <= in.now) return {};
  const PauseRow& pause = *in.pause;
  return {{short_moment(pause.since, in.notice->zone), "发信服务器",
           fmt::format("暂停至{}", short_moment(pause.until, in.notice->zone)),
           pause.answer.empty() ? pause.reason
                                : fmt::format("{}（服务器答复：{}）", pause.reason, pause.answer),
           "outbox"}};
}

Rows held_letters(const DigestInput& in) {
  Rows rows;
  for (const auto& row : in.held_letters) {
    rows.push_back({short_moment(row.decided_at, in.notice->zone), row.letter.to,
                    shorten(row.letter.subject, kSubject),
                    row.last_answer.empty()
                        ? row.gate_reason
                        : fmt::format("{}（服务器答复：{}）", row.gate_reason, row.last_answer),
                    id_of(row)});
  }
  return rows;
}

// One row for each reason.
Rows late_letters(const DigestInput& in) {
  constexpr std::size_t kNamed = 5;
  std::map<std::string, std::vector<const LetterRow*>> reasons;
  for (const auto& row : in.late_letters) {
    reasons[row.gate_reason.empty() ? "正在发出" : row.gate_reason].push_back(&row);
  }
  Rows rows;
  for (const auto& [reason, letters] : reasons) {
    std::vector<std::string> ids;
    Time next{};
    for (const LetterRow* letter : letters) {
      if (ids.size() < kNamed) ids.push_back(id_of(*letter));
      next = std::max(next, letter->not_before);
    }
    rows.push_back(
        {next == Time{} ? std::string("—") : short_moment(next, in.notice->zone),
         fmt::format("{}封", letters.size()),
         fmt::format("发往{}{}", letters.front()->letter.to, letters.size() > 1 ? "等" : ""),
         reason, join(ids, "、")});
  }
  return rows;
}

Rows bounces(const DigestInput& in) {
  Rows rows;
  for (const auto& block : in.blocked) {
    const auto name = unit_name(in, block.unit);
    rows.push_back({short_moment(block.since, in.notice->zone),
                    name.empty() ? "（未知单位）" : name, block.address,
                    block.reason + "，核对前不再向该地址发信", block.address});
  }
  for (const auto& decision : in.today) {
    if (decision.disposition != rules::Disposition::kBounce) continue;
    if (std::ranges::find(in.blocked, decision.about_address, &BlockRow::address) !=
        in.blocked.end())
      continue;
    const auto bounce = decision.bounce.value_or(parsers::Bounce{});
    const auto name = unit_name(in, decision.about_unit);
    const auto& whom = decision.about_address.empty() ? bounce.recipient : decision.about_address;
    rows.push_back(
        {short_moment(decision.mail.received, in.notice->zone),
         name.empty() ? "（未知单位）" : name, whom.empty() ? subject_of(decision.mail) : whom,
         bounce.status.starts_with('4')
             ? fmt::format("对方邮箱暂时收不到我们的回信（{}），对方服务器仍在投递", bounce.status)
         : bounce.status.empty() ? "对方邮箱退回了我们的回信"
                                 : fmt::format("对方邮箱退回了我们的回信（{}）", bounce.status)});
  }
  return rows;
}

// A machine answered our letter: somebody is away, or the address is not read by people.
Rows automatic_replies(const DigestInput& in) {
  Rows rows;
  for (const auto& decision : in.today) {
    if (decision.disposition != rules::Disposition::kAutoReply || decision.about.empty()) continue;
    const auto name = unit_name(in, decision.about_unit);
    rows.push_back({short_moment(decision.mail.received, in.notice->zone),
                    name.empty() ? "（未知单位）" : name, decision.about_address,
                    fmt::format("对方自动回复：{}", subject_of(decision.mail))});
  }
  return rows;
}

// One row for each unit: its items in this state.
Rows by_state(const DigestInput& in, rules::ItemState state, std::string_view words) {
  Rows rows;
  for (const auto& standing : in.standings) {
    std::vector<std::string> items, notes;
    for (const auto& item : standing.items) {
      const auto* row = in.notice->item(item.item);
      if (item.state != state || row == nullptr) continue;
      items.push_back(row->name);
      if (!item.note.empty() && std::ranges::find(notes, item.note) == notes.end())
        notes.push_back(item.note);
    }
    if (items.empty()) continue;
    const auto last =
        std::ranges::find(in.last_mails, standing.unit, &std::pair<std::string, Time>::first);
    rows.push_back({last == in.last_mails.end() ? std::string("—")
                                                : short_moment(last->second, in.notice->zone),
                    unit_name(in, standing.unit), join(items, "、"),
                    notes.empty() ? std::string(words) : join(notes, "；")});
  }
  return rows;
}
Rows needs_staff(const DigestInput& in) {
  return by_state(in, rules::ItemState::kNeedsStaff, "请核对已收到的文件");
}
Rows late(const DigestInput& in) { return by_state(in, rules::ItemState::kLate, "截止日期后收到"); }

struct NeedKind {
  std::string_view kind, todo;
  bool urgent;
  Rows (*rows)(const DigestInput&);
};
constexpr std::array kKinds{
    NeedKind{"未能读取的来信", "请登录邮箱查看原信", true, quarantined},
    NeedKind{"无法确认单位的来信", "请看来信后确定属于哪个单位", true, unclear_units},
    NeedKind{"来信询问，待回复", "请人工回复", true, inquiries},
    NeedKind{"其他待处理的来信", "请看来信后处理", true, other_held},
    NeedKind{"云附件（下载链接）", "请在到期前人工下载登记", true, cloud_links},
    NeedKind{"发信暂停", "请看原因；处理好后可请管理员立即恢复", true, paused},
    NeedKind{"未发出的回信", "请看原因后决定是否发出", true, held_letters},
    NeedKind{"回信被退回", "请核对邮箱地址，或电话联系", true, bounces},
    NeedKind{"打不开的文件", "对方更换前无需处理，临近截止请电话提醒", false, unreadable},
    NeedKind{"需要人工核对的材料", "请打开文件核对", false, needs_staff},
    NeedKind{"印章待人工核验", "请看盖章页", false, seals},
    NeedKind{"标题与文件名不一致的扫描件", "请打开文件核对", false, doubtful_scans},
    NeedKind{"按文件名登记的扫描件", "核验印章时请一并核对标题", false, scans_by_name},
    NeedKind{"推迟发出的回信", "无需处理，到时自动发出", false, late_letters},
    NeedKind{"对方设有自动回复", "如需尽快联系请打电话", false, automatic_replies},
    NeedKind{"逾期报送", "是否纳入汇总请领导小组办公室确定", false, late},
    NeedKind{"未能对应到材料项目的文件", "请打开文件核对", false, unrecognised},
};

}  // namespace

std::vector<Need> needs_of(const DigestInput& input) {
  std::vector<Need> needs;
  for (const auto& kind : kKinds) {
    if (auto rows = kind.rows(input); !rows.empty())
      needs.push_back({kind.kind, kind.todo, kind.urgent, std::move(rows)});
  }
  return needs;
}

std::vector<std::string> alarms_of(const DigestInput& input) {
  const auto& counts = input.counts;
  std::vector<std::string> alarms;
  if (const auto alarm = links_that_end(input)) alarms.push_back(*alarm);
  const auto unfetched = std::ranges::count_if(
      input.quarantined, [](const MailRow& mail) { return mail.sha256.empty(); });
  if (const auto lost = counts.seen - counts.archived - unfetched; lost != 0) {
    alarms.push_back(
        lost > 0
            ? fmt::format("服务器上看到的来信中有{}封没有存档，请立即联系管理员核对邮箱。", lost)
            : fmt::format("存档比服务器上看到的来信多{}封，请联系管理员核对。", -lost));
  }
  if (const auto waiting = static_cast<std::int64_t>(input.waiting.size());
      counts.waiting() != waiting) {
    alarms.push_back(
        fmt::format("账目不符：按数目应有{}封尚未处理，实际查到{}封，请联系管理员核对。",
                    counts.waiting(), waiting));
  }
  for (const auto& census : input.censuses) {
    if (census.agrees()) continue;
    alarms.push_back(fmt::format(
        "邮箱“{}”里有{}封来信，其中{}封还没有存档；系统每小时会再取，次日仍有此提示请联系管理员。",
        census.mailbox, census.shown, census.shown - census.kept));
  }
  constexpr auto kTooLong = std::chrono::hours(1);
  if (const auto stuck = std::ranges::count_if(
          input.waiting, [&](const MailRow& m) { return input.now - m.first_seen > kTooLong; });
      stuck > 0) {
    alarms.push_back(fmt::format("有{}封来信存档后超过1小时仍未处理，请联系管理员。", stuck));
  }
  return alarms;
}

}  // namespace baosong::daemon
