// One good file of every kind that is read, made by generators.
#pragma once

#include <string>
#include <vector>

#include "parsers/facts.hpp"
#include "tests/support/base64.hpp"
#include "tests/support/make_docx.hpp"
#include "tests/support/make_image.hpp"
#include "tests/support/make_pdf.hpp"
#include "tests/support/make_tnef.hpp"
#include "tests/support/make_xls.hpp"
#include "tests/support/make_zip.hpp"
#include "tests/support/scratch.hpp"

namespace baosong::test {

inline std::string mail_with(const Files& attachments) {
  std::string out =
      "From: a@126.com\r\nSubject: test\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=b\r\n\r\n";
  for (const auto& [name, bytes] : attachments) {
    out +=
        "--b\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename=\"" +
        name + "\"\r\n\r\n" + base64(bytes) + "\r\n";
  }
  return out + "--b--\r\n";
}

// A table, a note, hidden and deleted text, a picture.
inline std::string make_rtf() {
  return R"({\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}{\header\pard h\par})"
         R"(\pard\qc\b\fs44 \'b1\'a8\'cb\'cd\par\trowd\cellx100\clvmrg\cellx200\pard\intbl\plain a\cell)"
         R"( b\cell\row\pard\uc1\u25253?{\v x}{\deleted y}{\footnote n}{\pict\pngblip 8950}c\par})";
}

struct Kind {
  std::string extension, bytes;
  parsers::Format format;  // of the first document that comes out
};

inline std::vector<Kind> kinds() {
  using parsers::Format;
  Xlsx book;
  book.sheets = {{"a", "visible", {{"x"}}, ""}};
  const std::string docx =
      make_docx(title("年度工作总结") + table({{"填报单位", "朝阳区"}, {"日期", ""}}) +
                paragraph(std::string(3000, 'x')));
  return {{"docx", docx, Format::kDocx},
          {"doc", daemon::testing::get(BAOSONG_FIXTURES "/word/person-form.doc"), Format::kDoc},
          {"xlsx", book.bytes(), Format::kXlsx},
          {"pdf", make_pdf({"附件", "盖章"}), Format::kPdf},
          {"jpg", make_jpeg(640, 480), Format::kJpeg},
          {"png", make_png(200, 100, sharp_scene()), Format::kPng},
          {"zip", make_zip({{"a.docx", docx}, {"b.docx", docx}}), Format::kDocx},
          {"7z", make_compressed({{"a.docx", docx}}, "7zip"), Format::kDocx},
          {"rar", make_rar5("a.docx", docx), Format::kDocx},
          {"txt", "附件1 汇总表\n", Format::kText},
          {"rtf", make_rtf(), Format::kRtf},
          {"xls",
           make_xls({{u"a", xls_shared(0, 0, 0) + xls_number(0, 1, 1.5)}}, xls_sst({u"填报单位"})),
           Format::kXls},
          {"dat",
           TnefBuilder().attachment("a", docx, TnefProperties().unicode(0x3707, u"a.docx")).bytes(),
           Format::kDocx},
          {"msg",
           make_ole({{"__properties_version1.0", std::string(32, '\0')},
                     msg_attachment(0, u"a.docx", docx)}),
           Format::kDocx},
          {"eml", mail_with({{"a.docx", docx}}), Format::kDocx}};
}

}  // namespace baosong::test
