// The central directory of a zip, as far as telling kinds apart needs it (APPNOTE 4.3.12, 4.3.16).
// Nothing is inflated and no declared size is believed.
#pragma once

#include <string_view>
#include <vector>

namespace baosong::parsers {

struct ZipDirectory {
  bool complete = false;  // an end record and the directory it points to are there
  bool split = false;     // a volume of a multi-part zip
  bool empty = false;     // complete, and says it holds no entry
  // Names as stored, views of `bytes`; when !complete those of the local headers that could be
  // found.
  std::vector<std::string_view> names;

  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] bool has_prefix(std::string_view prefix) const;
};

// Linear in the size of `bytes`; at most limits::kArchiveEntries names are kept.
ZipDirectory scan_zip(std::string_view bytes);

}  // namespace baosong::parsers
