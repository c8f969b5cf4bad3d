#include "parsers/word/doc_pictures.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "parsers/base/limits.hpp"
#include "parsers/ole/little_endian.hpp"
#include "parsers/word/media.hpp"

namespace baosong::parsers::word {
namespace {

using ole::slice;
using ole::u16;
using ole::u32;
using ole::u8;

constexpr std::size_t kHeaderBytes = 8;
constexpr int kGroupDepth = 16;

enum RecordType : std::uint16_t {
  kDrawingGroup = 0xF000,
  kStore = 0xF001,
  kDrawing = 0xF002,
  kGroup = 0xF003,
  kShape = 0xF004,
  kStoreEntry = 0xF007,
  kProperties = 0xF00B,
};

struct Record {
  std::uint16_t instance = 0, type = 0;
  std::string_view body;
  std::size_t next = 0;  // where the record behind it begins
};

Record record_at(std::string_view bytes, std::size_t at) {
  const std::size_t size = u32(bytes, at + 4);
  return {static_cast<std::uint16_t>(u16(bytes, at) >> 4U), u16(bytes, at + 2),
          slice(bytes, at + kHeaderBytes, size), at + kHeaderBytes + size};
}

// Calls sink(record) for each record of a container.
template <class Sink>
void for_each_record(std::string_view bytes, Sink&& sink) {
  for (std::size_t at = 0; at + kHeaderBytes <= bytes.size();) {
    const Record record = record_at(bytes, at);
    sink(record);
    at = record.next;
  }
}

// OfficeArtBlip…: identifiers of 16 bytes (the second one when the instance is odd), a tag, the
// file.
struct BlipKind {
  std::uint16_t type, one, two;  // two: the instances with a second identifier
};
constexpr std::array kBlips{
    BlipKind{0xF01D, 0x46B, 0x6E3},  // JPEG
    BlipKind{0xF01E, 0x6E1, 0x6E1},  // PNG
    BlipKind{0xF029, 0x6E5, 0x6E5},  // TIFF
    BlipKind{0xF02A, 0x46B, 0x6E3},  // JPEG, CMYK
};

// The file in a blip; empty when the record is none, or a drawing.
std::string_view file_of(const Record& record) {
  const auto kind = std::ranges::find(kBlips, record.type, &BlipKind::type);
  if (kind == kBlips.end()) return {};
  const bool two = record.instance == kind->one || record.instance == kind->two;
  return slice(record.body, two ? 33 : 17, record.body.size());
}

// OfficeArtFBSE: the blip lies behind it, or elsewhere in the document's stream.
std::string_view file_of_entry(const Record& entry, std::string_view document) {
  constexpr std::size_t kEntryBytes = 36;
  const std::size_t behind = kEntryBytes + u8(entry.body, 33);
  if (entry.body.size() > behind + kHeaderBytes) return file_of(record_at(entry.body, behind));
  const std::uint32_t references = u32(entry.body, 24), where = u32(entry.body, 28);
  if (references == 0 || where == 0xFFFFFFFFU) return {};
  return file_of(record_at(document, where));
}

void add(std::string_view file, WordFacts& facts) {
  if (file.empty()) return;
  Media media;
  media.take(file);
  add_image(facts, media.finish(facts.images.size() < limits::kEmbeddedMeasured));
}

// PICF ([MS-DOC] 2.9.190), a name for some, then a shape and its blips.
void add_inline(std::string_view data, std::uint32_t at, WordFacts& facts) {
  constexpr std::uint16_t kShapeFile = 0x66;
  const auto picture = slice(data, at, u32(data, at));
  std::size_t start = u16(picture, 4);
  if (u16(picture, 6) == kShapeFile) start += 1U + u8(picture, start);
  for_each_record(slice(picture, start, picture.size()), [&](const Record& record) {
    add(record.type == kStoreEntry ? file_of_entry(record, {}) : file_of(record), facts);
  });
}

// Which entries of the store the shapes of a drawing show (pib, counted from 1), in order.
void find_shown(std::string_view container, std::vector<std::uint32_t>& shown, int depth) {
  constexpr std::uint16_t kPicture = 0x0104, kNumberMask = 0x3FFF;
  if (depth > kGroupDepth) return;
  for_each_record(container, [&](const Record& record) {
    if (record.type == kGroup || record.type == kShape) {
      find_shown(record.body, shown, depth + 1);
    } else if (record.type == kProperties) {
      for (std::size_t i = 0; i < record.instance; ++i) {
        if ((u16(record.body, 6 * i) & kNumberMask) != kPicture) continue;
        const std::uint32_t number = u32(record.body, 6 * i + 2);
        // One that is shown twice is one picture.
        if (shown.size() < limits::kFactImages && std::ranges::count(shown, number) == 0) {
          shown.push_back(number);
        }
      }
    }
  });
}

void add_floating(const PictureStreams& streams, WordFacts& facts) {
  const Record group = record_at(streams.drawings, 0);
  if (group.type != kDrawingGroup) return;
  std::vector<Record> store;
  for_each_record(group.body, [&](const Record& record) {
    if (record.type != kStore) return;
    for_each_record(record.body, [&](const Record& entry) {
      if (store.size() < limits::kFactImages) store.push_back(entry);
    });
  });
  std::vector<std::uint32_t> shown;
  for (std::size_t at = group.next; at + 1 + kHeaderBytes <= streams.drawings.size();) {
    const bool main_text = u8(streams.drawings, at) == 0;
    const Record drawing = record_at(streams.drawings, at + 1);
    if (main_text && drawing.type == kDrawing) find_shown(drawing.body, shown, 0);
    at = drawing.next;
  }
  for (const std::uint32_t number : shown) {
    if (number == 0 || number > store.size()) continue;
    add(file_of_entry(store[number - 1], streams.document), facts);
  }
}

}  // namespace

void read_pictures(const PictureStreams& streams, const std::vector<std::uint32_t>& inline_at,
                   WordFacts& facts) {
  std::set<std::uint32_t> seen;  // runs by the thousand may show one picture
  for (const std::uint32_t at : inline_at) {
    if (seen.insert(at).second) add_inline(streams.data, at, facts);
  }
  add_floating(streams, facts);
}

}  // namespace baosong::parsers::word
