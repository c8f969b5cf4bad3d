// Advice to staff about the seal. Pages that could not be shown are said to be just that: nobody
// has "seen nothing" on them.
#include "parsers/base/limits.hpp"
#include "rules/checks/check.hpp"

namespace baosong::rules {

void check_seal(const CheckInput& input, Findings& out) {
  if (input.item == nullptr || !input.item->sealed) return;
  const auto* pdf = std::get_if<parsers::PdfFacts>(&input.document().facts);
  if (pdf == nullptr || pdf->pages == 0 || pdf->signature) return;
  const RuleSetting& rule = input.rule("pdf.seal-not-seen");
  const auto most = rule.params.contains("pages") ? rule.integer("pages") : limits::kSealPages;
  if (pdf->seal && pdf->seal->page <= most) return;
  // A black ring is a reason to look, not a seal; and pages that nobody looked at may hold one.
  const bool in_part = pdf->seal_pages < pdf->pages;
  // Q18: whatever the config says, a missing seal never turns anybody away.
  say(input, std::min(rule.severity, Severity::kWarning),
      {.code = "pdf.seal-not-seen",
       .variant = !pdf->seal_looked_for ? "unseen"
                  : pdf->grey_seal      ? "grey"
                  : in_part             ? "in-part"
                                        : "",
       .measured = "0",
       .limit = "1",
       .fields = {{"pages", std::to_string(pdf->pages)},
                  {"seen", std::to_string(pdf->seal_pages)}}},
      out);
}

}  // namespace baosong::rules
