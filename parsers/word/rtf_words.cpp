// The control words that mean something here; all others are stepped over.
#include <algorithm>
#include <array>
#include <unordered_map>
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/word/rtf.hpp"
#include "parsers/word/rtf_reader.hpp"

namespace baosong::parsers::word {
namespace {

constexpr int kMacCodepage = 10000;

// 0 switches a toggle off, no number switches it on.
bool is_on(const RtfToken& token) { return !token.has_value || token.value != 0; }

}  // namespace

struct RtfWords {
  using R = RtfReader;
  using T = RtfReader::Target;
  struct Row {
    std::string_view name;
    R::Act act;
  };
  struct Destination {
    std::string_view name;
    T target;
  };
  struct Literal {
    std::string_view name;
    std::string_view text;
  };

  static constexpr std::array kDestinations{
      Destination{"fonttbl", T::kFonts},
      Destination{"stylesheet", T::kStyles},
      Destination{"colortbl", T::kSkip},
      Destination{"filetbl", T::kSkip},
      Destination{"info", T::kSkip},
      Destination{"header", T::kSkip},
      Destination{"headerl", T::kSkip},
      Destination{"headerr", T::kSkip},
      Destination{"headerf", T::kSkip},
      Destination{"footer", T::kSkip},
      Destination{"footerl", T::kSkip},
      Destination{"footerr", T::kSkip},
      Destination{"footerf", T::kSkip},
      Destination{"annotation", T::kSkip},
      Destination{"fldinst", T::kSkip},
      Destination{"listtext", T::kSkip},
      Destination{"pntext", T::kSkip},
      Destination{"object", T::kSkip},
      Destination{"nonshppict", T::kSkip},
      Destination{"shprslt", T::kSkip},
      Destination{"nonesttables", T::kSkip},
      Destination{"mmathPict", T::kSkip},
      Destination{"xe", T::kSkip},
      Destination{"tc", T::kSkip},
      Destination{"tcn", T::kSkip},
      Destination{"rxe", T::kSkip},
      Destination{"sn", T::kSkip},
      Destination{"private", T::kSkip},
      Destination{"template", T::kSkip},
      Destination{"footnote", T::kNote},
      Destination{"pict", T::kPicture},
      Destination{"shppict", T::kText},
      Destination{"shp", T::kText},
      Destination{"shpinst", T::kWordsOnly},
      Destination{"shpgrp", T::kWordsOnly},
      Destination{"sp", T::kWordsOnly},
      Destination{"sv", T::kWordsOnly},
      Destination{"shptxt", T::kBox},
      Destination{"nesttableprops", T::kWordsOnly},
      Destination{"upr", T::kUnicodePair},
  };
  static constexpr std::array kLiterals{
      Literal{"tab", "\t"},         Literal{"emdash", "—"},       Literal{"endash", "–"},
      Literal{"lquote", "‘"},       Literal{"rquote", "’"},       Literal{"ldblquote", "“"},
      Literal{"rdblquote", "”"},    Literal{"bullet", "•"},       Literal{"emspace", "\u2003"},
      Literal{"enspace", "\u2002"}, Literal{"qmspace", "\u2005"},
  };
  static constexpr std::array kRows{
      Row{"ansi", &R::set_document_codepage},
      Row{"ansicpg", &R::set_document_codepage},
      Row{"mac", &R::set_document_codepage},
      Row{"pc", &R::set_document_codepage},
      Row{"pca", &R::set_document_codepage},
      Row{"deff", &R::set_default_font},
      Row{"f", &R::set_font},
      Row{"af", &R::set_associated_font},
      Row{"loch", &R::set_script},
      Row{"hich", &R::set_script},
      Row{"dbch", &R::set_script},
      Row{"fcharset", &R::set_charset},
      Row{"cpg", &R::set_font_codepage},
      Row{"s", &R::set_style},
      Row{"outlinelevel", &R::set_outline},
      Row{"v", &R::set_flag},
      Row{"b", &R::set_flag},
      Row{"deleted", &R::set_flag},
      Row{"mvf", &R::set_flag},
      Row{"fs", &R::set_size},
      Row{"uc", &R::set_fallback},
      Row{"u", &R::put_unicode},
      Row{"ql", &R::set_alignment},
      Row{"qr", &R::set_alignment},
      Row{"qj", &R::set_alignment},
      Row{"qd", &R::set_alignment},
      Row{"qc", &R::set_alignment},
      Row{"plain", &R::reset_characters},
      Row{"pard", &R::reset_paragraph},
      Row{"intbl", &R::set_in_table},
      Row{"itap", &R::set_depth},
      Row{"par", &R::end_paragraph},
      Row{"sect", &R::end_paragraph},
      Row{"line", &R::put_break},
      Row{"lbr", &R::put_break},
      Row{"page", &R::put_break},
      Row{"column", &R::put_break},
      Row{"cell", &R::end_cell},
      Row{"nestcell", &R::end_nested_cell},
      Row{"trowd", &R::begin_row},
      Row{"trleft", &R::set_row_left},
      Row{"clvmrg", &R::set_merge},
      Row{"clmrg", &R::set_merge},
      Row{"cellx", &R::add_row_cell},
      Row{"row", &R::end_row},
      Row{"nestrow", &R::end_nested_row},
  };

