// One archive in memory, entry by entry, in the order in which they lie in it: zip (docx and xlsx
// too), rar and 7z. Built on libarchive, which drops overlapping entries; what headers declare is
// never believed, only bytes that really stream out are counted.
//
// Thread rule: one thread at a time. Throws nothing but std::bad_alloc.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::parsers {

struct ArchiveEntry {
  std::string raw_name;    // bytes as the archive gives them; any charset
  bool directory = false;  // also links, devices and whatever else is no file
  bool encrypted = false;
  std::uint64_t declared = 0;  // size by the header; a hint for reserving, 0 when not said
};

class ArchiveReader {
 public:
  // `bytes` must live as long as the reader. `total_bytes` bounds what may stream out of all
  // entries together. Other formats than kZip (and kDocx, kXlsx), kRar and kSevenZip are damaged.
  ArchiveReader(std::string_view bytes, Format format, std::size_t max_entries,
                std::size_t total_bytes);
  ~ArchiveReader();
  ArchiveReader(ArchiveReader&&) noexcept;
  ArchiveReader& operator=(ArchiveReader&&) noexcept;

  // The next entry; nullopt at the end, at damage and at a limit (then trouble() says which).
  std::optional<ArchiveEntry> next();

  // Gives the bytes of the current entry to `sink` piece by piece. kTooLarge when it holds more
  // than `cap` bytes or the total is used up (what fits was given), kDamaged, kEncrypted. When
  // `sink` returns false the reading ends with kNone.
  Trouble stream(std::size_t cap, const std::function<bool(std::string_view)>& sink);
  // The same into a string.
  Trouble read(std::size_t cap, std::string& out);

  [[nodiscard]] Trouble trouble() const;            // of the archive as a whole
  [[nodiscard]] const std::string& detail() const;  // English; of the last trouble, entry or whole
  [[nodiscard]] bool split() const;            // one volume of several; trouble() is kDamaged then
  [[nodiscard]] std::size_t streamed() const;  // bytes that came out so far

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace baosong::parsers
