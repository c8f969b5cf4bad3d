#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "daemon/letters/fields.hpp"
#include "daemon/letters/letter.hpp"
#include "daemon/letters/mask.hpp"
#include "daemon/letters/points.hpp"
#include "daemon/letters/render.hpp"
#include "daemon/letters/reply.hpp"
#include "daemon/letters/wording.hpp"
#include "parsers/base/hash.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::daemon {
namespace {

using kainjow::mustache::data;

LetterKind kind_of(const LetterInput& input, const Points& points) {
  if (input.decision->verdict == rules::Verdict::kAskUnit) return LetterKind::kQuestion;
  if (points.files > 0 && points.duplicates == points.files) return LetterKind::kDuplicate;
  if (!points.late_batches.empty()) return LetterKind::kLate;
  if (points.only_unreadable) return LetterKind::kUnreadable;
  if (points.only_cloud) return LetterKind::kCloudLink;
  return input.decision->verdict == rules::Verdict::kCorrect ? LetterKind::kCorrection
                                                             : LetterKind::kAcknowledgement;
}

// A field that is not there is left out of the data, so that {{#field}} can ask for it.
void set_text(data& into, const char* name, std::string_view text) {
  if (!text.empty()) into.set(name, value(text));
}

std::string names_of(const std::vector<const rules::Batch*>& batches) {
  std::vector<std::string> names;
  for (const auto* batch : batches) names.push_back(batch->name);
  return join(names, "、");
}

data point_rows(const std::vector<Point>& points) {
  data rows(data::type::list);
  std::int64_t number = 0;
  for (const auto& point : points) {
    data row;
    row.set("number", value(++number));
    set_text(row, "item", point.item);
    row.set("point", value(point.text));
    rows.push_back(row);
  }
  return rows;
}

data batch_row(const rules::Batch& batch, const LetterInput& input) {
  const auto& zone = input.notice->zone;
  data row;
  row.set("batch", value(batch.name));
  row.set("deadline", value(chinese_deadline(batch, zone, input.now)));
  row.set("day", value(chinese_deadline_day(batch, input.now, zone)));
  row.set("open", data(input.now <= batch.closes));
  return row;
}

void set_list(data& into, const std::string& name, data rows) {
  into.set("has_" + name, data(rows.is_non_empty_list()));
  into.set(name, rows);
}

data values_of(const LetterInput& input, const Points& points) {
  const auto& notice = *input.notice;
  data all;
  const auto* unit = notice.unit(input.judgement->attribution.unit);
  const bool asks = input.decision->verdict == rules::Verdict::kAskUnit;
  all.set("salutation",
          value(unit == nullptr || asks
                    ? std::string("负责同志")
                    : (unit->formal.empty() ? unit->name : unit->formal) + " 负责同志"));
  all.set("received_at",
          value(chinese_moment(input.judgement->mail.received, notice.zone, input.now)));
  set_text(all, "batches", names_of(points.touched_batches));
  all.set("title", value(notice.title));
  all.set("mailbox", value(notice.mailbox));
  all.set("contact", value(notice.contact));
  all.set("file_count", value(points.files));
  all.set("duplicate_count", value(points.duplicates));
  if (points.settled > 0) all.set("complete_count", value(points.settled));
  all.set("wanted_count", value(static_cast<std::int64_t>(points.wanted.size())));
  all.set("hint_count", value(static_cast<std::int64_t>(points.hints.size())));
  all.set("staff_count", value(static_cast<std::int64_t>(points.for_staff.size())));
  all.set("all_complete", data(points.all_settled));
  all.set("earlier_only", data(points.earlier_only));
  all.set("by_staff", data(points.by_staff));
  all.set("late", data(!points.late_batches.empty()));
  if (!points.late_batches.empty()) {
    all.set("late_batches", value(names_of(points.late_batches)));
    std::vector<std::string> days;
    for (const auto* batch : points.late_batches)
      days.push_back(chinese_deadline_day(*batch, input.now, notice.zone));
    all.set("late_deadline", value(join(days, "、")));
  }

  data received(data::type::list);
  std::int64_t number = 0;
  for (const auto& row : points.received) {
    data one;
    one.set("number", value(++number));
    one.set("item", value(row.item));
    set_text(one, "files", row.files);
    one.set("state", value(row.state));
    one.set("settled", data(row.settled));
    received.push_back(one);
  }
  set_list(all, "received", received);
  set_list(all, "wanted", point_rows(points.wanted));
  set_list(all, "hints", point_rows(points.hints));
  all.set("has_staff", data(!points.for_staff.empty()));
  set_text(all, "staff_files", join(points.for_staff, "、"));

  data outstanding(data::type::list);
  for (const auto& row : points.outstanding) {
    data one = batch_row(*row.batch, input);
    one.set("items", value(join(row.items, "、")));
    outstanding.push_back(one);
  }
  set_list(all, "outstanding", outstanding);
  data deadlines(data::type::list);
  for (const auto* batch : points.wanted_batches) deadlines.push_back(batch_row(*batch, input));
  set_list(all, "deadlines", deadlines);
  data signature(data::type::list);
  for (const auto& line : notice.signature) signature.push_back(data("line", data(line)));
  all.set("signature", signature);
  return all;
}

bool something_wanted(const LetterInput& input, const Points& points) {
  return input.decision->verdict == rules::Verdict::kAskUnit || !points.wanted.empty() ||
         std::ranges::any_of(points.outstanding,
                             [&](const auto& o) { return input.now > o.batch->closes; });
}

}  // namespace

std::optional<Letter> compose(const Templates& templates, const LetterInput& input) {
  using rules::Verdict;
  const auto verdict = input.decision->verdict;
  if (verdict == Verdict::kHold || verdict == Verdict::kSilent) return std::nullopt;
  const auto& notice = *input.notice;
  const auto* unit = notice.unit(input.judgement->attribution.unit);
  const auto to = reply_address(*input.message, notice, unit);
  if (!to) return std::nullopt;

  const Points points = gather(input);
  Letter letter;
  letter.kind = kind_of(input, points);
  letter.to = *to;
  letter.answers = input.answers;
  if (letter.answers.empty()) letter.answers.push_back(input.judgement->mail.sha256);

  // Numbers of the office itself may stand in the letter, those of anybody else may not.
  auto office = notice.signature;
  office.push_back(notice.contact);
  const auto values = values_of(input, points);
  const auto name = template_of(letter.kind);
  letter.text = mask(render(templates, name, false, values), office);
  letter.html = mask(render(templates, name, true, values), office);

  data subject;
  const auto kept = reply_subject(input.message->subject);
  subject.set("subject", value(kept.empty() ? notice.title : kept));
  subject.set("wanted", data(something_wanted(input, points)));
  letter.subject = mask(one_line(render(templates, "subject", false, subject)), office);

  letter.message_id = stable_message_id(letter.answers, notice.mailbox);
  if (is_message_id(input.message->message_id)) letter.in_reply_to = input.message->message_id;
  letter.references = thread_of(*input.message);
  return letter;
}

}  // namespace baosong::daemon
