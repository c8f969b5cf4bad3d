// OLE2 compound files ([MS-CFB]): the container of legacy Office files, of encrypted OOXML and of
// WPS. Reads a directory and streams out of one buffer; hostile chains end at a bound that the
// number of sectors sets.
//
// Thread rule: a Compound is immutable after open(); it refers to the bytes, which must outlive it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::parsers::ole {

inline constexpr std::size_t kNoEntry = static_cast<std::size_t>(-1);

enum class EntryKind : std::uint8_t { kUnused = 0, kStorage = 1, kStream = 2, kRoot = 5 };

struct Entry {
  std::string name;  // UTF-8, as the directory has it
  EntryKind kind = EntryKind::kUnused;
  std::uint32_t start = 0;  // first sector
  std::uint64_t size = 0;
  std::size_t parent = kNoEntry;  // the storage it lies in: an index into entries()
};

bool is_compound(std::string_view bytes);

class Compound {
 public:
  // nullopt when the header or the directory is damaged.
  static std::optional<Compound> open(std::string_view bytes);

  // Every entry of every storage in directory order; the first is the root. Unused ones are there
  // too, without a name.
  const std::vector<Entry>& entries() const { return entries_; }
  // The stream or storage of that name right below `parent`. Names have no case ([MS-CFB] 2.6.4).
  // An embedded object has streams of the same names as the document itself.
  const Entry* find(std::string_view name, std::size_t parent = 0) const;

  // The bytes of a stream; what a broken chain leaves out is missing at the end. At most `most`.
  std::string read(const Entry& entry, std::size_t most) const;

 private:
  std::string_view sector(std::uint32_t number) const;
  std::uint32_t next_sector(std::uint32_t number) const;
  std::string chain(std::uint32_t start, std::uint64_t size) const;
  bool load_tables();
  bool load_directory();
  void name_parents(const std::vector<std::array<std::uint32_t, 3>>& links);

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
