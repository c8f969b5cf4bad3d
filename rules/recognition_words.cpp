#include "rules/recognition_words.hpp"

#include <algorithm>
#include <array>

#include "parsers/text/count.hpp"
#include "parsers/text/utf8.hpp"
#include "rules/meaning/words.hpp"

namespace baosong::rules {
namespace {

using parsers::fold;

constexpr std::size_t kTitleMax = 64;

constexpr std::array<std::string_view, 11> kPaperWords{"申报表", "汇总表", "登记表", "申报书",
                                                       "名单",   "推荐书", "汇总",   "名册",
                                                       "简表",   "信息表", "统计表"};
// Without one of these the name of a picture speaks of its scene, not of the page it was taken of.
constexpr std::array<std::string_view, 9> kScanWords{
    "申报表", "汇总表", "登记表", "推荐表", "审批表", "盖章", "公章", "扫描", "附件"};
constexpr std::array<std::string_view, 4> kPhotoWords{"照片", "图片", "相片", "配图"};

constexpr std::array<std::string_view, 8> kTextWords{"文稿", "文字", "素材", "内容",
                                                     "材料", "文案", "及",   "和"};

bool is_paper(const Item& item) {
  return item.kind == ItemKind::kForm || item.kind == ItemKind::kTable;
}

std::string_view suffix_of(std::string_view name) {
  const auto dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string_view{} : name.substr(dot + 1);
}

void push_once(Items& items, const Item* item) {
  if (std::ranges::find(items, item) == items.end()) items.push_back(item);
}

}  // namespace

Stuff stuff_of(const parsers::Document& document) {
  using parsers::Format;
  const Format f = document.format;
  if (parsers::is_word(f)) return Stuff::kWord;
  if (f == Format::kXlsx || f == Format::kXls) return Stuff::kWorkbook;
  if (f == Format::kPdf) return Stuff::kPdf;
  if (parsers::is_image(f)) return Stuff::kImage;
  if (parsers::is_archive(f) || f == Format::kCloudLink || f == Format::kEml)
    return Stuff::kContainer;
  struct Suffix {
    std::string_view text;
    Stuff stuff;
  };
  constexpr std::array kSuffixes{Suffix{"docx", Stuff::kWord},     Suffix{"doc", Stuff::kWord},
                                 Suffix{"wps", Stuff::kWord},      Suffix{"rtf", Stuff::kWord},
                                 Suffix{"txt", Stuff::kWord},      Suffix{"pdf", Stuff::kPdf},
                                 Suffix{"ofd", Stuff::kPdf},       Suffix{"xlsx", Stuff::kWorkbook},
                                 Suffix{"xls", Stuff::kWorkbook},  Suffix{"et", Stuff::kWorkbook},
                                 Suffix{"jpg", Stuff::kImage},     Suffix{"jpeg", Stuff::kImage},
                                 Suffix{"png", Stuff::kImage},     Suffix{"heic", Stuff::kImage},
                                 Suffix{"bmp", Stuff::kImage},     Suffix{"tif", Stuff::kImage},
                                 Suffix{"zip", Stuff::kContainer}, Suffix{"rar", Stuff::kContainer},
                                 Suffix{"7z", Stuff::kContainer}};
  const std::string suffix = fold(suffix_of(document.name));
  const auto* row = std::ranges::find(kSuffixes, std::string_view(suffix), &Suffix::text);
  return row == kSuffixes.end() ? Stuff::kOther : row->stuff;
}

bool is_title_like(std::string_view folded) {
  const std::size_t length = length_of(folded);
  if (length < 2 || length > kTitleMax || contains(folded, "。") || contains(folded, "现将"))
    return false;
  // "附件:1.…", "2.2022年…申报表": entries of a list of annexes.
  if (folded.starts_with("附件:") || folded.starts_with("附:")) return false;
  std::size_t at = 0;
  while (at < folded.size() && folded[at] >= '0' && folded[at] <= '9') ++at;
  if (at > 0 && at <= 2 && at < folded.size()) {
    const std::string_view rest = folded.substr(at);
    if (rest.starts_with(".") || rest.starts_with("、") || rest.starts_with(")")) return false;
  }
  constexpr std::array<std::string_view, 6> kSpoken{"请各", "详见",     "见附件",
                                                    "如下", "填表说明", "一并"};
  return !contains_any(folded, kSpoken);
}

bool is_covering_title(std::string_view folded, const Notice& notice) {
  const std::string text = without_brackets(folded);
  if (text.empty() || length_of(text) > kTitleMax + 16) return false;
  constexpr std::array<std::string_view, 10> kEnds{"通知",   "的函", "报送函", "推荐函", "请示",
                                                   "承诺书", "公示", "回执",   "批复",   "公函"};
  if (ends_with_any(text, kEnds)) return true;
  constexpr std::array<std::string_view, 6> kAbout{"关于报送", "关于上报", "关于推荐",
                                                   "关于呈报", "关于提交", "关于推报"};
  constexpr std::array<std::string_view, 5> kReports{"报告", "说明", "函", "情况", "材料"};
  if (contains_any(text, kAbout) && ends_with_any(text, kReports)) return true;
  if (text.ends_with("目录") || text.ends_with("清单") || text.ends_with("情况说明")) return true;
  const std::string call = letters_of(fold(notice.call));
  return !call.empty() && letters_of(text).ends_with(call);
}

ItemWords::ItemWords(const Notice& notice) {
  for (const Item& item : notice.items) {
    Row row;
    row.item = &item;
    for (const auto& title : item.titles) row.titles.push_back(canonical_title(fold(title)));
    for (const auto& word : item.title_all) row.title_all.push_back(canonical_title(fold(word)));
    for (const auto& word : item.file_words) {
      if (std::string text = fold(word); !text.starts_with("附件") && !text.starts_with("附表"))
        row.words.push_back(std::move(text));
    }
    for (const auto& caption : item.captions) row.captions.push_back(letters_of(fold(caption)));
    row.captions.push_back(letters_of(fold(item.name)));
    rows_.push_back(std::move(row));
  }
}

const Item* ItemWords::paper_title(std::string_view folded) const {
  std::string text = without_brackets(folded);
  if (const AnnexLine annex = annex_line(text); annex.number > 0) text = annex.rest;
  if (text.empty() || !is_title_like(text) || contains(text, ":")) return nullptr;
  const std::string canonical = canonical_title(text);
  // A title ends in the name of the paper; "先进单位申报表填写要求" is about one.
  if (!ends_with_any(canonical, kPaperWords)) return nullptr;
  const Item* best = nullptr;
  std::size_t length = 0;
  for (const Row& row : rows_) {
    if (!is_paper(*row.item)) continue;
    for (const auto& title : row.titles) {
      if (title.size() > length && contains(canonical, title))
        best = row.item, length = title.size();
    }
  }
  if (best != nullptr) return best;
  for (const Row& row : rows_) {
    if (!is_paper(*row.item) || row.title_all.empty()) continue;
    if (std::ranges::all_of(row.title_all,
                            [&](const std::string& word) { return contains(canonical, word); })) {
      // 申报汇总表 holds the words of both; what it ends in is what it is.
      if (best == nullptr || row.item->kind == ItemKind::kTable) best = row.item;
    }
  }
  return best;
}

ItemWords::TextMatch ItemWords::text_title(std::string_view folded) const {
  if (!is_title_like(folded)) return {};
  const std::string canonical = canonical_title(folded);
  const std::string letters = letters_of(folded);
  TextMatch best;
  for (const Row& row : rows_) {
    if (row.item->kind != ItemKind::kText) continue;
    if (length_of(letters) >= 3 && std::ranges::find(row.captions, letters) != row.captions.end()) {
      return {row.item, length_of(letters), true};
    }
    for (const auto& title : row.titles) {
      if (length_of(title) > best.length && contains(canonical, title))
        best = {row.item, length_of(title), false};
    }
  }
  if (best.item != nullptr) return best;
  for (const Row& row : rows_) {
    if (row.item->kind != ItemKind::kText || row.title_all.empty()) continue;
    if (std::ranges::all_of(row.title_all,
                            [&](const std::string& word) { return contains(canonical, word); })) {
      return {row.item, 2, false};
    }
  }
  return {};
}

bool ItemWords::fits(const Item& item, std::string_view folded, const NameContext& context) {
  const bool photo_word = contains_any(folded, kPhotoWords);
  switch (context.stuff) {
    case Stuff::kImage:
      if (item.kind == ItemKind::kPhotos) return true;
      return is_paper(item) && contains_any(folded, kScanWords);
    case Stuff::kWord:
      if (item.kind == ItemKind::kPhotos) return photo_word && context.only_images;
      // "展板照片说明.docx" is not the poster's text; "展板文稿及照片.docx" is.
      if (!item.photos_item.empty() && photo_word && !contains_any(folded, kTextWords))
        return false;
      return !is_paper(item) || context.has_tables;
    case Stuff::kPdf:
      return item.kind != ItemKind::kPhotos || photo_word;
    case Stuff::kWorkbook:
      return is_paper(item);
    case Stuff::kContainer:
      return item.kind != ItemKind::kPhotos || photo_word;
    case Stuff::kOther:
      break;
  }
  return item.kind != ItemKind::kPhotos;
}

Items ItemWords::by_titles(const std::string& canonical) const {
  Items out;
  for (const Row& row : rows_) {
    if (!is_paper(*row.item)) continue;
    const bool titled = std::ranges::any_of(
        row.titles, [&](const std::string& t) { return contains(canonical, t); });
    const bool all =
        !row.title_all.empty() && std::ranges::all_of(row.title_all, [&](const std::string& word) {
          return contains(canonical, word);
        });
    if (titled || all) push_once(out, row.item);
  }
  return out;
}

Items ItemWords::by_words(std::string_view folded, const NameContext& context) const {
  Items out;
  std::size_t longest = 0;
  for (const Row& row : rows_) {
    if (!fits(*row.item, folded, context)) continue;
    for (const auto& word : row.words) {
      const std::size_t length = length_of(word);
      if (length < longest || !contains(folded, word)) continue;
      // "先进单位材料.zip" may hold the forms, the table or both.
      if (context.stuff == Stuff::kContainer && is_paper(*row.item) &&
          !ends_with_any(word, kPaperWords))
        continue;
      if (length > longest) out.clear();
      longest = length;
      push_once(out, row.item);
    }
  }
  return out;
}

Items ItemWords::by_annex(std::string_view folded, const NameContext& context) const {
  Items out;
  if (context.stuff == Stuff::kImage) {
    // "附件1：社区书法课堂.jpg" is a photo that somebody numbered; "附件2盖章.jpg" is a page.
    std::string rest(folded);
    for (const std::string_view word :
         {"附件", "附表", "盖章", "公章", "扫描", "页", "第", "版", "件"}) {
      rest = replace_all(std::move(rest), word, "");
    }
    if (context.folder || parsers::count_characters(rest).han > 2) return out;
  }
  for (const int number : annex_numbers(folded)) {
    for (const Row& row : rows_) {
      if (row.item->annex == number && fits(*row.item, folded, context)) push_once(out, row.item);
    }
  }
  return out;
}

Items ItemWords::by_name(std::string_view name, const NameContext& context) const {
  std::string folded = fold(parsers::cut_utf8(name, 600));
  if (const auto dot = folded.rfind('.');
      !context.folder && dot != std::string::npos && folded.size() - dot <= 5)
    folded.erase(dot);
  const std::string canonical = canonical_title(folded);
  Items titled = by_titles(canonical);
  // The whole title in a name is believed even when the file lost its table.
  NameContext told = context;
  told.has_tables = true;
  std::erase_if(titled, [&](const Item* item) { return !fits(*item, folded, told); });
  if (!titled.empty()) return titled;
  if (Items worded = by_words(folded, context); !worded.empty()) return worded;
  return by_annex(folded, context);
}

const Item* ItemWords::photos_named(std::string_view text) const {
  const std::string folded = fold(parsers::cut_utf8(text, 3000));
  const Item* best = nullptr;
  std::size_t longest = 0;
  bool several = false;
  for (const Row& row : rows_) {
    if (row.item->kind != ItemKind::kPhotos) continue;
    for (const auto& word : row.words) {
      if (!contains(folded, word)) continue;
      several = several || (best != nullptr && best != row.item);
      if (length_of(word) > longest) best = row.item, longest = length_of(word);
    }
  }
  return several ? nullptr : best;
}

}  // namespace baosong::rules
