#include "daemon/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "daemon/digest_pictures.hpp"
#include "daemon/letters/mask.hpp"
#include "daemon/letters/pictures.hpp"
#include "daemon/letters/render.hpp"
#include "daemon/letters/wording.hpp"
#include "daemon/store/store.hpp"
#include "parsers/base/hash.hpp"

namespace baosong::daemon {
namespace {

using kainjow::mustache::data;
using rules::ItemState;

bool is_settled(ItemState state) {
  return state == ItemState::kComplete || state == ItemState::kLate ||
         state == ItemState::kNoneToNominate || state == ItemState::kSetByStaff;
}

constexpr std::string_view kNever = "—";  // no mail yet

bool has_come(ItemState state) {
  return state != ItemState::kMissing && state != ItemState::kNotRequired;
}

// The words of the state column, with their colours: readable in black and white too.
struct StateLook {
  std::string_view word, colour, ground;
};
constexpr std::array kLooks{
    StateLook{"未报送", "#b3282d", "#fdeced"},
    StateLook{"待补充", "#8a5a00", "#fff4d6"},
    StateLook{"部分报送", "#8a5a00", "#fff4d6"},
    StateLook{"人工核验中", "#0b5cad", "#e6f0fb"},
    StateLook{"已齐全", "#1a7f37", "#e8f6ec"},
    StateLook{"已齐全（有逾期）", "#1a7f37", "#e8f6ec"},
};
const StateLook& look_of(std::string_view word) {
  const auto* at = std::ranges::find(kLooks, word, &StateLook::word);
  return at == kLooks.end() ? kLooks.front() : *at;
}

std::string_view state_of(const UnitLine& line,
                          const std::vector<const rules::ItemStanding*>& items) {
  const auto any = [&](ItemState state) {
    return std::ranges::any_of(items, [&](const auto* item) { return item->state == state; });
  };
  if (line.came == 0) return "未报送";
  if (line.open == 0) return any(ItemState::kLate) ? "已齐全（有逾期）" : "已齐全";
  if (any(ItemState::kNeedsCorrection)) return "待补充";
  if (any(ItemState::kMissing) || any(ItemState::kPartial)) return "部分报送";
  return "人工核验中";
}

// "缺先进个人申报表；待补充：展板照片（3/4）"
std::string note_of(const DigestInput& in, const UnitLine& line,
                    const std::vector<const rules::ItemStanding*>& items) {
  if (line.came == 0) return line.last == kNever ? "" : "已来信，尚无登记的材料";
  std::vector<std::string> missing, mend, staff;
  // A batch of which nothing has come is named as a whole.
  std::set<std::string> whole;
  for (const auto& batch : in.notice->batches) {
    const auto of_batch = [&](const auto* item) {
      return in.notice->item(item->item)->batch == batch.id;
    };
    const bool came = std::ranges::any_of(items, [&](const auto* item) {
      return of_batch(item) && item->state != ItemState::kMissing;
    });
    if (came || !std::ranges::any_of(items, of_batch)) continue;
    whole.insert(batch.id);
    missing.push_back(batch.name + "全部");
  }
  for (const auto* item : items) {
    const auto& name = in.notice->item(item->item)->name;
    if (item->state == ItemState::kMissing && !whole.contains(in.notice->item(item->item)->batch))
      missing.push_back(name);
    if (item->state == ItemState::kNeedsStaff) staff.push_back(name);
    if (item->state == ItemState::kPartial || item->state == ItemState::kNeedsCorrection) {
      mend.push_back(item->want > 1 && item->have < item->want
                         ? fmt::format("{}（{}/{}）", name, item->have, item->want)
                         : name);
    }
  }
  std::vector<std::string> parts;
  if (!missing.empty()) parts.push_back("缺：" + join(missing, "、"));
  if (!mend.empty()) parts.push_back("待补充：" + join(mend, "、"));
  if (!staff.empty()) parts.push_back("待核：" + join(staff, "、"));
  return join(parts, "；");
}

std::string days_left(const rules::Batch& batch, const DigestInput& in) {
  if (in.now > batch.closes) return "已截止";
  const auto day = [&](Time time) {
    return std::chrono::sys_days(civil(time, in.notice->zone).date);
  };
  const auto left = (day(batch.closes) - day(in.now)).count();
  return left == 0 ? std::string("今天截止") : fmt::format("还有{}天", left);
}

UnitLine sum_of(const std::vector<UnitLine>& lines) {
  UnitLine total;
  total.name = "合计";
  for (const auto& line : lines) {
    total.owes += line.owes;
    total.came += line.came;
    total.done += line.done;
    total.open += line.open;
  }
  return total;
}

struct Totals {
  std::int64_t owing = 0, complete = 0, nothing = 0;
  [[nodiscard]] std::int64_t partial() const { return owing - complete - nothing; }
};
Totals totals_of(const std::vector<UnitLine>& lines) {
  Totals totals;
  for (const auto& line : lines) {
    ++totals.owing;
    if (line.came == 0)
      ++totals.nothing;
    else if (line.open == 0)
      ++totals.complete;
  }
  return totals;
}

bool is_machine(const DecisionRow& d) {
  return d.disposition != rules::Disposition::kSubmission &&
         d.disposition != rules::Disposition::kInquiry &&
         d.disposition != rules::Disposition::kEmpty;
}

void set_reconciliation(data& all, const DigestInput& in) {
  data alarms(data::type::list);
  for (const auto& text : alarms_of(in)) alarms.push_back(data("text", value(text)));
  all.set("agree", data(alarms.is_empty_list()));
  all.set("alarms", alarms);
  all.set("seen", value(in.counts.seen));
  all.set("archived", value(in.counts.archived));
  all.set("decided", value(in.counts.decided));
  all.set("quarantined", value(in.counts.quarantined));
  all.set("waiting", value(in.counts.waiting()));
  data censuses(data::type::list);
  for (const auto& census : in.censuses) {
    data one;
    one.set("name", value(census.mailbox));
    one.set("shown", value(census.shown));
    one.set("kept", value(census.kept));
    one.set("when", value(chinese_moment(census.at, in.notice->zone, in.now)));
    one.set("whole", data(census.agrees()));
    censuses.push_back(one);
  }
  all.set("censuses", censuses);
  const auto machines = std::ranges::count_if(in.today, is_machine);
  all.set("today", value(static_cast<std::int64_t>(in.today.size()) - machines));
  all.set("today_machines", value(machines));
}

void set_units(data& all, const DigestInput& in, const std::vector<UnitLine>& lines) {
  const UnitLine total = sum_of(lines);
  data units(data::type::list);
  std::vector<std::string> missing;
  std::int64_t number = 0;
  for (const auto& line : lines) {
    if (line.came == 0) missing.push_back(line.name);
    const auto& look = look_of(line.state);
    data one;
    one.set("number", value(++number));
    one.set("name", value(line.name));
    one.set("owes", value(line.owes));
    one.set("came", value(line.came));
    one.set("done", value(line.done));
    one.set("open", value(line.open));
    one.set("last", value(line.last));
    one.set("state", value(line.state));
    one.set("colour", value(look.colour));
    one.set("ground", value(look.ground));
    one.set("stripe", value(number % 2 == 0 ? "#fafbfc" : "#ffffff"));
    one.set("note", value(line.note));
    units.push_back(one);
  }
  all.set("units", units);
  all.set("table", data(unit_table(lines)));
  all.set("total_owes", value(total.owes));
  all.set("total_came", value(total.came));
  all.set("total_done", value(total.done));
  all.set("total_open", value(total.open));
  all.set("has_missing_units", data(!missing.empty()));
  all.set("missing_units", value(join(missing, "、")));
  const Civil now = civil(in.now, in.notice->zone);
  const auto moment = now.minute == 0 ? fmt::format("{}时", now.hour)
                                      : fmt::format("{}时{}分", now.hour, now.minute);
  all.set("missing_line",
          value(fmt::format("截至今日{}，尚有{}家单位未报送{}：{}，请抓紧。", moment,
                            missing.size(), in.notice->title, join(missing, "、"))));
}

}  // namespace

std::string unit_table(const std::vector<UnitLine>& lines) {
  std::vector<std::vector<std::string>> rows{
      {"序号", "单位", "应报", "已收", "齐全", "待补充", "最近来信", "状态", "备注"}};
  std::size_t number = 0;
  const auto add = [&](std::string first, const UnitLine& l) {
    rows.push_back({std::move(first), l.name, std::to_string(l.owes), std::to_string(l.came),
                    std::to_string(l.done), std::to_string(l.open), l.last, l.state, l.note});
  };
  for (const auto& line : lines) add(std::to_string(++number), line);
  add("", sum_of(lines));
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i)
      widths[i] = std::max(widths[i], display_width(one_line(row[i])));
  }
  std::string out;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    std::string line;
    for (std::size_t i = 0; i + 1 < rows[r].size(); ++i)
      line += pad(one_line(rows[r][i]), widths[i]) + "  ";
    line += one_line(rows[r].back());
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
    if (r == 0 || r + 2 == rows.size()) {
      // A rule under the head and above the totals, as wide as the columns before the note.
      out += std::string(std::accumulate(widths.begin(), widths.end() - 1, std::size_t{0}) +
                             2 * (widths.size() - 1) + 4,
                         '-') +
             "\n";
    }
  }
  return out;
}

