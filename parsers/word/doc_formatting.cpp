#include "parsers/word/doc_formatting.hpp"

#include "parsers/ole/little_endian.hpp"

namespace baosong::parsers::word {
namespace {

using ole::slice;
using ole::u16;
using ole::u32;
using ole::u8;

constexpr std::size_t kPageBytes = 512;  // of a formatted disk page
constexpr std::size_t kMaxRuns = 2'000'000;
constexpr std::size_t kParagraphEntry = 13;  // BxPap

// Single property modifiers ([MS-DOC] 2.6.1, 2.6.2).
enum Sprm : std::uint16_t {
  kRevisionDeleted = 0x0800,
  kBold = 0x0835,
  kVanish = 0x083C,
  kFontSize = 0x4A43,
  kJustifyOld = 0x2403,
  kInTable = 0x2416,
  kRowEnd = 0x2417,
  kInnerRowEnd = 0x244C,
  kJustify = 0x2461,
  kOutlineLevel = 0x2640,
  kHugePapx = 0x6645,
  kHugePapxToo = 0x6646,
  kTableDepth = 0x6649,
  kTableDefinition = 0xD608,
  kChangeTabs = 0xC615,
};

// Bytes of the operand that stands at `at`.
std::size_t operand_size(std::uint16_t sprm, std::string_view list, std::size_t at) {
  switch (sprm >> 13U) {
    case 0:
    case 1:
      return 1;
    case 3:
      return 4;
    case 6:
      if (sprm == kTableDefinition) return 1U + u16(list, at);
      if (sprm == kChangeTabs && u8(list, at) == 255) return list.size();
      return 1U + u8(list, at);
    case 7:
      return 3;
    default:
      return 2;
  }
}

// Calls sink(sprm, position of the operand) for each modifier of a list.
template <class Sink>
void for_each_modifier(std::string_view list, Sink&& sink) {
  std::size_t at = 0;
  while (at + 2 < list.size()) {
    const std::uint16_t sprm = u16(list, at);
    at += 2;
    sink(sprm, at);
    at += operand_size(sprm, list, at);
  }
}

// 1 and 0x81 (the opposite of the style, which hardly ever hides) switch a toggle on.
bool toggled(std::uint8_t operand) { return operand == 1 || operand == 0x81; }

void apply(CharacterRun& run, std::string_view list) {
  for_each_modifier(list, [&](std::uint16_t sprm, std::size_t at) {
    if (sprm == kRevisionDeleted && u8(list, at) != 0) run.hidden = true;
    if (sprm == kVanish && toggled(u8(list, at))) run.hidden = true;
    if (sprm == kBold) run.bold = toggled(u8(list, at));
    if (sprm == kFontSize) run.half_points = u16(list, at);
  });
}

void apply(ParagraphRun& run, std::string_view list, std::string_view data, bool may_jump) {
  for_each_modifier(list, [&](std::uint16_t sprm, std::size_t at) {
    switch (sprm) {
      case kInTable:
        run.in_table = u8(list, at) != 0;
        break;
      case kRowEnd:
      case kInnerRowEnd:
        run.row_end = run.row_end || u8(list, at) != 0;
        break;
      case kTableDepth:
        run.depth = u32(list, at);
        break;
      case kJustifyOld:
      case kJustify:
        run.centered = u8(list, at) == 1;
        break;
      case kOutlineLevel:
        run.heading = run.heading || u8(list, at) < 9;
        break;
      case kHugePapx:
      case kHugePapxToo:
        if (may_jump) {
          const std::uint32_t where = u32(list, at);
          apply(run, slice(data, std::size_t{where} + 2, u16(data, where)), data, false);
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
                                              std::string_view table_stream, std::string_view data,
                                              const Fib& fib) {
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
        const std::uint16_t style = u16(papx, 0);
        run.heading = style >= 1 && style <= 9;  // built-in headings keep their places
        apply(run, slice(papx, 2, papx.size()), data, true);
      }
      runs.push_back(run);
    }
  });
  std::ranges::stable_sort(runs, {}, &ParagraphRun::first);
  return runs;
}

}  // namespace baosong::parsers::word
