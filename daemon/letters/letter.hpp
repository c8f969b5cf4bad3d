// Letters: what a mail is answered with. Composing is pure; sending is the outbox's work.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/base/result.hpp"
#include "rules/decision.hpp"
#include "rules/load.hpp"

namespace baosong::daemon {

enum class LetterKind : std::uint8_t {
  kAcknowledgement,
  kCorrection,
  kQuestion,
  kLate,
  kDuplicate,
  kCloudLink,
  kUnreadable,
  kDigest,
};

struct Letter {
  LetterKind kind = LetterKind::kAcknowledgement;
  std::string to;          // one addr-spec
  std::string subject;     // UTF-8, unencoded
  std::string text, html;  // UTF-8, LF
  std::string message_id;  // "<…>", worked out from `answers`, the same each time
  std::string in_reply_to;
  std::vector<std::string> references;
  std::vector<std::string> answers;  // SHA-256 of the mails it answers
};

// The mustache sources of config/replies/, by file name ("acknowledgement.text.mustache").
struct Templates {
  std::vector<rules::ConfigFile> files;
};

// What one letter is made of. Several mails of one unit within the settle time: the last is
// `judgement`, all of them are in `answers`.
struct LetterInput {
  const rules::Notice* notice = nullptr;
  const rules::Judgement* judgement = nullptr;
  const parsers::Message* message = nullptr;
  const rules::Standing* standing = nullptr;  // null for a question
  // The unit's ledger, mails of `answers` included. File names of a mail that came from another
  // address are not repeated to this one; without the ledger only those of `answers` are named.
  const rules::Ledger* ledger = nullptr;
  const rules::Decision* decision = nullptr;
  std::vector<std::string> answers;
  Time now{};
};
// nullopt when the verdict is hold or silent, or the gate's unconditional part says no (a machine,
// ourselves, a null sender).
std::optional<Letter> compose(const Templates& templates, const LetterInput& input);

// The letter as an RFC 5322 mail, composed with mimetic: CRLF, 7 bit, random-free (the boundary is
// worked out from the Message-ID, so that the same letter is the same bytes).
std::string to_rfc5322(const Letter& letter, std::string_view from, std::string_view from_name,
                       Time date, const Zone& zone);

}  // namespace baosong::daemon
