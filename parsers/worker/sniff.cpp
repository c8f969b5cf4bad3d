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
#include "parsers/word/doc_fib.hpp"

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

Sniffed unread(Format format, Kind kind, std::string detail) {
  return {format, Trouble::kUnsupported, std::move(detail), kind};
}

// Each kind of content is one function: nullopt when the bytes are something else.
using Test = std::optional<Sniffed> (*)(std::string_view bytes, std::string_view name);

std::optional<Sniffed> empty(std::string_view bytes, std::string_view) {
  if (!bytes.empty()) return std::nullopt;
  return Sniffed{Format::kUnknown, Trouble::kEmpty, "0 bytes", Kind::kPlain};
}

std::optional<Sniffed> lock_file(std::string_view bytes, std::string_view name) {
  constexpr std::size_t kLargestLock = 512;
  if (!name.starts_with("~$") || bytes.size() > kLargestLock) return std::nullopt;
  return unread(Format::kUnknown, Kind::kLockFile, "Word's lock file, not the document");
}

std::optional<Sniffed> pdf(std::string_view bytes, std::string_view) {
  if (bytes.substr(0, kPdfHeaderWithin).find("%PDF-") == std::string_view::npos)
    return std::nullopt;
  return Sniffed{Format::kPdf, Trouble::kNone, {}, Kind::kPlain};
}

std::optional<Sniffed> image(std::string_view bytes, std::string_view) {
  const auto header = read_image_header(bytes);
  if (!header) return std::nullopt;
  return Sniffed{header->format, Trouble::kNone, {}, Kind::kPlain};
}

struct Magic {
  std::string_view bytes;
  std::size_t at;
  Format format;
  Kind kind;
  std::string_view unread;  // why there is no reader; empty when there is one
};
constexpr std::array kMagics{
    Magic{"Rar!\x1A\x07"sv, 0, Format::kRar, Kind::kPlain, ""},
    Magic{"7z\xBC\xAF\x27\x1C"sv, 0, Format::kSevenZip, Kind::kPlain, ""},
    Magic{"\x78\x9F\x3E\x22"sv, 0, Format::kTnef, Kind::kPlain, ""},
    Magic{"{\\rtf"sv, 0, Format::kRtf, Kind::kPlain, ""},
    Magic{"\xDB\xA5\x2D\0"sv, 0, Format::kDoc, Kind::kOldWord, "Word 2"},
    Magic{"\x31\xBE\0\0"sv, 0, Format::kDoc, Kind::kOldWord, "Word for DOS or Write"},
    Magic{"\x09\0\x04\0"sv, 0, Format::kXls, Kind::kOldExcel, "Excel 2"},
    Magic{"\x09\x02\x06\0"sv, 0, Format::kXls, Kind::kOldExcel, "Excel 3"},
    Magic{"\x09\x04\x06\0"sv, 0, Format::kXls, Kind::kOldExcel, "Excel 4"},
    Magic{"GIF8"sv, 0, Format::kUnknown, Kind::kOtherPicture, "GIF picture"},
    Magic{"WEBP"sv, 8, Format::kUnknown, Kind::kOtherPicture, "WebP picture"},
    Magic{"8BPS"sv, 0, Format::kUnknown, Kind::kOtherPicture, "Photoshop picture"},
    Magic{"\x1F\x8B"sv, 0, Format::kUnknown, Kind::kOtherArchive, "gzip archive"},
    Magic{"BZh"sv, 0, Format::kUnknown, Kind::kOtherArchive, "bzip2 archive"},
    Magic{"\xFD"
          "7zXZ\0"sv,
          0, Format::kUnknown, Kind::kOtherArchive, "xz archive"},
    Magic{"\x28\xB5\x2F\xFD"sv, 0, Format::kUnknown, Kind::kOtherArchive, "zstd archive"},
    Magic{"MSCF\0\0\0\0"sv, 0, Format::kUnknown, Kind::kOtherArchive, "cab archive"},
    Magic{"-lh"sv, 2, Format::kUnknown, Kind::kOtherArchive, "LZH archive"},
    Magic{"ustar"sv, 257, Format::kUnknown, Kind::kOtherArchive, "tar archive"},
    Magic{"CD001"sv, 32769, Format::kUnknown, Kind::kOtherArchive, "disc image"},
    Magic{"ftyp"sv, 4, Format::kUnknown, Kind::kMedia, "video"},
    Magic{"AVI "sv, 8, Format::kUnknown, Kind::kMedia, "video"},
    Magic{"\x30\x26\xB2\x75"sv, 0, Format::kUnknown, Kind::kMedia, "video"},
    Magic{"\x1A\x45\xDF\xA3"sv, 0, Format::kUnknown, Kind::kMedia, "video"},
    Magic{"\0\0\x01\xBA"sv, 0, Format::kUnknown, Kind::kMedia, "video"},
    Magic{"FLV\x01"sv, 0, Format::kUnknown, Kind::kMedia, "video"},
    Magic{"WAVE"sv, 8, Format::kUnknown, Kind::kMedia, "sound"},
    Magic{"ID3"sv, 0, Format::kUnknown, Kind::kMedia, "sound"},
    Magic{"%!PS"sv, 0, Format::kUnknown, Kind::kPlain, "PostScript"},
};
std::optional<Sniffed> magic(std::string_view bytes, std::string_view) {
  for (const auto& row : kMagics) {
    if (bytes.size() < row.at || !bytes.substr(row.at).starts_with(row.bytes)) continue;
    if (row.unread.empty()) return Sniffed{row.format, Trouble::kNone, {}, row.kind};
    return unread(row.format, row.kind, std::string(row.unread));
  }
  return std::nullopt;
}