std::vector<const rules::Batch*> batches_in_scope(const DigestInput& in) {
  std::vector<const rules::Batch*> scope;
  for (const auto& batch : in.notice->batches) {
    const auto days =
        batch.remind_days_before.empty() ? 0 : std::ranges::max(batch.remind_days_before);
    const bool near = in.now > batch.closes - std::chrono::days(days);
    if (scope.empty() || near) scope.push_back(&batch);
  }
  return scope;
}

std::vector<UnitLine> unit_lines(const DigestInput& in) {
  const auto scope = batches_in_scope(in);
  std::vector<UnitLine> lines;
  for (const auto& unit : in.notice->units) {
    const auto standing = std::ranges::find(in.standings, unit.id, &rules::Standing::unit);
    if (standing == in.standings.end()) continue;
    std::set<std::string, std::less<>> batches;
    for (const auto* batch : scope) batches.insert(batch->id);
    for (const auto& item : standing->items) {
      const auto* row = in.notice->item(item.item);
      if (row != nullptr && has_come(item.state)) batches.insert(row->batch);
    }
    UnitLine line;
    line.id = unit.id;
    line.name = unit.name;
    std::vector<const rules::ItemStanding*> items;
    for (const auto& item : standing->items) {
      const auto* row = in.notice->item(item.item);
      if (row == nullptr || item.state == ItemState::kNotRequired) continue;
      if (!batches.contains(row->batch)) continue;
      // What a unit may leave out is no debt until something of it has come.
      if (in.notice->duty(*row, unit.id) != rules::Duty::kRequired &&
          item.state == ItemState::kMissing)
        continue;
      items.push_back(&item);
      ++line.owes;
      if (item.state != ItemState::kMissing) ++line.came;
      if (is_settled(item.state)) ++line.done;
    }
    if (line.owes == 0) continue;
    line.open = line.owes - line.done;
    const auto last =
        std::ranges::find(in.last_mails, unit.id, &std::pair<std::string, Time>::first);
    line.last = last == in.last_mails.end() ? std::string(kNever)
                                            : short_moment(last->second, in.notice->zone);
    line.state = state_of(line, items);
    line.note = note_of(in, line, items);
    lines.push_back(std::move(line));
  }
  return lines;
}

