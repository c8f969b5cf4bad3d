#include "parsers/word/doc.hpp"

#include "parsers/base/limits.hpp"
#include "parsers/ole/compound.hpp"
#include "parsers/word/doc_assembler.hpp"
#include "parsers/word/doc_fib.hpp"
#include "parsers/word/doc_formatting.hpp"
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
  std::vector<CharacterRun> characters;
};

// Reads CPs [first, first + size) into `facts`; how many characters the file really has there.
std::uint32_t read_text(const Streams& streams, const std::vector<ParagraphRun>& paragraphs,
                        std::uint64_t first, std::uint64_t size, WordFacts& facts) {
  if (first + size > 0xFFFFFFFFU) return 0;
  DocAssembler assembler(streams.characters, paragraphs, facts);
  std::uint32_t seen = 0;
  for_each_character(streams.document, streams.pieces, static_cast<std::uint32_t>(first),
                     static_cast<std::uint32_t>(first + size), [&](const Character& character) {
                       assembler.take(character);
                       ++seen;
                     });
  assembler.finish();
  return seen;
}

// The texts that follow the main one: notes and text boxes, which are totals of their own.
void read_side_texts(const Streams& streams, WordFacts& facts) {
  const Fib& fib = streams.fib;
  const std::uint64_t footnotes = fib.text;
  const std::uint64_t endnotes = footnotes + fib.footnotes + std::uint64_t{fib.headers} +
                                 fib.macros + std::uint64_t{fib.annotations};
  WordFacts notes, boxes;
  read_text(streams, {}, footnotes, fib.footnotes, notes);
  read_text(streams, {}, endnotes, fib.endnotes, notes);
  read_text(streams, {}, endnotes + fib.endnotes, fib.text_boxes, boxes);
  facts.notes = notes.body;
  facts.text_boxes = boxes.body;
  for (const Paragraph& box : boxes.paragraphs) facts.box_texts.push_back(box.text);
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
  streams.characters = read_character_runs(streams.document, streams.table, streams.fib);
  const auto paragraphs =
      read_paragraph_runs(streams.document, streams.table, streams.data, streams.fib);

  DocReading answer;
  const std::uint32_t seen = read_text(streams, paragraphs, 0, streams.fib.text, answer.facts);
  if (seen == 0 && streams.fib.text > 1) {
    return trouble(Trouble::kDamaged, "text lies beyond the file");
  }
  read_side_texts(streams, answer.facts);
  return answer;
}

}  // namespace baosong::parsers::word
