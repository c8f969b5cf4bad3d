#include "parsers/word/docx.hpp"

#include <gtest/gtest.h>

#include <string>

#include "parsers/base/hash.hpp"
#include "parsers/base/limits.hpp"
#include "tests/support/make_docx.hpp"
#include "tests/support/make_image.hpp"

namespace baosong::parsers {
namespace {

using test::cell;
using test::Docx;
using test::make_docx;
using test::paragraph;
using test::paragraph_of;
using test::row_of;
using test::run;
using test::table_of;

// The text of all paragraphs that are kept, a bar between them.
std::string text_of(const WordFacts& facts) {
  std::string out;
  for (const auto& paragraph : facts.paragraphs) {
    if (!out.empty()) out += '|';
    out += paragraph.text;
  }
  return out;
}

WordFacts read(const std::string& body) {
  WordReading reading = read_docx(make_docx(body));
  EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
  return reading.facts;
}

std::string r(const std::string& inside) { return "<w:r>" + inside + "</w:r>"; }

// One row a thing that must or must not be read: a paragraph's inside and the text that remains.
struct Skip {
  const char* name;
  std::string inside;
  std::string text;
};
class DocxText : public testing::TestWithParam<Skip> {};

TEST_P(DocxText, IsWhatAReaderOfThePageSees) {
  const WordFacts facts = read(paragraph_of(GetParam().inside));
  EXPECT_EQ(text_of(facts), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Each, DocxText,
    testing::Values(
        Skip{"Runs", run("甲") + run("乙"), "甲乙"},
        Skip{"Tab", run("甲") + r("<w:tab/>") + run("乙"), "甲\t乙"},
        Skip{"TabStopsAreNoTabs", "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + run("甲"), "甲"},
        Skip{"Break", run("甲") + r("<w:br/>") + run("乙"), "甲\n乙"},
        Skip{"CarriageReturn", run("甲") + r("<w:cr/>") + run("乙"), "甲\n乙"},
        Skip{"NoBreakHyphen", run("1") + r("<w:noBreakHyphen/>") + run("2"), "1-2"},
        Skip{"Symbol", run("25") + r("<w:sym w:font=\"Symbol\" w:char=\"F0B0\"/>") + run("C"),
             "25\uf0b0C"},
        Skip{"SymbolWithoutItsArea", r("<w:sym w:font=\"Wingdings\" w:char=\"00FE\"/>"), "\uf0fe"},
        Skip{"SymbolThatIsNone", run("甲") + r("<w:sym w:char=\"x\"/>"), "甲"},
        Skip{"Emoji",
             r("<mc:AlternateContent><mc:Choice Requires=\"w16se\"><w16se:symEx "
               "xmlns:w16se=\"http://schemas.microsoft.com/office/word/2015/wordml/symex\" "
               "w16se:char=\"1F600\"/></mc:Choice><mc:Fallback><w:t>退</w:t></mc:Fallback>"
               "</mc:AlternateContent>"),
             "\U0001F600"},
        Skip{"BlanksAtTheEdges", r("<w:t>\n  open </w:t>") + r("<w:t> day\n</w:t>"), "openday"},
        Skip{"BlanksThatAreKept", run("open ") + r("<w:t>day</w:t>"), "open day"},
        Skip{"AFullWidthBlankIsText", r("<w:t>姓　</w:t>") + r("<w:t>名</w:t>"), "姓　名"},
        Skip{"Deleted", run("甲") + "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "甲"},
        Skip{"Inserted", "<w:ins>" + run("新") + "</w:ins>", "新"},
        Skip{"MovedFrom", run("甲") + "<w:moveFrom>" + run("旧") + "</w:moveFrom>", "甲"},
        Skip{"MovedTo", run("甲") + "<w:moveTo>" + run("新") + "</w:moveTo>", "甲新"},
        Skip{"Instruction", r("<w:instrText>PAGE</w:instrText>") + run("甲"), "甲"},
        Skip{"ComplexField",
             r("<w:fldChar w:fldCharType=\"begin\"/>") + run("REF x") +
                 r("<w:fldChar w:fldCharType=\"separate\"/>") + run("结果") +
                 r("<w:fldChar w:fldCharType=\"end\"/>") + run("后"),
             "结果后"},
        Skip{"NestedField",
             r("<w:fldChar w:fldCharType=\"begin\"/>") + run("IF ") +
                 r("<w:fldChar w:fldCharType=\"begin\"/>") + run("DATE") +
                 r("<w:fldChar w:fldCharType=\"separate\"/>") + run("今天") +
                 r("<w:fldChar w:fldCharType=\"end\"/>") +
                 r("<w:fldChar w:fldCharType=\"separate\"/>") + run("是") +
                 r("<w:fldChar w:fldCharType=\"end\"/>"),
             "是"},
        Skip{"SimpleField", "<w:fldSimple w:instr=\"PAGE\">" + run("3") + "</w:fldSimple>", "3"},
        Skip{"FieldWithoutResult",
             r("<w:fldChar w:fldCharType=\"begin\"/>") + run("XE") +
                 r("<w:fldChar w:fldCharType=\"end\"/>") + run("甲"),
             "甲"},
        Skip{"Hidden", run("甲") + run("藏", "<w:vanish/>"), "甲"},
        Skip{"HiddenSwitchedOff", run("甲", "<w:vanish w:val=\"0\"/>"), "甲"},
        Skip{"HiddenParagraphMark", "<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>" + run("甲"), "甲"},
        Skip{"Ruby",
             r("<w:ruby><w:rt>" + run("zhōng") + "</w:rt><w:rubyBase>" + run("中") +
               "</w:rubyBase></w:ruby>"),
             "中"},
        Skip{"Math", "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>" + run("甲"), "甲"},
        Skip{"AlternateContent",
             r("<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:t>选</w:t></mc:Choice>"
               "<mc:Choice Requires=\"x\"><w:t>次</w:t></mc:Choice>"
               "<mc:Fallback><w:t>退</w:t></mc:Fallback></mc:AlternateContent>"),
             "选"},
        Skip{"FallbackAlone",
             r("<mc:AlternateContent><mc:Fallback><w:t>退</w:t></mc:Fallback>"
               "</mc:AlternateContent>"),
             "退"},
        Skip{"Prompt",
             "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("点击此处") +
                 "</w:sdtContent></w:sdt>" + run("甲"),
             "甲"},
        Skip{"FilledControl",
             "<w:sdt><w:sdtPr><w:showingPlcHdr w:val=\"0\"/></w:sdtPr><w:sdtContent>" + run("乙") +
                 "</w:sdtContent></w:sdt>",
             "乙"},
        Skip{"Hyperlink", "<w:hyperlink>" + run("链接") + "</w:hyperlink>", "链接"},
        Skip{"SmartTag", "<w:smartTag>" + run("标") + "</w:smartTag>", "标"},
        Skip{"OldProperties",
             "<w:pPr><w:pPrChange><w:pPr><w:jc w:val=\"center\"/></w:pPr></w:pPrChange></w:pPr>" +
                 run("甲"),
             "甲"},
        Skip{"Escapes", run("A&B<C"), "A&B<C"}),
    [](const auto& row) { return std::string(row.param.name); });

TEST(Docx, AFieldThatIsNeverClosedHidesItsParagraphOnly) {
  const std::string open = r("<w:fldChar w:fldCharType=\"begin\"/>") + run("XE");
  EXPECT_EQ(text_of(read(paragraph_of(open) + paragraph("乙"))), "乙");
}

TEST(Docx, CountsTheBodyWithItsTables) {
  const WordFacts facts = read(paragraph("你好，世界。") + paragraph("2022年10月20日") +
                               test::table({{"姓名", "张小禾"}, {"ABC中文DEF", ""}}));
  EXPECT_EQ(facts.body.high, 6U + 6U + 2U + 3U + 4U);
  EXPECT_EQ(facts.paragraphs[1].count.high, 6U);
  EXPECT_EQ(facts.text_boxes.high, 0U);
}

TEST(Docx, TextBoxesAreATotalOfTheirOwnAndReadOnce) {
  const std::string content =
      "<w:txbxContent>" + paragraph("框中题") + paragraph("第二行") + "</w:txbxContent>";
  const WordFacts facts =
      read(paragraph_of(run("正文") +
                        r("<mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx>" + content +
                          "</wps:txbx></mc:Choice><mc:Fallback><v:textbox>" + content +
                          "</v:textbox></mc:Fallback></mc:AlternateContent>") +
                        run("续")));
  EXPECT_EQ(text_of(facts), "正文续");
  EXPECT_EQ(facts.body.high, 3U);
  EXPECT_EQ(facts.text_boxes.high, 6U);
  ASSERT_EQ(facts.box_texts.size(), 1U);
  EXPECT_EQ(facts.box_texts[0], "框中题\n第二行");
}

TEST(Docx, NotesAreATotalOfTheirOwnWithoutSeparators) {
  Docx docx;
  docx.body = paragraph("正文");
  docx.footnotes = "<w:footnote w:type=\"separator\">" + paragraph("线") + "</w:footnote>" +
                   "<w:footnote w:id=\"2\">" + paragraph("脚注三字") + "</w:footnote>";
  docx.endnotes = "<w:endnote w:type=\"continuationSeparator\">" + paragraph("线") +
                  "</w:endnote><w:endnote w:id=\"3\">" + paragraph("尾注") + "</w:endnote>";
  const WordReading reading = read_docx(docx.bytes());
  EXPECT_EQ(reading.facts.body.high, 2U);
  EXPECT_EQ(reading.facts.notes.high, 6U);
  EXPECT_EQ(text_of(reading.facts), "正文");
}

TEST(Docx, StrictNamespacesAndAMainPartOfAnotherName) {
  Docx docx;
  docx.body = paragraph("严格");
  docx.strict = true;
  docx.main = "word/document2.xml";
  const WordReading reading = read_docx(docx.bytes());
  EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
  EXPECT_EQ(text_of(reading.facts), "严格");
}

TEST(Docx, TablesWithSpansMergesAndPrompts) {
  const std::string prompt = "<w:tc><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" +
                             paragraph("请填写") + "</w:sdtContent></w:sdt></w:tc>";
  const std::string rows =
      row_of(cell("标题", "<w:gridSpan w:val=\"3\"/>")) +
      row_of(cell("姓　名", "<w:vMerge w:val=\"restart\"/>") + cell("甲") + prompt) +
      row_of(cell("", "<w:vMerge/>") + cell("乙")) + row_of(cell("旧"), "<w:del w:id=\"1\"/>") +
      row_of(cell("后"), "<w:gridBefore w:val=\"2\"/>");
  const WordFacts facts = read(paragraph("前") + table_of(rows) + paragraph("后"));
  ASSERT_EQ(facts.tables.size(), 1U);
  const Table& table = facts.tables[0];
  EXPECT_EQ(table.after_paragraph, 1U);
  ASSERT_EQ(table.rows.size(), 4U);
  EXPECT_EQ(table.rows[0][0].span, 3);
  EXPECT_FALSE(table.rows[1][0].continues);
  EXPECT_EQ(table.rows[1][0].text, "姓　名");
  EXPECT_TRUE(table.rows[1][2].placeholder);
  EXPECT_EQ(table.rows[1][2].text, "请填写");
  EXPECT_TRUE(table.rows[2][0].continues);
  ASSERT_EQ(table.rows[3].size(), 2U);
  EXPECT_EQ(table.rows[3][0].span, 2);
  EXPECT_EQ(table.rows[3][1].text, "后");
}

TEST(Docx, APromptBesideAnAnswerIsNoAnswerOfItsOwn) {
  const std::string mixed = "<w:tc>" + paragraph("张小禾") +
                            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" +
                            paragraph("点击") + "</w:sdtContent></w:sdt></w:tc>";
  const WordFacts facts = read(table_of(row_of(mixed)));
  EXPECT_EQ(facts.tables[0].rows[0][0].text, "张小禾");
  EXPECT_FALSE(facts.tables[0].rows[0][0].placeholder);
  EXPECT_EQ(facts.body.high, 3U);
}

TEST(Docx, CellParagraphsAreJoinedAndNestedTablesStandAlone) {
  const std::string nested = "<w:tc>" + paragraph("主") + paragraph("要") +
                             test::table({{"内甲", "内乙"}}) + paragraph("") + "</w:tc>";
  const WordFacts facts = read(table_of(row_of(nested + cell("外"))));
  ASSERT_EQ(facts.tables.size(), 2U);
  EXPECT_EQ(facts.tables[0].rows[0][0].text, "主\n要");
  EXPECT_EQ(facts.tables[0].rows[0][1].text, "外");
  EXPECT_EQ(facts.tables[1].rows[0][1].text, "内乙");
  EXPECT_EQ(facts.body.high, 7U);
}

TEST(Docx, AControlAroundACellIsTransparent) {
  const WordFacts facts = read(table_of("<w:tr><w:sdt><w:sdtPr/><w:sdtContent>" + cell("甲") +
                                        "</w:sdtContent></w:sdt>" + cell("乙") + "</w:tr>"));
  ASSERT_EQ(facts.tables[0].rows[0].size(), 2U);
  EXPECT_EQ(facts.tables[0].rows[0][0].text, "甲");
}

TEST(Docx, LayoutOfItsOwn) {
  const WordFacts facts =
      read(test::title("大标题", 44) + paragraph_of(run("半粗", "<w:b/>") + run("不粗")) +
           paragraph("大纲", "<w:outlineLvl w:val=\"0\"/>"));
  EXPECT_TRUE(facts.paragraphs[0].centered);
  EXPECT_TRUE(facts.paragraphs[0].bold);
  EXPECT_EQ(facts.paragraphs[0].half_points, 44);
  EXPECT_FALSE(facts.paragraphs[0].heading);
  EXPECT_FALSE(facts.paragraphs[1].bold);
  EXPECT_EQ(facts.paragraphs[1].half_points, 0);
  EXPECT_TRUE(facts.paragraphs[2].heading);
}

TEST(Docx, LayoutThroughStyles) {
  Docx docx;
  docx.styles =
      "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val=\"21\"/></w:rPr></w:rPrDefault>"
      "</w:docDefaults>"
      "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:name w:val=\"Normal\"/>"
      "</w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"1\"><w:name w:val=\"heading 1\"/><w:basedOn "
      "w:val=\"a\"/><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:b/><w:sz w:val=\"36\"/>"
      "</w:rPr></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"mine\"><w:name w:val=\"我的\"/><w:basedOn "
      "w:val=\"1\"/><w:rPr><w:sz w:val=\"40\"/></w:rPr></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"loop\"><w:basedOn w:val=\"loop\"/></w:style>"
      "<w:style w:type=\"paragraph\" w:styleId=\"lvl\"><w:name w:val=\"x\"/><w:pPr><w:outlineLvl "
      "w:val=\"2\"/></w:pPr></w:style>"
      "<w:style w:type=\"character\" w:styleId=\"gone\"><w:name w:val=\"y\"/><w:rPr><w:vanish/>"
      "</w:rPr></w:style>"
      "<w:style w:type=\"character\" w:styleId=\"fat\"><w:name w:val=\"z\"/><w:rPr><w:b/>"
      "</w:rPr></w:style>";
  docx.body = paragraph("平常") + paragraph("继承", "<w:pStyle w:val=\"mine\"/>") +
              paragraph("左", "<w:pStyle w:val=\"1\"/><w:jc w:val=\"left\"/>") +
              paragraph("圈", "<w:pStyle w:val=\"loop\"/>") +
              paragraph("级", "<w:pStyle w:val=\"lvl\"/>") +
              paragraph("正", "<w:pStyle w:val=\"1\"/><w:outlineLvl w:val=\"9\"/>") +
              paragraph_of(run("见") + run("不见", "<w:rStyle w:val=\"gone\"/>")) +
              paragraph_of(run("粗", "<w:rStyle w:val=\"fat\"/>")) +
              paragraph_of(run("细", "<w:b w:val=\"false\"/>"), "<w:pStyle w:val=\"1\"/>");
  const auto& p = read_docx(docx.bytes()).facts.paragraphs;
  ASSERT_EQ(p.size(), 9U);
  EXPECT_EQ(p[0].half_points, 21);
  EXPECT_FALSE(p[0].heading);
  EXPECT_TRUE(p[1].heading && p[1].centered && p[1].bold);
  EXPECT_EQ(p[1].half_points, 40);
  EXPECT_FALSE(p[2].centered);
  EXPECT_FALSE(p[3].heading);
  EXPECT_TRUE(p[4].heading);
  EXPECT_FALSE(p[5].heading);
  EXPECT_EQ(p[6].text, "见");
  EXPECT_TRUE(p[7].bold);
  EXPECT_FALSE(p[8].bold);
}

TEST(Docx, PicturesInTheOrderOfTheText) {
  const std::string one = test::make_jpeg(320, 200, 1), two = test::make_jpeg(640, 480, 2);
  Docx docx;
  docx.media = {{"image1.jpeg", one}, {"image2.jpeg", two}, {"image3.emf", "not a photo"}};
  docx.body = paragraph_of(r("<a:blip r:embed=\"rIdM1\"/>") + r("<v:imagedata r:id=\"rIdM0\"/>"));
  const auto& images = read_docx(docx.bytes()).facts.images;
  ASSERT_EQ(images.size(), 2U);
  EXPECT_EQ(images[0].sha256, sha256_hex(two));
  EXPECT_EQ(images[0].size, two.size());
  EXPECT_EQ(images[0].width, 640U);
  EXPECT_EQ(images[0].height, 480U);
  EXPECT_EQ(images[1].sha256, sha256_hex(one));
}

// Word would import it; we cannot, so nobody is told that the text is too short.
TEST(DocxTrouble, TextInAFileOfItsOwnIsSaid) {
  const WordReading reading =
      read_docx(make_docx(paragraph("前言") + "<w:altChunk r:id=\"rId9\"/>"));
  EXPECT_EQ(reading.trouble, Trouble::kUnsupported);
  EXPECT_EQ(text_of(reading.facts), "前言");
}

TEST(DocxTrouble, ADoctypeIsRefused) {
  Docx docx;
  test::Files parts = docx.parts();
  for (auto& [name, bytes] : parts) {
    if (name != "word/document.xml") continue;
    bytes.insert(bytes.find("?>") + 2,
                 "<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]>");
  }
  const WordReading reading = read_docx(test::make_zip(parts));
  EXPECT_EQ(reading.trouble, Trouble::kDamaged);
  EXPECT_NE(reading.detail.find("DOCTYPE"), std::string::npos);
}

std::string nested(int depth) {
  // document, body and p, r, t stand around and in it.
  std::string open, close;
  for (int i = 0; i < depth; ++i) {
    open += "<w:ins>";
    close += "</w:ins>";
  }
  return "<w:p>" + open + run("深") + close + "</w:p>";
}

TEST(DocxTrouble, DepthAtAndAboveTheLimit) {
  const int fits = limits::kXmlDepth - 5;
  EXPECT_EQ(read_docx(make_docx(nested(fits))).trouble, Trouble::kNone);
  EXPECT_EQ(read_docx(make_docx(nested(fits + 1))).trouble, Trouble::kDamaged);
}

TEST(DocxTrouble, AHugeAttributeEndsAtTheByteLimit) {
  const std::string body = "<w:p w:rsidR=\"" + std::string(200 * limits::kMiB, 'a') + "\"/>";
  const WordReading reading = read_docx(make_docx(body));
  EXPECT_EQ(reading.trouble, Trouble::kTooLarge);
}

TEST(DocxTrouble, MillionsOfEmptyCellsAndParagraphsAreCut) {
  std::string cells;
  for (int i = 0; i < 200'000; ++i) cells += "<w:tc/>";
  const WordFacts facts = read(table_of(row_of(cells)) + paragraph("后"));
  EXPECT_TRUE(facts.cut);
  EXPECT_LE(facts.tables[0].rows[0].size(), limits::kFactTextBytes / 16);
}

TEST(DocxTrouble, CountsGoOnWhenTheTextIsCut) {
  std::string body;
  const std::string line = paragraph("一二三四五六七八九十");
  for (int i = 0; i < 20'000; ++i) body += line;
  const WordFacts facts = read(body);
  EXPECT_TRUE(facts.cut);
  EXPECT_EQ(facts.body.high, 200'000U);
  EXPECT_EQ(facts.paragraphs.size(), limits::kFactParagraphs);
}

TEST(DocxTrouble, EveryTruncationIsDamage) {
  Docx docx;
  docx.body = test::title("示范活动汇总表") + paragraph("正文");
  docx.media = {{"a.jpeg", test::make_jpeg(64, 48)}};
  const std::string bytes = docx.bytes();
  for (std::size_t size = 4; size < bytes.size(); size += 13) {
    EXPECT_NE(read_docx(bytes.substr(0, size)).trouble, Trouble::kNone) << size;
  }
}

TEST(DocxTrouble, WhatADamagedFileStillTellsIsKept) {
  const std::string bytes = make_docx(test::title("示范活动汇总表"));
  const WordReading reading = read_docx(bytes.substr(0, bytes.find("PK\x05\x06")));
  EXPECT_EQ(reading.trouble, Trouble::kDamaged);
  EXPECT_EQ(text_of(reading.facts), "示范活动汇总表");
}

TEST(DocxTrouble, WithoutAMainPart) {
  EXPECT_EQ(read_docx(test::make_zip({{"word/styles.xml", "<x/>"}})).trouble, Trouble::kDamaged);
}

TEST(DocxTrouble, ABrokenCellOutsideATableIsNoCrash) {
  EXPECT_EQ(text_of(read("<w:tr>" + cell("散") + "</w:tr>")), "散");
}

}  // namespace
}  // namespace baosong::parsers