Letter make_digest(const Templates& templates, const DigestInput& in, std::string_view to) {
  const auto& notice = *in.notice;
  const auto lines = unit_lines(in);
  const auto totals = totals_of(lines);
  const std::string moment = chinese_moment(in.now, notice.zone, in.now);

  data subject;
  subject.set("moment", value(moment));
  subject.set("owing", value(totals.owing));
  subject.set("complete", value(totals.complete));
  subject.set("partial", value(totals.partial()));
  subject.set("nothing", value(totals.nothing));
  subject.set("alarm", data(!alarms_of(in).empty()));

  data all = subject;
  all.set("title", value(notice.title));
  all.set("mailbox", value(notice.mailbox));
  all.set("complete_share",
          value(fmt::format("{:.1f}%", totals.owing == 0
                                           ? 0.0
                                           : 100.0 * static_cast<double>(totals.complete) /
                                                 static_cast<double>(totals.owing))));
  std::vector<std::string> scope;
  data deadlines(data::type::list);
  for (const auto* batch : batches_in_scope(in)) {
    scope.push_back(batch->name);
    data one;
    one.set("batch", value(batch->name));
    one.set("deadline", value(chinese_deadline(*batch, notice.zone, in.now)));
    one.set("left", value(days_left(*batch, in)));
    deadlines.push_back(one);
  }
  all.set("scope", value(join(scope, "、")));
  all.set("deadlines", deadlines);
  set_reconciliation(all, in);
  Gallery gallery;
  set_needs(all, in, gallery);
  set_seals(all, in, gallery);
  set_units(all, in, lines);

  auto office = notice.signature;
  office.push_back(notice.contact);
  Letter letter;
  letter.kind = LetterKind::kDigest;
  letter.to = to;
  letter.subject = mask(one_line(render(templates, "digest-subject", false, subject)), office);
  letter.text = mask(render(templates, "digest", false, all), office);
  // The pictures come last: to the mask, base64 is full of numbers.
  letter.html =
      with_pictures(mask(render(templates, "digest", true, all), office), gallery.jpegs());
  const auto minute = std::chrono::floor<std::chrono::minutes>(in.now);
  const auto key = fmt::format("{}\n{}\n{}", notice.id, format_rfc3339(minute, notice.zone), to);
  const auto at = notice.mailbox.rfind('@');
  letter.message_id =
      fmt::format("<baosong-digest-{}@{}>", sha256_hex(key).substr(0, 32),
                  at == std::string::npos ? "localhost" : notice.mailbox.substr(at + 1));
  return letter;
}

}  // namespace baosong::daemon