  template <class Table>
  static const auto* find(const Table& table, std::string_view name) {
    using Entry = typename Table::value_type;
    static const auto kIndex = [&] {
      std::unordered_map<std::string_view, const Entry*> index;
      for (const Entry& row : table) index.emplace(row.name, &row);
      return index;
    }();
    const auto found = kIndex.find(name);
    return found == kIndex.end() ? nullptr : found->second;
  }
};

void RtfReader::word(const RtfToken& token) {
  Group& now = group();
  if (now.target == Target::kSkip) {
    const bool unicode = token.text == "ud" && groups_.size() > 2 &&
                         groups_[groups_.size() - 2].target == Target::kUnicodePair;
    if (unicode) enter(groups_[groups_.size() - 3].target);
    return;
  }
  if (const auto* row = RtfWords::find(RtfWords::kLiterals, token.text)) {
    if (std::exchange(fallback_, std::max(fallback_ - 1, 0)) == 0) put(row->text);
    return;
  }
  fallback_ = 0;
  if (const auto* row = RtfWords::find(RtfWords::kDestinations, token.text)) {
    return enter(row->target);
  }
  if (now.star) return enter(Target::kSkip);
  if (const auto* row = RtfWords::find(RtfWords::kRows, token.text)) (this->*row->act)(token);
}

// Fonts and charsets --------------------------------------------------------------------------

void RtfReader::set_document_codepage(const RtfToken& token) {
  if (token.text == "mac") fonts_.document(kMacCodepage);
  if (token.text == "pc") fonts_.document(437);
  if (token.text == "pca") fonts_.document(850);
  if (token.text == "ansicpg" && token.value > 0) fonts_.document(token.value);
}

void RtfReader::set_default_font(const RtfToken& token) {
  default_font_ = token.value;
  group().font = default_font_;
}

void RtfReader::set_font(const RtfToken& token) {
  if (group().target == Target::kFonts) {
    named_font_ = token.value;
  } else {
    group().font = token.value;
  }
}

void RtfReader::set_associated_font(const RtfToken& token) {
  if (group().east_asian) group().east_asian_font = token.value;
}

void RtfReader::set_script(const RtfToken& token) { group().east_asian = token.text == "dbch"; }

void RtfReader::set_charset(const RtfToken& token) {
  if (group().target != Target::kFonts) return;
  fonts_.font(named_font_, codepage_of_charset(token.value));
}

void RtfReader::set_font_codepage(const RtfToken& token) {
  if (group().target == Target::kFonts) fonts_.font(named_font_, token.value);
}

// Characters and paragraphs -------------------------------------------------------------------

void RtfReader::set_style(const RtfToken& token) {
  if (group().target == Target::kStyles) {
    named_style_ = token.value;
  } else {
    group().heading = heading_styles_.contains(token.value);
  }
}

void RtfReader::set_outline(const RtfToken& token) {
  const bool heading = token.value >= 0 && token.value < 9;
  if (group().target == Target::kStyles) {
    style_heading_ = heading;
  } else if (heading) {
    group().heading = true;
  }
}

void RtfReader::set_flag(const RtfToken& token) {
  Group& now = group();
  if (token.text == "v") now.hidden = is_on(token);
  if (token.text == "b") now.bold = is_on(token);
  if (token.text == "deleted" || token.text == "mvf") now.deleted = is_on(token);
}

void RtfReader::set_size(const RtfToken& token) {
  if (token.value > 0 && token.value < 4000) {
    group().half_points = static_cast<std::uint16_t>(token.value);
  }
}

void RtfReader::set_fallback(const RtfToken& token) {
  constexpr int kMost = 16;
  group().fallback = std::clamp(token.value, 0, kMost);
}

void RtfReader::set_alignment(const RtfToken& token) { group().centered = token.text == "qc"; }

void RtfReader::reset_characters(const RtfToken&) {
  Group& now = group();
  now.hidden = now.deleted = now.bold = now.east_asian = false;
  now.half_points = Group{}.half_points;
  now.font = default_font_;
  now.east_asian_font = -1;
}

void RtfReader::reset_paragraph(const RtfToken&) {
  Group& now = group();
  now.in_table = now.centered = now.heading = false;
  now.depth = 0;
}

void RtfReader::set_in_table(const RtfToken&) { group().in_table = true; }

void RtfReader::set_depth(const RtfToken& token) {
  group().depth = static_cast<std::size_t>(std::clamp(token.value, 0, 100));
}

WordReading read_rtf(std::string_view bytes) { return RtfReader(bytes).read(); }

}  // namespace baosong::parsers::word
