#include "rules/checks/check.hpp"

#include <array>

namespace baosong::rules {
namespace {

constexpr std::array kHomes{
    RuleHome{"file.unreadable", check_readable, "checks"},
    RuleHome{"file.encrypted", check_encrypted, "checks"},
    RuleHome{"file.wrong-format", check_format, "checks"},
    RuleHome{"file.cloud-link", check_cloud_link, "checks"},
    RuleHome{"text.title-missing", check_title_missing, "checks"},
    RuleHome{"text.title-length", check_title_length, "checks"},
    RuleHome{"text.body-length", check_body_length, "checks"},
    RuleHome{"form.blank-fields", check_blank_fields, "checks"},
    RuleHome{"form.year", check_year, "checks"},
    RuleHome{"table.empty", check_table_empty, "checks"},
    RuleHome{"table.date-outside", check_dates, "checks"},
    RuleHome{"pdf.seal-not-seen", check_seal, "checks"},
    RuleHome{"photo.name-machine", check_name_machine, "checks"},
    RuleHome{"photo.name-generic", check_name_generic, "checks"},
    RuleHome{"photo.resolution", check_resolution, "checks"},
    RuleHome{"photo.blurred", check_blur, "checks"},
    RuleHome{"file.duplicate", nullptr, "standing"},
    RuleHome{"file.unrecognised", nullptr, "standing"},
    RuleHome{"item.missing", nullptr, "standing"},
    RuleHome{"item.count", nullptr, "standing"},
    RuleHome{"item.pair-missing", nullptr, "standing"},
    RuleHome{"item.pair-differs", nullptr, "standing"},
    RuleHome{"table.rows-mismatch", nullptr, "standing"},
    RuleHome{"photo.duplicate", nullptr, "standing"},
    RuleHome{"photo.reused", nullptr, "standing"},
    RuleHome{"photo.embedded-only", nullptr, "standing"},
    RuleHome{"mail.late", nullptr, "standing"},
    RuleHome{"unit.unknown", nullptr, "judge"},
    RuleHome{"unit.conflict", nullptr, "judge"},
};

}  // namespace

std::span<const RuleHome> rule_homes() { return kHomes; }

Findings check_document(const CheckInput& input) {
  Findings out;
  for (const RuleHome& row : kHomes) {
    if (row.check != nullptr) row.check(input, out);
  }
  return out;
}

void say(const Notice& notice, const Item* item, DocumentRef where, Severity severity, Said said,
         Findings& out) {
  if (severity == Severity::kOff) return;
  Finding finding;
  finding.rule = said.code;
  finding.severity = severity;
  if (item != nullptr) finding.item = item->id;
  if (where.document != nullptr) finding.document = where.document->path;
  if (where.mail != nullptr) finding.message_sha256 = where.mail->sha256;
  finding.measured = std::move(said.measured);
  finding.limit = std::move(said.limit);

  SentenceFields fields = std::move(said.fields);
  fields.try_emplace("item", item != nullptr ? item->name : std::string());
  fields.try_emplace("document", where.document != nullptr ? where.document->name : std::string());
  fields.try_emplace("measured", finding.measured);
  fields.try_emplace("limit", finding.limit);
  finding.message = sentence(notice, said.code, said.variant, fields);
  out.push_back(std::move(finding));
}

void say(const CheckInput& input, Severity severity, Said said, Findings& out) {
  say(input.notice, input.item, {&input.mail, &input.document()}, severity, std::move(said), out);
}

}  // namespace baosong::rules
