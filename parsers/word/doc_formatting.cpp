#include "parsers/word/doc_formatting.hpp"

#include "parsers/ole/little_endian.hpp"
#include "parsers/word/doc_modifiers.hpp"

namespace baosong::parsers::word {
namespace {

using ole::slice;
using ole::u16;
using ole::u32;
using ole::u8;

constexpr std::size_t kPageBytes = 512;  // of a formatted disk page
constexpr std::size_t kMaxRuns = 2'000'000;
constexpr std::size_t kParagraphEntry = 13;  // BxPap

Toggle toggle_of(std::uint8_t operand) {
  switch (operand) {
    case 0:
      return Toggle::kOff;
    case 1:
      return Toggle::kOn;
    case 0x80:
      return Toggle::kAsStyle;
    case 0x81:
      return Toggle::kNotAsStyle;
    default:
      return Toggle::kUnsaid;
  }
}

// TDefTableOperand ([MS-DOC] 2.9.315): edges of the columns, then 20 bytes for each cell.
FlowRow row_of(std::string_view operand) {
  constexpr std::size_t kCellBytes = 20, kMostCells = 63;
  const std::size_t count = std::min<std::size_t>(u8(operand, 2), kMostCells);
  const auto edge = [&](std::size_t i) {
    return static_cast<int>(static_cast<std::int16_t>(u16(operand, 3 + 2 * i)));
  };
  FlowRow row;
  row.left = edge(0);
  const std::size_t cells = 3 + 2 * (count + 1);
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint16_t flags = u16(operand, cells + kCellBytes * i);
    row.cells.push_back({edge(i + 1), (flags & 0x0060U) == 0x0020U, (flags & 0x0003U) == 0x0002U});
  }
  return row;
}

void apply(ParagraphFormat& format, std::string_view list, std::string_view data, bool may_jump) {
  for_each_modifier(list, [&](std::uint16_t sprm, std::size_t at) {
    switch (sprm) {
      case kInTable:
        format.in_table = u8(list, at) != 0;
        break;
      case kRowEnd:
        format.row_end = u8(list, at) != 0;
        break;
      case kInnerCellEnd:
        format.inner_cell_end = u8(list, at) != 0;
        break;
      case kInnerRowEnd:
        format.inner_row_end = u8(list, at) != 0;
        break;
      case kTableDepth:
        format.depth = u32(list, at);
        break;
      case kJustifyOld:
      case kJustify:
        format.centered = u8(list, at) == 1;
        break;
      case kOutlineLevel:
        format.heading = u8(list, at) < 9;
        break;
      case kTableDefinition:
        format.row = row_of(slice(list, at, operand_size(sprm, list, at)));
        break;
      case kHugePapx:
      case kHugePapxToo:
        if (may_jump) {
          const std::uint32_t where = u32(list, at);
          apply(format, slice(data, std::size_t{where} + 2, u16(data, where)), data, false);
        }
        break;
      default:
        break;
    }
  });
}

// Calls sink(page) for each formatted disk page that a PlcBte names.
template <class Sink>
void for_each_page(std::string_view word_document, std::string_view plc, Sink&& sink) {
  if (plc.size() < 12) return;
  const std::size_t count = (plc.size() - 4) / 8;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = u32(plc, 4 * (count + 1) + 4 * i) & 0x3FFFFFU;
    const auto page = slice(word_document, number * kPageBytes, kPageBytes);
    if (page.size() == kPageBytes) sink(page);
  }
}

}  // namespace

void apply(CharacterFormat& format, std::string_view list) {
  for_each_modifier(list, [&](std::uint16_t sprm, std::size_t at) {
    switch (sprm) {
      case kRevisionDeleted:
        format.deleted = u8(list, at) != 0;
        break;
      case kVanish:
        format.hidden = toggle_of(u8(list, at));
        break;
      case kBold:
        format.bold = toggle_of(u8(list, at));
        break;
      case kFontSize:
        format.half_points = u16(list, at);
        break;
      case kCharacterStyle:
        format.style = u16(list, at);
        break;
      case kSymbol:
        format.symbol = u16(list, at + 2);
        break;
      case kIsData:
      case kIsObject:
        format.object = u8(list, at) != 0;
        break;
      case kPicture:
        format.picture = u32(list, at);
        format.pictured = true;
        break;
      default:
        break;
    }
  });
}

void apply(ParagraphFormat& format, std::string_view list) { apply(format, list, {}, false); }

ParagraphFormat format_of(const ParagraphRun& run, std::string_view word_document,
                          std::string_view data) {
  const auto said = slice(word_document, run.said_at, run.said_bytes);
  ParagraphFormat format;
  format.style = u16(said, 0);
  apply(format, slice(said, 2, said.size()), data, true);
  return format;
}

std::vector<CharacterRun> read_character_runs(std::string_view word_document,
                                              std::string_view table_stream, const Fib& fib) {
  std::vector<CharacterRun> runs;
  const auto plc = slice(table_stream, fib.character_pages.offset, fib.character_pages.size);
  for_each_page(word_document, plc, [&](std::string_view page) {
    const std::size_t count = u8(page, kPageBytes - 1);
    for (std::size_t i = 0; i < count && runs.size() < kMaxRuns; ++i) {
      CharacterRun run;
      run.first = u32(page, 4 * i);
      run.last = u32(page, 4 * (i + 1));
      const std::size_t where = std::size_t{u8(page, 4 * (count + 1) + i)} * 2;
      if (where != 0) apply(run, slice(page, where + 1, u8(page, where)));
      runs.push_back(run);
    }
  });
  std::ranges::stable_sort(runs, {}, &CharacterRun::first);
  return runs;
}

std::vector<ParagraphRun> read_paragraph_runs(std::string_view word_document,
                                              std::string_view table_stream, const Fib& fib) {
  std::vector<ParagraphRun> runs;
  const auto plc = slice(table_stream, fib.paragraph_pages.offset, fib.paragraph_pages.size);
  for_each_page(word_document, plc, [&](std::string_view page) {
    const std::size_t count = u8(page, kPageBytes - 1);
    for (std::size_t i = 0; i < count && runs.size() < kMaxRuns; ++i) {
      ParagraphRun run;
      run.first = u32(page, 4 * i);
      run.last = u32(page, 4 * (i + 1));
      const std::size_t where = std::size_t{u8(page, 4 * (count + 1) + kParagraphEntry * i)} * 2;
      if (where != 0) {
        // A length byte of 0 means that the next byte holds it, in whole words.
        const std::size_t words = u8(page, where);
        const auto papx = words != 0 ? slice(page, where + 1, 2 * words - 1)
                                     : slice(page, where + 2, std::size_t{u8(page, where + 1)} * 2);
        if (!papx.empty()) {
          run.said_at = static_cast<std::uint32_t>(papx.data() - word_document.data());
          run.said_bytes = static_cast<std::uint32_t>(papx.size());
        }
      }
      runs.push_back(run);
    }
  });
  std::ranges::stable_sort(runs, {}, &ParagraphRun::first);
  return runs;
}

}  // namespace baosong::parsers::word
