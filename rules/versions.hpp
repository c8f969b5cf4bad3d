// Which version counts: the latest valid one; when none is valid, the latest.
#pragma once

#include "rules/standing_work.hpp"

namespace baosong::rules::work {

// True when the name says that this is the version to take: 最终版, 定稿, 修改稿, 以此为准.
bool says_final(std::string_view file_name);

// File name without extension, copy suffixes and words that tell the halves of a pair apart
// (盖章, 扫描件, word版): equal for the two halves and for two versions of one document.
std::string name_stem(std::string_view file_name);

// Marks what became of the versions of one thing: the valid ones of the best rank count (all of the
// latest rank when none is valid), earlier ones are replaced, faulty ones beside or after a valid
// one are softened.
void settle_versions(Candidates& all, const Places& versions);

// Does what the fates say to the findings: those of replaced documents are dropped, errors of
// softened ones become warnings that say that a valid version is there.
void apply_fates(const Notice& notice, const Item& item, Candidates& all);

}  // namespace baosong::rules::work
