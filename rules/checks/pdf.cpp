// Advice to staff about the seal. Silent until somebody has looked: a detector that did not run
// has not "seen nothing".
#include "rules/checks/check.hpp"

namespace baosong::rules {

void check_seal(const CheckInput& input, Findings& out) {
  if (input.item == nullptr || !input.item->sealed) return;
  const auto* pdf = std::get_if<parsers::PdfFacts>(&input.document().facts);
  if (pdf == nullptr || !pdf->seal_looked_for || pdf->seal || pdf->signature) return;
  // Q18: whatever the config says, a missing seal never turns anybody away.
  say(input, std::min(input.rule("pdf.seal-not-seen").severity, Severity::kWarning),
      {.code = "pdf.seal-not-seen", .measured = "0", .limit = "1"}, out);
}

}  // namespace baosong::rules
