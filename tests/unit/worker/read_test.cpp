#include "parsers/worker/read.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "parsers/base/hash.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/worker/wire.hpp"
#include "tests/support/base64.hpp"
#include "tests/support/make_docx.hpp"
#include "tests/support/make_image.hpp"
#include "tests/support/make_pdf.hpp"
#include "tests/support/make_tnef.hpp"
#include "tests/support/make_zip.hpp"

namespace baosong::parsers {
namespace {

using test::base64;
using test::make_zip;

Reading bare(const std::string& bytes, const char* name) {
  return read(bytes, name, InputKind::kDetect);
}

std::vector<std::string> paths(const Reading& reading) {
  std::vector<std::string> out;
  for (const auto& document : reading.documents) {
    out.push_back(document.path + (document.trouble == Trouble::kNone ? "" : " !"));
  }
  return out;
}

using Paths = std::vector<std::string>;

TEST(ReadBare, ADocumentWithItsFacts) {
  const std::string bytes = test::make_docx(test::title("年度工作总结"));
  const Reading reading = bare(bytes, "总结.docx");
  EXPECT_FALSE(reading.is_mail);
  EXPECT_EQ(reading.sha256, sha256_hex(bytes));
  ASSERT_EQ(reading.documents.size(), 1U);
  const Document& document = reading.documents[0];
  EXPECT_EQ(document.path, "总结.docx");
  EXPECT_EQ(document.name, "总结.docx");
  EXPECT_EQ(document.size, bytes.size());
  EXPECT_EQ(document.sha256, reading.sha256);
  EXPECT_EQ(document.format, Format::kDocx);
  EXPECT_EQ(std::get<WordFacts>(document.facts).paragraphs[0].text, "年度工作总结");
}

TEST(ReadBare, EachFormatGetsItsFacts) {
  EXPECT_TRUE(
      std::holds_alternative<PdfFacts>(bare(test::make_pdf({"x"}), "a").documents[0].facts));
  EXPECT_TRUE(
      std::holds_alternative<PhotoFacts>(bare(test::make_jpeg(64, 48), "a").documents[0].facts));
  EXPECT_EQ(std::get<TextFacts>(bare("\xB8\xBD\xBC\xFE", "a.txt").documents[0].facts).text, "附件");
  EXPECT_EQ(bare("\x78\x9F\x3E\x22", "winmail.dat").documents[0].trouble, Trouble::kDamaged);
  EXPECT_EQ(bare("", "a.docx").documents[0].trouble, Trouble::kEmpty);
}

TEST(ReadBare, AnArchiveGivesWhatLiesInIt) {
  const std::string inner = make_zip({{"照片/a.jpg", test::make_jpeg(64, 48)}});
  const Reading reading = bare(make_zip({{"__MACOSX/._x", "junk"},
                                         {"朝阳区/", ""},
                                         {"朝阳区/附件1.docx", test::make_docx("")},
                                         {"照片.zip", inner},
                                         {"../说明.txt", "text"}}),
                               "材料.zip");
  EXPECT_EQ(paths(reading), (Paths{"材料.zip/朝阳区/附件1.docx", "材料.zip/照片.zip/照片/a.jpg",
                                   "材料.zip/说明.txt"}));
  EXPECT_EQ(reading.documents[1].name, "a.jpg");
}

TEST(ReadBare, EqualPathsAreNumbered) {
  EXPECT_EQ(
      paths(bare(make_zip({{"a.jpg", "1"}, {"a.jpg", "2"}, {"a (2).jpg", "3"}, {"a.jpg", "4"}}),
                 "z.zip")),
      (Paths{"z.zip/a.jpg", "z.zip/a (2).jpg", "z.zip/a (2) (2).jpg", "z.zip/a (3).jpg"}));
}

TEST(ReadBare, ArchivesThatStayShutAreDocuments) {
  EXPECT_EQ(paths(bare(test::ZipBuilder().bytes(), "空.zip")), Paths{"空.zip !"});
  EXPECT_EQ(bare(make_zip({{"a/", ""}, {"Thumbs.db", "x"}}), "空.zip").documents[0].trouble,
            Trouble::kEmpty);
  const Reading locked =
      bare(test::make_compressed({{"a", "x"}, {"b", "y"}}, "zip", "pw"), "锁.zip");
  ASSERT_EQ(paths(locked), Paths{"锁.zip !"});
  EXPECT_EQ(locked.documents[0].trouble, Trouble::kEncrypted);
  EXPECT_EQ(locked.documents[0].format, Format::kZip);
  const Reading rar = bare(test::make_rar5("a", "x", true), "锁.rar");
  ASSERT_EQ(paths(rar), Paths{"锁.rar !"});
  EXPECT_EQ(rar.documents[0].trouble, Trouble::kEncrypted);
}

TEST(ReadBare, ATruncatedArchiveGivesWhatIsThereAndSaysSo) {
  const std::string bytes = make_zip({{"a.txt", "one"}, {"b.txt", std::string(500, 'x')}});
  const Reading reading = bare(bytes.substr(0, 300), "断.zip");
  EXPECT_EQ(paths(reading), (Paths{"断.zip/a.txt", "断.zip/b.txt !", "断.zip !"}));
  EXPECT_EQ(reading.documents[2].trouble, Trouble::kDamaged);
}

std::string nested_zip(int depth) {
  std::string bytes = "text";
  for (int i = 0; i < depth; ++i) bytes = make_zip({{i == 0 ? "a.txt" : "z.zip", bytes}});
  return bytes;
}

TEST(ReadBare, DepthAtAndAboveTheLimit) {
  EXPECT_EQ(paths(bare(nested_zip(limits::kArchiveDepth), "z.zip")),
            Paths{"z.zip/z.zip/z.zip/a.txt"});
  const Reading above = bare(nested_zip(limits::kArchiveDepth + 1), "z.zip");
  EXPECT_EQ(paths(above), Paths{"z.zip/z.zip/z.zip/z.zip !"});
  EXPECT_EQ(above.documents[0].trouble, Trouble::kTooLarge);
}

TEST(ReadBare, EntriesOfAllArchivesTogetherAreLimited) {
  test::Files many;
  for (std::size_t i = 0; i < limits::kArchiveEntries - 1; ++i)
    many.emplace_back("x/" + std::to_string(i) + "/", "");
  many.emplace_back("a.txt", "text");
  EXPECT_EQ(paths(bare(make_zip(many), "z.zip")), Paths{"z.zip/a.txt"});
  many.emplace_back("b.txt", "text");
  EXPECT_EQ(paths(bare(make_zip(many), "z.zip")), (Paths{"z.zip/a.txt", "z.zip !"}));
}

TEST(ReadBare, AnEntryAboveTheLimitIsTooLarge) {
  const Reading reading = bare(
      test::make_compressed(
          {{"a.bin", std::string(limits::kArchiveEntryBytes + 1, '\0')}, {"b.txt", "x"}}, "zip"),
      "z.zip");
  EXPECT_EQ(paths(reading), (Paths{"z.zip/a.bin !", "z.zip/b.txt"}));
  EXPECT_EQ(reading.documents[0].trouble, Trouble::kTooLarge);
}

// The last volume of a split zip: its directory says that it began on another disk.
std::string make_split_zip() {
  std::string bytes = make_zip({{"a.txt", "text"}});
  bytes[bytes.rfind("PK\x05\x06") + 4] = 1;
  return bytes;
}

TEST(ReadBare, AVolumeIsNamedForWhatItIs) {
  const Reading split = bare(make_split_zip(), "材料.zip");
  ASSERT_EQ(paths(split), Paths{"材料.zip !"});
  EXPECT_EQ(split.documents[0].kind, Kind::kVolume);
  EXPECT_EQ(split.documents[0].trouble, Trouble::kUnsupported);
  const Reading second = bare("\x01\x02\x03", "材料.zip.002");
  EXPECT_EQ(second.documents[0].kind, Kind::kVolume);
}

TEST(ReadBare, RubbishIsADocumentOfUnknownFormat) {
  const Reading reading = bare("\x01\x02\x03", "x.docx");
  EXPECT_FALSE(reading.is_mail);
  EXPECT_EQ(reading.documents[0].format, Format::kUnknown);
}

TEST(ReadMail, RubbishThatIsCalledAMailIsSaidToBeNone) {
  for (const std::string& bytes :
       {std::string("\x01\x02\x03"), std::string("just text"), std::string()}) {
    const Reading reading = bare(bytes, "x.eml");
    EXPECT_TRUE(reading.is_mail);
    ASSERT_FALSE(reading.problems.empty());
    EXPECT_EQ(reading.problems[0], kNotAMail);
  }
  // Called a mail, but plainly something else.
  EXPECT_FALSE(bare(test::make_pdf({"x"}), "x.eml").is_mail);
}

std::string make_mail(const test::Files& attachments, std::string_view text = "附件请查收") {
  std::string out =
      "From: a@126.com\r\nSubject: test\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\n" +
      std::string(text) + "\r\n";
  for (const auto& [name, bytes] : attachments) {
    out +=
        "--b\r\nContent-Type: application/octet-stream; name=\"" + name +
        "\"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename=\"" +
        name + "\"\r\n\r\n" + base64(bytes) + "\r\n";
  }
  return out + "--b--\r\n";
}

TEST(ReadMail, AttachmentsInOrder) {
  const std::string docx = test::make_docx(test::title("总结"));
  const std::string mail = make_mail({{"总结.docx", docx},
                                      {"a.jpg", test::make_jpeg(64, 48, 1)},
                                      {"a.jpg", test::make_jpeg(64, 48, 2)},
                                      {"材料.zip", make_zip({{"b.txt", "x"}})},
                                      {"空.docx", ""}});
  for (const InputKind kind : {InputKind::kMail, InputKind::kDetect}) {
    const Reading reading = read(mail, "m.eml", kind);
    EXPECT_TRUE(reading.is_mail);
    EXPECT_EQ(reading.message.subject, "test");
    EXPECT_EQ(reading.message.text, "附件请查收");
    EXPECT_EQ(paths(reading),
              (Paths{"总结.docx", "a.jpg", "a (2).jpg", "材料.zip/b.txt", "空.docx !"}));
    EXPECT_EQ(reading.documents[0].sha256, sha256_hex(docx));
    EXPECT_EQ(reading.documents[4].trouble, Trouble::kEmpty);
  }
}

TEST(ReadMail, MailsAsFilesAreForwardedMails) {
  const std::string inner = make_mail({{"表.docx", test::make_docx("")}}, "里面的话");
  const Reading reading =
      read(make_mail({{"转.eml", inner}, {"包.zip", make_zip({{"再.eml", inner}})}}), "m",
           InputKind::kMail);
  EXPECT_EQ(paths(reading), (Paths{"转.eml/表.docx", "包.zip/再.eml/表.docx"}));
  ASSERT_EQ(reading.message.forwarded.size(), 2U);
  EXPECT_EQ(reading.message.forwarded[0].text, "里面的话");
  EXPECT_EQ(reading.message.forwarded[0].from.address, "a@126.com");
}

TEST(ReadMail, WinmailDatIsPartOfTheMailAroundIt) {
  const std::string docx = test::make_docx(test::title("总结"));
  const std::string tnef =
      test::TnefBuilder()
          .message(test::TnefProperties().unicode(0x1000, u"信里的话"))
          .attachment("A~1.DOC", docx, test::TnefProperties().unicode(0x3707, u"总结.docx"))
          .bytes();
  const Reading blank = read(make_mail({{"winmail.dat", tnef}}, ""), "m", InputKind::kMail);
  EXPECT_EQ(paths(blank), Paths{"winmail.dat/总结.docx"});
  EXPECT_EQ(blank.documents[0].sha256, sha256_hex(docx));
  EXPECT_EQ(blank.message.text, "信里的话");
  EXPECT_TRUE(blank.message.forwarded.empty());
  const Reading told = read(make_mail({{"winmail.dat", tnef}}), "m", InputKind::kMail);
  EXPECT_EQ(told.message.text, "附件请查收");
  // Nothing but the formatted text: there is no document in it.
  const Reading none =
      read(make_mail({{"winmail.dat", test::TnefBuilder().bytes()}}), "m", InputKind::kMail);
  EXPECT_TRUE(none.documents.empty());
  const Reading cut =
      read(make_mail({{"winmail.dat", tnef.substr(0, tnef.size() - 30)}}), "m", InputKind::kMail);
  ASSERT_EQ(paths(cut), (Paths{"winmail.dat !", "winmail.dat/A~1.DOC"}));
  EXPECT_EQ(cut.documents[0].format, Format::kTnef);
}

TEST(ReadMail, AnOutlookMessageIsAForwardedMail) {
  const std::string msg =
      test::make_ole({{"__properties_version1.0", std::string(32, '\0')},
                      test::msg_property("0037001F", test::utf16le(u"活动材料")),
                      test::msg_attachment(0, u"表.docx", test::make_docx(""))});
  const Reading reading = read(make_mail({{"转.msg", msg}}), "m", InputKind::kMail);
  EXPECT_EQ(paths(reading), Paths{"转.msg/表.docx"});
  ASSERT_EQ(reading.message.forwarded.size(), 1U);
  EXPECT_EQ(reading.message.forwarded[0].subject, "活动材料");
}

TEST(ReadMail, MailsInMailsEndAtADepth) {
  std::string mail = make_mail({{"a.txt", "text"}});
  for (int i = 0; i < 12; ++i) mail = make_mail({{"m.eml", mail}});
  const Reading reading = read(mail, "m", InputKind::kMail);
  ASSERT_EQ(reading.documents.size(), 1U);
  EXPECT_EQ(reading.documents[0].trouble, Trouble::kTooLarge);
  EXPECT_EQ(reading.documents[0].format, Format::kEml);
}

TEST(ReadMail, CloudLinksAreDocuments) {
  const Reading reading =
      read(make_mail({},
                     "从QQ邮箱发来的超大附件\n活动照片.zip (128.03M, 2022年11月27日 21:59 到期)"
                     "进入下载页面：http://mail.qq.com/cgi-bin/"
                     "ftnExs_download?t=exs_ftn_download&k=1&code=2\n"),
           "m", InputKind::kMail);
  ASSERT_EQ(reading.documents.size(), 1U);
  EXPECT_EQ(reading.documents[0].format, Format::kCloudLink);
  EXPECT_EQ(reading.documents[0].name, "活动照片.zip");
  EXPECT_EQ(std::get<CloudLink>(reading.documents[0].facts).size_text, "128.03M");
}

TEST(ReadMail, EveryTruncationIsReadAndCanCrossThePipe) {
  const std::string mail = make_mail({{"总结.docx", test::make_docx(test::title("总结"))},
                                      {"a.jpg", test::make_jpeg(64, 48)},
                                      {"a.pdf", test::make_pdf({"表"})},
                                      {"a.zip", make_zip({{"b.txt", "x"}})}});
  for (std::size_t size = 0; size < mail.size(); size += 41) {
    const Reading reading = read(std::string_view(mail).substr(0, size), "m", InputKind::kMail);
    EXPECT_TRUE(reading.is_mail);
    EXPECT_TRUE(decode_reading(encode(reading)));
  }
}

TEST(ReadMail, AHeaderWithoutBodyIsAnEmptyMail) {
  const Reading reading = read("From: a@126.com\r\nSubject: x\r\n\r\n", "m", InputKind::kMail);
  EXPECT_TRUE(reading.problems.empty());
  EXPECT_TRUE(reading.documents.empty());
  EXPECT_EQ(reading.message.subject, "x");
}

}  // namespace
}  // namespace baosong::parsers
