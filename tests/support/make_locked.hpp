// Files of every kind that is locked by a password, as far as a reader without it can look.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "parsers/facts.hpp"
#include "tests/support/make_pdf.hpp"
#include "tests/support/make_xls.hpp"
#include "tests/support/make_zip.hpp"
#include "tests/support/scratch.hpp"

namespace baosong::test {

// [MS-OFFCRYPTO] 2.3.2: docx, xlsx and pptx alike.
inline std::string locked_package() {
  return make_ole({{"EncryptionInfo", std::string(248, '\4')},
                   {"EncryptedPackage", std::string(4096, '\x5A')}});
}

// [MS-DOC] 2.5.2: FibBase.fEncrypted
inline std::string locked_doc() {
  std::string bytes = daemon::testing::get(BAOSONG_FIXTURES "/word/person-form.doc");
  const auto fib = bytes.find("\xEC\xA5", 512);
  if (fib == std::string::npos) throw std::runtime_error("no FIB");
  bytes[fib + 0x0B] = static_cast<char>(bytes[fib + 0x0B] | 1);
  return bytes;
}

// [MS-XLS] 2.4.117: FilePass
inline std::string locked_xls() { return make_xls({{u"a", ""}}, "", xls_record(0x002F, "xx")); }

// RAR 5.0 technical note, archive encryption header: everything behind it is locked.
inline std::string rar5_with_locked_headers() {
  std::string fields("\x04\x00\x00\x00\x0F", 5);  // type, flags, AES-256, flags, 2^15 rounds
  fields.append(16, 's');
  std::string sized(1, static_cast<char>(fields.size()));
  sized += fields;
  std::string out("Rar!\x1A\x07\x01\x00", 8);
  put_little(out, crc32_of(sized), 4);
  return out + sized + std::string(200, '\x5A');
}

// 7zFormat.txt: one folder whose coder is AES. With locked names that folder is the header itself.
inline std::string locked_7z(bool names_too) {
  const std::string packed(32, '\x5A');
  const std::string folder("\x01\x24\x06\xF1\x07\x01\x01\x13", 8);
  const std::string streams = std::string("\x06\x00\x01\x09\x20\x00\x07\x0B\x01\x00", 10) + folder +
                              std::string("\x0C\x1A\x00", 3);
  std::string header;
  if (names_too) {
    header = '\x17' + streams + '\0';
  } else {
    header = "\x01\x04" + streams + std::string("\x08\x00\x00", 3) +
             std::string(
                 "\x05\x01\x11\x05\x00"
                 "a\0\0\0\x00\x00",
                 11);
  }
  std::string start;
  put_little(start, packed.size(), 8);
  put_little(start, header.size(), 8);
  put_little(start, crc32_of(header), 4);
  std::string out("7z\xBC\xAF\x27\x1C\x00\x04", 8);
  put_little(out, crc32_of(start), 4);
  return out + start + packed + header;
}

struct Locked {
  std::string name, bytes;
  parsers::Format format;
};

inline std::vector<Locked> locked_files() {
  using parsers::Format;
  Pdf pdf;
  pdf.pages = {"x"};
  return {{"a.docx", locked_package(), Format::kDocx},
          {"b.xlsx", locked_package(), Format::kXlsx},
          {"c.doc", locked_doc(), Format::kDoc},
          {"d.wps", locked_doc(), Format::kWps},
          {"e.xls", locked_xls(), Format::kXls},
          {"f.pdf", pdf.encrypted("user", "owner"), Format::kPdf},
          {"g.zip", make_compressed({{"a", "x"}}, "zip", "pw"), Format::kZip},
          {"h.zip", ZipBuilder().add("a", "x", {.flags = 1, .extra = {}}).bytes(), Format::kZip},
          {"i.rar", make_rar4("a", "x", 0, 0x0004), Format::kRar},
          {"j.rar", make_rar4("a", "x", 0x0080), Format::kRar},
          {"k.rar", make_rar5("a", "x", true), Format::kRar},
          {"l.rar", rar5_with_locked_headers(), Format::kRar},
          {"m.7z", locked_7z(false), Format::kSevenZip},
          {"n.7z", locked_7z(true), Format::kSevenZip}};
}

}  // namespace baosong::test