// Programs are never opened; one that carries an archive was meant to unpack itself.
std::optional<Sniffed> program(std::string_view bytes, std::string_view) {
  constexpr std::size_t kStub = 2 * 1024 * 1024;  // unpacking programs are smaller
  if (!bytes.starts_with("MZ")) return std::nullopt;
  const std::string_view head = bytes.substr(0, kStub);
  const bool packed = head.find("Rar!\x1A\x07"sv) != std::string_view::npos ||
                      head.find("7z\xBC\xAF\x27\x1C"sv) != std::string_view::npos ||
                      head.find("PK\x03\x04"sv) != std::string_view::npos;
  return packed ? unread(Format::kUnknown, Kind::kSelfExtracting, "self-extracting archive")
                : unread(Format::kUnknown, Kind::kProgram, "program");
}

// One part of a split archive: the later ones have nothing of their own to tell them by, so here
// the name decides. Those that look like a whole archive are left to its own headers.
std::optional<Sniffed> volume(std::string_view bytes, std::string_view name) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const std::string_view last = name.substr(dot + 1);
  const bool numbers = last.size() == 3 && std::ranges::all_of(last, is_digit);
  const bool numbered = last.size() == 3 && (lower(last[0]) == 'z' || lower(last[0]) == 'r') &&
                        is_digit(last[1]) && is_digit(last[2]);
  if (!numbers && !numbered) return std::nullopt;
  Format format = numbered && lower(last[0]) == 'r' ? Format::kRar : Format::kZip;
  const std::string_view before = name.substr(0, dot);
  if (has_extension(before, ".7z") || bytes.starts_with("7z\xBC\xAF")) format = Format::kSevenZip;
  if (has_extension(before, ".rar") || bytes.starts_with("Rar!")) format = Format::kRar;
  if (numbers && !has_extension(before, ".7z") && !has_extension(before, ".rar") &&
      !has_extension(before, ".zip")) {
    return std::nullopt;
  }
  return unread(format, Kind::kVolume, "one volume of a split archive");
}

