// Follows the control words of an RTF file; see rtf.hpp for what it reads and what it leaves out.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/word/docx.hpp"
#include "parsers/word/flow.hpp"
#include "parsers/word/media.hpp"
#include "parsers/word/rtf_fonts.hpp"
#include "parsers/word/rtf_lexer.hpp"

namespace baosong::parsers::word {

class RtfReader {
 public:
  explicit RtfReader(std::string_view bytes) : lexer_(bytes) {}
  WordReading read();  // once

 private:
  friend struct RtfWords;
  using Act = void (RtfReader::*)(const RtfToken& word);

  // What the text of a group is.
  enum class Target : std::uint8_t {
    kText,       // shown
    kSkip,       // nothing of it, nor of the groups inside
    kWordsOnly,  // control words and inner groups count, text does not
    kFonts,
    kStyles,
    kPicture,
    kNote,
    kBox,
    kUnicodePair,  // \upr: an ANSI version to skip, then {\*\ud …}
  };
  struct Group {
    Target target = Target::kText;
    bool star = false;       // \* came: an unknown word means that the group is skipped
    bool own_story = false;  // a note or a text box, which ends with the group
    bool own_picture = false;
    bool hidden = false, deleted = false, bold = false;
    std::uint16_t half_points = 24;  // the default of the format
    int font = -1, east_asian_font = -1;
    bool east_asian = false;  // \dbch: the font that is named next is for such characters
    int fallback = 1;         // \uc: how many characters stand in for one of \u
    bool in_table = false;
    std::size_t depth = 0;  // \itap
    bool centered = false, heading = false;
  };

  void open_group();
  void close_group();
  void word(const RtfToken& token);
  void symbol(char c);
  void text(std::string_view bytes);
  void byte(char value);
  void enter(Target target);

  void set_document_codepage(const RtfToken&);
  void set_default_font(const RtfToken&);
  void set_font(const RtfToken&);
  void set_associated_font(const RtfToken&);
  void set_script(const RtfToken&);
  void set_charset(const RtfToken&);
  void set_font_codepage(const RtfToken&);
  void set_style(const RtfToken&);
  void set_outline(const RtfToken&);
  void set_flag(const RtfToken&);
  void set_size(const RtfToken&);
  void set_fallback(const RtfToken&);
  void set_alignment(const RtfToken&);
  void reset_characters(const RtfToken&);
  void reset_paragraph(const RtfToken&);
  void set_in_table(const RtfToken&);
  void set_depth(const RtfToken&);
  void put_unicode(const RtfToken&);
  void put_break(const RtfToken&);
  void end_paragraph(const RtfToken&);
  void end_cell(const RtfToken&);
  void end_nested_cell(const RtfToken&);
  void begin_row(const RtfToken&);
  void set_row_left(const RtfToken&);
  void set_merge(const RtfToken&);
  void add_row_cell(const RtfToken&);
  void end_row(const RtfToken&);
  void end_nested_row(const RtfToken&);

  void put(std::string_view utf8);
  void flush();
  void picture_hex(std::string_view digits);
  void finish_style();
  [[nodiscard]] FlowLayout layout(std::size_t least_depth) const;
  Group& group() { return groups_.back(); }
  Flow& story() { return stories_.back(); }

  RtfLexer lexer_;
  FlowOutput out_;
  RtfFonts fonts_;
  std::vector<Group> groups_{Group{}};  // the first is around the file's own
  std::vector<Flow> stories_;
  std::string bytes_;          // of the text, in the charset of the fonts, not decoded yet
  bool group_begins_ = false;  // nothing came since its brace
  int fallback_ = 0;           // characters still to skip after \u
  char32_t high_ = 0;          // first half of a surrogate pair
  int named_font_ = 0;         // the entry of the font table that is being read
  int default_font_ = -1;
  int named_style_ = 0;
  bool style_heading_ = false;
  std::string style_name_;
  std::map<int, bool> heading_styles_;
  FlowRow row_;
  FlowRow::Cell next_cell_;
  std::optional<Media> picture_;
  int picture_digit_ = -1;  // first digit of a byte
};

}  // namespace baosong::parsers::word
