#include "parsers/ole/compound.hpp"

#include <algorithm>

#include "parsers/ole/little_endian.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::ole {
namespace {

constexpr std::string_view kMagic{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8};
constexpr std::uint32_t kEndOfChain = 0xFFFFFFFE;
constexpr std::uint32_t kMaxRegular = 0xFFFFFFFA;
constexpr std::size_t kHeaderDifat = 109;
constexpr std::size_t kEntryBytes = 128;
constexpr std::size_t kMaxEntries = 65536;

std::string utf16_name(std::string_view bytes, std::size_t length) {
  std::string out;
  for (std::size_t at = 0; at + 1 < length; at += 2) {
    char32_t c = u16(bytes, at);
    if (c == 0) break;
    if (c >= 0xD800 && c <= 0xDFFF) c = kReplacement;
    append_utf8(out, c);
  }
  return out;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

}  // namespace

bool is_compound(std::string_view bytes) { return bytes.starts_with(kMagic); }

std::string_view Compound::sector(std::uint32_t number) const {
  // The header takes the place of one sector, so sector 0 follows it ([MS-CFB] 2.1).
  return slice(bytes_, (static_cast<std::size_t>(number) + 1) * sector_bytes_, sector_bytes_);
}

std::uint32_t Compound::next_sector(std::uint32_t number) const {
  return number < fat_.size() ? fat_[number] : kEndOfChain;
}

std::string Compound::chain(std::uint32_t start, std::uint64_t size) const {
  std::string out;
  const std::size_t most_sectors = bytes_.size() / sector_bytes_ + 1;
  const std::size_t want = static_cast<std::size_t>(std::min<std::uint64_t>(size, bytes_.size()));
  std::size_t steps = 0;
  for (std::uint32_t at = start; at < kMaxRegular && out.size() < want && steps < most_sectors;
       at = next_sector(at), ++steps) {
    const auto part = sector(at);
    if (part.empty()) break;
    out.append(part.substr(0, want - out.size()));
  }
  return out;
}

// Fills fat_ from the DIFAT: 109 entries in the header, then a chain of DIFAT sectors.
bool Compound::load_tables() {
  const std::size_t sectors = bytes_.size() / sector_bytes_ + 1;
  std::vector<std::uint32_t> fat_sectors;
  for (std::size_t i = 0; i < kHeaderDifat; ++i) fat_sectors.push_back(u32(bytes_, 0x4C + 4 * i));
  std::uint32_t difat = u32(bytes_, 0x44);
  const std::size_t per_sector = sector_bytes_ / 4;
  for (std::size_t steps = 0; difat < kMaxRegular && steps < sectors; ++steps) {
    const auto part = sector(difat);
    if (part.size() < sector_bytes_) break;
    for (std::size_t i = 0; i + 1 < per_sector; ++i) fat_sectors.push_back(u32(part, 4 * i));
    difat = u32(part, 4 * (per_sector - 1));
  }
  for (const std::uint32_t number : fat_sectors) {
    if (number >= kMaxRegular || fat_.size() > sectors) continue;
    const auto part = sector(number);
    for (std::size_t at = 0; at + 4 <= part.size(); at += 4) fat_.push_back(u32(part, at));
  }
  return !fat_.empty();
}

bool Compound::load_directory() {
  const std::string directory = chain(u32(bytes_, 0x30), kMaxEntries * kEntryBytes);
  std::vector<std::array<std::uint32_t, 3>> links;  // left, right, child
  for (std::size_t at = 0; at + kEntryBytes <= directory.size(); at += kEntryBytes) {
    const auto row = slice(directory, at, kEntryBytes);
    Entry entry;
    entry.kind = static_cast<EntryKind>(u8(row, 0x42));
    if (entry.kind == EntryKind::kStorage || entry.kind == EntryKind::kStream ||
        entry.kind == EntryKind::kRoot) {
      entry.name = utf16_name(row, std::min<std::size_t>(u16(row, 0x40), 64));
      entry.start = u32(row, 0x74);
      // The high half is junk in files with 512-byte sectors ([MS-CFB] 2.6.1).
      entry.size = u32(row, 0x78);
    } else {
      entry.kind = EntryKind::kUnused;
    }
    links.push_back({u32(row, 0x44), u32(row, 0x48), u32(row, 0x4C)});
    entries_.push_back(std::move(entry));
  }
  if (entries_.empty() || entries_.front().kind != EntryKind::kRoot) return false;
  name_parents(links);
  return true;
}

// The children of a storage are a binary tree. Each entry is visited once, so loops end.
void Compound::name_parents(const std::vector<std::array<std::uint32_t, 3>>& links) {
  struct Step {
    std::size_t entry, parent;
  };
  std::vector<Step> open{{links.front()[2], 0}};
  while (!open.empty()) {
    const Step step = open.back();
    open.pop_back();
    if (step.entry == 0 || step.entry >= entries_.size()) continue;
    Entry& entry = entries_[step.entry];
    if (entry.parent != kNoEntry || entry.kind == EntryKind::kUnused) continue;
    entry.parent = step.parent;
    open.push_back({links[step.entry][0], step.parent});
    open.push_back({links[step.entry][1], step.parent});
    if (entry.kind == EntryKind::kStorage) open.push_back({links[step.entry][2], step.entry});
  }
}

std::optional<Compound> Compound::open(std::string_view bytes) {
  if (!is_compound(bytes) || bytes.size() < 512) return std::nullopt;
  Compound file;
  file.bytes_ = bytes;
  const unsigned shift = u16(bytes, 0x1E);
  const unsigned mini_shift = u16(bytes, 0x20);
  if ((shift != 9 && shift != 12) || mini_shift > shift || mini_shift < 4) return std::nullopt;
  file.sector_bytes_ = std::size_t{1} << shift;
  file.mini_bytes_ = std::size_t{1} << mini_shift;
  file.mini_below_ = u32(bytes, 0x38);
  if (!file.load_tables()) return std::nullopt;

  if (!file.load_directory()) return std::nullopt;

  const Entry& root = file.entries_.front();
  file.mini_stream_ = file.chain(root.start, root.size);
  const std::string mini_fat = file.chain(u32(bytes, 0x3C), bytes.size());
  for (std::size_t at = 0; at + 4 <= mini_fat.size(); at += 4) {
    file.mini_fat_.push_back(u32(mini_fat, at));
  }
  return file;
}

const Entry* Compound::find(std::string_view name, std::size_t parent) const {
  const Entry* lost = nullptr;  // where the tree is damaged, what hangs in it nowhere
  for (const Entry& entry : entries_) {
    const bool nowhere = entry.parent == kNoEntry && parent == 0 && lost == nullptr;
    if (entry.parent != parent && !nowhere) continue;
    if (entry.kind == EntryKind::kUnused || !same_name(entry.name, name)) continue;
    if (!nowhere) return &entry;
    lost = &entry;
  }
  return lost;
}

std::string Compound::read(const Entry& entry, std::size_t most) const {
  const auto size = std::min<std::uint64_t>(entry.size, most);
  if (entry.size >= mini_below_) return chain(entry.start, size);
  std::string out;
  std::size_t steps = 0;
  for (std::uint32_t at = entry.start;
       at < kMaxRegular && out.size() < size && steps <= mini_fat_.size(); ++steps) {
    const auto part = slice(mini_stream_, static_cast<std::size_t>(at) * mini_bytes_, mini_bytes_);
    if (part.empty()) break;
    out.append(part.substr(0, static_cast<std::size_t>(size) - out.size()));
    at = at < mini_fat_.size() ? mini_fat_[at] : kEndOfChain;
  }
  return out;
}

}  // namespace baosong::parsers::ole
