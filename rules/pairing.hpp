// Which Word belongs to which PDF: by nominee, then by name stem, then by text likeness, then by
// elimination.
#pragma once

#include "rules/standing_work.hpp"

namespace baosong::rules::work {

// Words and PDFs of an item that asks for forms, as slots. Broken files take the place that their
// name tells, or the one that is left.
std::vector<Slot> pair_forms(const Notice& notice, const Item& item, Candidates& all);

// Slots of a text item that asks for several (two cases): by title, name stem, likeness.
std::vector<Slot> group_texts(const Notice& notice, const Item& item, Candidates& all);

// The Word and the PDF speak of different things: the share of text they have in common, when it
// is below `likeness` and nothing else says that they belong together; 0 when the PDF is the form
// of another person.
std::optional<double> differ(const Item& item, const Slot& slot, const Candidate& word,
                             const Candidate& pdf, double likeness);

}  // namespace baosong::rules::work
