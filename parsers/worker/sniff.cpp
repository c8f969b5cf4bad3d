#include "parsers/worker/sniff.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "parsers/archive/zip_directory.hpp"
#include "parsers/base/bytes.hpp"
#include "parsers/ole/compound.hpp"
#include "parsers/photo/image_header.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kHead = 4096;             // bytes in which text kinds are told
constexpr std::size_t kPdfHeaderWithin = 1024;  // ISO 32000-1, implementation note 13
constexpr std::size_t kWordFib = 16 * 1024;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

std::string lower_head(std::string_view bytes) {
  std::string out(bytes.substr(0, kHead));
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

Sniffed unread(Format format, std::string detail) {
  return {format, Trouble::kUnsupported, std::move(detail)};
}

// Each kind of content is one function: nullopt when the bytes are something else.
using Test = std::optional<Sniffed> (*)(std::string_view bytes, std::string_view name);

std::optional<Sniffed> empty(std::string_view bytes, std::string_view) {
  if (!bytes.empty()) return std::nullopt;
  return Sniffed{Format::kUnknown, Trouble::kEmpty, "0 bytes"};
}

std::optional<Sniffed> lock_file(std::string_view bytes, std::string_view name) {
  constexpr std::size_t kLargestLock = 512;
  if (!name.starts_with("~$") || bytes.size() > kLargestLock) return std::nullopt;
  return unread(Format::kUnknown, "Word's lock file, not the document");
}

std::optional<Sniffed> pdf(std::string_view bytes, std::string_view) {
  if (bytes.substr(0, kPdfHeaderWithin).find("%PDF-") == std::string_view::npos)
    return std::nullopt;
  return Sniffed{Format::kPdf, Trouble::kNone, {}};
}

std::optional<Sniffed> image(std::string_view bytes, std::string_view) {
  const auto header = read_image_header(bytes);
  if (!header) return std::nullopt;
  return Sniffed{header->format, Trouble::kNone, {}};
}

struct Magic {
  std::string_view bytes;
  std::size_t at;
  Format format;
  std::string_view unread;  // why there is no reader; empty when there is one
};
constexpr std::array kMagics{
    Magic{"Rar!\x1A\x07"sv, 0, Format::kRar, ""},
    Magic{"7z\xBC\xAF\x27\x1C"sv, 0, Format::kSevenZip, ""},
    Magic{"\x78\x9F\x3E\x22"sv, 0, Format::kTnef, ""},
    Magic{"{\\rtf"sv, 0, Format::kRtf, ""},
    Magic{"GIF8"sv, 0, Format::kUnknown, "GIF picture"},
    Magic{"WEBP"sv, 8, Format::kUnknown, "WebP picture"},
    Magic{"\x1F\x8B"sv, 0, Format::kUnknown, "gzip archive"},
    Magic{"BZh"sv, 0, Format::kUnknown, "bzip2 archive"},
    Magic{"\xFD"
          "7zXZ\0"sv,
          0, Format::kUnknown, "xz archive"},
    Magic{"ustar"sv, 257, Format::kUnknown, "tar archive"},
    Magic{"ftyp"sv, 4, Format::kUnknown, "video"},
    Magic{"AVI "sv, 8, Format::kUnknown, "video"},
    Magic{"WAVE"sv, 8, Format::kUnknown, "sound"},
    Magic{"ID3"sv, 0, Format::kUnknown, "sound"},
    Magic{"MZ"sv, 0, Format::kUnknown, "program"},
    Magic{"%!PS"sv, 0, Format::kUnknown, "PostScript"},
};
std::optional<Sniffed> magic(std::string_view bytes, std::string_view) {
  for (const auto& row : kMagics) {
    if (bytes.size() < row.at || !bytes.substr(row.at).starts_with(row.bytes)) continue;
    if (row.unread.empty()) return Sniffed{row.format, Trouble::kNone, {}};
    return unread(row.format, std::string(row.unread));
  }
  return std::nullopt;
}

// Kinds of zip, told by a name that stands in it; a plain zip when none does.
struct ZipKind {
  std::string_view entry;  // with a trailing '/': any entry below
  Format format;
  std::string_view unread;
};
constexpr std::array kZipKinds{
    ZipKind{"OFD.xml", Format::kUnknown, "OFD"},
    ZipKind{"word/", Format::kDocx, ""},
    ZipKind{"xl/workbook.xml", Format::kXlsx, ""},
    ZipKind{"xl/workbook.bin", Format::kXlsx, "binary workbook (xlsb)"},
    ZipKind{"xl/", Format::kXlsx, ""},
    ZipKind{"ppt/", Format::kUnknown, "PowerPoint (pptx)"},
    ZipKind{"mimetype", Format::kUnknown, "OpenDocument"},
};
std::optional<Sniffed> zip(std::string_view bytes, std::string_view) {
  if (!bytes.starts_with("PK\x03\x04") && !bytes.starts_with("PK\x05\x06") &&
      !bytes.starts_with("PK\x07\x08")) {
    return std::nullopt;
  }
  const ZipDirectory directory = scan_zip(bytes);
  const bool office = directory.has("[Content_Types].xml") || directory.has("_rels/.rels");
  for (const auto& row : kZipKinds) {
    const bool below = row.entry.ends_with('/') || row.entry.starts_with("xl/");
    if (below && !office) continue;  // somebody's folder that is called "word"
    if (row.entry == "mimetype" && !directory.has("content.xml")) continue;
    if (row.entry.ends_with('/') ? !directory.has_prefix(row.entry) : !directory.has(row.entry)) {
      continue;
    }
    if (row.unread.empty()) return Sniffed{row.format, Trouble::kNone, {}};
    return unread(row.format, std::string(row.unread));
  }
  return Sniffed{Format::kZip, Trouble::kNone, {}};
}

// Kinds of compound file, told by a stream; the first that is there decides.
struct CompoundKind {
  std::string_view stream;
  Format format;
  Trouble trouble;
  std::string_view detail;
};
constexpr std::array kCompoundKinds{
    CompoundKind{"EncryptedPackage", Format::kDocx, Trouble::kEncrypted, "encrypted OOXML"},
    CompoundKind{"WordDocument", Format::kDoc, Trouble::kNone, ""},
    CompoundKind{"Workbook", Format::kXls, Trouble::kUnsupported, "Excel 97-2003"},
    CompoundKind{"Book", Format::kXls, Trouble::kUnsupported, "Excel 5.0/95"},
    CompoundKind{"PowerPoint Document", Format::kUnknown, Trouble::kUnsupported, "PowerPoint"},
    CompoundKind{"__properties_version1.0", Format::kUnknown, Trouble::kUnsupported,
                 "Outlook .msg"},
    CompoundKind{"MatOST", Format::kWps, Trouble::kUnsupported, "Microsoft Works"},
};
std::optional<Sniffed> compound(std::string_view bytes, std::string_view name) {
  if (!ole::is_compound(bytes)) return std::nullopt;
  const auto file = ole::Compound::open(bytes);
  if (!file) {
    // Broken: nothing but the name is left to say what it was.
    const bool sheet = has_extension(name, ".xls");
    const Format format = sheet                         ? Format::kXls
                          : has_extension(name, ".wps") ? Format::kWps
                          : has_extension(name, ".doc") ? Format::kDoc
                                                        : Format::kUnknown;
    return Sniffed{format, Trouble::kDamaged, "broken compound file"};
  }
  for (const auto& row : kCompoundKinds) {
    const ole::Entry* stream = file->find(row.stream);
    if (stream == nullptr) continue;
    Sniffed out{row.format, row.trouble, std::string(row.detail)};
    if (row.format == Format::kDocx && has_extension(name, ".xlsx")) out.format = Format::kXlsx;
    if (row.format == Format::kDoc) {
      if (has_extension(name, ".wps")) out.format = Format::kWps;
      // [MS-DOC] 2.5.2: FibBase.fEncrypted
      const std::string fib = file->read(*stream, kWordFib);
      if ((little16(fib, 10) & 0x0100U) != 0) {
        out.trouble = Trouble::kEncrypted;
        out.detail = "encrypted Word 97-2003";
      }
    }
    return out;
  }
  return unread(Format::kUnknown, "compound file of another program");
}

std::optional<Sniffed> mail(std::string_view bytes, std::string_view) {
  if (!looks_like_mail(bytes)) return std::nullopt;
  return Sniffed{Format::kEml, Trouble::kNone, {}};
}

// A text has no control characters besides white space; UTF-16 with a BOM is one too.
std::optional<Sniffed> text(std::string_view bytes, std::string_view) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return Sniffed{Format::kText, Trouble::kNone, {}};
  }
  const std::string_view head = bytes.substr(0, kHead);
  const auto is_control = [](char c) {
    const auto u = static_cast<unsigned char>(c);
    return (u < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || u == 0x7F;
  };
  if (std::any_of(head.begin(), head.end(), is_control)) return std::nullopt;
  // Random 8-bit bytes turn into replacement characters.
  const std::string utf8 = guess_utf8(head);
  std::size_t bad = 0, all = 0;
  for (std::size_t at = 0; at < utf8.size(); ++all) bad += next_character(utf8, at) == kReplacement;
  if (bad * 50 > all) return std::nullopt;
  Sniffed out{Format::kText, Trouble::kNone, {}};
  const std::string start = lower_head(head);
  if (start.find("<html") != std::string::npos) out.detail = "HTML";
  if (start.find("progid=\"word.document\"") != std::string::npos) out.detail = "Word 2003 XML";
  return out;
}

