#include "rules/recognition_company.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "parsers/text/utf8.hpp"
#include "rules/mail_marks.hpp"
#include "rules/meaning/meaning.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::Document;
using parsers::fold;

const parsers::WordFacts* word_of(const Document& d) {
  return std::get_if<parsers::WordFacts>(&d.facts);
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
    if (speaks_to_somebody(*word)) return;
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

  // A letter, whatever its headline: 现将…报送如下, 特此报告.
  static bool speaks_to_somebody(const parsers::WordFacts& word) {
    constexpr std::array<std::string_view, 7> kLetter{"现将",   "特此",   "此致", "报送如下",
                                                      "请审阅", "请查收", "妥否"};
    return std::ranges::any_of(word.paragraphs,
                               [&](const auto& p) { return contains_any(p.text, kLetter); });
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

void keep_company(const Notice& notice, const ItemWords& words, const parsers::Reading& reading,
                  std::vector<Asked>& asked, Time received) {
  Company(notice, words, reading, asked, received).settle();
}

}  // namespace baosong::rules
