// What a document is. One ordered table of recognisers, broadest last; what is left over is decided
// by its companions in the mail and by the batch that is open. See docs/RECOGNITION.md.
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "parsers/text/utf8.hpp"
#include "rules/judge.hpp"
#include "rules/mail_marks.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"
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

// A picture of a page or of a face rather than of a scene: what a scanner or an office made.
bool is_no_scene(std::string_view folded) {
  constexpr std::array<std::string_view, 9> kWords{
      "扫描全能王", "扫描件", "camscanner", "证件照", "寸照", "一寸", "二寸", "免冠", "身份证"};
  constexpr std::array<std::string_view, 8> kWhole{"logo", "二维码", "qrcode", "公章",
                                                   "签名", "头像",   "图标",   "signature"};
  const std::string_view stem = folded.substr(0, std::min(folded.rfind('.'), folded.size()));
  return contains_any(folded, kWords) || std::ranges::find(kWhole, stem) != kWhole.end() ||
         stem.starts_with("scan");
}

ItemWords::NameContext name_context(const Document& document) {
  ItemWords::NameContext context;
  context.stuff = stuff_of(document);
  const auto* word = word_of(document);
  context.has_tables = word == nullptr || !word->tables.empty() || word->body.high == 0;
  context.only_images = word != nullptr && !word->images.empty() && word->body.high < 60;
  return context;
}

// Steps of the path above the document, innermost first.
std::vector<std::string_view> folders_of(const Document& document) {
  std::vector<std::string_view> out;
  std::string_view path = document.path;
  for (auto slash = path.rfind('/'); slash != std::string_view::npos; slash = path.rfind('/')) {
    path = path.substr(0, slash);
    const auto above = path.rfind('/');
    const auto step = above == std::string_view::npos ? path : path.substr(above + 1);
    if (!step.empty()) out.push_back(step);
  }
  return out;
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
};

struct Asked {
  Recognition recognition;
  bool settled = false;
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

// The second pass: documents that say nothing themselves go where their mail goes.
class Company {
 public:
  Company(const Notice& notice, const ItemWords& words, const parsers::Reading& reading,
          std::vector<Asked>& asked, Time received)
      : notice_(notice), words_(words), reading_(reading), asked_(asked), received_(received) {
    std::set<std::string> batches;
    for (const auto& a : asked_) {
      const Item* item = notice_.item(a.recognition.item);
      if (item == nullptr) continue;
      present_.insert(item->id);
      batches.insert(item->batch);
    }
    for (const auto& batch : notice_.batches) {
      if (said_in_mail(batch.name)) named_.insert(batch.id);
    }
    if (named_.size() == 1) {
      batch_ = *named_.begin();
    } else if (batches.size() == 1) {
      batch_ = *batches.begin();
    }
    photos_said_ = words_.photos_named(reading_.message.subject);
    if (photos_said_ == nullptr) photos_said_ = words_.photos_named(reading_.message.text);
  }

  void settle() {
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      if (asked_[i].settled) continue;
      const Document& document = reading_.documents[i];
      const Stuff stuff = stuff_of(document);
      if (stuff == Stuff::kImage) photo(document, asked_[i].recognition);
      if (stuff == Stuff::kWord) text(document, asked_[i].recognition);
    }
  }

 private:
  bool said_in_mail(std::string_view name) const {
    return !name.empty() &&
           (contains(reading_.message.subject, name) || contains(reading_.message.text, name));
  }

  const Item* item_of(std::string_view batch, ItemKind kind) const {
    const auto at = std::ranges::find_if(
        notice_.items, [&](const Item& i) { return i.kind == kind && i.batch == batch; });
    return at == notice_.items.end() ? nullptr : &*at;
  }

  static void give(Recognition& to, const Item* item, std::string_view why) {
    if (item == nullptr) return;
    to.item = item->id;
    to.why = why;
  }

  void photo(const Document& document, Recognition& to) const {
    if (is_no_scene(fold(document.name)) || is_decoration(document)) return;
    for (const std::string_view folder : folders_of(document)) {
      for (const auto& batch : notice_.batches) {
        if (!batch.name.empty() && contains(folder, batch.name)) {
          return give(to, item_of(batch.id, ItemKind::kPhotos), "folder-name");
        }
      }
    }
    if (photos_said_ != nullptr) return give(to, photos_said_, "companions");
    if (!batch_.empty()) return give(to, item_of(batch_, ItemKind::kPhotos), "companions");
    give(to, open_photos(), "open-batch");
  }

