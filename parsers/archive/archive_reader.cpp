#include "parsers/archive/archive_reader.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <algorithm>
#include <clocale>
#include <utility>

#include "parsers/archive/probe.hpp"
#include "parsers/archive/zip_directory.hpp"

namespace baosong::parsers {
namespace {

// libarchive converts names through the locale of the thread: without UTF-8 the names of 7z and of
// flagged zips come out as NULL. Only this thread and only for the time of a call is changed.
class Utf8Locale {
 public:
  Utf8Locale() : before_(uselocale(utf8())) {}
  ~Utf8Locale() { uselocale(before_); }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  static locale_t utf8() {
    static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", locale_t{});
    return locale;  // null changes nothing: uselocale(0) only asks
  }
  locale_t before_;
};

struct CloseArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

std::string error_of(archive* a) {
  const char* text = archive_error_string(a);
  return text == nullptr ? "unknown error" : text;
}

}  // namespace

struct ArchiveReader::State {
  std::string_view bytes;
  std::unique_ptr<archive, CloseArchive> handle;
  std::size_t entries_left;
  std::size_t bytes_left;
  std::size_t streamed = 0;
  bool whole_directory = true;  // entries can be skipped without being inflated
  bool entry_open = false;      // data of the current entry was not read to its end
  bool entry_encrypted = false;
  bool split = false;
  bool locked = false;  // the archive itself says that it is
  Trouble trouble = Trouble::kNone;
  std::string detail;

  Trouble fail(Trouble kind, std::string why) {
    detail = std::move(why);
    return kind;
  }
};

ArchiveReader::ArchiveReader(std::string_view bytes, Format format, std::size_t max_entries,
                             std::size_t total_bytes)
    : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.bytes = bytes;
  s.entries_left = max_entries;
  s.bytes_left = total_bytes;
  const ArchiveProbe probe = probe_archive(bytes, format);
  s.locked = probe.locked;
  s.whole_directory = probe.complete;
  if (probe.split) {
    s.split = true;
    s.trouble = s.fail(Trouble::kDamaged, "one volume of a split archive");
    return;
  }
  if (probe.empty) {
    s.trouble = s.fail(Trouble::kEmpty, "archive without an entry");
    return;
  }
  const Utf8Locale locale;
  s.handle.reset(archive_read_new());
  if (!s.handle) throw std::bad_alloc();
  archive* a = s.handle.get();
  if (format == Format::kRar) {
    archive_read_support_format_rar(a);
    archive_read_support_format_rar5(a);
  } else if (format == Format::kSevenZip) {
    archive_read_support_format_7zip(a);
  } else {
    archive_read_support_format_zip(a);
  }
  if (archive_read_open_memory(a, bytes.data(), bytes.size()) != ARCHIVE_OK) {
    s.trouble = s.locked ? s.fail(Trouble::kEncrypted, "locked archive")
                         : s.fail(Trouble::kDamaged, error_of(a));
    s.handle.reset();
  }
}

ArchiveReader::~ArchiveReader() = default;
ArchiveReader::ArchiveReader(ArchiveReader&&) noexcept = default;
ArchiveReader& ArchiveReader::operator=(ArchiveReader&&) noexcept = default;

std::optional<ArchiveEntry> ArchiveReader::next() {
  State& s = *state_;
  if (!s.handle || s.trouble != Trouble::kNone) return std::nullopt;
  // Without a directory libarchive must inflate what it skips: let it count against the total.
  if (s.entry_open && !s.whole_directory) {
    const Trouble drained = stream(s.bytes_left, [](std::string_view) { return true; });
    if (drained == Trouble::kTooLarge) {
      s.trouble = drained;
      return std::nullopt;
    }
  }
  const Utf8Locale locale;
  archive* a = s.handle.get();
  archive_entry* entry = nullptr;
  int status = ARCHIVE_RETRY;
  // A retry moves on; the bound is for a library that might not.
  for (int tries = 0; status == ARCHIVE_RETRY && tries < 100; ++tries) {
    status = archive_read_next_header(a, &entry);
  }
  if (status == ARCHIVE_EOF) {
    if (!s.whole_directory) s.trouble = s.fail(Trouble::kDamaged, "archive ends too early");
    return std::nullopt;
  }
  if (status < ARCHIVE_WARN || entry == nullptr) {
    s.trouble = s.locked ? s.fail(Trouble::kEncrypted, "locked archive")
                         : s.fail(Trouble::kDamaged, error_of(a));
    return std::nullopt;
  }
  if (s.entries_left == 0) {
    s.trouble = s.fail(Trouble::kTooLarge, "too many entries");
    return std::nullopt;
  }
  --s.entries_left;
  ArchiveEntry out;
  if (const char* name = archive_entry_pathname(entry)) {
    out.raw_name = name;
  } else if (const char* utf8 = archive_entry_pathname_utf8(entry)) {
    out.raw_name = utf8;
  }
  out.directory = archive_entry_filetype(entry) != AE_IFREG;
  out.encrypted = archive_entry_is_encrypted(entry) != 0 || s.locked;
  if (archive_entry_size_is_set(entry) != 0 && archive_entry_size(entry) > 0) {
    out.declared = static_cast<std::uint64_t>(archive_entry_size(entry));
  }
  s.entry_open = !out.directory && !out.encrypted;
  s.entry_encrypted = out.encrypted;
  return out;
}

Trouble ArchiveReader::stream(std::size_t cap, const std::function<bool(std::string_view)>& sink) {
  State& s = *state_;
  if (s.entry_encrypted) return s.fail(Trouble::kEncrypted, "locked entry");
  if (!s.handle || !s.entry_open) return Trouble::kNone;
  const Utf8Locale locale;
  archive* a = s.handle.get();
  std::size_t given = 0;
  for (;;) {
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    const int status = archive_read_data_block(a, &block, &size, &offset);
    if (status == ARCHIVE_EOF) {
      s.entry_open = false;
      return Trouble::kNone;
    }
    // A warning here is a checksum that does not match.
    if (status != ARCHIVE_OK) {
      s.entry_open = false;
      const std::string why = error_of(a);
      const bool password =
          why.find("ncrypt") != std::string::npos || why.find("assphrase") != std::string::npos;
      return s.fail(password ? Trouble::kEncrypted : Trouble::kDamaged, why);
    }
    const std::size_t fits = std::min({size, cap - given, s.bytes_left});
    given += fits;
    s.bytes_left -= fits;
    s.streamed += fits;
    if (fits > 0 && !sink({static_cast<const char*>(block), fits})) return Trouble::kNone;
    if (fits < size) return s.fail(Trouble::kTooLarge, "more bytes than the limit");
  }
}

Trouble ArchiveReader::read(std::size_t cap, std::string& out) {
  return stream(cap, [&](std::string_view piece) {
    out.append(piece);
    return true;
  });
}

Trouble ArchiveReader::trouble() const { return state_->trouble; }
const std::string& ArchiveReader::detail() const { return state_->detail; }
bool ArchiveReader::split() const { return state_->split; }
std::size_t ArchiveReader::streamed() const { return state_->streamed; }

}  // namespace baosong::parsers
