// Styles, tables and pictures of Word 97–2003 documents, each built for what it shows.
#include <gtest/gtest.h>

#include <string>

#include "parsers/base/hash.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/word/doc.hpp"
#include "tests/support/make_doc.hpp"
#include "tests/support/make_image.hpp"

namespace baosong::parsers::word {
namespace {

using test::Doc;
using test::DocParagraph;
using test::sprm;

constexpr unsigned kVanish = 0x083C, kBold = 0x0835, kStyle = 0x4A30, kPicture = 0x6A03;

WordFacts read(const Doc& doc) {
  const DocReading answer = read_doc(doc.bytes());
  EXPECT_EQ(answer.trouble, Trouble::kNone) << answer.detail;
  return answer.facts;
}
std::string text_of(const WordFacts& facts) {
  std::string out;
  for (const Paragraph& paragraph : facts.paragraphs) out += paragraph.text + "|";
  return out;
}

TEST(DocStyles, HideTextAndMakeItBold) {
  Doc doc;
  doc.styles = {{u"Normal"},
                {u"隐藏的段落", sprm(kVanish, 1, 1)},
                {u"由它而来", sprm(kBold, 1, 1), false, 1},
                {u"隐藏的字", sprm(kVanish, 1, 1), true}};
  const std::string as_hidden = sprm(kStyle, 3, 2);
  doc.paragraphs = {{{{u"看得见"}, {u"看不见", as_hidden}, {u"完"}}},
                    {.runs = {{u"整段隐藏"}}, .style = 1},
                    {.runs = {{u"又看得见", sprm(kVanish, 0, 1)}}, .style = 2},
                    {.runs = {{u"与样式相反", sprm(kVanish, 0x81, 1)}}, .style = 1},
                    {.runs = {{u"与样式相同", sprm(kVanish, 0x80, 1)}}, .style = 1},
                    {{{u"直接隐藏", sprm(kVanish, 0x81, 1)}, {u"末段"}}}};
  // A mark that is hidden by its paragraph's style parts nothing, so its own is made visible.
  for (DocParagraph& p : doc.paragraphs) p.mark_modifiers = sprm(kVanish, 0, 1);
  const WordFacts facts = read(doc);
  EXPECT_EQ(text_of(facts), "看得见完|又看得见|与样式相反|末段|");
  EXPECT_EQ(facts.body.high, 15U);
  EXPECT_FALSE(facts.paragraphs[0].bold);
  EXPECT_TRUE(facts.paragraphs[1].bold);
}

TEST(DocStyles, AHeadingIsKnownByTheNameOfItsStyle) {
  Doc doc;
  doc.styles = {{u"Normal"}, {u"heading 1"}, {}, {}, {}, {}, {}, {}, {}, {}, {u"标题"}, {u"正文"}};
  doc.paragraphs = {{.runs = {{u"一"}}, .style = 1},
                    {.runs = {{u"二"}}, .style = 10},
                    {.runs = {{u"三"}}, .style = 11},
                    {.runs = {{u"四"}}, .modifiers = sprm(0x2640, 1, 1), .style = 11},
                    {.runs = {{u"五"}}, .modifiers = sprm(0x2640, 9, 1), .style = 10}};
  const auto facts = read(doc);
  ASSERT_EQ(facts.paragraphs.size(), 5U);
  EXPECT_TRUE(facts.paragraphs[0].heading);
  EXPECT_TRUE(facts.paragraphs[1].heading);
  EXPECT_FALSE(facts.paragraphs[2].heading);
  EXPECT_TRUE(facts.paragraphs[3].heading);
  EXPECT_FALSE(facts.paragraphs[4].heading);
}

TEST(DocStyles, ThatAreBasedOnEachOtherEnd) {
  Doc doc;
  doc.styles = {{u"Normal"}, {u"甲", "", false, 2}, {u"乙", sprm(kBold, 1, 1), false, 1}};
  doc.paragraphs = {{.runs = {{u"正文"}}, .style = 1}};
  EXPECT_TRUE(read(doc).paragraphs.at(0).bold);
}

TEST(DocCharacters, ASymbolStandsForItsParenthesis) {
  Doc doc;
  doc.paragraphs = {{{{u"25"}, {u"(", sprm(0x6A09, 0xF0B00003U, 4)}, {u"C"}}}};
  EXPECT_EQ(text_of(read(doc)), "25\uf0b0C|");
}

TEST(DocCharacters, AMarkThatIsNotShownPartsNothing) {
  Doc doc;
  doc.paragraphs = {{.runs = {{u"学习之"}}, .mark_modifiers = sprm(0x0800, 1, 1)},
                    {.runs = {{u"家"}}},
                    {.runs = {{u"末尾"}}, .mark_modifiers = sprm(kVanish, 1, 1)}};
  EXPECT_EQ(text_of(read(doc)), "学习之家|末尾|");
}

DocParagraph cell_of(std::u16string text) {
  return {.runs = {{std::move(text)}}, .modifiers = sprm(0x2416, 1, 1), .mark = u'\x07'};
}
DocParagraph row_end(const std::vector<int>& edges, const std::vector<unsigned>& flags) {
  return {.runs = {},
          .modifiers = sprm(0x2416, 1, 1) + sprm(0x2417, 1, 1) + test::row_definition(edges, flags),
          .mark = u'\x07'};
}

TEST(DocTables, CellsThatAreMergedSayWhatTheyBelongTo) {
  Doc doc;
  doc.paragraphs = {cell_of(u"单位"),
                    cell_of(u"甲"),
                    cell_of(u"电话"),
                    row_end({0, 1000, 2000, 3000}, {0x60, 0, 0}),
                    cell_of(u""),
                    cell_of(u"占两列"),
                    row_end({0, 1000, 3000}, {0x20, 0}),
                    cell_of(u"两格"),
                    cell_of(u"合并"),
                    cell_of(u"末格"),
                    row_end({0, 1000, 2000, 3000}, {1, 2, 0}),
                    {{{u"表后"}}}};
  const WordFacts facts = read(doc);
  ASSERT_EQ(facts.tables.size(), 1U);
  const auto& rows = facts.tables[0].rows;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows[0].size(), 3U);
  EXPECT_FALSE(rows[0][0].continues);
  ASSERT_EQ(rows[1].size(), 2U);
  EXPECT_TRUE(rows[1][0].continues);
  EXPECT_EQ(rows[1][1].text, "占两列");
  EXPECT_EQ(rows[1][1].span, 2);
  ASSERT_EQ(rows[2].size(), 2U);
  EXPECT_EQ(rows[2][0].text, "两格\n合并");
  EXPECT_EQ(rows[2][0].span, 2);
  EXPECT_EQ(text_of(facts), "表后|");
  EXPECT_EQ(facts.body.high, 16U);
}

TEST(DocTables, OneInsideACellIsATableOfItsOwn) {
  const std::string inner = sprm(0x2416, 1, 1) + sprm(0x6649, 2, 4);
  Doc doc;
  doc.paragraphs = {
      cell_of(u"外"),
      {.runs = {{u"内一"}}, .modifiers = inner + sprm(0x244B, 1, 1)},
      {.runs = {{u"内二"}}, .modifiers = inner + sprm(0x244B, 1, 1)},
      {.runs = {},
       .modifiers = inner + sprm(0x244C, 1, 1) + test::row_definition({0, 400, 800}, {0, 0})},
      cell_of(u"外二"),
      row_end({0, 1000, 2000}, {0, 0})};
  const WordFacts facts = read(doc);
  ASSERT_EQ(facts.tables.size(), 2U);
  ASSERT_EQ(facts.tables[0].rows.size(), 1U);
  ASSERT_EQ(facts.tables[0].rows[0].size(), 2U);
  EXPECT_EQ(facts.tables[0].rows[0][1].text, "外二");
  ASSERT_EQ(facts.tables[1].rows.size(), 1U);
  ASSERT_EQ(facts.tables[1].rows[0].size(), 2U);
  EXPECT_EQ(facts.tables[1].rows[0][1].text, "内二");
  EXPECT_EQ(facts.body.high, 7U);
}

TEST(DocBoxes, EachIsATextOfItsOwn) {
  Doc doc;
  doc.paragraphs = {{{{u"正文"}}}};
  doc.boxes = u"甲框一\r甲框二\r乙框\r\r";
  doc.box_starts = {0, 8};
  const WordFacts facts = read(doc);
  EXPECT_EQ(facts.box_texts, (std::vector<std::string>{"甲框一\n甲框二", "乙框"}));
  EXPECT_EQ(facts.text_boxes.high, 8U);
  EXPECT_EQ(facts.body.high, 2U);
}

TEST(DocPictures, StandInTheTextAndFloat) {
  const std::string one = test::make_jpeg(320, 200, 1), two = test::make_jpeg(640, 480, 2),
                    three = test::make_jpeg(300, 300, 3), header = test::make_jpeg(200, 100, 4);
  Doc doc;
  doc.data = std::string(16, '\0') + test::inline_picture(one);
  const std::string here = sprm(0x0855, 1, 1) + sprm(kPicture, 16, 4);
  doc.paragraphs = {{{{u"照片"}, {u"\x01", here}, {u"又一次"}, {u"\x01", here}}},
                    {{{u"藏", sprm(kVanish, 1, 1)}, {u"\x01", here + sprm(kVanish, 1, 1)}}}};
  doc.after_text = test::art_jpeg(two);
  // Entry 1 lies in the document's stream, 2 in the store, 3 is shown by a header only.
  const std::string store = test::art_record(0xF001, 3,
                                             test::art_entry("", Doc::kAfterText) +
                                                 test::art_entry(test::art_jpeg(three)) +
                                                 test::art_entry(test::art_jpeg(header)),
                                             15);
  const auto drawing = [](char place, const std::vector<unsigned>& numbers) {
    std::string shapes;
    for (const unsigned number : numbers) {
      const std::string shows = sprm(0x4104, number, 4);
      shapes += test::art_record(
          0xF003, 0, test::art_record(0xF004, 0, test::art_record(0xF00B, 1, shows, 3), 15), 15);
    }
    return std::string(1, place) + test::art_record(0xF002, 0, shapes, 15);
  };
  doc.drawings =
      test::art_record(0xF000, 0, store, 15) + drawing('\0', {1, 2, 2, 9}) + drawing('\1', {3});
  const auto images = read(doc).images;
  ASSERT_EQ(images.size(), 3U);
  EXPECT_EQ(images[0].sha256, sha256_hex(one));
  EXPECT_EQ(images[0].width, 320U);
  EXPECT_TRUE(images[0].measured);
  EXPECT_EQ(images[1].sha256, sha256_hex(two));
  EXPECT_EQ(images[2].sha256, sha256_hex(three));
}

TEST(DocPictures, AreLookedForAmongTheFirstEntriesOfTheStore) {
  const std::string photo = test::make_jpeg(320, 200, 1);
  constexpr std::size_t kMost = limits::kFactImages;
  for (const std::size_t number : {kMost - 1, kMost, kMost + 1}) {
    std::string entries;
    for (std::size_t i = 1; i <= kMost + 1; ++i)
      entries += test::art_entry(i == number ? test::art_jpeg(photo) : "");
    const std::string shows = test::art_record(0xF00B, 1, sprm(0x4104, number, 4), 3);
    Doc doc;
    doc.drawings = test::art_record(0xF000, 0, test::art_record(0xF001, 0, entries, 15), 15) +
                   std::string(1, '\0') +
                   test::art_record(0xF002, 0, test::art_record(0xF004, 0, shows, 15), 15);
    doc.paragraphs = {{{{u"照片"}}}};
    EXPECT_EQ(read(doc).images.size(), number <= kMost ? 1U : 0U) << number;
  }
}

// Every number in the records of pictures may be a lie.
TEST(DocPictures, ThatAreDamagedAreLeftOut) {
  const std::string photo = test::make_jpeg(64, 48, 1);
  Doc doc;
  doc.data = test::inline_picture(photo);
  doc.paragraphs = {{{{u"\x01", sprm(kPicture, 0, 4)}}}};
  ASSERT_EQ(read(doc).images.size(), 1U);
  for (std::size_t at = 0; at < 0x44 + 60; ++at) {
    Doc changed = doc;
    changed.data[at] = '\xFF';
    EXPECT_LE(read(changed).images.size(), 1U) << at;
  }
  doc.paragraphs[0].runs[0].modifiers = sprm(kPicture, 0xFFFFFFF0U, 4);
  EXPECT_TRUE(read(doc).images.empty());
}

}  // namespace
}  // namespace baosong::parsers::word