constexpr std::array<Test, 9> kTests{empty, lock_file, pdf,  image, zip,
                                     magic, compound,  mail, text};

struct Known {
  std::string_view name;
  bool only_mail;  // no other kind of text has this field
};
constexpr std::array kFields{
    Known{"received", true},
    Known{"return-path", true},
    Known{"message-id", true},
    Known{"from", true},
    Known{"to", true},
    Known{"subject", false},
    Known{"date", false},
    Known{"mime-version", false},
    Known{"content-type", false},
    Known{"content-transfer-encoding", false},
    Known{"cc", false},
    Known{"reply-to", true},
    Known{"sender", false},
    Known{"delivered-to", true},
    Known{"x-mailer", true},
    Known{"dkim-signature", true},
    Known{"content-disposition", false},
    Known{"authentication-results", true},
};

struct MailSigns {
  int known = 0, only_mail = 0;  // fields whose names mean something, and mail only
  int strange = 0;               // lines that are no field and no fold
};

MailSigns mail_signs(std::string_view bytes) {
  constexpr int kLines = 100;
  constexpr std::size_t kHeader = 256 * 1024;
  bytes = bytes.substr(0, kHeader);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  while (!bytes.empty() && (bytes[0] == '\n' || bytes[0] == '\r')) bytes.remove_prefix(1);
  MailSigns signs;
  for (int i = 0; i < kLines && !bytes.empty(); ++i) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end);
    if (bytes.starts_with("\r\n")) bytes.remove_prefix(1);
    if (!bytes.empty()) bytes.remove_prefix(1);
    if (line.empty()) break;
    if (line[0] == ' ' || line[0] == '\t' || (i == 0 && line.starts_with("From "))) continue;
    const std::size_t colon = line.find(':');
    const std::string_view field = trim(line.substr(0, std::min(colon, line.size())));
    const bool is_name =
        colon != std::string_view::npos && !field.empty() &&
        line.find('\0') == std::string_view::npos &&
        std::all_of(field.begin(), field.end(), [](char c) { return c > ' ' && c < '\x7F'; });
    if (!is_name) {
      ++signs.strange;
      continue;
    }
    for (const auto& row : kFields) {
      if (!same_word(row.name, field)) continue;
      ++signs.known;
      signs.only_mail += row.only_mail;
    }
  }
  return signs;
}

}  // namespace

bool has_extension(std::string_view name, std::string_view extension) {
  return name.size() > extension.size() &&
         same_word(name.substr(name.size() - extension.size()), extension);
}

bool looks_like_mail(std::string_view bytes) {
  constexpr int kStrange = 3;
  const MailSigns signs = mail_signs(bytes);
  return signs.strange <= kStrange && signs.known >= 2 && signs.only_mail >= 1;
}

bool may_be_mail(std::string_view bytes) { return mail_signs(bytes).known >= 1; }

Sniffed sniff(std::string_view bytes, std::string_view name) {
  for (const Test test : kTests) {
    if (auto found = test(bytes, name)) return *std::move(found);
  }
  return {};
}

}  // namespace baosong::parsers
