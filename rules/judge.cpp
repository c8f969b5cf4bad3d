#include "rules/judge.hpp"

#include <algorithm>

#include "rules/mail_marks.hpp"

namespace baosong::rules {
namespace {

// A mail-level finding; nothing when the rule is switched off.
void say(const Notice& notice, std::string_view code, const SentenceFields& fields,
         std::string measured, std::vector<Finding>& out) {
  const RuleSetting& rule = notice.rule(nullptr, code);
  if (rule.severity == Severity::kOff) return;
  Finding finding;
  finding.rule = code;
  finding.severity = rule.severity;
  finding.measured = std::move(measured);
  finding.message = sentence(notice, code, "", fields);
  out.push_back(std::move(finding));
}

std::string unit_names(const Notice& notice, const Attribution& attribution) {
  std::vector<std::string> names;
  for (const auto& row : attribution.evidence) {
    const Unit* unit = notice.unit(row.unit);
    if (unit != nullptr && std::ranges::find(names, unit->name) == names.end())
      names.push_back(unit->name);
  }
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : "、") + name;
  return out;
}

}  // namespace

Judgement judge(const Notice& notice, const parsers::Reading& reading, Time received) {
  Judgement out;
  out.disposition = dispose(notice, reading);
  out.mail.sha256 = reading.sha256;
  out.mail.message_id = reading.message.message_id;
  out.mail.subject = reading.message.subject;
  out.mail.from = reading.message.from.address;
  out.mail.received = received;
  // A machine's mail hands nothing in, whatever it carries back to us.
  const bool person = out.disposition == Disposition::kSubmission ||
                      out.disposition == Disposition::kInquiry ||
                      out.disposition == Disposition::kEmpty;
  if (!person) return out;

  out.attribution = attribute(notice, reading);
  auto recognitions = recognise(notice, reading, received);
  for (std::size_t i = 0; i < reading.documents.size(); ++i) {
    if (is_decoration(reading.documents[i])) continue;
    out.mail.documents.push_back({reading.documents[i], std::move(recognitions[i])});
  }
  if (out.disposition != Disposition::kSubmission) return out;

  out.mail.nil_statements = nil_statements(notice, reading);
  switch (out.attribution.outcome) {
    case Attributed::kNobody:
      say(notice, "unit.unknown", {}, {}, out.findings);
      break;
    case Attributed::kConflict: {
      std::string names = unit_names(notice, out.attribution);
      say(notice, "unit.conflict", {{"units", names}}, names, out.findings);
      break;
    }
    case Attributed::kOne:
      break;
  }
  return out;
}

}  // namespace baosong::rules
