#include "parsers/word/xls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "parsers/base/bytes.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/ole/compound.hpp"
#include "parsers/word/sheet.hpp"
#include "parsers/word/xls_strings.hpp"

namespace baosong::parsers::word {
namespace {

// [MS-XLS] 2.3
enum Record : std::uint16_t {
  kFormula = 0x0006,
  kEof = 0x000A,
  kFilePass = 0x002F,
  kContinue = 0x003C,
  kBoundSheet = 0x0085,
  kMulRk = 0x00BD,
  kRString = 0x00D6,
  kMergeCells = 0x00E5,
  kSst = 0x00FC,
  kLabelSst = 0x00FD,
  kNumber = 0x0203,
  kLabel = 0x0204,
  kBoolErr = 0x0205,
  kString = 0x0207,
  kRow = 0x0208,
  kRk = 0x027E,
  kBof = 0x0809,
};
constexpr std::uint16_t kBiff8 = 0x0600;
constexpr std::size_t kSharedStrings = 200'000;

struct Piece {
  std::uint16_t type = 0;
  std::string_view data;
};

// The records of a stream, one after the other.
class Records {
 public:
  // `budget` is how many bytes may still be read: sheets that point at the same records must not
  // multiply the work.
  Records(std::string_view stream, std::size_t at, std::size_t& budget)
      : stream_(stream), at_(at), budget_(budget) {}

  std::optional<Piece> next() {
    if (at_ > stream_.size() || stream_.size() - at_ < 4) return std::nullopt;
    const std::size_t size = little16(stream_, at_ + 2);
    if (size > stream_.size() - at_ - 4 || budget_ < 4 + size) return std::nullopt;
    budget_ -= 4 + size;
    const Piece out{little16(stream_, at_), stream_.substr(at_ + 4, size)};
    at_ += 4 + size;
    return out;
  }
  // The records that go on with `first`.
  XlsBlocks with_continues(const Piece& first) {
    std::vector<std::string_view> blocks{first.data};
    while (little16(stream_, at_) == kContinue && at_ < stream_.size()) {
      const auto more = next();
      if (!more) break;
      blocks.push_back(more->data);
    }
    return XlsBlocks(std::move(blocks));
  }

 private:
  std::string_view stream_;
  std::size_t at_;
  std::size_t& budget_;
};

// What the cell shows in the "General" format: whole numbers without a point.
std::string number_text(double value) {
  if (!std::isfinite(value)) return {};
  if (value == 0) return "0";  // not "-0"
  if (value == std::floor(value) && std::abs(value) < 1e15) return fmt::format("{:.0f}", value);
  return fmt::format("{:.15g}", value);
}

// [MS-XLS] 2.5.122: 30 bits of a double or an integer, perhaps in hundredths.
double rk_value(std::uint32_t rk) {
  const double value = (rk & 2U) != 0
                           ? static_cast<double>(static_cast<std::int32_t>(rk) >> 2)
                           : std::bit_cast<double>(std::uint64_t{rk & 0xFFFFFFFCU} << 32U);
  return (rk & 1U) != 0 ? value / 100 : value;
}

double double_at(std::string_view data, std::size_t at) {
  return std::bit_cast<double>(std::uint64_t{little32(data, at)} |
                               std::uint64_t{little32(data, at + 4)} << 32U);
}

class Workbook {
 public:
  explicit Workbook(std::string_view stream) : stream_(stream), budget_(2 * stream.size()) {}

  WordReading read() {
    Records records(stream_, 0, budget_);
    const auto begin = records.next();
    if (!begin || begin->type != kBof) return damaged("no workbook");
    if (little16(begin->data, 0) != kBiff8) {
      return {{}, Trouble::kUnsupported, "workbook of before Excel 97"};
    }
    bool ended = false;
    while (const auto record = records.next()) {
      ended = record->type == kEof;
      if (ended) break;
      if (record->type == kFilePass) return {{}, Trouble::kEncrypted, "encrypted workbook"};
      if (record->type == kBoundSheet) add_sheet(record->data);
      if (record->type == kSst) read_strings(records.with_continues(*record));
    }
    WordReading out;
    if (!ended) out = damaged("ends inside the workbook");
    for (const std::size_t at : sheets_) {
      if (!read_sheet(at)) out = damaged("ends inside a sheet");
    }
    out.facts = std::move(facts_);
    return out;
  }