// Kinds of zip, told by a name that stands in it; a plain zip when none does.
struct ZipKind {
  std::string_view entry;  // with a trailing '/': any entry below
  Format format;
  Kind kind;
  std::string_view unread;
};
constexpr std::array kZipKinds{
    ZipKind{"OFD.xml", Format::kUnknown, Kind::kOfd, "OFD"},
    ZipKind{"word/", Format::kDocx, Kind::kPlain, ""},
    ZipKind{"xl/workbook.xml", Format::kXlsx, Kind::kPlain, ""},
    ZipKind{"xl/workbook.bin", Format::kXlsx, Kind::kOldExcel, "binary workbook (xlsb)"},
    ZipKind{"xl/", Format::kXlsx, Kind::kPlain, ""},
    ZipKind{"ppt/", Format::kUnknown, Kind::kPresentation, "PowerPoint (pptx)"},
    ZipKind{"mimetype", Format::kUnknown, Kind::kOpenDocument, "OpenDocument"},
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
    if (row.unread.empty()) return Sniffed{row.format, Trouble::kNone, {}, row.kind};
    return unread(row.format, row.kind, std::string(row.unread));
  }
  return Sniffed{Format::kZip, Trouble::kNone, {}, Kind::kPlain};
}

// Kinds of compound file, told by a stream; the first that is there decides.
struct CompoundKind {
  std::string_view stream;
  Format format;
  Kind kind;
  Trouble trouble;
  std::string_view detail;
  std::string_view begins = {};  // what the stream must begin with
};
constexpr std::array kCompoundKinds{
    CompoundKind{"EncryptedPackage", Format::kDocx, Kind::kPlain, Trouble::kEncrypted,
                 "encrypted OOXML"},
    CompoundKind{"\tDRMContent", Format::kDocx, Kind::kPlain, Trouble::kEncrypted,
                 "rights-managed document"},
    CompoundKind{"WordDocument", Format::kDoc, Kind::kPlain, Trouble::kNone, ""},
    CompoundKind{"Workbook", Format::kXls, Kind::kPlain, Trouble::kNone, ""},
    CompoundKind{"Book", Format::kXls, Kind::kOldExcel, Trouble::kUnsupported, "Excel 5.0/95"},
    CompoundKind{"PowerPoint Document", Format::kUnknown, Kind::kPresentation,
                 Trouble::kUnsupported, "PowerPoint"},
    CompoundKind{"__properties_version1.0", Format::kUnknown, Kind::kOutlook, Trouble::kNone, ""},
    CompoundKind{"MatOST", Format::kWps, Kind::kWorks, Trouble::kUnsupported, "Microsoft Works"},
    CompoundKind{"CONTENTS", Format::kWps, Kind::kWorks, Trouble::kUnsupported, "Microsoft Works",
                 "CHNKWKS"},
};

Sniffed named_compound(const ole::Compound& file, const ole::Entry& stream, const CompoundKind& row,
                       std::string_view name) {
  Sniffed out{row.format, row.trouble, std::string(row.detail), row.kind};
  if (row.format == Format::kDocx && has_extension(name, ".xlsx")) out.format = Format::kXlsx;
  if (row.format != Format::kDoc) return out;
  if (has_extension(name, ".wps")) out.format = Format::kWps;
  const std::string fib = file.read(stream, kWordFib);
  // [MS-DOC] 2.5.2: FibBase.fEncrypted
  if ((little16(fib, 10) & 0x0100U) != 0) {
    out.trouble = Trouble::kEncrypted;
    out.detail = "encrypted Word 97-2003";
  } else if (word::read_fib(fib).too_old) {
    out = unread(out.format, Kind::kOldWord, "Word 6 or 95");
  }
  return out;
}

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
    return Sniffed{format, Trouble::kDamaged, "broken compound file", Kind::kPlain};
  }
  for (const auto& row : kCompoundKinds) {
    const ole::Entry* stream = file->find(row.stream);
    if (stream == nullptr || !file->read(*stream, row.begins.size()).starts_with(row.begins)) {
      continue;
    }
    return named_compound(*file, *stream, row, name);
  }
  if (has_extension(name, ".wps")) {
    return unread(Format::kWps, Kind::kOldWps, "WPS of before WPS Office");
  }
  return unread(Format::kUnknown, Kind::kPlain, "compound file of another program");
}

