#include "parsers/worker/sniff.hpp"

#include <gtest/gtest.h>

#include <string>

#include "tests/support/make_docx.hpp"
#include "tests/support/make_image.hpp"
#include "tests/support/make_ole.hpp"
#include "tests/support/make_pdf.hpp"
#include "tests/support/make_zip.hpp"

namespace baosong::parsers {
namespace {

using namespace std::string_literals;

std::string compound(const std::vector<std::string>& streams, const std::string& content = "x") {
  std::vector<test::OleNode> nodes;
  for (const auto& name : streams) nodes.push_back({name, content});
  return test::make_ole(nodes);
}

TEST(Sniff, TellsZipKindsByWhatLiesInside) {
  test::Xlsx book;
  book.sheets = {{"a", "visible", {{"x"}}, ""}};
  EXPECT_EQ(sniff(test::make_docx(""), "").format, Format::kDocx);
  EXPECT_EQ(sniff(test::make_docx(""), "附件.pdf").format, Format::kDocx);
  EXPECT_EQ(sniff(book.bytes(), "").format, Format::kXlsx);
  EXPECT_EQ(sniff(test::make_zip({{"a.docx", "x"}}), "").format, Format::kZip);
  // Somebody's folder that happens to be called "word".
  EXPECT_EQ(sniff(test::make_zip({{"word/a.jpg", "x"}}), "").format, Format::kZip);
  EXPECT_EQ(sniff(test::ZipBuilder().bytes(), "").format, Format::kZip);
  const Sniffed ofd = sniff(test::make_zip({{"OFD.xml", "<x/>"}}), "a.ofd");
  EXPECT_EQ(ofd.format, Format::kUnknown);
  EXPECT_EQ(ofd.trouble, Trouble::kUnsupported);
  EXPECT_EQ(ofd.detail, "OFD");
}

TEST(Sniff, ATruncatedDocxIsStillOne) {
  const std::string bytes = test::make_docx(test::paragraph("x"));
  EXPECT_EQ(sniff(bytes.substr(0, bytes.size() * 3 / 4), "").format, Format::kDocx);
}

TEST(Sniff, TellsCompoundKindsByTheirStreams) {
  EXPECT_EQ(sniff(compound({"WordDocument"}), "a.doc").format, Format::kDoc);
  EXPECT_EQ(sniff(compound({"WordDocument"}), "a.WPS").format, Format::kWps);
  EXPECT_EQ(sniff(compound({"Workbook"}), "a.doc").format, Format::kXls);
  EXPECT_EQ(sniff(compound({"Workbook"}), "表.et").format, Format::kXls);
  EXPECT_EQ(sniff(compound({"MatOST"}), "a.wps").trouble, Trouble::kUnsupported);
  EXPECT_EQ(sniff(compound({"Something"}), "a.doc").format, Format::kUnknown);
}

// Whatever it is called, it is named for what it is.
TEST(Sniff, WhatIsNotReadIsNamed) {
  const std::string word_of_1995 = "\xEC\xA5\x65\0"s;
  const std::string sfx = "MZ"s + std::string(2000, 'x') + "Rar!\x1A\x07\0"s;
  const std::string mht =
      "From: <Saved by WPS>\r\nSubject: x\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n";
  struct Case {
    std::string bytes;
    Kind kind;
    Format format;
    Trouble trouble;
  };
  const std::vector<Case> cases{
      {compound({"WordDocument"}, "\xDC\xA5\x65\0"s), Kind::kOldWord, Format::kDoc,
       Trouble::kUnsupported},
      {compound({"WordDocument"}, word_of_1995), Kind::kOldWord, Format::kDoc,
       Trouble::kUnsupported},
      {"\xDB\xA5\x2D\0 Word 2"s, Kind::kOldWord, Format::kDoc, Trouble::kUnsupported},
      {compound({"Book"}), Kind::kOldExcel, Format::kXls, Trouble::kUnsupported},
      {"\x09\x04\x06\0\0\0"s, Kind::kOldExcel, Format::kXls, Trouble::kUnsupported},
      {compound({"MatOST"}), Kind::kWorks, Format::kWps, Trouble::kUnsupported},
      {compound({"CONTENTS"}, "CHNKWKS"), Kind::kWorks, Format::kWps, Trouble::kUnsupported},
      {compound({"PowerPoint Document"}), Kind::kPresentation, Format::kUnknown,
       Trouble::kUnsupported},
      {compound({"__properties_version1.0"}), Kind::kOutlook, Format::kUnknown, Trouble::kNone},
      {test::make_zip({{"[Content_Types].xml", "<x/>"}, {"ppt/presentation.xml", "<x/>"}}),
       Kind::kPresentation, Format::kUnknown, Trouble::kUnsupported},
      {test::make_zip({{"mimetype", "application/vnd.oasis"}, {"content.xml", "<x/>"}}),
       Kind::kOpenDocument, Format::kUnknown, Trouble::kUnsupported},
      {test::make_zip({{"OFD.xml", "<x/>"}}), Kind::kOfd, Format::kUnknown, Trouble::kUnsupported},
      {sfx, Kind::kSelfExtracting, Format::kUnknown, Trouble::kUnsupported},
      {"MZ program", Kind::kProgram, Format::kUnknown, Trouble::kUnsupported},
      {"\x1F\x8B\x08"s, Kind::kOtherArchive, Format::kUnknown, Trouble::kUnsupported},
      {std::string(257, 'a') + "ustar", Kind::kOtherArchive, Format::kUnknown,
       Trouble::kUnsupported},
      {"GIF89a", Kind::kOtherPicture, Format::kUnknown, Trouble::kUnsupported},
      {"\0\0\0\x18"
       "ftypisom"s,
       Kind::kMedia, Format::kUnknown, Trouble::kUnsupported},
      {"<html><body>x</body></html>", Kind::kWebPage, Format::kText, Trouble::kNone},
      {"<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:x/>",
       Kind::kOfficeXml, Format::kText, Trouble::kNone},
      {mht, Kind::kWebArchive, Format::kText, Trouble::kNone},
  };
  for (const char* name :
       {"", "附件.doc", "附件.docx", "附件.pdf", "附件.jpg", "附件.xls", "附件.zip", "附件.txt"}) {
    for (std::size_t i = 0; i < cases.size(); ++i) {
      const Sniffed found = sniff(cases[i].bytes, name);
      EXPECT_EQ(found.kind, cases[i].kind) << name << " " << i << " " << found.detail;
      EXPECT_EQ(found.format, cases[i].format) << name << " " << i;
      EXPECT_EQ(found.trouble, cases[i].trouble) << name << " " << i;
    }
  }
}

TEST(Sniff, VolumesOfSplitArchivesAreToldByName) {
  for (const char* name : {"材料.z01", "材料.zip.002", "材料.Z12"}) {
    EXPECT_EQ(sniff("\x01\x02\x03", name).kind, Kind::kVolume) << name;
    EXPECT_EQ(sniff("\x01\x02\x03", name).format, Format::kZip) << name;
  }
  EXPECT_EQ(sniff("\x01\x02", "材料.7z.001").format, Format::kSevenZip);
  EXPECT_EQ(sniff("\x01\x02", "材料.r00").format, Format::kRar);
  EXPECT_EQ(sniff("\x01\x02", "会议纪要.001").kind, Kind::kPlain);
  EXPECT_EQ(sniff("text", "附件.z1").kind, Kind::kPlain);
}

TEST(Sniff, AWpsOfUnknownContentIsAnOldOne) {
  EXPECT_EQ(sniff("\x01\xFE\x02\0"s, "总结.wps").kind, Kind::kOldWps);
  EXPECT_EQ(sniff(compound({"Something"}), "总结.wps").kind, Kind::kOldWps);
  EXPECT_EQ(sniff("\x01\xFE\x02\0"s, "总结.bin").kind, Kind::kPlain);
}

// A mail that somebody really sent stays one, whatever its parts are.
TEST(Sniff, AMailIsNoWebPage) {
  EXPECT_EQ(sniff("Received: from x\r\nFrom: a@x.cn\r\nMIME-Version: 1.0\r\nContent-Type: "
                  "multipart/related; boundary=b\r\n\r\n",
                  "转发.eml")
                .format,
            Format::kEml);
}

TEST(Sniff, LockedOfficeFilesAreSaidToBe) {
  const Sniffed word = sniff(compound({"EncryptionInfo", "EncryptedPackage"}), "附件.docx");
  EXPECT_EQ(word.format, Format::kDocx);
  EXPECT_EQ(word.trouble, Trouble::kEncrypted);
  EXPECT_EQ(sniff(compound({"EncryptedPackage"}), "表.xlsx").format, Format::kXlsx);
  const Sniffed old =
      sniff(compound({"WordDocument"}, "\xEC\xA5"s + std::string(8, '\0') + "\0\1"s), "a.doc");
  EXPECT_EQ(old.format, Format::kDoc);
  EXPECT_EQ(old.trouble, Trouble::kEncrypted);
}

TEST(Sniff, ABrokenCompoundFileIsDamaged) {
  const std::string head = compound({"WordDocument"}).substr(0, 100);
  EXPECT_EQ(sniff(head, "a.doc").format, Format::kDoc);
  EXPECT_EQ(sniff(head, "a.doc").trouble, Trouble::kDamaged);
}

TEST(Sniff, TellsPicturesAndPdf) {
  EXPECT_EQ(sniff(test::make_jpeg(64, 48), "a.png").format, Format::kJpeg);
  EXPECT_EQ(sniff(test::make_png(4, 4, test::sharp_scene()), "a.jpg").format, Format::kPng);
  EXPECT_EQ(sniff("\0\0\0\x18"
                  "ftypheic\0\0\0\0"s,
                  "a.jpg")
                .format,
            Format::kHeic);
  EXPECT_EQ(sniff("II*\0\x08\0\0\0"s, "").format, Format::kTiff);
  EXPECT_EQ(sniff(test::make_pdf({"x"}), "a.doc").format, Format::kPdf);
  EXPECT_EQ(sniff(std::string(1000, '\0') + "%PDF-1.4", "").format, Format::kPdf);
  EXPECT_EQ(sniff(std::string(1020, '\0') + "%PDF-1.4", "").format, Format::kUnknown);
}

TEST(Sniff, TellsArchivesAndOthers) {
  EXPECT_EQ(sniff(test::make_rar4("a", "x"), "a.zip").format, Format::kRar);
  EXPECT_EQ(sniff(test::make_rar5("a", "x"), "").format, Format::kRar);
  EXPECT_EQ(sniff(test::make_compressed({{"a", "x"}}, "7zip"), "").format, Format::kSevenZip);
  EXPECT_EQ(sniff("\x78\x9F\x3E\x22\x01\x00"s, "winmail.dat").format, Format::kTnef);
  EXPECT_EQ(sniff("{\\rtf1\\ansi", "a.doc").format, Format::kRtf);
  const Sniffed gif = sniff("GIF89a", "a.jpg");
  EXPECT_EQ(gif.format, Format::kUnknown);
  EXPECT_EQ(gif.trouble, Trouble::kUnsupported);
}

TEST(Sniff, TellsTextFromRubbish) {
  EXPECT_EQ(sniff("各位领导：附件请查收。", "").format, Format::kText);
  EXPECT_EQ(sniff("\xB8\xBD\xBC\xFE\xC7\xEB\xB2\xE9\xCA\xD5", "").format, Format::kText);
  EXPECT_EQ(sniff("<html><body>x</body></html>", "a.doc").format, Format::kText);
  EXPECT_EQ(sniff("\x01\x02\x03\x04", "a.txt").format, Format::kUnknown);
  EXPECT_EQ(sniff("\x80\x81\xFF\xFE\x90\xFF\xFF\x80\xFF", "a.txt").format, Format::kUnknown);
}

TEST(Sniff, NothingIsEmptyAndALockFileIsNoDocument) {
  EXPECT_EQ(sniff("", "a.docx").trouble, Trouble::kEmpty);
  EXPECT_EQ(sniff("\x05"
                  "user" +
                      std::string(157, '\0'),
                  "~$附件.docx")
                .trouble,
            Trouble::kUnsupported);
}

TEST(Sniff, TellsMailFromText) {
  EXPECT_TRUE(looks_like_mail("From: a@x.cn\r\nSubject: b\r\n\r\ntext"));
  EXPECT_TRUE(looks_like_mail("From a@x Mon Oct 24\nReturn-Path: <a>\nDate: x\n\n"));
  EXPECT_TRUE(looks_like_mail("\xEF\xBB\xBF\n\nReceived: from x\n by y\nMIME-Version: 1.0\n\n"));
  EXPECT_TRUE(looks_like_mail("Message-ID:<a>\nX-QQ: 1\nDate:\tx"));
  EXPECT_FALSE(looks_like_mail("Subject: b\nDate: c\n\n"));
  EXPECT_TRUE(may_be_mail("Subject: b\nDate: c\n\n"));
  EXPECT_TRUE(may_be_mail("rub\0bish\n\x01\n\x02\n\x03\n\x04\nSubject: b\n"s));
  EXPECT_FALSE(may_be_mail("text: about something\n"));
  EXPECT_FALSE(looks_like_mail(""));
  EXPECT_FALSE(looks_like_mail("Dear Sir: hello\nDate: 2022\n"));
  EXPECT_FALSE(looks_like_mail("单位：朝阳区\n联系人：张小禾\n电话：1990000\n邮箱：a\n地址：b"));
  EXPECT_FALSE(looks_like_mail("From: a\0\nTo: b\0\n"s));
  EXPECT_EQ(sniff("From: a@x.cn\r\nSubject: b\r\n\r\ntext", "a.txt").format, Format::kEml);
}

}  // namespace
}  // namespace baosong::parsers
