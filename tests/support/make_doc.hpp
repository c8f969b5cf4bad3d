// Word 97–2003 documents for tests ([MS-DOC]), built in memory: text in runs and paragraphs with
// the modifiers they carry, styles, pictures. One formatted page for each run and each paragraph.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/make_ole.hpp"

namespace baosong::test {

struct DocRun {
  std::u16string text;
  std::string modifiers = {};
};
struct DocParagraph {
  std::vector<DocRun> runs;
  std::string modifiers = {};
  unsigned style = 0;
  char16_t mark = u'\r';
  std::string mark_modifiers = {};
};
struct DocStyle {
  std::u16string name;
  std::string characters = {};
  bool of_characters = false;
  unsigned based_on = 0xFFF;
};

inline std::string sprm(unsigned code, std::uint64_t operand, int bytes) {
  std::string out;
  put_little(out, code, 2);
  put_little(out, operand, bytes);
  return out;
}
// sprmTDefTable: the edges of a row in twips, flags of its cells (0x20 merged with the one above).
inline std::string row_definition(const std::vector<int>& edges,
                                  const std::vector<unsigned>& flags) {
  std::string cells;
  put_little(cells, flags.size(), 1);
  for (const int edge : edges) put_little(cells, static_cast<std::uint16_t>(edge), 2);
  for (const unsigned flag : flags) {
    put_little(cells, flag, 2);
    cells.append(18, '\0');
  }
  std::string out;
  put_little(out, 0xD608, 2);
  put_little(out, cells.size() + 1, 2);
  return out + cells;
}

// An OfficeArt record; containers have version 15.
inline std::string art_record(unsigned type, unsigned instance, std::string_view body,
                              unsigned version = 0) {
  std::string out;
  put_little(out, version | instance << 4U, 2);
  put_little(out, type, 2);
  put_little(out, body.size(), 4);
  return out + std::string(body);
}
inline std::string art_jpeg(std::string_view file) {
  return art_record(0xF01D, 0x46A, std::string(17, '\1') + std::string(file));
}
// An entry of the store: the picture behind it, or at `where` in the WordDocument stream.
inline std::string art_entry(std::string_view blip, std::uint32_t where = 0) {
  std::string body(20, '\5');
  put_little(body, blip.size(), 4);
  put_little(body, 1, 4);
  put_little(body, where, 4);
  body.append(4, '\0');
  return art_record(0xF007, 5, body + std::string(blip), 2);
}
// What sprmCPicLocation points at.
inline std::string inline_picture(std::string_view file) {
  const std::string shape = art_record(0xF004, 0, "", 15) + art_entry(art_jpeg(file));
  std::string out;
  put_little(out, 0x44 + shape.size(), 4);
  put_little(out, 0x44, 2);
  put_little(out, 0x64, 2);
  out.resize(0x44, '\0');
  return out + shape;
}

struct Doc {
  std::vector<DocStyle> styles{{u"Normal"}};
  std::vector<DocParagraph> paragraphs;
  std::u16string boxes;                   // the text of all boxes
  std::vector<std::uint32_t> box_starts;  // and where each begins
  std::string data;                       // the Data stream
  std::string drawings;                   // OfficeArtContent
  std::string after_text;                 // lies in the WordDocument stream at kAfterText

  static constexpr std::uint32_t kText = 0x400, kAfterText = 0x4000;

