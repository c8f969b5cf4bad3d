#include "parsers/archive/archive_reader.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "parsers/archive/entry_name.hpp"
#include "parsers/base/limits.hpp"
#include "tests/support/make_zip.hpp"

namespace baosong::parsers {
namespace {

using namespace std::string_literals;
using test::make_compressed;
using test::make_zip;
using test::ZipBuilder;

struct Content {
  std::vector<std::pair<std::string, std::string>> files;
  Trouble trouble = Trouble::kNone;
  std::string detail;
  int locked = 0;
};

Content read_all(const std::string& bytes, Format format, std::size_t entries = 100,
                 std::size_t total = limits::kMiB) {
  Content out;
  ArchiveReader reader(bytes, format, entries, total);
  while (const auto entry = reader.next()) {
    if (entry->directory) continue;
    if (entry->encrypted) {
      ++out.locked;
      continue;
    }
    std::string data;
    const Trouble trouble = reader.read(limits::kMiB, data);
    if (trouble != Trouble::kNone) out.trouble = trouble;
    out.files.emplace_back(clean_path(entry->raw_name), data);
  }
  if (reader.trouble() != Trouble::kNone) out.trouble = reader.trouble();
  out.detail = reader.detail();
  return out;
}

TEST(ArchiveReader, ReadsZipStoredAndDeflated) {
  const test::Files files{{"材料/附件1.docx", "one"}, {"b.txt", std::string(5000, 'x')}};
  for (const auto& bytes : {make_zip(files), make_compressed(files, "zip")}) {
    const Content content = read_all(bytes, Format::kZip);
    EXPECT_EQ(content.trouble, Trouble::kNone) << content.detail;
    EXPECT_EQ(content.files, files);
  }
}

TEST(ArchiveReader, ReadsSevenZipWithChineseNames) {
  const test::Files files{{"展板/照片一.jpg", "one"}, {"二.jpg", std::string(5000, 'y')}};
  const Content content = read_all(make_compressed(files, "7zip"), Format::kSevenZip);
  EXPECT_EQ(content.trouble, Trouble::kNone) << content.detail;
  EXPECT_EQ(content.files, files);
}

TEST(ArchiveReader, ReadsRar4AndRar5) {
  const Content four = read_all(test::make_rar4("\xB8\xBD\xBC\xFE.txt", "hello"), Format::kRar);
  EXPECT_EQ(four.trouble, Trouble::kNone) << four.detail;
  ASSERT_EQ(four.files.size(), 1U);
  EXPECT_EQ(four.files[0], std::pair("附件.txt"s, "hello"s));
  const Content five = read_all(test::make_rar5("附件.txt", "hello"), Format::kRar);
  EXPECT_EQ(five.trouble, Trouble::kNone) << five.detail;
  ASSERT_EQ(five.files.size(), 1U);
  EXPECT_EQ(five.files[0], std::pair("附件.txt"s, "hello"s));
}

TEST(ArchiveReader, NamesOfOldWindowsZipsAreGb18030) {
  // 表格.docx and 誠\... : the second byte of 誠 is 0x5C in GBK, the code of a backslash.
  ZipBuilder zip;
  zip.add("\xB1\xED\xB8\xF1.docx", "a");
  zip.add("\xD5\x5C\xB0\xE5/\xD5\x5C.jpg", "b");
  const Content content = read_all(zip.bytes(), Format::kZip);
  ASSERT_EQ(content.files.size(), 2U);
  EXPECT_EQ(content.files[0].first, "表格.docx");
  EXPECT_EQ(content.files[1].first, "誠板/誠.jpg");
}

TEST(ArchiveReader, Utf8NamesWithAndWithoutTheFlag) {
  ZipBuilder zip;
  zip.add("朝阳区.docx", "a", {.flags = 0x0800, .extra = {}});
  zip.add("二道区.docx", "b");
  const Content content = read_all(zip.bytes(), Format::kZip);
  ASSERT_EQ(content.files.size(), 2U);
  EXPECT_EQ(content.files[0].first, "朝阳区.docx");
  EXPECT_EQ(content.files[1].first, "二道区.docx");
}

TEST(ArchiveReader, UnicodePathExtraFieldWins) {
  const std::string raw = "????.docx", better = "农安县.docx";
  std::string extra("\x75\x70", 2);
  test::put_little(extra, 5 + better.size(), 2);
  extra.push_back(1);
  test::put_little(extra, test::crc32_of(raw), 4);
  extra += better;
  ZipBuilder zip;
  zip.add(raw, "a", {.flags = 0, .extra = extra});
  const Content content = read_all(zip.bytes(), Format::kZip);
  ASSERT_EQ(content.files.size(), 1U);
  EXPECT_EQ(content.files[0].first, better);
}

TEST(ArchiveReader, LockedEntriesAreSaidNotRead) {
  const Content zip = read_all(make_compressed({{"a.docx", "secret"}}, "zip", "pw"), Format::kZip);
  EXPECT_EQ(zip.locked, 1);
  EXPECT_TRUE(zip.files.empty());
  EXPECT_EQ(read_all(test::make_rar4("a", "x", 0x0080), Format::kRar).trouble, Trouble::kEncrypted);
  EXPECT_EQ(read_all(test::make_rar4("a", "x", 0, 0x0004), Format::kRar).locked, 1);
  EXPECT_EQ(read_all(test::make_rar5("a", "x", true), Format::kRar).locked, 1);
}

TEST(ArchiveReader, VolumesOfSplitArchivesAreDamaged) {
  EXPECT_EQ(read_all(ZipBuilder().add("a", "x").bytes(1), Format::kZip).trouble, Trouble::kDamaged);
  EXPECT_EQ(read_all(test::make_rar4("a", "x", 0x0001), Format::kRar).trouble, Trouble::kDamaged);
  EXPECT_EQ(read_all(test::make_rar5("a", "x", false, true), Format::kRar).trouble,
            Trouble::kDamaged);
}

TEST(ArchiveReader, AnEmptyZipIsEmpty) {
  EXPECT_EQ(read_all(ZipBuilder().bytes(), Format::kZip).trouble, Trouble::kEmpty);
}

TEST(ArchiveReader, EveryTruncationIsTroubleOrLosesNothing) {
  const test::Files files{{"a.txt", std::string(300, 'a')}, {"b.txt", std::string(300, 'b')}};
  for (const char* format : {"zip", "7zip"}) {
    const std::string bytes = make_compressed(files, format);
    const Format kind = format[0] == 'z' ? Format::kZip : Format::kSevenZip;
    for (std::size_t size = 1; size < bytes.size(); ++size) {
      const Content content = read_all(bytes.substr(0, size), kind);
      EXPECT_NE(content.trouble, Trouble::kNone) << format << " " << size;
    }
  }
}

TEST(ArchiveReader, AWrongChecksumIsDamage) {
  std::string bytes = make_zip({{"a.txt", "hello world"}});
  bytes[bytes.find("hello")] = 'j';
  EXPECT_EQ(read_all(bytes, Format::kZip).trouble, Trouble::kDamaged);
}

TEST(ArchiveReader, EntryLimitAtBelowAndAbove) {
  const std::string bytes = make_zip({{"a", "1"}, {"b", "2"}, {"c", "3"}});
  EXPECT_EQ(read_all(bytes, Format::kZip, 4).trouble, Trouble::kNone);
  EXPECT_EQ(read_all(bytes, Format::kZip, 3).trouble, Trouble::kNone);
  EXPECT_EQ(read_all(bytes, Format::kZip, 2).trouble, Trouble::kTooLarge);
  EXPECT_EQ(read_all(bytes, Format::kZip, 2).files.size(), 2U);
}

TEST(ArchiveReader, TotalLimitAtBelowAndAbove) {
  const std::string bytes = make_compressed({{"a", std::string(1000, 'a')}}, "zip");
  EXPECT_EQ(read_all(bytes, Format::kZip, 9, 1001).trouble, Trouble::kNone);
  EXPECT_EQ(read_all(bytes, Format::kZip, 9, 1000).trouble, Trouble::kNone);
  const Content above = read_all(bytes, Format::kZip, 9, 999);
  EXPECT_EQ(above.trouble, Trouble::kTooLarge);
  EXPECT_EQ(above.files[0].second.size(), 999U);
}

TEST(ArchiveReader, OverlappingEntriesDoNotMultiply) {
  // Many directory entries that all point at one deflated megabyte.
  const std::string one = make_compressed({{"a", std::string(limits::kMiB, '\0')}}, "zip");
  const std::size_t directory = one.find("PK\x01\x02"), end = one.find("PK\x05\x06");
  const std::string row = one.substr(directory, end - directory);
  std::string bytes = one.substr(0, directory);
  for (int i = 0; i < 1000; ++i) bytes += row;
  bytes += one.substr(end);
  std::string sizes;
  test::put_little(sizes, 1000, 2);
  test::put_little(sizes, 1000, 2);
  test::put_little(sizes, row.size() * 1000, 4);
  bytes.replace(bytes.size() - 14, sizes.size(), sizes);
  ArchiveReader reader(bytes, Format::kZip, 2000, 200 * limits::kMiB);
  while (reader.next()) {
    std::string data;
    if (reader.read(limits::kMiB, data) == Trouble::kTooLarge) break;
  }
  EXPECT_LE(reader.streamed(), 4 * limits::kMiB);
}

TEST(CleanPath, LeadsOutOfNoFolder) {
  EXPECT_EQ(clean_path("../../etc/passwd"), "etc/passwd");
  EXPECT_EQ(clean_path("/abs/a.doc"), "abs/a.doc");
  EXPECT_EQ(clean_path("C:\\Users\\a.doc"), "Users/a.doc");
  EXPECT_EQ(clean_path("a/./b//c"), "a/b/c");
  EXPECT_EQ(clean_path("a\0b"s), "a");
  EXPECT_EQ(clean_path("a\nb\x7F.doc"), "a_b_.doc");
  EXPECT_EQ(clean_path("cod\u202Egpj.exe"), "cod_gpj.exe");
  EXPECT_EQ(clean_path(""), "未命名");
  EXPECT_EQ(clean_path("../.."), "未命名");
}

TEST(CleanPath, KeepsTheEndOfALongName) {
  std::string name;
  for (int i = 0; i < 500; ++i) name += "长";
  const std::string clean = clean_path(name + ".docx");
  EXPECT_LE(clean.size(), limits::kNameBytes);
  EXPECT_GT(clean.size(), limits::kNameBytes - 4);
  EXPECT_TRUE(clean.starts_with("长"));
  EXPECT_TRUE(clean.ends_with("长.docx"));
}

TEST(IsClutter, KnowsWhatProgramsLeaveBehind) {
  for (const char* path : {"__MACOSX/a.jpg", "x/.DS_Store", "Thumbs.db", "x/~$附件.docx",
                           "x/._a.jpg", "desktop.ini"}) {
    EXPECT_TRUE(is_clutter(path)) << path;
  }
  for (const char* path : {"附件.docx", "a~$.docx", "MACOSX/a.jpg", "x/_a.jpg"}) {
    EXPECT_FALSE(is_clutter(path)) << path;
  }
}

}  // namespace
}  // namespace baosong::parsers
