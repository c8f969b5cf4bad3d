// Is it what the item takes? By content; the name only tells what the sender meant it to be.
#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"
#include "rules/checks/check.hpp"

namespace baosong::rules {
namespace {

using parsers::Format;
using parsers::Trouble;

enum class Family : std::uint8_t { kOther, kWord, kPdf, kSheet, kImage };

Family family_of(Format f) {
  if (parsers::is_word(f)) return Family::kWord;
  if (parsers::is_image(f)) return Family::kImage;
  if (f == Format::kPdf) return Family::kPdf;
  if (f == Format::kXls || f == Format::kXlsx) return Family::kSheet;
  return Family::kOther;
}

// What the extension promises. Only those that people rename by hand matter.
Family family_of_name(std::string_view name) {
  struct Row {
    std::string_view extension;
    Family family;
  };
  static constexpr std::array kRows{Row{".docx", Family::kWord}, Row{".doc", Family::kWord},
                                    Row{".wps", Family::kWord}, Row{".rtf", Family::kWord},
                                    Row{".pdf", Family::kPdf}};
  const std::string folded = parsers::fold(name);
  const auto* row =
      std::ranges::find_if(kRows, [&](const Row& r) { return folded.ends_with(r.extension); });
  return row == kRows.end() ? Family::kOther : row->family;
}

Severity setting(const CheckInput& input, std::string_view param) {
  const RuleSetting& rule = input.rule("file.wrong-format");
  if (rule.severity == Severity::kOff) return Severity::kOff;
  return param.empty() ? rule.severity : rule.severity_param(param);
}

Half wanted_half(const CheckInput& input, Family named) {
  return input.item->pdf && named == Family::kPdf ? Half::kPdf : Half::kWord;
}

FormatVerdict judge_photo(const CheckInput& input, Family family) {
  const auto& d = input.document();
  if (family == Family::kImage) return {.half = Half::kPhoto};
  if (d.trouble != Trouble::kNone && !taken_unread(d)) return {.half = Half::kPhoto};
  if (family == Family::kWord) {
    const auto* word = std::get_if<parsers::WordFacts>(&d.facts);
    // What an unread Word holds nobody can tell, so nothing is said against it.
    if (word == nullptr || !word->images.empty()) return {.half = Half::kAlbum};
  }
  return {.half = Half::kPhoto, .variant = "photo", .severity = setting(input, "")};
}

FormatVerdict judge_paper(const CheckInput& input, Family family) {
  const Item& item = *input.item;
  const auto& d = input.document();
  const Family named = family_of_name(d.name);
  if (d.trouble != Trouble::kNone && !taken_unread(d)) {
    const bool pdf = family == Family::kPdf || (family != Family::kWord && named == Family::kPdf);
    if (pdf && !item.pdf) return {.half = input.word_beside ? Half::kAside : Half::kWord};
    return {.half = pdf ? Half::kPdf : Half::kWord};
  }
  // An image named .pdf is said to be an image: that tells more than "renamed".
  const bool disguised = named != Family::kOther && family != named &&
                         !(named == Family::kPdf && family == Family::kImage);
  if (disguised) {
    return {
        .half = wanted_half(input, named), .variant = "disguised", .severity = setting(input, "")};
  }
  switch (family) {
    case Family::kWord:
      if (d.format == Format::kWps || d.format == Format::kRtf) {
        return {.half = Half::kWord,
                .variant = "tolerated",
                .severity = setting(input, "tolerated_severity")};
      }
      return {.half = Half::kWord};
    case Family::kSheet:
      return item.kind == ItemKind::kTable
                 ? FormatVerdict{.half = Half::kWord,
                                 .variant = "workbook",
                                 .severity = setting(input, "tolerated_severity")}
                 : FormatVerdict{.half = Half::kWord, .severity = setting(input, "")};
    case Family::kPdf:
      if (item.pdf) return {.half = Half::kPdf};
      if (input.word_beside)
        return {.half = Half::kAside, .variant = "extra-pdf", .severity = Severity::kInfo};
      return {.half = Half::kWord,
              .variant = "pdf-for-word",
              .severity = setting(input, "pdf_only_severity"),
              .stands_in = true};
    case Family::kImage:
      if (item.pdf && input.notice.policies.accept_image_scan) return {.half = Half::kPdf};
      if (item.pdf)
        return {.half = Half::kPdf, .variant = "image-for-pdf", .severity = setting(input, "")};
      return {.half = Half::kWord, .variant = "image-for-word", .severity = setting(input, "")};
    case Family::kOther:
      break;
  }
  return {.half = wanted_half(input, named), .severity = setting(input, "")};
}

}  // namespace

FormatVerdict judge_format(const CheckInput& input) {
  const auto& d = input.document();
  if (d.format == Format::kCloudLink) return {.half = Half::kLink};
  if (d.trouble != Trouble::kNone && parsers::is_archive(d.format)) return {.half = Half::kPack};
  if (input.item == nullptr) return {};
  const Family family = family_of(d.format);
  return input.item->kind == ItemKind::kPhotos ? judge_photo(input, family)
                                               : judge_paper(input, family);
}

std::string format_in_words(const parsers::Document& document) {
  const Format format = document.format;
  if (const std::string_view words = kind_in_words(document.kind); !words.empty()) {
    return std::string(words);
  }
  struct Row {
    Format format;
    std::string_view words;
  };
  static constexpr std::array kRows{
      Row{Format::kDocx, "Word（docx）"},
      Row{Format::kDoc, "Word（doc）"},
      Row{Format::kWps, "WPS（wps）"},
      Row{Format::kRtf, "RTF"},
      Row{Format::kXlsx, "Excel（xlsx）"},
      Row{Format::kXls, "Excel（xls）"},
      Row{Format::kPdf, "PDF"},
      Row{Format::kText, "纯文本"},
      Row{Format::kUnknown, "其他"},
  };
  const auto* row = std::ranges::find(kRows, format, &Row::format);
  return std::string(row == kRows.end() ? parsers::name_of(format) : row->words);
}

void check_format(const CheckInput& input, Findings& out) {
  const FormatVerdict verdict = judge_format(input);
  if (verdict.severity == Severity::kOff) return;
  const bool pdf_wanted = verdict.half == Half::kPdf;
  const bool photo_wanted = verdict.half == Half::kPhoto;
  say(input, verdict.severity,
      {.code = "file.wrong-format",
       .variant = verdict.variant,
       .measured = std::string(parsers::name_of(input.document().format)),
       .limit = pdf_wanted     ? "pdf"
                : photo_wanted ? "jpeg"
                               : "docx",
       .fields = {{"format", format_in_words(input.document())}}},
      out);
}

}  // namespace baosong::rules
