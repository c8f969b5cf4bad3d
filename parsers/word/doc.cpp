#include "parsers/word/doc.hpp"

#include <algorithm>
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/ole/compound.hpp"
#include "parsers/word/doc_assembler.hpp"
#include "parsers/word/doc_fib.hpp"
#include "parsers/word/doc_formatting.hpp"
#include "parsers/word/doc_pictures.hpp"
#include "parsers/word/doc_pieces.hpp"

namespace baosong::parsers::word {
namespace {

DocReading trouble(Trouble kind, std::string detail) {
  DocReading answer;
  answer.trouble = kind;
  answer.detail = std::move(detail);
  return answer;
}

std::string stream(const ole::Compound& file, std::string_view name) {
  const ole::Entry* entry = file.find(name);
  return entry == nullptr ? std::string{} : file.read(*entry, limits::kDocxTotalBytes);
}

// The streams of one document and what was read of them.
struct Streams {
  std::string document, table, data;
  Fib fib;
  std::vector<Piece> pieces;
};

// The characters of CPs [first, last) through one assembler; how many the file really has there.
std::uint32_t read_text(const Streams& streams, std::uint64_t first, std::uint64_t last,
                        DocAssembler& assembler) {
  std::uint32_t seen = 0;
  if (last <= 0xFFFFFFFFU) {
    for_each_character(streams.document, streams.pieces, static_cast<std::uint32_t>(first),
                       static_cast<std::uint32_t>(last), [&](const Character& character) {
                         assembler.take(character);
                         ++seen;
                       });
  }
  assembler.finish();
  return seen;
}

void read_side_text(const Streams& streams, const DocFormats& formats, std::uint64_t first,
                    std::uint64_t last, Flow::Kind kind, FlowOutput& out) {
  Flow flow(kind, out);
  DocAssembler assembler(formats, flow);
  read_text(streams, first, last, assembler);
}

// Text boxes lie in one text, which a table divides: the first CP of each box, and 22 bytes of
// each.
void read_boxes(const Streams& streams, const DocFormats& formats, std::uint64_t start,
                FlowOutput& out) {
  const auto plc = ole::slice(streams.table, streams.fib.boxes.offset, streams.fib.boxes.size);
  const std::size_t count = plc.size() < 4 ? 0 : (plc.size() - 4) / 26;
  std::uint32_t first = 0;
  for (std::size_t i = 0; i < count && first < streams.fib.text_boxes; ++i) {
    const std::uint32_t last = std::min(ole::u32(plc, 4 * (i + 1)), streams.fib.text_boxes);
    if (last <= first) continue;
    read_side_text(streams, formats, start + first, start + last, Flow::Kind::kBox, out);
    first = last;
  }
  read_side_text(streams, formats, start + first, start + streams.fib.text_boxes, Flow::Kind::kBox,
                 out);
}

// The texts that follow the main one: notes and text boxes, which are totals of their own.
void read_side_texts(const Streams& streams, const DocFormats& formats, FlowOutput& out) {
  const Fib& fib = streams.fib;
  const std::uint64_t footnotes = fib.text;
  const std::uint64_t endnotes = footnotes + fib.footnotes + std::uint64_t{fib.headers} +
                                 fib.macros + std::uint64_t{fib.annotations};
  read_side_text(streams, formats, footnotes, footnotes + fib.footnotes, Flow::Kind::kNote, out);
  read_side_text(streams, formats, endnotes, endnotes + fib.endnotes, Flow::Kind::kNote, out);
  read_boxes(streams, formats, endnotes + fib.endnotes, out);
}

}  // namespace

DocReading read_doc(std::string_view bytes) {
  const auto file = ole::Compound::open(bytes);
  if (!file) return trouble(Trouble::kDamaged, "OLE2 header or directory damaged");
  Streams streams;
  streams.document = stream(*file, "WordDocument");
  if (streams.document.empty()) return trouble(Trouble::kUnsupported, "no WordDocument stream");
  streams.fib = read_fib(streams.document);
  if (streams.fib.too_old) return trouble(Trouble::kUnsupported, "Word 6 or 95");
  if (!streams.fib.is_word) return trouble(Trouble::kDamaged, "no Word file information block");
  if (streams.fib.encrypted) return trouble(Trouble::kEncrypted, "encrypted Word document");
  streams.table = stream(*file, streams.fib.second_table ? "1Table" : "0Table");
  streams.data = stream(*file, "Data");
  streams.pieces = read_pieces(streams.table, streams.fib);
  if (streams.pieces.empty()) return trouble(Trouble::kDamaged, "no piece table");
  if (streams.pieces.back().last < streams.fib.text) {
    return trouble(Trouble::kDamaged, "piece table ends early");
  }
  const DocFormats formats{streams.document, streams.data,
                           read_character_runs(streams.document, streams.table, streams.fib),
                           read_paragraph_runs(streams.document, streams.table, streams.fib),
                           DocStyles(streams.table, streams.fib)};

  FlowOutput out;
  Flow body(Flow::Kind::kBody, out);
  DocAssembler assembler(formats, body);
  const std::uint32_t seen = read_text(streams, 0, streams.fib.text, assembler);
  if (seen == 0 && streams.fib.text > 1) {
    return trouble(Trouble::kDamaged, "text lies beyond the file");
  }
  read_side_texts(streams, formats, out);
  const auto drawings =
      ole::slice(streams.table, streams.fib.drawings.offset, streams.fib.drawings.size);
  read_pictures({streams.document, streams.data, drawings}, assembler.pictures(), out.facts);
  return {Trouble::kNone, {}, std::move(out.facts)};
}

}  // namespace baosong::parsers::word