// A web page saved as one file (RFC 2557), which is a mail in form.
std::optional<Sniffed> web_archive(std::string_view bytes, std::string_view name) {
  const std::string head = lower_head(bytes);
  const auto has = [&](std::string_view word) { return head.find(word) != std::string::npos; };
  if (!may_be_mail(bytes) || !has("mime-version:") || has("\nreceived:") || has("message-id:")) {
    return std::nullopt;
  }
  if (!has("multipart/related") && !has("text/html")) return std::nullopt;
  constexpr std::array<std::string_view, 5> kNames{".mht", ".mhtml", ".doc", ".docx", ".xls"};
  const bool named = std::ranges::any_of(
      kNames, [&](std::string_view extension) { return has_extension(name, extension); });
  if (!named && !has("snapshot-content-location:") && !has("<saved by ") &&
      !has("content-location: file:")) {
    return std::nullopt;
  }
  return Sniffed{Format::kText, Trouble::kNone, "MHT", Kind::kWebArchive};
}

// A .wps with none of the known beginnings.
std::optional<Sniffed> old_wps(std::string_view, std::string_view name) {
  if (!has_extension(name, ".wps")) return std::nullopt;
  return unread(Format::kWps, Kind::kOldWps, "WPS of before WPS Office, or Works");
}

std::optional<Sniffed> mail(std::string_view bytes, std::string_view) {
  if (!looks_like_mail(bytes)) return std::nullopt;
  return Sniffed{Format::kEml, Trouble::kNone, {}, Kind::kPlain};
}

struct TextKind {
  std::string_view sign;  // lower case
  Kind kind;
  std::string_view detail;
};
constexpr std::array kTextKinds{
    TextKind{"progid=\"word.document\"", Kind::kOfficeXml, "Word 2003 XML"},
    TextKind{"progid=\"excel.sheet\"", Kind::kOfficeXml, "Excel 2003 XML"},
    TextKind{"<pkg:package", Kind::kOfficeXml, "Office XML in one file"},
    TextKind{"<html", Kind::kWebPage, "HTML"},
    TextKind{"<!doctype html", Kind::kWebPage, "HTML"},
    TextKind{"<svg", Kind::kOtherPicture, "SVG"},
};
Sniffed text_kind(const std::string& start) {
  for (const auto& row : kTextKinds) {
    if (start.find(row.sign) != std::string::npos) {
      return {Format::kText, Trouble::kNone, std::string(row.detail), row.kind};
    }
  }
  return {Format::kText, Trouble::kNone, {}, Kind::kPlain};
}

// A text has no control characters besides white space; UTF-16 with a BOM is one too.
std::optional<Sniffed> text(std::string_view bytes, std::string_view) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    return Sniffed{Format::kText, Trouble::kNone, {}, Kind::kPlain};
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
  return text_kind(lower_head(head));
}

constexpr std::array<Test, 13> kTests{empty,   lock_file, pdf,         volume, image, zip,    magic,
                                      program, compound,  web_archive, mail,   text,  old_wps};

}  // namespace

bool has_extension(std::string_view name, std::string_view extension) {
  return name.size() > extension.size() &&
         same_word(name.substr(name.size() - extension.size()), extension);
}

Sniffed sniff(std::string_view bytes, std::string_view name) {
  for (const Test test : kTests) {
    if (auto found = test(bytes, name)) return *std::move(found);
  }
  return {};
}

}  // namespace baosong::parsers