  [[nodiscard]] std::string bytes() const {
    std::string document(kText, '\0');
    std::vector<std::pair<std::uint32_t, std::string>> runs, papers;
    const auto put = [&](std::u16string_view text) {
      for (const char16_t unit : text) put_little(document, unit, 2);
    };
    const auto here = [&] { return static_cast<std::uint32_t>(document.size()); };
    for (const DocParagraph& p : paragraphs) {
      papers.emplace_back(here(), papx(p));
      for (const DocRun& run : p.runs) {
        runs.emplace_back(here(), run.modifiers);
        put(run.text);
      }
      runs.emplace_back(here(), p.mark_modifiers);
      put(std::u16string(1, p.mark));
    }
    const std::uint32_t characters = (here() - kText) / 2;
    papers.emplace_back(here(), std::string(2, '\0'));
    runs.emplace_back(here(), "");
    put(boxes);
    const std::uint32_t end = here();
    document.resize(kAfterText, '\0');
    document += after_text;
    document.resize((document.size() + 511) / 512 * 512, '\0');

    std::string table;
    const auto extent = [&](std::size_t at, const std::string& bytes) {
      poke(document, at, table.size());
      poke(document, at + 4, bytes.size());
      table += bytes;
    };
    const std::string chpx_pages = pages(document, runs, end, false);
    const std::string papx_pages = pages(document, papers, end, true);
    extent(0xA2, sheet());
    extent(0xFA, chpx_pages);
    extent(0x102, papx_pages);
    std::string clx("\2", 1);
    put_little(clx, 16, 4);
    put_little(clx, 0, 4);
    put_little(clx, characters + boxes.size(), 4);
    put_little(clx, 0, 2);
    put_little(clx, kText, 4);
    put_little(clx, 0, 2);
    extent(0x1A2, clx);
    extent(0x22A, drawings);
    std::string parts;
    for (const std::uint32_t start : box_starts) put_little(parts, start, 4);
    put_little(parts, boxes.size(), 4);
    extent(0x25A, parts + std::string(22 * box_starts.size(), '\0'));
    poke(document, 0x4C, characters);
    poke(document, 0x64, boxes.size());
    document.replace(0, 4, std::string("\xEC\xA5\xC1\0", 4));
    document[0x0B] = '\2';
    return make_ole({{"WordDocument", document}, {"1Table", table}, {"Data", data}});
  }

 private:
  static void poke(std::string& out, std::size_t at, std::uint64_t value) {
    for (std::size_t i = 0; i < 4; ++i) out[at + i] = static_cast<char>(value >> (8 * i) & 0xFFU);
  }
  static std::string papx(const DocParagraph& p) {
    std::string out;
    put_little(out, p.style, 2);
    return out + p.modifiers;
  }
  // Appends one formatted page for each; the table that names them.
  static std::string pages(std::string& document,
                           const std::vector<std::pair<std::uint32_t, std::string>>& rows,
                           std::uint32_t end, bool of_paragraphs) {
    std::string starts, numbers;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const std::uint32_t next = i + 1 < rows.size() ? rows[i + 1].first : end;
      const std::string& said = rows[i].second;
      std::string page(512, '\0');
      poke(page, 0, rows[i].first);
      poke(page, 4, next);
      std::string entry;
      if (!of_paragraphs) {
        put_little(entry, said.size(), 1);
      } else if (said.size() % 2 != 0) {
        put_little(entry, (said.size() + 1) / 2, 1);
      } else {
        put_little(entry, 0, 1);
        put_little(entry, said.size() / 2, 1);
      }
      entry += said;
      const std::size_t at = (510 - entry.size()) & ~std::size_t{1};
      page.replace(at, entry.size(), entry);
      page[8] = static_cast<char>(at / 2);
      page[511] = '\1';
      put_little(starts, rows[i].first, 4);
      put_little(numbers, document.size() / 512, 4);
      document += page;
    }
    put_little(starts, end, 4);
    return starts + numbers;
  }
  [[nodiscard]] std::string sheet() const {
    std::string out;
    put_little(out, 18, 2);
    put_little(out, styles.size(), 2);
    put_little(out, 10, 2);
    out.resize(20, '\0');
    for (const DocStyle& style : styles) {
      std::string one;
      put_little(one, 0, 2);
      put_little(one, (style.of_characters ? 2U : 1U) | style.based_on << 4U, 2);
      one.resize(10, '\0');
      put_little(one, style.name.size(), 2);
      for (const char16_t unit : style.name) put_little(one, unit, 2);
      put_little(one, 0, 2);
      if (!style.of_characters) one += std::string("\2\0\0\0", 4);  // its own number, no modifiers
      put_little(one, style.characters.size(), 2);
      one += style.characters;
      put_little(out, one.size(), 2);
      out += one;
      out.append(one.size() % 2, '\0');
    }
    return out;
  }
};

}  // namespace baosong::test
