#include "parsers/archive/zip_directory.hpp"

#include <algorithm>
#include <optional>

#include "parsers/base/bytes.hpp"
#include "parsers/base/limits.hpp"

namespace baosong::parsers {
namespace {

constexpr std::string_view kEnd("PK\x05\x06", 4);
constexpr std::string_view kLocal("PK\x03\x04", 4);
constexpr std::string_view kCentral("PK\x01\x02", 4);
constexpr std::size_t kEndSize = 22;
constexpr std::size_t kCentralSize = 46;
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kLongestComment = 0xFFFF;

// Walks central records from `at`; false when the chain breaks before `end`.
bool walk_central(std::string_view bytes, std::size_t at, std::size_t end, ZipDirectory& out) {
  while (at < end) {
    if (end - at < kCentralSize || bytes.substr(at, 4) != kCentral) return false;
    const std::size_t name = little16(bytes, at + 28);
    const std::size_t rest = std::size_t{little16(bytes, at + 30)} + little16(bytes, at + 32);
    if (name + rest > end - at - kCentralSize) return false;
    if (out.names.size() < limits::kArchiveEntries) {
      out.names.push_back(bytes.substr(at + kCentralSize, name));
    }
    at += kCentralSize + name + rest;
  }
  return true;
}

void collect_local_names(std::string_view bytes, ZipDirectory& out) {
  for (std::size_t at = bytes.find(kLocal);
       at != std::string_view::npos && out.names.size() < limits::kArchiveEntries;
       at = bytes.find(kLocal, at + 4)) {
    if (bytes.size() - at < kLocalSize) return;
    const std::size_t name = little16(bytes, at + 26);
    if (name > 0 && name <= bytes.size() - at - kLocalSize) {
      out.names.push_back(bytes.substr(at + kLocalSize, name));
    }
  }
}

}  // namespace

bool ZipDirectory::has(std::string_view name) const {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool ZipDirectory::has_prefix(std::string_view prefix) const {
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return name.starts_with(prefix); });
}

ZipDirectory scan_zip(std::string_view bytes) {
  ZipDirectory out;
  const std::size_t tail = std::min(bytes.size(), kLongestComment + kEndSize);
  const std::size_t end = bytes.substr(bytes.size() - tail).rfind(kEnd);
  if (end != std::string_view::npos && tail - end >= kEndSize) {
    const std::size_t at = bytes.size() - tail + end;
    const std::size_t disk = little16(bytes, at + 4);
    const std::size_t entries = little16(bytes, at + 10);
    const std::size_t size = little32(bytes, at + 12);
    const std::size_t start = little32(bytes, at + 16);
    out.split = disk != 0 && disk != 0xFFFF;
    out.empty = entries == 0 && size == 0 && !out.split;
    // With bytes glued in front of a zip the offset is off, but the directory still ends here.
    // Zip64 leaves the fields at their maximum: then only the local headers are looked at.
    const bool zip64 = size == 0xFFFFFFFF || start == 0xFFFFFFFF;
    if (zip64) {
      out.complete = true;
    } else if (size <= at) {
      out.complete = walk_central(bytes, at - size, at, out);
      if (!out.complete && start < at && size <= at - start) {
        out.names.clear();
        out.complete = walk_central(bytes, start, start + size, out);
      }
    }
  }
  if (out.names.empty() && !out.empty) collect_local_names(bytes, out);
  return out;
}

}  // namespace baosong::parsers
