// Zips, 7z and rar files for tests, built in memory.
#pragma once

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <array>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace baosong::test {

inline void put_little(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) {
    out.push_back(i < 8 ? static_cast<char>(value >> (8 * i) & 0xFFU) : char{});
  }
}

inline std::uint32_t crc32_of(std::string_view bytes) {
  static const auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t c = i;
      for (int bit = 0; bit < 8; ++bit) c = (c & 1U) != 0 ? 0xEDB88320U ^ (c >> 1U) : c >> 1U;
      table[i] = c;
    }
    return table;
  }();
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char byte : bytes) {
    crc = kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFFU] ^ (crc >> 8U);
  }
  return crc ^ 0xFFFFFFFFU;
}

// A stored (not deflated) zip in which every field can be what a hostile or old program wrote.
class ZipBuilder {
 public:
  struct Options {
    unsigned flags = 0;  // 0x0001 encrypted, 0x0800 the name is UTF-8
    std::string extra;   // extra fields of both headers
  };
  // `name` is written byte by byte.
  ZipBuilder& add(std::string_view name, std::string_view bytes, Options options) {
    const std::size_t at = body_.size();
    const std::uint32_t crc = crc32_of(bytes);
    const auto common = [&](std::string& out) {
      put_little(out, 20, 2);
      put_little(out, options.flags, 2);
      put_little(out, 0, 2);               // stored
      put_little(out, 0x54'78'60'00U, 4);  // some day in 2022
      put_little(out, crc, 4);
      put_little(out, bytes.size(), 4);
      put_little(out, bytes.size(), 4);
      put_little(out, name.size(), 2);
      put_little(out, options.extra.size(), 2);
    };
    body_ += "PK\x03\x04";
    common(body_);
    body_ += name;
    body_ += options.extra;
    body_ += bytes;
    directory_ += "PK\x01\x02";
    put_little(directory_, 20, 2);  // made by DOS
    common(directory_);
    put_little(directory_, 0, 2);  // comment
    put_little(directory_, 0, 2);  // disk
    put_little(directory_, 0, 2);
    put_little(directory_, name.ends_with('/') ? 0x10U : 0x20U, 4);
    put_little(directory_, at, 4);
    directory_ += name;
    directory_ += options.extra;
    ++count_;
    return *this;
  }
  ZipBuilder& add(std::string_view name, std::string_view bytes) { return add(name, bytes, {}); }

  [[nodiscard]] std::string bytes(unsigned disk = 0) const {
    std::string out = body_ + directory_ + "PK\x05\x06";
    put_little(out, disk, 2);
    put_little(out, disk, 2);
    put_little(out, count_, 2);
    put_little(out, count_, 2);
    put_little(out, directory_.size(), 4);
    put_little(out, body_.size(), 4);
    put_little(out, 0, 2);
    return out;
  }

 private:
  std::string body_, directory_;
  unsigned count_ = 0;
};

using Files = std::vector<std::pair<std::string, std::string>>;  // name and bytes

inline std::string make_zip(const Files& files) {
  ZipBuilder builder;
  for (const auto& [name, bytes] : files) builder.add(name, bytes, {.flags = 0x0800, .extra = {}});
  return builder.bytes();
}

// By libarchive: "zip" (deflated) or "7zip". `room` must hold the result.
inline std::string make_compressed(const Files& files, const char* format,
                                   const char* password = nullptr) {
  // 7z converts names through the locale.
  const locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{});
  const locale_t before = uselocale(utf8);
  std::size_t room = 1U << 20U;
  for (const auto& file : files) room += file.second.size() + 4096;
  std::string out(room, '\0');
  std::size_t used = 0;
  archive* a = archive_write_new();
  const auto check = [&](int status) {
    if (status < ARCHIVE_WARN) throw std::runtime_error(archive_error_string(a));
  };
  check(archive_write_set_format_by_name(a, format));
  if (password != nullptr) {
    check(archive_write_set_options(a, "zip:encryption=aes256"));
    check(archive_write_set_passphrase(a, password));
  }
  check(archive_write_open_memory(a, out.data(), out.size(), &used));
  for (const auto& [name, bytes] : files) {
    archive_entry* entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes.size()));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    check(archive_write_header(a, entry));
    if (archive_write_data(a, bytes.data(), bytes.size()) < 0) check(ARCHIVE_FATAL);
    archive_entry_free(entry);
  }
  check(archive_write_close(a));
  archive_write_free(a);
  uselocale(before);
  freelocale(utf8);
  out.resize(used);
  return out;
}

// A rar 4 with one stored file. `main_flags`: 0x0001 volume, 0x0080 locked headers; `file_flags`:
// 0x0004 locked.
inline std::string make_rar4(std::string_view name, std::string_view bytes, unsigned main_flags = 0,
                             unsigned file_flags = 0) {
  std::string out("Rar!\x1A\x07\x00", 7);
  const auto block = [&](std::string header) {
    put_little(out, crc32_of(header) & 0xFFFFU, 2);
    out += header;
  };
  std::string main("\x73", 1);
  put_little(main, main_flags, 2);
  put_little(main, 13, 2);
  main.append(6, '\0');
  block(main);
  std::string file("\x74", 1);
  put_little(file, 0x8000U | file_flags, 2);
  put_little(file, 32 + name.size(), 2);
  put_little(file, bytes.size(), 4);
  put_little(file, bytes.size(), 4);
  file.push_back(2);  // Windows
  put_little(file, crc32_of(bytes), 4);
  put_little(file, 0x54'78'60'00U, 4);
  file.push_back(20);
  file.push_back(0x30);  // stored
  put_little(file, name.size(), 2);
  put_little(file, 0x20, 4);
  file += name;
  block(file);
  out += bytes;
  std::string end("\x7B", 1);
  put_little(end, 0x4000, 2);
  put_little(end, 7, 2);
  block(end);
  return out;
}

// A rar 5 with one stored file (RAR 5.0 archive format). `locked` adds a file encryption record.
inline std::string make_rar5(std::string_view name, std::string_view bytes, bool locked = false,
                             bool volume = false) {
  const auto vint = [](std::string& out, std::uint64_t value) {
    do {
      out.push_back(static_cast<char>((value & 0x7FU) | (value > 0x7FU ? 0x80U : 0U)));
      value >>= 7U;
    } while (value > 0);
  };
  std::string out("Rar!\x1A\x07\x01\x00", 8);
  const auto block = [&](const std::string& fields) {
    std::string sized;
    vint(sized, fields.size());
    sized += fields;
    put_little(out, crc32_of(sized), 4);
    out += sized;
  };
  std::string main;
  vint(main, 1);
  vint(main, 0);
  vint(main, volume ? 1 : 0);
  block(main);
  std::string extra;
  if (locked) {
    std::string record;
    vint(record, 1);  // file encryption
    vint(record, 0);
    vint(record, 0);
    record.push_back(15);
    record.append(32, 'k');
    vint(extra, record.size());
    extra += record;
  }
  std::string file;
  vint(file, 2);
  vint(file, locked ? 3 : 2);
  if (locked) vint(file, extra.size());
  vint(file, bytes.size());
  vint(file, 4);  // CRC32 present
  vint(file, bytes.size());
  vint(file, 0x20);
  put_little(file, crc32_of(bytes), 4);
  vint(file, 0);  // stored
  vint(file, 0);  // Windows
  vint(file, name.size());
  file += name;
  file += extra;
  block(file);
  out += bytes;
  std::string end;
  vint(end, 5);
  vint(end, 0);
  vint(end, 0);
  block(end);
  return out;
}

}  // namespace baosong::test
