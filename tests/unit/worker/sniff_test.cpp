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
  EXPECT_EQ(sniff(compound({"MatOST"}), "a.wps").trouble, Trouble::kUnsupported);
  EXPECT_EQ(sniff(compound({"Something"}), "a.doc").format, Format::kUnknown);
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
