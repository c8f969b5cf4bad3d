// One file a rule kind, one table of them all. A check looks at one document as one item sees it
// and says what it finds; checks know nothing of each other, of other documents or of the clock.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rules/finding.hpp"
#include "rules/ledger.hpp"
#include "rules/notice.hpp"
#include "rules/photo_name.hpp"

namespace baosong::rules {

// What a document is to its item, by its content; a disguised file is what its name says it wants
// to be.
enum class Half : std::uint8_t {
  kWord,   // the Word document, or what came in its place
  kPdf,    // the sealed PDF, or what came in its place
  kPhoto,  // a photo
  kAlbum,  // a Word file that holds the photos of a photo item
  kAside,  // a PDF next to the Word that was asked: kept, judged by nothing
  kPack,   // an archive that could not be opened: nobody knows what is in it
  kLink,   // a download link
};

struct CheckInput {
  const Notice& notice;
  const Item* item;  // null: the document belongs to no item
  const LedgerMail& mail;
  const LedgerDocument& row;
  bool word_beside = false;  // a Word for the item came too, so a PDF need not stand for it
  const PhotoWords* photo_words = nullptr;  // null: worked out when needed

  const parsers::Document& document() const { return row.document; }
  const RuleSetting& rule(std::string_view code) const { return notice.rule(item, code); }
};

using Findings = std::vector<Finding>;
using Check = void (*)(const CheckInput&, Findings&);

// Where a rule is worked out. A rule without a check of its own needs more than one document and
// is worked out where `home` says.
struct RuleHome {
  std::string_view code;
  Check check;            // null: see home
  std::string_view home;  // "standing", "decision", "judge"
};
// A row for every rule of rule_table(); a test compares the two.
std::span<const RuleHome> rule_homes();

// Runs every check of the table on the document.
Findings check_document(const CheckInput& input);

struct Said {
  std::string_view code;
  std::string_view variant = {};
  std::string measured = {};
  std::string limit = {};
  SentenceFields fields = {};  // {{measured}} and {{limit}} may be overridden here for the sentence
};
// Composes a finding about the document. Says nothing when `severity` is kOff.
void say(const CheckInput& input, Severity severity, Said said, Findings& out);

// The same about an item as a whole; `document` may be null.
struct DocumentRef {
  const LedgerMail* mail = nullptr;
  const parsers::Document* document = nullptr;
};
void say(const Notice& notice, const Item* item, DocumentRef document, Severity severity, Said said,
         Findings& out);

// What a document is to the item, and what is wrong with that (file.wrong-format).
struct FormatVerdict {
  Half half = Half::kWord;
  std::string_view variant = {};  // of file.wrong-format
  Severity severity = Severity::kOff;
  bool stands_in = false;  // a PDF that stands for the Word that was asked
};
FormatVerdict judge_format(const CheckInput& input);

// Empty for Kind::kPlain, of which the format says all.
std::string_view kind_in_words(parsers::Kind kind);
// The sentence of file.unreadable that says how to save such a file again.
std::string_view unreadable_variant(parsers::Kind kind);

// Formats that are taken although their text is not read: whoever judges content stays silent.
bool taken_unread(const parsers::Document& document);

// "docx" -> "Word（docx）": how letters name what a document is.
std::string format_in_words(const parsers::Document& document);

void check_readable(const CheckInput&, Findings&);       // file.unreadable
void check_encrypted(const CheckInput&, Findings&);      // file.encrypted
void check_cloud_link(const CheckInput&, Findings&);     // file.cloud-link
void check_format(const CheckInput&, Findings&);         // file.wrong-format
void check_title_missing(const CheckInput&, Findings&);  // text.title-missing
void check_title_length(const CheckInput&, Findings&);   // text.title-length
void check_body_length(const CheckInput&, Findings&);    // text.body-length
void check_blank_fields(const CheckInput&, Findings&);   // form.blank-fields
void check_year(const CheckInput&, Findings&);           // form.year
void check_table_empty(const CheckInput&, Findings&);    // table.empty
void check_dates(const CheckInput&, Findings&);          // table.date-outside
void check_seal(const CheckInput&, Findings&);           // pdf.seal-not-seen
void check_name_machine(const CheckInput&, Findings&);   // photo.name-machine
void check_name_generic(const CheckInput&, Findings&);   // photo.name-generic
void check_resolution(const CheckInput&, Findings&);     // photo.resolution
void check_blur(const CheckInput&, Findings&);           // photo.blurred

}  // namespace baosong::rules
