// Which item a line of text names: a document's title, a file's or a folder's name. Internal to
// rules/; recognition.cpp decides in which order these are asked.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"
#include "rules/notice.hpp"

namespace baosong::rules {

using Items = std::vector<const Item*>;

// What a file is taken for before its items are looked up. By content; by suffix where nothing
// could be read from it (0 bytes).
enum class Stuff : std::uint8_t { kWord, kPdf, kWorkbook, kImage, kContainer, kOther };
Stuff stuff_of(const parsers::Document& document);

// The words of all items, folded once for a mail.
class ItemWords {
 public:
  explicit ItemWords(const Notice& notice);

  // The form or table whose title the folded line is; null when it is no title. Lists of annexes,
  // sentences and covering letters are none.
  [[nodiscard]] const Item* paper_title(std::string_view folded) const;

  // The form or table whose title stands among the first lines of `text`, which a program made of
  // the picture of a page: a few wrong characters are forgiven. Null when none, or two as well.
  [[nodiscard]] const Item* scanned_title(std::string_view text) const;

  // The text item that the folded headline names (总结, 案例, a caption); `length` is how many
  // characters of the line told so.
  struct TextMatch {
    const Item* item = nullptr;
    std::size_t length = 0;
    bool caption = false;  // the whole line is one of the item's captions
  };
  [[nodiscard]] TextMatch text_title(std::string_view folded) const;

  // The items that a file or folder name speaks of, by the strongest words in it: titles, then the
  // item's words, then annex numbers. More than one when it names several; none when it names none.
  struct NameContext {
    Stuff stuff = Stuff::kOther;
    bool has_tables = false;  // or nothing could be read: the name alone counts
    bool folder = false;
    bool only_images = false;  // a Word file with pictures and no text
  };
  [[nodiscard]] Items by_name(std::string_view name, const NameContext& context) const;

  // The photo item that a subject, a body or a folder speaks of; null when none or several.
  [[nodiscard]] const Item* photos_named(std::string_view text) const;

 private:
  struct Row {
    const Item* item = nullptr;
    std::vector<std::string> titles;     // canonical
    std::vector<std::string> title_all;  // canonical
    std::vector<std::string> words;      // folded file words, annex words left out
    std::vector<std::string> captions;   // letters only
  };
  [[nodiscard]] Items by_titles(const std::string& canonical) const;
  [[nodiscard]] Items by_words(std::string_view folded, const NameContext& context) const;
  [[nodiscard]] Items by_annex(std::string_view folded, const NameContext& context) const;
  static bool fits(const Item& item, std::string_view folded, const NameContext& context);

  std::vector<Row> rows_;
};

// 关于报送…的函, …预通知: papers that accompany the material or are the notice itself.
bool is_covering_title(std::string_view folded, const Notice& notice);
// A line that can be a title: short, no sentence, no entry of a list.
bool is_title_like(std::string_view folded);

}  // namespace baosong::rules
