// OLE2 compound files ([MS-CFB]): the container of legacy Office files, of encrypted OOXML and of
// WPS. Reads a directory and streams out of one buffer; hostile chains end at a bound that the
// number of sectors sets.
//
// Thread rule: a Compound is immutable after open(); it refers to the bytes, which must outlive it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::parsers::ole {

enum class EntryKind : std::uint8_t { kUnused = 0, kStorage = 1, kStream = 2, kRoot = 5 };

struct Entry {
  std::string name;  // UTF-8, as the directory has it
  EntryKind kind = EntryKind::kUnused;
  std::uint32_t start = 0;  // first sector
  std::uint64_t size = 0;
};

bool is_compound(std::string_view bytes);

class Compound {
 public:
  // nullopt when the header or the directory is damaged.
  static std::optional<Compound> open(std::string_view bytes);

  // Every entry of every storage in directory order. Streams of embedded objects are among them,
  // so a name may stand twice: find() gives the first, which in Word files is the document's own.
  const std::vector<Entry>& entries() const { return entries_; }
  const Entry* find(std::string_view name) const;

  // The bytes of a stream; what a broken chain leaves out is missing at the end. At most `most`.
  std::string read(const Entry& entry, std::size_t most) const;

 private:
  std::string_view sector(std::uint32_t number) const;
  std::uint32_t next_sector(std::uint32_t number) const;
  std::string chain(std::uint32_t start, std::uint64_t size) const;
  bool load_tables();

  std::string_view bytes_;
  std::size_t sector_bytes_ = 512;
  std::size_t mini_bytes_ = 64;
  std::uint32_t mini_below_ = 4096;  // streams smaller than this lie in the mini stream
  std::vector<std::uint32_t> fat_;
  std::vector<std::uint32_t> mini_fat_;
  std::string mini_stream_;
  std::vector<Entry> entries_;
};

}  // namespace baosong::parsers::ole
