#include "rules/rule_table.hpp"

#include <algorithm>
#include <array>

namespace baosong::rules {
namespace {

using Name = std::string_view;
constexpr std::array<Name, 0> kNone{};

// Fields that sentences use, by what they speak of.
constexpr std::array<Name, 2> kReason{"reason", "format"};
constexpr std::array<Name, 1> kFormat{"format"};
constexpr std::array<Name, 4> kLink{"link_name", "host", "size", "expires"};
constexpr std::array<Name, 1> kEarlier{"earlier"};
constexpr std::array<Name, 2> kHaveWant{"have", "want"};
constexpr std::array<Name, 1> kNominee{"nominee"};
constexpr std::array<Name, 2> kOther{"nominee", "other"};
constexpr std::array<Name, 1> kLabels{"labels"};
constexpr std::array<Name, 1> kFound{"found"};
constexpr std::array<Name, 2> kPages{"pages", "seen"};
constexpr std::array<Name, 3> kPixels{"width", "height", "size"};
constexpr std::array<Name, 2> kCounts{"low", "high"};
constexpr std::array<Name, 1> kUnits{"units"};
constexpr std::array<Name, 3> kLate{"batch", "deadline", "received"};

constexpr std::array kUnreadable{SentenceRow{"", kReason},
                                 SentenceRow{"empty", kReason},
                                 SentenceRow{"too-large", kReason},
                                 SentenceRow{"unsupported", kReason},
                                 SentenceRow{"old-office", kReason},
                                 SentenceRow{"works", kReason},
                                 SentenceRow{"old-wps", kReason},
                                 SentenceRow{"presentation", kReason},
                                 SentenceRow{"open-document", kReason},
                                 SentenceRow{"ofd", kReason},
                                 SentenceRow{"outlook", kReason},
                                 SentenceRow{"volume", kReason},
                                 SentenceRow{"program", kReason},
                                 SentenceRow{"other-archive", kReason},
                                 SentenceRow{"other-picture", kReason},
                                 SentenceRow{"media", kReason},
                                 SentenceRow{"lock-file", kReason},
                                 SentenceRow{"unsafe", kReason}};
constexpr std::array kEncrypted{SentenceRow{"", kNone}, SentenceRow{"archive", kNone}};
constexpr std::array kWrongFormat{SentenceRow{"", kFormat},
                                  SentenceRow{"image-for-pdf", kFormat},
                                  SentenceRow{"pdf-for-word", kFormat},
                                  SentenceRow{"image-for-word", kFormat},
                                  SentenceRow{"workbook", kFormat},
                                  SentenceRow{"tolerated", kFormat},
                                  SentenceRow{"disguised", kFormat},
                                  SentenceRow{"photo", kFormat},
                                  SentenceRow{"extra-pdf", kFormat}};
constexpr std::array kCloud{SentenceRow{"", kLink}, SentenceRow{"no-expiry", kLink}};
constexpr std::array kDuplicate{SentenceRow{"", kEarlier}, SentenceRow{"same-mail", kEarlier}};
constexpr std::array kPlain{SentenceRow{"", kNone}};
constexpr std::array kMissing{SentenceRow{"", kHaveWant}, SentenceRow{"overdue", kHaveWant}};
constexpr std::array kCount{SentenceRow{"", kHaveWant}, SentenceRow{"photos", kHaveWant},
                            SentenceRow{"more", kHaveWant}, SentenceRow{"one-file", kHaveWant},
                            SentenceRow{"kept", kHaveWant}};
constexpr std::array kPairMissing{SentenceRow{"pdf", kNominee}, SentenceRow{"word", kNominee},
                                  SentenceRow{"pdf-unsure", kNominee}};
constexpr std::array kPairDiffers{SentenceRow{"", kOther}, SentenceRow{"scanned-title", kOther}};
constexpr std::array kTitleLength{SentenceRow{"", kCounts}, SentenceRow{"punctuation", kCounts}};
constexpr std::array kBodyLength{SentenceRow{"", kCounts}, SentenceRow{"near", kCounts},
                                 SentenceRow{"short", kCounts}, SentenceRow{"borderline", kCounts}};
constexpr std::array kBlank{SentenceRow{"", kLabels}, SentenceRow{"empty-form", kLabels}};
constexpr std::array kYear{SentenceRow{"", kFound}};
constexpr std::array kRows{SentenceRow{"row-without-form", kNominee},
                           SentenceRow{"form-without-row", kNominee}};
constexpr std::array kDateOutside{SentenceRow{"", kFound}};
constexpr std::array kSeal{SentenceRow{"", kPages}, SentenceRow{"in-part", kPages},
                           SentenceRow{"unseen", kPages}, SentenceRow{"grey", kPages}};
constexpr std::array kNameMachine{SentenceRow{"", kNone}, SentenceRow{"advice", kNone}};
constexpr std::array kResolution{SentenceRow{"", kPixels}, SentenceRow{"small-file", kPixels},
                                 SentenceRow{"chat", kPixels}};
constexpr std::array kOtherPhoto{SentenceRow{"", kEarlier}};
constexpr std::array kReused{SentenceRow{"", kEarlier}, SentenceRow{"elsewhere", kNone},
                             SentenceRow{"elsewhere-embedded", kNone}};
constexpr std::array kEmbedded{SentenceRow{"", kHaveWant}};
constexpr std::array kConflict{SentenceRow{"", kUnits}};
constexpr std::array kLateRows{SentenceRow{"", kLate}};

constexpr std::array<ParamRow, 0> kNoParams{};
constexpr std::array kMissingParams{ParamRow{"overdue_severity", ParamType::kSeverity, "\"error\"",
                                             "severity once the deadline has passed"}};
constexpr std::array kWrongFormatParams{
    ParamRow{"tolerated_severity", ParamType::kSeverity, "\"warning\"",
             "wps and rtf where Word is wanted, a workbook for a table"},
    ParamRow{"pdf_only_severity", ParamType::kSeverity, "\"error\"",
             "a PDF where only Word is wanted and no Word came"}};
constexpr std::array kCloudParams{
    ParamRow{"warn_days", ParamType::kInt, "3", "days before its end at which the digest warns"}};
constexpr std::array kCountParams{
    ParamRow{"more_severity", ParamType::kSeverity, "\"info\"", "more documents than asked"},
    ParamRow{"one_file_severity", ParamType::kSeverity, "\"warning\"",
             "one file where two were asked and two headings were not found"}};
constexpr std::array kPairParams{
    ParamRow{"likeness", ParamType::kNumber, "0.35",
             "shared text below this share speaks of different things"}};
constexpr std::array kTitleLengthParams{
    ParamRow{"max", ParamType::kInt, "", "字数 a title may have, inclusive"}};
constexpr std::array kBodyParams{
    ParamRow{"min", ParamType::kInt, "0", "字数 at least; 0: `ok` and `tolerated` are used"},
    ParamRow{"ok", ParamType::kInts, "[]", "from, to: nothing is said"},
    ParamRow{"tolerated", ParamType::kInts, "[]",
             "from, to: a warning outside `ok`, an error outside this"},
    ParamRow{"target", ParamType::kInt, "0", "the number the notice names, for the sentence"}};
constexpr std::array kBlankParams{
    ParamRow{"labels", ParamType::kTexts, "[]", "labels that must be filled"},
    ParamRow{"ignore", ParamType::kTexts, "[]",
             "labels that may stay blank (opinions, photo, remarks)"}};
constexpr std::array kYearParams{
    ParamRow{"year", ParamType::kInt, "", "the year a form's title must name if it names one"}};
constexpr std::array kRowsParams{ParamRow{"form_without_row_severity", ParamType::kSeverity,
                                          "\"warning\"",
                                          "a form whose nominee is not in the table"}};
constexpr std::array kDateParams{
    ParamRow{"from", ParamType::kText, "", "first day, 2022-10-01"},
    ParamRow{"to", ParamType::kText, "", "last day, 2022-11-30"},
    ParamRow{"heads", ParamType::kTexts, "[\"时间\", \"活动时间\", \"日期\"]",
             "columns that hold the date"}};
constexpr std::array kNameParams{
    ParamRow{"min_han", ParamType::kInt, "4",
             "汉字 that must be left after generic words are taken away"},
    ParamRow{"generic_words", ParamType::kTexts, "[]", "words that say nothing about the scene"}};
constexpr std::array kResolutionParams{
    ParamRow{"long_side", ParamType::kInt, "1600", "pixels of the longer side, at least"},
    ParamRow{"short_side", ParamType::kInt, "0", "pixels of the shorter side, at least"},
    ParamRow{"bytes", ParamType::kInt, "300000", "size of the file, at least"}};
constexpr std::array kBlurParams{
    ParamRow{"below", ParamType::kNumber, "50.0", "sharpness that counts as blurred"}};
constexpr std::array kLikeParams{
    ParamRow{"distance", ParamType::kInt, "4", "dHash bits that may differ, in four positions"}};
constexpr std::array kSealParams{
    ParamRow{"pages", ParamType::kInt, "20", "pages that are looked at"}};

constexpr auto kError = Severity::kError;
constexpr auto kWarning = Severity::kWarning;
constexpr auto kInfo = Severity::kInfo;

constexpr std::array kTable{
    RuleRow{"file.unreadable",
            "the file is empty, damaged, too large or of a kind that is not read", Scope::kDocument,
            kError, kNoParams, kUnreadable},
    RuleRow{"file.encrypted", "the file or archive is locked with a password", Scope::kDocument,
            kError, kNoParams, kEncrypted},
    RuleRow{"file.wrong-format", "the content is not what the item takes", Scope::kDocument, kError,
            kWrongFormatParams, kWrongFormat},
    RuleRow{"file.cloud-link", "a download link came instead of the file", Scope::kDocument, kError,
            kCloudParams, kCloud},
    RuleRow{"file.duplicate", "the same bytes came before", Scope::kDocument, kInfo, kNoParams,
            kDuplicate},
    RuleRow{"file.unrecognised", "no item fits the file", Scope::kDocument, kWarning, kNoParams,
            kPlain},
    RuleRow{"item.missing", "nothing came for the item", Scope::kItem, kInfo, kMissingParams,
            kMissing},
    RuleRow{"item.count", "fewer (or more) documents or photos than asked", Scope::kItem, kError,
            kCountParams, kCount},
    RuleRow{"item.pair-missing", "the Word or the PDF half is wanting", Scope::kItem, kError,
            kNoParams, kPairMissing},
    RuleRow{"item.pair-differs", "the two halves speak of different things", Scope::kItem, kError,
            kPairParams, kPairDiffers},
    RuleRow{"text.title-missing", "no title stands above the text", Scope::kDocument, kError,
            kNoParams, kPlain},
    RuleRow{"text.title-length", "the title is too long", Scope::kDocument, kError,
            kTitleLengthParams, kTitleLength},
    RuleRow{"text.body-length", "the text is too short or too long", Scope::kDocument, kError,
            kBodyParams, kBodyLength},
    RuleRow{"form.blank-fields", "cells that must be filled are blank", Scope::kDocument, kWarning,
            kBlankParams, kBlank},
    RuleRow{"form.year", "the title names another year", Scope::kDocument, kWarning, kYearParams,
            kYear},
    RuleRow{"table.empty", "the table has no filled row", Scope::kDocument, kError, kNoParams,
            kPlain},
    RuleRow{"table.rows-mismatch", "the summary table and the forms do not name the same",
            Scope::kItem, kError, kRowsParams, kRows},
    RuleRow{"table.date-outside", "an activity's date lies outside the period of the notice",
            Scope::kDocument, kInfo, kDateParams, kDateOutside},
    RuleRow{"pdf.seal-not-seen", "no seal was found on the pages (advice to staff)",
            Scope::kDocument, kWarning, kSealParams, kSeal},
    RuleRow{"photo.name-machine", "a camera, chat or scanner made the file name", Scope::kDocument,
            kError, kNameParams, kNameMachine},
    RuleRow{"photo.name-generic", "the file name does not say the scene", Scope::kDocument,
            kWarning, kNameParams, kPlain},
    RuleRow{"photo.resolution", "too few pixels or bytes for print", Scope::kDocument, kWarning,
            kResolutionParams, kResolution},
    RuleRow{"photo.blurred", "the photo is out of focus", Scope::kDocument, kWarning, kBlurParams,
            kPlain},
    RuleRow{"photo.duplicate", "the same picture twice in the item", Scope::kDocument, kWarning,
            kLikeParams, kOtherPhoto},
    RuleRow{"photo.reused", "the picture already serves another item or unit", Scope::kDocument,
            kWarning, kLikeParams, kReused},
    RuleRow{"photo.embedded-only", "the photos came only inside a Word file", Scope::kItem,
            kWarning, kNoParams, kEmbedded},
    RuleRow{"unit.unknown", "nobody can be named as the sender", Scope::kMail, kError, kNoParams,
            kPlain},
    RuleRow{"unit.conflict", "two units can be named as the sender", Scope::kMail, kError,
            kNoParams, kConflict},
    RuleRow{"mail.late", "it came after the deadline of the batch", Scope::kMail, kWarning,
            kNoParams, kLateRows},
};

}  // namespace

std::span<const RuleRow> rule_table() { return kTable; }

const RuleRow* find_rule(std::string_view code) {
  const auto* row = std::ranges::find(kTable, code, &RuleRow::code);
  return row == kTable.end() ? nullptr : row;
}

}  // namespace baosong::rules
