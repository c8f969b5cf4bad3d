#include "parsers/archive/probe.hpp"

#include <optional>

#include "parsers/archive/zip_directory.hpp"
#include "parsers/base/bytes.hpp"

namespace baosong::parsers {
namespace {

constexpr std::string_view kRar4("Rar!\x1A\x07\x00", 7);
constexpr std::string_view kRar5("Rar!\x1A\x07\x01\x00", 8);

// RAR 5.0 technical note: vint, 7 bits a byte, the lowest first.
std::optional<std::uint64_t> vint(std::string_view bytes, std::size_t& at) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && at < bytes.size(); shift += 7) {
    const std::uint8_t byte = byte_at(bytes, at++);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if ((byte & 0x80U) == 0) return value;
  }
  return std::nullopt;
}

struct Rar5Block {
  std::uint64_t type = 0, flags = 0, extra = 0;
  std::size_t body = 0;        // where the fields of the type begin
  std::size_t header_end = 0;  // the extra area ends here
  std::uint64_t data = 0;
};

std::optional<Rar5Block> rar5_block(std::string_view bytes, std::size_t at) {
  at += 4;  // CRC
  const auto size = vint(bytes, at);
  if (!size || *size > bytes.size() || at > bytes.size() - *size) return std::nullopt;
  Rar5Block block;
  block.header_end = at + static_cast<std::size_t>(*size);
  const auto type = vint(bytes, at);
  const auto flags = vint(bytes, at);
  if (!type || !flags) return std::nullopt;
  block.type = *type;
  block.flags = *flags;
  if ((block.flags & 1U) != 0) block.extra = vint(bytes, at).value_or(0);
  if ((block.flags & 2U) != 0) block.data = vint(bytes, at).value_or(0);
  block.body = at;
  return block;
}

bool rar5_file_is_locked(std::string_view bytes, const Rar5Block& file) {
  if (file.extra > file.header_end || file.extra == 0) return false;
  std::size_t at = file.header_end - static_cast<std::size_t>(file.extra);
  while (at < file.header_end) {
    const auto size = vint(bytes, at);
    const std::size_t record = at;
    if (!size || *size == 0 || *size > file.header_end - record) return false;
    const auto type = vint(bytes, at);
    if (type == 1U) return true;  // file encryption record
    at = record + static_cast<std::size_t>(*size);
  }
  return false;
}

void probe_rar5(std::string_view bytes, ArchiveProbe& out) {
  constexpr std::uint64_t kMain = 1, kFile = 2, kEncryption = 4;
  std::size_t at = kRar5.size();
  // The main header, perhaps a service block, then the first file: that one tells for all.
  for (int i = 0; i < 4; ++i) {
    const auto block = rar5_block(bytes, at);
    if (!block) return;
    if (block->type == kEncryption) out.locked = true;
    std::size_t body = block->body;
    if (block->type == kMain) out.split = (vint(bytes, body).value_or(0) & 1U) != 0;
    if (block->type == kFile) out.locked = out.locked || rar5_file_is_locked(bytes, *block);
    if (block->type == kFile || block->type == kEncryption) return;
    if (block->data > bytes.size() - block->header_end) return;
    at = block->header_end + static_cast<std::size_t>(block->data);
  }
}

void probe_rar4(std::string_view bytes, ArchiveProbe& out) {
  constexpr unsigned kVolume = 0x0001, kHeadersLocked = 0x0080, kFileLocked = 0x0004;
  constexpr std::uint8_t kMain = 0x73, kFile = 0x74;
  std::size_t at = kRar4.size();
  if (byte_at(bytes, at + 2) != kMain) return;
  const unsigned flags = little16(bytes, at + 3);
  out.split = (flags & kVolume) != 0;
  out.locked = (flags & kHeadersLocked) != 0;
  at += little16(bytes, at + 5);
  if (byte_at(bytes, at + 2) == kFile && (little16(bytes, at + 3) & kFileLocked) != 0) {
    out.locked = true;
  }
}

void probe_seven_zip(std::string_view bytes, ArchiveProbe& out) {
  // The coder id of AES-256 + SHA-256 stands in the plain header that ends every 7z file, whether
  // the names are encrypted (then it describes the packed header) or the data alone.
  constexpr std::string_view kAes("\x06\xF1\x07\x01", 4);
  constexpr std::size_t kTail = 64 * 1024;
  const std::size_t from = bytes.size() > kTail ? bytes.size() - kTail : 0;
  out.locked = bytes.substr(from).find(kAes) != std::string_view::npos;
}

}  // namespace

ArchiveProbe probe_archive(std::string_view bytes, Format format) {
  ArchiveProbe out;
  if (format == Format::kSevenZip) {
    probe_seven_zip(bytes, out);
  } else if (format == Format::kRar) {
    if (bytes.starts_with(kRar5)) {
      probe_rar5(bytes, out);
    } else if (bytes.starts_with(kRar4)) {
      probe_rar4(bytes, out);
    }
  } else {
    const ZipDirectory directory = scan_zip(bytes);
    out.complete = directory.complete;
    out.split = directory.split;
    out.empty = directory.empty;
  }
  return out;
}

}  // namespace baosong::parsers
