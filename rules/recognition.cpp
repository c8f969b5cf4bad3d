// What a document is. One ordered table of recognisers, broadest last; what is left over is decided
// by its companions in the mail and by the batch that is open. See docs/RECOGNITION.md.
#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"
#include "rules/judge.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"
#include "rules/recognition_company.hpp"
#include "rules/recognition_layout.hpp"
#include "rules/recognition_words.hpp"

namespace baosong::rules {
namespace {

using parsers::Document;
using parsers::fold;

// What a recogniser says: nothing (ask the next), items, or that no item fits.
struct Answer {
  Items items;
  bool settled = false;
  bool operator!() const { return !settled; }
};
Answer nothing() { return {}; }
Answer these(Items items) { return {std::move(items), true}; }
Answer no_item() { return {{}, true}; }

struct Context {
  const Notice& notice;
  const ItemWords& words;
};

const parsers::WordFacts* word_of(const Document& d) {
  return std::get_if<parsers::WordFacts>(&d.facts);
}
const parsers::PdfFacts* pdf_of(const Document& d) {
  return std::get_if<parsers::PdfFacts>(&d.facts);
}

ItemWords::NameContext name_context(const Document& document) {
  ItemWords::NameContext context;
  context.stuff = stuff_of(document);
  const auto* word = word_of(document);
  context.has_tables = word == nullptr || !word->tables.empty() || word->body.high == 0;
  context.only_images = word != nullptr && !word->images.empty() && word->body.high < 60;
  return context;
}

// Covering letters, the notice sent back: nothing that anybody owes.
Answer covering(const Context& c, const Document& d) {
  const auto* word = word_of(d);
  const auto* pdf = pdf_of(d);
  if (word == nullptr && pdf == nullptr) return nothing();
  const auto lines = word != nullptr ? head_lines(*word) : head_lines(*pdf);
  for (const auto& line : lines) {
    if (!is_covering_title(line, c.notice)) continue;
    // The notice with its blank annexes behind it is still the notice; a letter with filled annexes
    // is not, and 关于报送…工作总结的报告 may be the summary itself.
    if (line.ends_with("通知")) return no_item();
    if (word != nullptr && (word->body.high >= 800 || !sections_of(*word, c.words).empty()))
      return nothing();
    return no_item();
  }
  return nothing();
}

// The best text item for a headline, held against the name and the length when these disagree.
const Item* text_by_title(const Context& c, const Document& d,
                          const std::vector<std::string>& lines, std::uint32_t characters) {
  ItemWords::TextMatch titled;
  for (const auto& line : lines) {
    const auto match = c.words.text_title(line);
    if (match.item == nullptr) continue;
    if (match.caption || match.length > titled.length) titled = match;
    if (match.caption) break;
  }
  if (titled.item == nullptr || titled.caption) return titled.item;
  Items named = c.words.by_name(d.name, name_context(d));
  std::erase_if(named, [](const Item* item) { return item->kind != ItemKind::kText; });
  if (named.size() != 1 || named.front() == titled.item) return titled.item;
  // 总结 and 案例 also turn up in the headline of a short poster text.
  const Item* other = named.front();
  // Then the name decides, in its own turn.
  const bool by_name = other->photos_item.empty() ? titled.length <= 4 : characters < 600;
  return by_name ? nullptr : titled.item;
}

Answer by_title(const Context& c, const Document& d) {
  if (const auto* word = word_of(d)) {
    const auto lines = head_lines(*word);
    Items items = sections_of(*word, c.words);
    for (const auto& line : title_lines(*word)) {
      const Item* item = c.words.paper_title(line);
      if (item == nullptr) continue;
      // The first title is the document's own, even when a later one stands above a table.
      Items own{item};
      for (const Item* other : items) {
        if (other != item) own.push_back(other);
      }
      items = std::move(own);
      break;
    }
    if (!items.empty()) return these(std::move(items));
    if (layout_of(*word, c.notice).item != nullptr) return nothing();
    if (const Item* item = text_by_title(c, d, lines, word->body.high)) return these({item});
  }
  if (const auto* pdf = pdf_of(d)) {
    Items items = sections_of(*pdf, c.words);
    if (!items.empty()) return these(std::move(items));
    if (const Item* item = text_by_title(c, d, head_lines(*pdf), pdf->text_characters))
      return these({item});
  }
  return nothing();
}

Answer by_heads(const Context& c, const Document& d) {
  const auto* word = word_of(d);
  if (word == nullptr) return nothing();
  const Layout layout = layout_of(*word, c.notice);
  if (layout.item == nullptr) return nothing();
  Items items{layout.item};
  for (const Item* item : layout.further) items.push_back(item);
  return these(std::move(items));
}

Answer by_file_name(const Context& c, const Document& d) {
  const auto context = name_context(d);
  const std::string folded = fold(parsers::cut_utf8(d.name, 600));
  Items items = c.words.by_name(d.name, context);
  const std::string stem = folded.substr(0, std::min(folded.rfind('.'), folded.size()));
  if (context.stuff != Stuff::kImage && is_covering_title(stem, c.notice)) return no_item();
  if (items.empty()) return nothing();
  if (items.size() > 1 && context.stuff != Stuff::kWord && context.stuff != Stuff::kPdf &&
      context.stuff != Stuff::kWorkbook) {
    return nothing();
  }
  return these(std::move(items));
}

Answer by_folder(const Context& c, const Document& d) {
  auto context = name_context(d);
  context.folder = true;
  for (const std::string_view folder : folders_of(d)) {
    const Items items = c.words.by_name(folder, context);
    if (items.size() == 1) return these(items);
    if (items.size() > 1) return nothing();
  }
  return nothing();
}

// A machine's reading of a picture is a hint: it is asked when no name tells.
Answer by_scanned_title(const Context& c, const Document& d) {
  const auto* pdf = pdf_of(d);
  if (pdf == nullptr || !pdf->head) return nothing();
  const Item* item = c.words.scanned_title(pdf->head->text);
  return item == nullptr ? nothing() : these({item});
}

struct Recogniser {
  std::string_view why;
  bool certain;
  Answer (*ask)(const Context&, const Document&);
};
constexpr std::array kRecognisers{
    Recogniser{"", false, covering},
    Recogniser{"title", true, by_title},
    Recogniser{"table-heads", true, by_heads},
    Recogniser{"file-name", false, by_file_name},
    Recogniser{"folder-name", false, by_folder},
    Recogniser{"scanned-title", false, by_scanned_title},
};

Asked ask_all(const Context& context, const Document& document) {
  for (const auto& recogniser : kRecognisers) {
    const Answer answer = recogniser.ask(context, document);
    if (!answer) continue;
    Asked out;
    out.settled = true;
    if (answer.items.empty()) return out;
    out.recognition.item = answer.items.front()->id;
    for (std::size_t i = 1; i < answer.items.size(); ++i)
      out.recognition.also.push_back(answer.items[i]->id);
    out.recognition.why = recogniser.why;
    out.recognition.certain = recogniser.certain;
    return out;
  }
  return {};
}

}  // namespace

std::vector<Recognition> recognise(const Notice& notice, const parsers::Reading& reading,
                                   Time received) {
  const ItemWords words(notice);
  const Context context{notice, words};
  std::vector<Asked> asked;
  asked.reserve(reading.documents.size());
  for (const Document& document : reading.documents) asked.push_back(ask_all(context, document));
  keep_company(notice, words, reading, asked, received);
  std::vector<Recognition> out;
  out.reserve(asked.size());
  for (auto& a : asked) out.push_back(std::move(a.recognition));
  return out;
}

}  // namespace baosong::rules
