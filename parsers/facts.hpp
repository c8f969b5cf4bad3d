// What is read from a mail or a file: plain values, no behaviour. They cross the pipe between the
// worker and the daemon (parsers/worker/wire.hpp), so they hold no pointer and no clock.
// All text is valid UTF-8.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parsers/base/time.hpp"
#include "parsers/text/count.hpp"

namespace baosong::parsers {

// By content, never by name. The order is part of the wire format: append only.
enum class Format : std::uint8_t {
  kUnknown,
  kDocx,
  kDoc,
  kWps,
  kRtf,
  kXlsx,
  kXls,
  kPdf,
  kJpeg,
  kPng,
  kHeic,
  kTiff,
  kBmp,
  kZip,
  kRar,
  kSevenZip,
  kEml,
  kTnef,
  kCloudLink,
  kText,
};
inline constexpr std::array<std::string_view, 20> kFormatNames{
    "unknown", "docx", "doc", "wps", "rtf", "xlsx", "xls", "pdf",  "jpeg",       "png",
    "heic",    "tiff", "bmp", "zip", "rar", "7z",   "eml", "tnef", "cloud-link", "text"};
constexpr std::string_view name_of(Format format) {
  return kFormatNames[static_cast<std::size_t>(format)];
}
inline bool is_word(Format f) {
  return f == Format::kDocx || f == Format::kDoc || f == Format::kWps || f == Format::kRtf;
}
inline bool is_image(Format f) {
  return f == Format::kJpeg || f == Format::kPng || f == Format::kHeic || f == Format::kTiff ||
         f == Format::kBmp;
}
inline bool is_archive(Format f) {
  return f == Format::kZip || f == Format::kRar || f == Format::kSevenZip || f == Format::kTnef;
}

// Why a document could not be read in full. The order is part of the wire format: append only.
enum class Trouble : std::uint8_t {
  kNone,
  kEmpty,        // 0 bytes, or an archive without an entry
  kDamaged,      // truncated or broken
  kEncrypted,    // a password is needed
  kTooLarge,     // over a limit of limits.hpp
  kUnsupported,  // known, but not read: Document::kind says what it is
  kUnsafe,       // reading it crashed, hung or broke the rules of the sandbox
};

// What a file is where Format has no word for it, or only the word for what it lies in. Each has a
// sentence of its own that says how to save it again. The order is part of the wire format: append
// only.
enum class Kind : std::uint8_t {
  kPlain,           // what Format says
  kOldWord,         // Word 6, 95 and before
  kOldExcel,        // Excel 5, 95 and before; binary workbooks (xlsb)
  kWorks,           // Microsoft Works, whose .wps is not that of WPS Office
  kOldWps,          // a .wps of before WPS Office wrote Word's format
  kWebPage,         // HTML
  kWebArchive,      // MHT
  kOfficeXml,       // Word or Excel 2003 XML
  kPresentation,    // PowerPoint, old and new
  kOpenDocument,    // odt, ods …
  kOfd,             // GB/T 33190
  kOutlook,         // .msg that cannot be opened
  kVolume,          // one part of a split archive
  kSelfExtracting,  // a program that is an archive
  kProgram,
  kOtherArchive,  // tar, gzip, cab, iso …
  kOtherPicture,  // gif, webp, psd, svg …
  kMedia,         // video, sound
  kLockFile,      // what Word leaves beside an open document
  kLast = kLockFile,
};

struct Paragraph {
  std::string text;
  Count count;
  bool heading = false;  // a title or heading style, or an outline level
  bool centered = false;
  bool bold = false;              // every run is bold
  std::uint16_t half_points = 0;  // largest font size; 0 when the file does not say
};

struct Cell {
  std::string text;          // paragraphs joined by '\n'
  bool placeholder = false;  // the text is a showingPlcHdr prompt, not an answer
  std::uint16_t span = 1;    // gridSpan
  bool continues = false;    // vMerge continuation: belongs to the cell above
};
struct Table {
  std::vector<std::vector<Cell>> rows;
  std::uint32_t after_paragraph = 0;  // how many of WordFacts::paragraphs stand before the table
};

struct EmbeddedImage {
  std::string sha256;
  std::uint64_t size = 0;
  std::uint32_t width = 0, height = 0;  // 0 when not read
  bool measured = false;                // dhash and turned are valid
  std::uint64_t dhash = 0;
  std::array<std::uint64_t, 3> turned{};  // see PhotoFacts
};

// Word processing (docx, doc, wps, rtf) and, as far as tables go, workbooks.
struct WordFacts {
  Count body;  // all of the main part, tables included, text boxes and notes not
  Count text_boxes;
  Count notes;                        // footnotes and endnotes
  std::vector<Paragraph> paragraphs;  // outside tables, empty ones left out, in order
  std::vector<Table> tables;          // top level and nested, in order of their start
  std::vector<EmbeddedImage> images;
  std::vector<std::string> box_texts;  // text boxes: a title sometimes stands in one
  bool cut = false;  // more text than limits::kFactTextBytes; the counts are of everything
};

// The picture of a seal on a page, as if the page were 210 mm across its shorter side (297 mm when
// it is an A3 sheet): what a telephone calls a page has no size of its own.
struct Seal {
  std::uint32_t page = 0;                      // from 1
  double x_mm = 0, y_mm = 0, diameter_mm = 0;  // the middle, from the top left corner of the page
  double confidence = 0;                       // 0 to 1
  std::vector<std::uint8_t> picture;           // the cut-out as JPEG, for people; may be empty
};

// What a program made of the picture of a text: a hint, never more.
struct ScanHead {
  std::string text;              // as it stands there, line by line, with whatever was misread
  std::uint32_t confidence = 0;  // the reader's own, 0 to 100
};

struct PdfFacts {
  std::uint32_t pages = 0;
  std::uint32_t text_characters = 0;  // non-space characters of the text layer, all pages read
  std::string text;                   // the text layer, a form feed between pages
  std::string producer;
  bool signature = false;         // a signed signature field is present; it is not verified
  std::optional<Seal> seal;       // a red one, the surest of all pages
  std::optional<Seal> grey_seal;  // on a page without colour: looks like one, people must look
  bool seal_looked_for = false;   // false: the seal detector has not run, so `seal` says nothing
  std::uint32_t seal_pages = 0;   // pages that were looked at, until a sure one was found
  std::optional<ScanHead> head;   // of a scan, the top of page 1; nullopt: nobody could read it
};

// Fewer characters make no text layer: a page number, the mark of a scanning program.
inline constexpr std::uint32_t kTextLayer = 20;
inline bool is_scan(const PdfFacts& facts) {
  return facts.pages > 0 && facts.text_characters < kTextLayer;
}

struct PhotoFacts {
  std::uint32_t width = 0, height = 0;  // as shown, EXIF orientation applied
  double sharpness = 0;   // 90th percentile of tile variances of the Laplacian; 0: not measured
  bool measured = false;  // sharpness and dhash are valid
  std::uint64_t dhash = 0;
  std::array<std::uint64_t, 3> turned{};  // dhash of the picture turned by 90, 180, 270 degrees
  std::string taken;  // EXIF DateTimeOriginal as "2022-10-24T10:15:30", or empty
  bool has_exif = false;
};

struct CloudLink {
  std::string host;
  std::string size_text;  // "128.03M" as the mail says
  // "2022-11-27T21:59" or "2022-11-27", local time as the mail says; empty when nothing is said
  // or it never ends. "有效期30天" counts from the day of the mail.
  std::string expires;
};

struct TextFacts {
  std::string text;
};

using Facts = std::variant<std::monostate, WordFacts, PdfFacts, PhotoFacts, CloudLink, TextFacts>;

// One file that came in, however deep it was packed. Archives and forwarded mails that could be
// opened are not documents themselves: what lies in them is.
struct Document {
  std::string path;  // "材料.zip/朝阳区/附件2.docx"; unique within a mail
  std::string name;  // last step of the path
  std::uint64_t size = 0;
  std::string sha256;
  Format format = Format::kUnknown;
  Kind kind = Kind::kPlain;
  Trouble trouble = Trouble::kNone;
  std::string trouble_detail;  // for engineers, English: "ends inside word/document.xml"
  bool inline_image = false;   // shown inside the HTML body (Content-ID referenced by it)
  Facts facts;
};

struct Address {
  std::string name;     // decoded display name
  std::string address;  // addr-spec as written, without angle brackets; may be empty
};

struct Field {
  std::string name;   // lower case
  std::string value;  // unfolded, decoded
};

// A mail inside the mail: message/rfc822, or a forward that a client pasted into the text.
struct Forwarded {
  Address from;
  std::string subject;
  std::string text;  // new text of that mail
};

// What a delivery status notification says (RFC 3464), or what a bounce in prose gave away.
struct Bounce {
  std::string recipient;
  std::string status;               // "5.1.1" or empty
  std::string original_message_id;  // "<…>" or empty
};

struct Message {
  std::string message_id;  // "<…>" or empty
  Address from;
  Address reply_to;
  std::vector<Address> to, cc;
  std::string subject;
  std::string in_reply_to;  // the first id, or empty
  std::vector<std::string> references;
  std::optional<Time> date;      // Date
  std::optional<Time> received;  // the topmost Received
  std::string content_type;      // of the mail itself, lower case: "multipart/report"
  std::string report_type;       // parameter report-type, lower case
  std::vector<Field> fields;     // those that kKeptFields names (parsers/mime), in order
  std::string text;              // what the sender wrote anew, as plain text
  std::string quoted;            // what he quoted or forwarded inline
  std::vector<Forwarded> forwarded;
  std::optional<Bounce> bounce;
};

// The answer of the one function that reads bytes from outside (parsers/worker/read.hpp).
struct Reading {
  bool is_mail = false;  // false: a bare document; then `message` is empty
  std::string sha256;    // of all the bytes
  std::uint64_t size = 0;
  Message message;
  std::vector<Document> documents;
  std::vector<std::string> problems;  // English, for engineers: "header over 1 MiB cut"
};

}  // namespace baosong::parsers
