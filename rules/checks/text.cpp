// Titles and texts, counted as Word counts 字数. A limit is broken only when both the low and the
// high count break it (parsers/text/count.hpp).
#include <array>

#include "parsers/text/utf8.hpp"
#include "rules/checks/check.hpp"
#include "rules/meaning/meaning.hpp"

namespace baosong::rules {
namespace {

using parsers::Count;

// What there is to count: a Word file, or the text layer of a PDF that stands for it.
struct Text {
  std::optional<Title> title;
  Count whole;
  bool word = true;  // a PDF's layout does not tell the title from the text
};

std::optional<Text> text_of(const CheckInput& input) {
  if (input.item == nullptr || input.item->kind != ItemKind::kText) return std::nullopt;
  const auto& d = input.document();
  if (d.trouble != parsers::Trouble::kNone) return std::nullopt;
  if (const auto* word = std::get_if<parsers::WordFacts>(&d.facts)) {
    if (!parsers::is_word(d.format)) return std::nullopt;
    return Text{title_of(*word, input.notice, input.item), word->body};
  }
  const auto* pdf = std::get_if<parsers::PdfFacts>(&d.facts);
  if (pdf != nullptr && pdf->text_characters > 0 && judge_format(input).stands_in) {
    return Text{std::nullopt, parsers::count_characters(pdf->text), false};
  }
  return std::nullopt;
}

// Letters and 汉字, without marks of any kind: a title that is too long by its commas alone is not
// worth another mail.
std::string without_punctuation(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = parsers::next_character(text, at);
    const bool ascii = c < 0x80;
    const bool alnum =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ';
    const bool wide_alnum = (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) ||
                            (c >= 0xFF41 && c <= 0xFF5A);
    const bool mark = (ascii && !alnum) || c == 0xB7 || (c >= 0x2000 && c <= 0x206F) ||
                      (c >= 0x3000 && c <= 0x303F && c != 0x3007) || (c >= 0xFE30 && c <= 0xFE4F) ||
                      (c >= 0xFF00 && c <= 0xFF65 && !wide_alnum);
    if (!mark) parsers::append_utf8(out, c);
  }
  return out;
}

SentenceFields both(const Count& count) {
  return {{"low", std::to_string(count.low)}, {"high", std::to_string(count.high)}};
}

bool inside(const Count& count, const std::vector<std::int64_t>& range) {
  const auto in = [&](std::int64_t n) { return n >= range[0] && n <= range[1]; };
  // The truth lies between the two counts.
  return in(count.low) || in(count.high) || (count.low < range[0] && count.high > range[1]);
}

void check_minimum(const CheckInput& input, const Text& text, std::int64_t min, Findings& out) {
  const RuleSetting& rule = input.rule("text.body-length");
  const Count& body = text.title ? text.title->body : text.whole;
  if (body.low >= min) return;
  // The generous reading: every character that is no blank, the title included.
  const bool enough = std::max(body.non_space, text.whole.non_space) >= min;
  const Severity severity = enough ? std::min(rule.severity, Severity::kWarning) : rule.severity;
  SentenceFields fields{{"low", std::to_string(body.low)},
                        {"high", std::to_string(std::max(body.non_space, text.whole.non_space))}};
  say(input, severity,
      {.code = "text.body-length",
       .variant = enough ? "borderline" : "short",
       .measured = std::to_string(body.high),
       .limit = std::to_string(min),
       .fields = std::move(fields)},
      out);
}

}  // namespace

void check_title_missing(const CheckInput& input, Findings& out) {
  const auto text = text_of(input);
  if (!text || text->title || !text->word) return;
  say(input, input.rule("text.title-missing").severity,
      {.code = "text.title-missing", .measured = "0", .limit = "1"}, out);
}

void check_title_length(const CheckInput& input, Findings& out) {
  const auto text = text_of(input);
  if (!text || !text->title) return;
  const RuleSetting& rule = input.rule("text.title-length");
  if (rule.severity == Severity::kOff || !rule.params.contains("max")) return;
  const std::int64_t max = rule.integer("max");
  const Count& count = text->title->count;
  if (max <= 0 || count.high <= max) return;
  Severity severity = rule.severity;
  std::string_view variant;
  if (count.low <= max) {
    severity = std::min(severity, Severity::kInfo), variant = "punctuation";
  } else if (parsers::count_characters(without_punctuation(text->title->text)).low <= max) {
    severity = std::min(severity, Severity::kWarning), variant = "punctuation";
  }
  say(input, severity,
      {.code = "text.title-length",
       .variant = variant,
       .measured = std::to_string(count.high),
       .limit = std::to_string(max),
       .fields = both(count)},
      out);
}

void check_body_length(const CheckInput& input, Findings& out) {
  const auto text = text_of(input);
  if (!text) return;
  const RuleSetting& rule = input.rule("text.body-length");
  if (rule.severity == Severity::kOff || !rule.params.contains("min")) return;
  if (const std::int64_t min = rule.integer("min"); min > 0)
    return check_minimum(input, *text, min, out);
  const auto ok = rule.integers("ok");
  if (ok.size() != 2 || !text->word) return;
  const Count& body = text->title ? text->title->body : text->whole;
  if (inside(body, ok)) return;
  const auto tolerated = rule.integers("tolerated");
  const bool near = tolerated.size() == 2 && inside(body, tolerated);
  SentenceFields fields = both(body);
  if (const auto target = rule.integer("target"); target > 0)
    fields["limit"] = std::to_string(target);
  say(input, near ? std::min(rule.severity, Severity::kWarning) : rule.severity,
      {.code = "text.body-length",
       .variant = near ? "near" : "",
       .measured = std::to_string(body.high),
       .limit = std::to_string(ok[0]) + "-" + std::to_string(ok[1]),
       .fields = std::move(fields)},
      out);
}

}  // namespace baosong::rules
