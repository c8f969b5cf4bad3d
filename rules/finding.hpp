// One thing that a rule has to say.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "rules/notice.hpp"

namespace baosong::rules {

struct Finding {
  std::string rule;  // code of rule_table()
  Severity severity = Severity::kInfo;
  std::string item;            // item id or empty
  std::string document;        // Document::path or empty
  std::string message_sha256;  // the mail that `document` came in; empty when no document is meant
  std::string measured;        // "24"; empty when nothing was measured
  std::string limit;           // "20"
  std::string message;         // the sentence: what was found and how to mend it
  bool about_sent = true;      // false: only says that something has not come yet (item.missing)
};

using SentenceFields = std::map<std::string, std::string, std::less<>>;

// Fills the sentence "code" or "code.variant" of the notice. Identity and mobile numbers in the
// fields are masked. A sentence that the notice lacks is our own fault and throws.
std::string sentence(const Notice& notice, std::string_view code, std::string_view variant,
                     const SentenceFields& fields);

}  // namespace baosong::rules
