#include "parsers/word/doc.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "parsers/ole/compound.hpp"
#include "tests/support/make_ole.hpp"

namespace baosong::parsers::word {
namespace {

std::string fixture(const std::string& name) {
  std::ifstream file(std::string(BAOSONG_FIXTURES) + "/word/" + name, std::ios::binary);
  EXPECT_TRUE(file) << name;
  std::stringstream bytes;
  bytes << file.rdbuf();
  return bytes.str();
}

TEST(Doc, ReadsTitleTablesAndCount) {
  const DocReading answer = read_doc(fixture("person-form.doc"));
  ASSERT_EQ(answer.trouble, Trouble::kNone) << answer.detail;
  EXPECT_EQ(answer.facts.body.high, 626u);
  EXPECT_EQ(answer.facts.body.han, 565u);
  ASSERT_EQ(answer.facts.paragraphs.size(), 4u);
  EXPECT_EQ(answer.facts.paragraphs[0].text, "附件4");
  EXPECT_TRUE(answer.facts.paragraphs[1].centered);
  EXPECT_TRUE(answer.facts.paragraphs[1].bold);
  EXPECT_EQ(answer.facts.paragraphs[1].half_points, 40);
  ASSERT_EQ(answer.facts.tables.size(), 1u);
  const auto& rows = answer.facts.tables[0].rows;
  ASSERT_EQ(rows.size(), 9u);
  ASSERT_EQ(rows[0].size(), 6u);
  EXPECT_EQ(rows[0][0].text, "姓　　名");
  EXPECT_EQ(rows[0][1].text, "李小田");
  EXPECT_EQ(answer.facts.tables[0].after_paragraph, 4u);
}

TEST(Doc, KeepsEmptyCellsOfTemplateRows) {
  const DocReading answer = read_doc(fixture("unit-table.doc"));
  ASSERT_EQ(answer.trouble, Trouble::kNone) << answer.detail;
  ASSERT_EQ(answer.facts.tables.size(), 1u);
  const auto& rows = answer.facts.tables[0].rows;
  ASSERT_EQ(rows.size(), 6u);
  EXPECT_EQ(rows[0][1].text, "单位名称");
  EXPECT_EQ(rows[5].size(), 5u);
  EXPECT_EQ(rows[5][1].text, "");
}

TEST(Doc, TruncationIsNamedAndNeverCrashes) {
  const std::string whole = fixture("person-form.doc");
  for (std::size_t size = 0; size < whole.size(); size += 256) {
    const DocReading answer = read_doc(std::string_view(whole).substr(0, size));
    if (size < 1024) {
      EXPECT_NE(answer.trouble, Trouble::kNone) << size;
    }
  }
}

TEST(Doc, EveryChangedByteIsSurvived) {
  const std::string whole = fixture("person-form.doc");
  for (std::size_t at = 0; at < whole.size(); at += 37) {
    std::string changed = whole;
    changed[at] = static_cast<char>(~changed[at]);
    const DocReading answer = read_doc(changed);
    EXPECT_LE(answer.facts.body.non_space, whole.size());
  }
}

TEST(Doc, EncryptedFlagIsSaid) {
  std::string bytes = fixture("person-form.doc");
  const auto at = bytes.find("\xEC\xA5", 512);
  ASSERT_NE(at, std::string::npos);
  bytes[at + 0x0B] = static_cast<char>(bytes[at + 0x0B] | 1);
  EXPECT_EQ(read_doc(bytes).trouble, Trouble::kEncrypted);
}

TEST(Doc, OlderWordIsNamed) {
  std::string bytes = fixture("person-form.doc");
  const auto at = bytes.find("\xEC\xA5", 512);
  ASSERT_NE(at, std::string::npos);
  bytes[at] = '\xDC';
  const DocReading answer = read_doc(bytes);
  EXPECT_EQ(answer.trouble, Trouble::kUnsupported);
  EXPECT_EQ(answer.detail, "Word 6 or 95");
}

TEST(Doc, OtherBytesAreDamaged) {
  EXPECT_EQ(read_doc("").trouble, Trouble::kDamaged);
  EXPECT_EQ(read_doc(std::string(4096, 'x')).trouble, Trouble::kDamaged);
}

TEST(Compound, ListsTheStreams) {
  const std::string bytes = fixture("person-form.doc");
  const auto file = ole::Compound::open(bytes);
  ASSERT_TRUE(file);
  EXPECT_NE(file->find("WordDocument"), nullptr);
  EXPECT_EQ(file->find("EncryptedPackage"), nullptr);
  EXPECT_EQ(file->read(*file->find("WordDocument"), 16).size(), 16u);
}

// An embedded object has streams of the same names, often in front of the document's own.
TEST(Compound, FindsTheStreamOfItsOwnStorage) {
  using test::ole_storage;
  const std::string bytes =
      test::make_ole({ole_storage("ObjectPool", {ole_storage("_1", {{"WordDocument", "inner"}})}),
                      {"worddocument", "outer"},
                      {"1Table", std::string(5000, 't')}});
  const auto file = ole::Compound::open(bytes);
  ASSERT_TRUE(file);
  ASSERT_NE(file->find("WordDocument"), nullptr);
  EXPECT_EQ(file->read(*file->find("WordDocument"), 100), "outer");
  EXPECT_EQ(file->read(*file->find("1Table"), 10000), std::string(5000, 't'));
  const ole::Entry* pool = file->find("ObjectPool");
  ASSERT_NE(pool, nullptr);
  EXPECT_EQ(pool->kind, ole::EntryKind::kStorage);
  const auto pool_index = static_cast<std::size_t>(pool - file->entries().data());
  const ole::Entry* object = file->find("_1", pool_index);
  ASSERT_NE(object, nullptr);
  const auto index = static_cast<std::size_t>(object - file->entries().data());
  ASSERT_NE(file->find("WordDocument", index), nullptr);
  EXPECT_EQ(file->read(*file->find("WordDocument", index), 100), "inner");
  EXPECT_EQ(file->find("_1"), nullptr);
}

}  // namespace
}  // namespace baosong::parsers::word