  // The photos of the first batch that was open when the mail came; of the last one when none was.
  const Item* open_photos() const {
    const Item* last = nullptr;
    for (const auto& batch : notice_.batches) {
      const Item* item = item_of(batch.id, ItemKind::kPhotos);
      if (item == nullptr) continue;
      if (received_ <= batch.closes) return item;
      last = item;
    }
    return last;
  }

  bool open(const Item& item) const {
    const Batch* batch = notice_.batch(item.batch);
    return batch != nullptr && received_ <= batch->closes;
  }

  // A text without any word to tell it: about as long as the poster text, with a headline of its
  // own, in a mail of its batch; or beside a summary, where only cases are left.
  void text(const Document& document, Recognition& to) const {
    const auto* word = word_of(document);
    if (word == nullptr || !word->tables.empty() || word->body.high < 100) return;
    // "照片说明.docx" goes with the photos and is no text of its own.
    if (contains(document.name, "照片") || contains(document.name, "图片") ||
        contains(document.name, "说明"))
      return;
    for (const Item& item : notice_.items) {
      if (item.kind != ItemKind::kText) continue;
      const auto title = title_of(*word, notice_, &item);
      const std::uint32_t body = title ? title->body.high : word->body.high;
      if (!item.photos_item.empty()) {
        const bool fits_batch = batch_.empty() ? open(item) : batch_ == item.batch;
        const bool headline = title && title->count.high <= 40;
        if (fits_batch && headline && body >= 120 && body <= 700 && !present_.contains(item.id))
          return give(to, &item, "content");
        continue;
      }
      const auto minimum = minimum_of(item);
      if (minimum > 0 && body >= 1000 && !present_.contains(item.id) &&
          (batch_.empty() || batch_ == item.batch) && says(*word, item)) {
        return give(to, &item, "content");
      }
    }
    const Item* left = nullptr;  // the text item of the batch that wants several
    for (const Item& item : notice_.items) {
      if (item.kind == ItemKind::kText && item.batch == batch_ && item.min > 1) left = &item;
    }
    const bool beside = std::ranges::any_of(notice_.items, [&](const Item& item) {
      return item.kind == ItemKind::kText && item.batch == batch_ && present_.contains(item.id);
    });
    if (left != nullptr && beside && word->body.high >= 200) give(to, left, "companions");
  }

  static std::int64_t minimum_of(const Item& item) {
    const auto at = item.rules.find("text.body-length");
    if (at == item.rules.end()) return 0;
    const auto* value = [&]() -> const std::int64_t* {
      const auto param = at->second.params.find("min");
      return param == at->second.params.end() ? nullptr : std::get_if<std::int64_t>(&param->second);
    }();
    return value == nullptr ? 0 : *value;
  }

  // The first lines hold one of the item's words (总结).
  static bool says(const parsers::WordFacts& word, const Item& item) {
    std::string start;
    for (const auto& p : word.paragraphs) {
      start += fold(parsers::cut_utf8(p.text, 600));
      if (start.size() > 1800) break;
    }
    return std::ranges::any_of(item.file_words,
                               [&](const std::string& w) { return contains(start, fold(w)); });
  }

  const Notice& notice_;
  const ItemWords& words_;
  const parsers::Reading& reading_;
  std::vector<Asked>& asked_;
  Time received_;
  std::set<std::string, std::less<>> present_;
  std::set<std::string> named_;
  std::string batch_;  // that the mail belongs to; empty when it does not tell
  const Item* photos_said_ = nullptr;
};

}  // namespace

std::vector<Recognition> recognise(const Notice& notice, const parsers::Reading& reading,
                                   Time received) {
  const ItemWords words(notice);
  const Context context{notice, words};
  std::vector<Asked> asked;
  asked.reserve(reading.documents.size());
  for (const Document& document : reading.documents) asked.push_back(ask_all(context, document));
  Company(notice, words, reading, asked, received).settle();
  std::vector<Recognition> out;
  out.reserve(asked.size());
  for (auto& a : asked) out.push_back(std::move(a.recognition));
  return out;
}

}  // namespace baosong::rules
