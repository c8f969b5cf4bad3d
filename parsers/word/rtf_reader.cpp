#include "parsers/word/rtf_reader.hpp"

#include <algorithm>
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/text/utf8.hpp"
#include "parsers/word/styles.hpp"

namespace baosong::parsers::word {

WordReading RtfReader::read() {
  stories_.emplace_back(Flow::Kind::kBody, out_);
  WordReading answer;
  for (bool more = true; more;) {
    const RtfToken token = lexer_.next();
    if (token.kind != RtfToken::Kind::kText && token.kind != RtfToken::Kind::kByte) flush();
    const bool first = std::exchange(group_begins_, token.kind == RtfToken::Kind::kOpen);
    switch (token.kind) {
      case RtfToken::Kind::kEnd:
        more = false;
        if (groups_.size() > 1) {
          answer.trouble = Trouble::kDamaged;
          answer.detail = "ends inside a group";
        }
        break;
      case RtfToken::Kind::kOpen:
        more = groups_.size() <= limits::kRtfDepth;
        if (more) {
          open_group();
        } else {
          answer.trouble = Trouble::kTooLarge;
          answer.detail = "groups nested too deeply";
        }
        break;
      case RtfToken::Kind::kClose:
        close_group();
        more = groups_.size() > 1;  // what follows the last brace is no part of the document
        break;
      case RtfToken::Kind::kWord:
        word(token);
        break;
      case RtfToken::Kind::kSymbol:
        if (token.text.front() == '*') {
          // Anywhere else it means nothing (StarOffice writes it in front of \cs).
          if (first) group().star = true;
        } else {
          symbol(token.text.front());
        }
        break;
      case RtfToken::Kind::kByte:
        byte(static_cast<char>(token.value));
        break;
      case RtfToken::Kind::kText:
        text(token.text);
        break;
      case RtfToken::Kind::kBinary:
        if (group().target == Target::kPicture && picture_) picture_->take(token.text);
        break;
    }
  }
  for (; !stories_.empty(); stories_.pop_back()) story().finish();
  answer.facts = std::move(out_.facts);
  return answer;
}

void RtfReader::open_group() {
  Group inner = group();
  if (inner.target == Target::kUnicodePair) inner.target = Target::kSkip;
  inner.star = inner.own_story = inner.own_picture = false;
  groups_.push_back(inner);
  fallback_ = 0;
}

void RtfReader::close_group() {
  if (groups_.size() < 2) return;
  fallback_ = 0;
  const Group closed = group();
  if (closed.target == Target::kStyles) finish_style();
  if (closed.own_story) {
    story().finish();
    stories_.pop_back();
  }
  if (closed.own_picture && picture_) {
    add_image(out_.facts, picture_->finish(out_.facts.images.size() < limits::kEmbeddedMeasured));
    picture_.reset();
  }
  groups_.pop_back();
}

void RtfReader::enter(Target target) {
  Group& now = group();
  now.star = false;
  now.target = target;
  const bool story_begins = target == Target::kNote || target == Target::kBox;
  if (story_begins && (now.hidden || now.deleted)) {
    now.target = Target::kSkip;  // the place it belongs to is not shown
  } else if (story_begins) {
    now.target = Target::kText;
    now.own_story = true;
    now.in_table = now.centered = now.heading = false;
    now.depth = 0;
    stories_.emplace_back(target == Target::kNote ? Flow::Kind::kNote : Flow::Kind::kBox, out_);
  } else if (target == Target::kPicture && !now.hidden && !now.deleted) {
    now.own_picture = true;
    picture_.emplace();
    picture_digit_ = -1;
  }
}

// Text ----------------------------------------------------------------------------------------

void RtfReader::put(std::string_view utf8) {
  const Group& now = group();
  if (now.target == Target::kStyles) {
    if (style_name_.size() < limits::kNameBytes) style_name_ += utf8;
  } else if (now.target == Target::kText && !now.hidden && !now.deleted) {
    story().put(utf8, now.bold, now.half_points);
  }
}

void RtfReader::flush() {
  if (bytes_.empty()) return;
  put(fonts_.decode(bytes_, group().font, group().east_asian_font));
  bytes_.clear();
}

void RtfReader::text(std::string_view bytes) {
  const Target target = group().target;
  if (target == Target::kPicture) return picture_hex(bytes);
  if (target != Target::kText && target != Target::kStyles) return;
  const std::size_t skipped = std::min(bytes.size(), static_cast<std::size_t>(fallback_));
  fallback_ -= static_cast<int>(skipped);
  bytes.remove_prefix(skipped);
  if (bytes.empty()) return;
  high_ = 0;
  bytes_ += bytes;
  if (!is_double_byte(fonts_.codepage(group().font, group().east_asian_font))) return;
  // An odd number of high bytes at the end waits for the second half of a pair.
  std::size_t high = 0;
  while (high < bytes_.size() &&
         static_cast<unsigned char>(bytes_[bytes_.size() - 1 - high]) > 0x80)
    ++high;
  if (high % 2 == 1 && lexer_.take_raw_backslash()) bytes_ += '\\';
}

void RtfReader::byte(char value) {
  const Target target = group().target;
  if (target != Target::kText && target != Target::kStyles) return;
  if (fallback_ > 0) {
    --fallback_;
    return;
  }
  high_ = 0;
  bytes_ += value;
}

void RtfReader::symbol(char c) {
  Group& now = group();
  if (now.target == Target::kSkip) return;
  if (std::exchange(fallback_, std::max(fallback_ - 1, 0)) > 0) return;
  if (c == '\n' || c == '\r') return end_paragraph({});
  if (c == '~') return put("\u00A0");
  if (c == '_') return put("-");
  if (c == '\t') return put("\t");
  if (c == '\\' || c == '{' || c == '}') put({&c, 1});
}

void RtfReader::put_unicode(const RtfToken& token) {
  fallback_ = group().fallback;
  const auto unit = static_cast<char32_t>(static_cast<std::uint16_t>(token.value));
  char32_t code = unit;
  if (unit >= 0xD800 && unit < 0xDC00) {
    high_ = unit;
    return;
  }
  if (unit >= 0xDC00 && unit < 0xE000) {
    if (high_ == 0) return;
    code = 0x10000 + ((high_ - 0xD800) << 10U) + (unit - 0xDC00);
  }
  high_ = 0;
  if (code < 0x20) return;
  std::string utf8;
  append_utf8(utf8, code);
  put(utf8);
}

void RtfReader::put_break(const RtfToken&) { put("\n"); }

// Paragraphs and tables -----------------------------------------------------------------------

FlowLayout RtfReader::layout(std::size_t least_depth) const {
  const Group& now = groups_.back();
  const std::size_t depth = now.in_table || now.depth > 0 ? std::max<std::size_t>(now.depth, 1) : 0;
  return {now.centered, now.heading, std::max(depth, least_depth)};
}

void RtfReader::end_paragraph(const RtfToken&) {
  if (group().target == Target::kText) story().end_paragraph(layout(0));
}

// \cell ends a cell of the outermost table, whatever \itap says; inner ones have \nestcell.
void RtfReader::end_cell(const RtfToken&) {
  if (group().target != Target::kText) return;
  FlowLayout now = layout(1);
  now.depth = 1;
  story().end_cell(now);
}
void RtfReader::end_nested_cell(const RtfToken&) {
  if (group().target == Target::kText) story().end_cell(layout(2));
}

void RtfReader::begin_row(const RtfToken&) {
  row_ = {};
  next_cell_ = {};
}
void RtfReader::set_row_left(const RtfToken& token) { row_.left = token.value; }
void RtfReader::set_merge(const RtfToken& token) {
  if (token.text == "clvmrg") next_cell_.continues = true;
  if (token.text == "clmrg") next_cell_.joined = true;
}
void RtfReader::add_row_cell(const RtfToken& token) {
  constexpr std::size_t kRowCells = 1000;
  // Far beyond any sheet of paper, and safe to add to.
  next_cell_.right = std::clamp(token.value, -1'000'000, 1'000'000);
  if (row_.cells.size() < kRowCells) row_.cells.push_back(next_cell_);
  next_cell_ = {};
}
void RtfReader::end_row(const RtfToken&) {
  if (group().target == Target::kText) story().end_row(1, row_);
}
void RtfReader::end_nested_row(const RtfToken&) {
  if (group().target == Target::kWordsOnly || group().target == Target::kText) {
    story().end_row(layout(2).depth, row_);
  }
}

// Pictures, styles ----------------------------------------------------------------------------

void RtfReader::picture_hex(std::string_view digits) {
  if (!group().own_picture || !picture_) return;
  std::string block;
  block.reserve(digits.size() / 2);
  for (const char c : digits) {
    const int value = c >= '0' && c <= '9'   ? c - '0'
                      : c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                             : -1;
    if (value < 0) continue;
    if (picture_digit_ < 0) {
      picture_digit_ = value;
    } else {
      block.push_back(static_cast<char>(picture_digit_ * 16 + value));
      picture_digit_ = -1;
    }
  }
  picture_->take(block);
}

void RtfReader::finish_style() {
  constexpr std::size_t kMostStyles = 5000;
  std::string_view name = trim(style_name_);
  if (name.ends_with(';')) name.remove_suffix(1);
  if (heading_styles_.size() < kMostStyles && (style_heading_ || names_heading(name))) {
    heading_styles_[named_style_] = true;
  }
  style_name_.clear();
  style_heading_ = false;
  named_style_ = 0;
}

}  // namespace baosong::parsers::word
