// Makes compound files ([MS-CFB]): storages and streams, every stream in sectors of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/make_zip.hpp"

namespace baosong::test {

struct OleNode {
  std::string name;  // ASCII
  std::string bytes;
  std::vector<OleNode> children = {};
  bool storage = false;
};
inline OleNode ole_storage(std::string name, std::vector<OleNode> children) {
  return {std::move(name), {}, std::move(children), true};
}

class OleBuilder {
 public:
  std::string bytes(const std::vector<OleNode>& root) {
    const std::uint32_t child = add_all(root);
    entries_.front() = entry("Root Entry", 5, kEnd, 0, child, kFree);
    std::string directory;
    for (const auto& row : entries_) directory += row;
    const std::uint32_t directory_at = place(directory);
    // The table describes itself: its sectors follow everything else.
    const std::size_t used = fat_.size();
    std::size_t tables = 0;
    while (tables * kPerSector < used + tables) ++tables;
    for (std::size_t i = 0; i < tables; ++i) fat_.push_back(0xFFFFFFFD);
    fat_.resize(tables * kPerSector, kFree);
    std::string table;
    for (const std::uint32_t next : fat_) put_little(table, next, 4);

    std::string head("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
    head.append(16, '\0');
    for (const unsigned value : {0x3EU, 3U, 0xFFFEU, 9U, 6U}) put_little(head, value, 2);
    head.append(10, '\0');
    put_little(head, tables, 4);
    put_little(head, directory_at, 4);
    put_little(head, 0, 4);
    put_little(head, 0, 4);  // no stream is too small for a sector of its own
    for (const std::uint32_t value : {kEnd, 0U, kEnd, 0U}) put_little(head, value, 4);
    for (std::size_t i = 0; head.size() < kSector; ++i) {
      put_little(head, i < tables ? used + i : kFree, 4);
    }
    return head + sectors_ + table;
  }

 private:
  static constexpr std::size_t kSector = 512, kPerSector = kSector / 4;
  static constexpr std::uint32_t kFree = 0xFFFFFFFF, kEnd = 0xFFFFFFFE;

  // The index of the first; siblings hang to the right of each other.
  std::uint32_t add_all(const std::vector<OleNode>& nodes) {
    std::uint32_t next = kFree;
    for (auto node = nodes.rbegin(); node != nodes.rend(); ++node) {
      const std::uint32_t child = node->storage ? add_all(node->children) : kFree;
      const std::uint32_t start = node->bytes.empty() ? kEnd : place(node->bytes);
      entries_.push_back(
          entry(node->name, node->storage ? 1 : 2, start, node->bytes.size(), child, next));
      next = static_cast<std::uint32_t>(entries_.size() - 1);
    }
    return next;
  }

  std::uint32_t place(const std::string& bytes) {
    const auto first = static_cast<std::uint32_t>(fat_.size());
    const std::size_t count = (bytes.size() + kSector - 1) / kSector;
    for (std::size_t i = 1; i <= count; ++i) {
      fat_.push_back(i == count ? kEnd : static_cast<std::uint32_t>(first + i));
    }
    sectors_ += bytes;
    sectors_.resize(fat_.size() * kSector, '\0');
    return first;
  }

  static std::string entry(std::string_view name, char type, std::uint32_t start,
                           std::uint64_t size, std::uint32_t child, std::uint32_t right) {
    std::string out;
    for (const char c : name) out += std::string{c, '\0'};
    out.resize(64, '\0');
    put_little(out, 2 * (name.size() + 1), 2);
    out += std::string{type, '\1'};
    for (const std::uint32_t link : {kFree, right, child}) put_little(out, link, 4);
    out.append(36, '\0');
    put_little(out, start, 4);
    put_little(out, size, 8);
    return out;
  }

  std::vector<std::string> entries_{std::string(128, '\0')};
  std::vector<std::uint32_t> fat_;
  std::string sectors_;
};

inline std::string make_ole(const std::vector<OleNode>& root) { return OleBuilder().bytes(root); }

}  // namespace baosong::test