 private:
  static WordReading damaged(std::string why) { return {{}, Trouble::kDamaged, std::move(why)}; }

  void add_sheet(std::string_view data) {
    const bool visible = (byte_at(data, 4) & 3U) == 0;
    const bool worksheet = byte_at(data, 5) == 0;
    if (visible && worksheet && sheets_.size() < limits::kFactTables) {
      sheets_.push_back(little32(data, 0));
    }
  }

  void read_strings(XlsBlocks blocks) {
    blocks.skip(4);  // how often they are used
    const std::size_t count = std::min<std::size_t>(blocks.u32(), kSharedStrings);
    while (strings_.size() < count && !blocks.at_end()) strings_.push_back(blocks.string());
  }

  bool read_sheet(std::size_t at) {
    Records records(stream_, at, budget_);
    const auto begin = records.next();
    if (!begin || begin->type != kBof) return false;
    SheetGrid grid(facts_, text_bytes_);
    bool ended = false;
    int charts = 0;                   // substreams inside this one
    std::size_t row = 0, column = 0;  // of the last formula: its text comes in a record of its own
    while (const auto record = records.next()) {
      charts += record->type == kBof ? 1 : 0;
      if (record->type == kEof && charts-- == 0) {
        ended = true;
        break;
      }
      if (charts > 0) continue;
      if (record->type == kString) {
        XlsBlocks blocks = records.with_continues(*record);
        const std::size_t length = blocks.u16();
        grid.put(row, column, blocks.characters(length));
      } else {
        if (record->type == kFormula) {
          row = little16(record->data, 0);
          column = little16(record->data, 2);
        }
        cell(*record, grid);
      }
    }
    Table table = grid.take();
    if (!table.rows.empty()) facts_.tables.push_back(std::move(table));
    return ended;
  }

  void cell(const Piece& record, SheetGrid& grid) const {
    const std::string_view data = record.data;
    const std::size_t row = little16(data, 0), column = little16(data, 2);
    switch (record.type) {
      case kLabelSst:
        if (const std::size_t index = little32(data, 6); index < strings_.size()) {
          grid.put(row, column, strings_[index]);
        }
        break;
      case kLabel:
      case kRString: {
        XlsBlocks blocks({data});
        blocks.skip(6);
        const std::size_t length = blocks.u16();
        grid.put(row, column, blocks.characters(length));
        break;
      }
      case kNumber:
        grid.put(row, column, number_text(double_at(data, 6)));
        break;
      case kFormula:
        // 0xFFFF at the end of the value: a text, a bool, an error or nothing.
        if (little16(data, 12) != 0xFFFF) grid.put(row, column, number_text(double_at(data, 6)));
        break;
      case kRk:
        grid.put(row, column, number_text(rk_value(little32(data, 6))));
        break;
      case kMulRk:
        for (std::size_t i = 0; 4 + 6 * (i + 1) + 2 <= data.size(); ++i) {
          grid.put(row, column + i, number_text(rk_value(little32(data, 4 + 6 * i + 2))));
        }
        break;
      case kBoolErr:
        if (byte_at(data, 7) == 0) grid.put(row, column, byte_at(data, 6) != 0 ? "TRUE" : "FALSE");
        break;
      case kRow:
        if ((little16(data, 12) & 0x0020U) != 0) grid.hide(row);
        break;
      case kMergeCells:
        for (std::size_t i = 0; 2 + 8 * (i + 1) <= data.size(); ++i) {
          const std::size_t at = 2 + 8 * i;
          grid.merge(little16(data, at), little16(data, at + 4), little16(data, at + 2),
                     little16(data, at + 6));
        }
        break;
      default:
        break;
    }
  }

  std::string_view stream_;
  std::size_t budget_;
  std::vector<std::size_t> sheets_;  // where visible ones begin
  std::vector<std::string> strings_;
  WordFacts facts_;
  std::size_t text_bytes_ = 0;
};

}  // namespace

WordReading read_xls(std::string_view bytes) {
  const auto file = ole::Compound::open(bytes);
  if (!file) return {{}, Trouble::kDamaged, "OLE2 header or directory damaged"};
  const ole::Entry* entry = file->find("Workbook");
  if (entry == nullptr) return {{}, Trouble::kUnsupported, "no Workbook stream"};
  const std::string stream = file->read(*entry, limits::kDocxTotalBytes);
  return Workbook(stream).read();
}

}  // namespace baosong::parsers::word
