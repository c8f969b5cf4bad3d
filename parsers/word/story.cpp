#include "parsers/word/story.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <unordered_map>
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

void join(std::string& lines, std::string_view line) {
  if (trim(line).empty()) return;
  if (!lines.empty()) lines.push_back('\n');
  lines += trim(line);
}

// What XML calls white space; a full-width blank is text.
std::string_view trim_xml(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace

// One row an element that means something; all others are transparent.
struct StoryRules {
  using S = Story;
  static constexpr std::array kRows{
      S::Rule{Ns::kWord, "p", &S::open_paragraph, &S::close_paragraph},
      S::Rule{Ns::kWord, "pPr", &S::open_paragraph_properties, &S::close_paragraph_properties},
      S::Rule{Ns::kWord, "pStyle", &S::open_paragraph_style, nullptr},
      S::Rule{Ns::kWord, "jc", &S::open_property, nullptr},
      S::Rule{Ns::kWord, "outlineLvl", &S::open_property, nullptr},
      S::Rule{Ns::kWord, "r", &S::open_run, &S::close_run},
      S::Rule{Ns::kWord, "rPr", &S::open_run_properties, &S::close_run_properties},
      S::Rule{Ns::kWord, "rStyle", &S::open_run_style, nullptr},
      S::Rule{Ns::kWord, "b", &S::open_property, nullptr},
      S::Rule{Ns::kWord, "sz", &S::open_property, nullptr},
      S::Rule{Ns::kWord, "vanish", &S::open_property, nullptr},
      S::Rule{Ns::kWord, "t", &S::open_text, &S::close_text},
      S::Rule{Ns::kWord, "tab", &S::put_tab, nullptr},
      S::Rule{Ns::kWord, "ptab", &S::put_tab, nullptr},
      S::Rule{Ns::kWord, "br", &S::put_break, nullptr},
      S::Rule{Ns::kWord, "cr", &S::put_break, nullptr},
      S::Rule{Ns::kWord, "noBreakHyphen", &S::put_hyphen, nullptr},
      S::Rule{Ns::kWord, "sym", &S::put_symbol, nullptr},
      S::Rule{Ns::kSymbol, "symEx", &S::put_symbol, nullptr},
      S::Rule{Ns::kWord, "altChunk", &S::note_foreign, nullptr},
      S::Rule{Ns::kWord, "fldChar", &S::open_field_mark, nullptr},
      S::Rule{Ns::kWord, "tbl", &S::open_table, &S::close_table},
      S::Rule{Ns::kWord, "tr", &S::open_row, &S::close_row},
      S::Rule{Ns::kWord, "trPr", &S::open_row_properties, &S::close_row_properties},
      S::Rule{Ns::kWord, "gridBefore", &S::open_grid_before, nullptr},
      S::Rule{Ns::kWord, "del", &S::open_row_deletion, nullptr},
      S::Rule{Ns::kWord, "tc", &S::open_cell, &S::close_cell},
      S::Rule{Ns::kWord, "gridSpan", &S::open_span, nullptr},
      S::Rule{Ns::kWord, "vMerge", &S::open_merge, nullptr},
      S::Rule{Ns::kWord, "sdt", &S::open_control, &S::close_control},
      S::Rule{Ns::kWord, "sdtPr", &S::open_control_properties, &S::close_control_properties},
      S::Rule{Ns::kWord, "showingPlcHdr", &S::open_prompt_mark, nullptr},
      S::Rule{Ns::kWord, "txbxContent", &S::open_box, &S::close_box},
      S::Rule{Ns::kWord, "footnote", &S::open_note, &S::close_note},
      S::Rule{Ns::kWord, "endnote", &S::open_note, &S::close_note},
      S::Rule{Ns::kCompat, "AlternateContent", &S::open_alternate, &S::close_alternate},
      S::Rule{Ns::kCompat, "Choice", &S::open_choice, nullptr},
      S::Rule{Ns::kCompat, "Fallback", &S::open_fallback, nullptr},
      S::Rule{Ns::kDrawing, "blip", &S::open_picture, nullptr},
      S::Rule{Ns::kVml, "imagedata", &S::open_picture, nullptr},
      S::Rule{Ns::kWord, "delText", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "instrText", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "delInstrText", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "moveFrom", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "rt", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "tabs", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "sectPr", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "object", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "pPrChange", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "rPrChange", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "tblPrChange", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "tblPrExChange", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "trPrChange", nullptr, nullptr, true},
      S::Rule{Ns::kWord, "tcPrChange", nullptr, nullptr, true},
  };
};

const Story::Rule* Story::find_rule(Ns ns, std::string_view local) {
  static const auto kIndex = [] {
    std::unordered_map<std::string_view, const Rule*> index;
    for (const Rule& rule : StoryRules::kRows) index.emplace(rule.local, &rule);
    return index;
  }();
  const auto found = kIndex.find(local);
  return found != kIndex.end() && found->second->ns == ns ? found->second : nullptr;
}

Story::Story(Kind kind, const Styles& styles, StoryOutput& out) : out_(out), styles_(styles) {
  containers_.push_back(
      {kind == Kind::kMain ? Container::Kind::kBody : Container::Kind::kNote, {}, {}});
}

void Story::start(Ns ns, std::string_view local, const Attributes& attributes) {
  if (skipping_ > 0) {
    ++skipping_;
    return;
  }
  const Rule* rule = find_rule(ns, local);
  skip_this_ = rule != nullptr && rule->skip;
  local_ = local;
  if (rule != nullptr && rule->open != nullptr) (this->*rule->open)(attributes);
  if (skip_this_) {
    skipping_ = 1;
  } else {
    open_.push_back(rule);
  }
}

void Story::end(Ns /*ns*/, std::string_view /*local*/) {
  if (skipping_ > 0) {
    --skipping_;
    return;
  }
  const Rule* rule = open_.back();
  open_.pop_back();
  if (rule != nullptr && rule->close != nullptr) (this->*rule->close)();
}

void Story::text(std::string_view utf8) {
  if (!in_text_ || skipping_ > 0) return;
  if (keeps_blanks_) {
    put(utf8);
  } else {
    loose_ += utf8;
  }
}

void Story::open_text(const Attributes& attributes) {
  in_text_ = true;
  keeps_blanks_ = attributes.find(Ns::kXml, "space").value_or("") == "preserve";
  loose_.clear();
}
void Story::close_text() {
  in_text_ = false;
  if (!keeps_blanks_) put(trim_xml(loose_));
}
void Story::put_tab(const Attributes&) { put("\t"); }
void Story::put_break(const Attributes&) { put("\n"); }
void Story::put_hyphen(const Attributes&) { put("-"); }
void Story::note_foreign(const Attributes&) { out_.foreign = true; }

// w:char is hexadecimal; what a symbol font shows lies in the private area, often without its F000.
void Story::put_symbol(const Attributes& attributes) {
  const auto ns = local_ == "sym" ? Ns::kWord : Ns::kSymbol;
  const std::string_view digits = attributes.find(ns, "char").value_or("");
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  if (error != std::errc{} || code == 0) return;
  std::string symbol;
  append_utf8(symbol, code < 0x100 ? 0xF000 + code : code);
  put(symbol);
}

bool Story::in_prompt() const {
  return std::any_of(controls_.begin(), controls_.end(),
                     [](const Control& control) { return control.prompt; });
}

Count& Story::counter() {
  for (auto container = containers_.rbegin(); container != containers_.rend(); ++container) {
    if (container->kind == Container::Kind::kBox) return out_.facts.text_boxes;
    if (container->kind == Container::Kind::kNote) return out_.facts.notes;
  }
  return out_.facts.body;
}

bool Story::keep(std::size_t bytes) {
  if (bytes > limits::kFactTextBytes - out_.text_bytes) {
    out_.facts.cut = true;
    return false;
  }
  out_.text_bytes += bytes;
  return true;
}

// Paragraphs and runs -------------------------------------------------------------------------

void Story::open_paragraph(const Attributes&) { paragraphs_.emplace_back(); }

void Story::open_paragraph_properties(const Attributes&) {
  in_paragraph_properties_ = !paragraphs_.empty();
}
void Story::close_paragraph_properties() { in_paragraph_properties_ = false; }

void Story::open_paragraph_style(const Attributes& attributes) {
  if (in_paragraph_properties_) {
    paragraphs_.back().style = attributes.find(Ns::kWord, "val").value_or("");
  }
}

void Story::open_run(const Attributes&) { runs_.emplace_back(); }
void Story::close_run() { runs_.pop_back(); }

void Story::open_run_properties(const Attributes&) {
  in_run_properties_ = !runs_.empty() && !in_paragraph_properties_ && !in_control_properties_;
}
void Story::close_run_properties() { in_run_properties_ = false; }

void Story::open_run_style(const Attributes& attributes) {
  if (!in_run_properties_) return;
  runs_.back().style = attributes.find(Ns::kWord, "val").value_or("");
}

void Story::open_property(const Attributes& attributes) {
  if (in_run_properties_) {
    runs_.back().layout.read(local_, attributes);
  } else if (in_paragraph_properties_ && (local_ == "jc" || local_ == "outlineLvl")) {
    paragraphs_.back().layout.read(local_, attributes);
  }
}

void Story::resolve_run() {
  ParagraphState& paragraph = paragraphs_.back();
  if (!paragraph.styled) {
    paragraph.layout.inherit(styles_.paragraph(paragraph.style));
    paragraph.styled = true;
  }
  if (!runs_.empty() && !runs_.back().resolved) {
    runs_.back().layout.inherit(styles_.character(runs_.back().style));
    runs_.back().layout.inherit(paragraph.layout);
    runs_.back().resolved = true;
  }
}

void Story::put(std::string_view utf8) {
  if (paragraphs_.empty()) return;
  ParagraphState& paragraph = paragraphs_.back();
  resolve_run();
  const Layout& layout = runs_.empty() ? paragraph.layout : runs_.back().layout;
  if (layout.hidden.value_or(false) || paragraph.instructions > 0) return;
  if (in_prompt()) {
    paragraph.prompt += utf8;
    return;
  }
  paragraph.text += utf8;
  if (trim(utf8).empty()) return;
  paragraph.any_run = true;
  paragraph.all_bold = paragraph.all_bold && layout.bold.value_or(false);
  paragraph.half_points = std::max(paragraph.half_points, layout.half_points.value_or(0));
}

void Story::close_paragraph() {
  if (!paragraphs_.back().styled) resolve_run();
  const ParagraphState state = std::move(paragraphs_.back());
  paragraphs_.pop_back();
  const Count count = count_characters(state.text);
  counter() += count;
  Container& container = containers_.back();
  if (container.kind != Container::Kind::kBody) {
    if (container.kind == Container::Kind::kNote) return;
    join(container.text, state.text);
    join(container.prompt, state.prompt);
    return;
  }
  const std::string_view text = trim(state.text);
  if (text.empty()) return;
  if (out_.facts.paragraphs.size() >= limits::kFactParagraphs || !keep(text.size())) {
    out_.facts.cut = true;
    return;
  }
  Paragraph& paragraph = out_.facts.paragraphs.emplace_back();
  paragraph.text = text;
  paragraph.count = count;
  paragraph.heading =
      state.layout.outline && *state.layout.outline >= 0 && *state.layout.outline < 9;
  paragraph.centered = state.layout.centered.value_or(false);
  paragraph.bold = state.any_run && state.all_bold;
  paragraph.half_points = static_cast<std::uint16_t>(state.half_points);
}

void Story::open_field_mark(const Attributes& attributes) {
  if (paragraphs_.empty()) return;
  ParagraphState& paragraph = paragraphs_.back();
  const std::string_view type = attributes.find(Ns::kWord, "fldCharType").value_or("");
  // A field may reach over paragraphs, its instruction never does in practice: so a field that is
  // never closed hides no more than its own paragraph.
  if (type == "begin") {
    paragraph.fields.push_back(true);
    ++paragraph.instructions;
  } else if (!paragraph.fields.empty()) {
    if (paragraph.fields.back()) --paragraph.instructions;
    paragraph.fields.back() = false;
    if (type == "end") paragraph.fields.pop_back();
  }
}

// Content controls, boxes, notes, alternate content, pictures ---------------------------------

void Story::open_control(const Attributes&) { controls_.emplace_back(); }
void Story::close_control() { controls_.pop_back(); }
void Story::open_control_properties(const Attributes&) {
  in_control_properties_ = !controls_.empty();
}
void Story::close_control_properties() { in_control_properties_ = false; }
void Story::open_prompt_mark(const Attributes& attributes) {
  if (in_control_properties_) {
    controls_.back().prompt = is_on(attributes.find(Ns::kWord, "val"));
  }
}

void Story::open_box(const Attributes&) { containers_.push_back({Container::Kind::kBox, {}, {}}); }
void Story::close_box() {
  std::string text = std::move(containers_.back().text);
  containers_.pop_back();
  if (!text.empty() && keep(text.size())) out_.facts.box_texts.push_back(std::move(text));
}

void Story::open_note(const Attributes& attributes) {
  const std::string_view type = attributes.find(Ns::kWord, "type").value_or("normal");
  if (type != "normal") {
    skip_this_ = true;
    return;
  }
  containers_.push_back({Container::Kind::kNote, {}, {}});
}
void Story::close_note() { containers_.pop_back(); }

void Story::open_alternate(const Attributes&) { choices_.push_back(false); }
void Story::close_alternate() { choices_.pop_back(); }
void Story::open_choice(const Attributes&) {
  if (choices_.empty()) return;
  skip_this_ = choices_.back();
  choices_.back() = true;
}
void Story::open_fallback(const Attributes&) { skip_this_ = !choices_.empty() && choices_.back(); }

void Story::open_picture(const Attributes& attributes) {
  auto link = attributes.find(Ns::kLink, "embed");
  if (!link) link = attributes.find(Ns::kLink, "id");
  if (link && out_.image_links.size() < limits::kFactImages) out_.image_links.emplace_back(*link);
}

}  // namespace baosong::parsers
