#include "parsers/worker/wire.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <random>
#include <string>

#include "parsers/worker/mend.hpp"
#include "parsers/worker/protocol.hpp"
#include "parsers/worker/visit.hpp"
#include "tests/support/scratch.hpp"

namespace baosong::parsers {
namespace {

// One of everything, no two neighbours alike, so that a swapped or forgotten field shows.
Reading full_reading() {
  Reading r;
  r.is_mail = true;
  r.sha256 = "ab12";
  r.size = 20'000'000'000;
  r.problems = {"header over 1 MiB cut", ""};
  Message& m = r.message;
  m.message_id = "<1@126.com>";
  m.from = {"张小禾", "a@126.com"};
  m.reply_to = {"", "b@126.com"};
  m.to = {{"甲", "c@x.cn"}, {"乙", ""}};
  m.cc = {{"丙", "d@x.cn"}};
  m.subject = "朝阳区材料";
  m.in_reply_to = "<0@x>";
  m.references = {"<0@x>", "<9@x>"};
  m.date = Time{std::chrono::seconds{1'666'598'400}};
  m.content_type = "multipart/mixed";
  m.report_type = "delivery-status";
  m.fields = {{"auto-submitted", "no"}};
  m.text = "附件请查收";
  m.quoted = "> 原文";
  m.forwarded = {{{"丁", "e@x.cn"}, "转发", "正文"}};
  m.bounce = Bounce{"f@x.cn", "5.1.1", "<7@x>"};

  WordFacts word;
  word.body = {1, 2, 3, 4};
  word.text_boxes = {5, 6, 7, 8};
  word.notes = {9, 10, 11, 12};
  word.paragraphs = {{"标题", {2, 2, 2, 2}, true, false, true, 44},
                     {"正文", {}, false, true, false, 0}};
  word.tables = {{{{{"姓名", false, 2, false}, {"点击填写", true, 1, true}}, {}}, 3}};
  word.images = {{"cd", 77, 640, 480, true, 0x0123'4567'89AB'CDEFU, {1, 2, 3}}};
  word.box_texts = {"框"};
  word.cut = true;
  PdfFacts pdf;
  pdf.pages = 3;
  pdf.text_characters = 4;
  pdf.text = "第一页\f第二页";
  pdf.producer = "intsig";
  pdf.signature = true;
  pdf.seal = Seal{1, 100.5, 200.25, 41.5, 0.98, {0xFF, 0xD8, 0}};
  pdf.grey_seal = Seal{2, 90.5, 80.25, 40.5, 0.88, {}};
  pdf.seal_pages = 3;
  pdf.seal_looked_for = true;
  pdf.head = ScanHead{"先进单位申报表", 74};
  PhotoFacts photo{
      4000, 3000, 123.5, true, 0xFEDC'BA98'7654'3210U, {4, 5, 6}, "2022-10-20T09:30:12", true};
  const auto document = [](std::string path, Format format, Trouble trouble, Facts facts) {
    Document d;
    d.path = path;
    d.name = path + "!";
    d.size = 5;
    d.sha256 = "ef";
    d.format = format;
    d.trouble = trouble;
    d.trouble_detail = "why";
    d.inline_image = format == Format::kJpeg;
    d.facts = std::move(facts);
    return d;
  };
  r.documents = {document("a.docx", Format::kDocx, Trouble::kNone, word),
                 document("b.pdf", Format::kPdf, Trouble::kDamaged, pdf),
                 document("c.jpg", Format::kJpeg, Trouble::kEncrypted, photo),
                 document("云", Format::kCloudLink, Trouble::kNone,
                          CloudLink{"mail.163.com", "3.61M", "2022-11-25T13:35"}),
                 document("d.txt", Format::kText, Trouble::kUnsupported, TextFacts{"文"}),
                 document("e", Format::kUnknown, Trouble::kEmpty, {})};
  return r;
}

TEST(Wire, ReadingComesBackAsItWas) {
  const Reading before = full_reading();
  const std::string frame = encode(before);
  const auto after = decode_reading(frame);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ(encode(*after), frame);
  EXPECT_EQ(after->size, 20'000'000'000U);
  EXPECT_EQ(after->message.from.name, "张小禾");
  EXPECT_EQ(after->message.date, before.message.date);
  EXPECT_FALSE(after->message.received);
  EXPECT_EQ(after->message.bounce->status, "5.1.1");
  ASSERT_EQ(after->documents.size(), 6U);
  const auto& word = std::get<WordFacts>(after->documents[0].facts);
  EXPECT_EQ(word.notes.han, 12U);
  EXPECT_EQ(word.paragraphs[0].half_points, 44);
  EXPECT_TRUE(word.paragraphs[0].heading);
  EXPECT_FALSE(word.paragraphs[0].centered);
  EXPECT_EQ(word.tables[0].after_paragraph, 3U);
  EXPECT_EQ(word.tables[0].rows[0][0].span, 2);
  EXPECT_TRUE(word.tables[0].rows[0][1].placeholder);
  EXPECT_TRUE(word.cut);
  const auto& pdf = std::get<PdfFacts>(after->documents[1].facts);
  EXPECT_EQ(pdf.seal->diameter_mm, 41.5);
  EXPECT_TRUE(pdf.signature);
  EXPECT_EQ(std::get<PhotoFacts>(after->documents[2].facts).dhash, 0xFEDC'BA98'7654'3210U);
  EXPECT_TRUE(after->documents[2].inline_image);
  EXPECT_EQ(std::get<CloudLink>(after->documents[3].facts).expires, "2022-11-25T13:35");
  EXPECT_TRUE(std::holds_alternative<std::monostate>(after->documents[5].facts));
}

TEST(Wire, DocumentComesBackAsItWas) {
  for (const Document& before : full_reading().documents) {
    const std::string frame = encode(before);
    const auto after = decode_document(frame);
    ASSERT_TRUE(after) << after.error().message;
    EXPECT_EQ(encode(*after), frame);
    EXPECT_EQ(after->path, before.path);
  }
}

TEST(Wire, EveryTruncationIsRefused) {
  const std::string frame = encode(full_reading());
  for (std::size_t size = 0; size < frame.size(); ++size) {
    EXPECT_FALSE(decode_reading(std::string_view(frame).substr(0, size))) << size;
  }
}

TEST(Wire, BytesAfterTheEndAreRefused) {
  EXPECT_FALSE(decode_reading(encode(full_reading()) + '\0'));
}

TEST(Wire, AnotherMagicOrVersionIsRefused) {
  std::string frame = encode(Reading{});
  EXPECT_TRUE(decode_reading(frame));
  EXPECT_FALSE(decode_document(frame));
  frame[4] = static_cast<char>(kWireVersion + 1);
  EXPECT_FALSE(decode_reading(frame));
}

// Offsets of the fields of an empty document's frame: 4 magic, 2 version, path at 6.
TEST(Wire, ACountBeyondTheRestIsRefused) {
  std::string frame = encode(Document{});
  frame[6] = frame[7] = frame[8] = frame[9] = '\xFF';
  EXPECT_FALSE(decode_document(frame));
}

TEST(Wire, UnknownEnumeratorsBoolsAndKindsAreRefused) {
  const std::string good = encode(Document{});
  const std::size_t format = 6 + 4 + 4 + 8 + 4;
  ASSERT_TRUE(decode_document(good));
  const auto with = [&](std::size_t at, int value) {
    std::string frame = good;
    frame[at] = static_cast<char>(value);
    return decode_document(frame).has_value();
  };
  EXPECT_TRUE(with(format, static_cast<int>(Format::kText)));
  EXPECT_FALSE(with(format, static_cast<int>(Format::kText) + 1));
  EXPECT_TRUE(with(format + 1, static_cast<int>(Kind::kLast)));
  EXPECT_FALSE(with(format + 1, static_cast<int>(Kind::kLast) + 1));
  EXPECT_FALSE(with(format + 2, static_cast<int>(Trouble::kUnsafe) + 1));
  EXPECT_TRUE(with(format + 3 + 4, 1));
  EXPECT_FALSE(with(format + 3 + 4, 2));   // inline_image
  EXPECT_FALSE(with(good.size() - 1, 6));  // kind of facts
}

TEST(Wire, TextThatIsNoUtf8IsRefused) {
  Document document;
  document.name = "\xFF\xFE";
  EXPECT_FALSE(decode_document(encode(document)));
}

TEST(Wire, MutatedFramesNeverCrash) {
  const std::string good = encode(full_reading());
  std::mt19937 random(20221025);
  int refused = 0;
  for (int i = 0; i < 5000; ++i) {
    std::string frame = good;
    for (int k = 0; k < 3; ++k) frame[random() % frame.size()] = static_cast<char>(random());
    const auto reading = decode_reading(frame);
    if (!reading) {
      ++refused;
    } else {
      EXPECT_EQ(encode(*reading), frame);  // strict: one value, one frame
    }
  }
  EXPECT_GT(refused, 2500);
}

// The seeds of the fuzzers are frames of today; BAOSONG_ACCEPT=1 writes them anew.
TEST(Wire, SeedsOfTheFuzzersAreFramesOfToday) {
  const std::string folder = BAOSONG_FIXTURES "/fuzz/";
  const Reading reading = full_reading();
  std::string answer{protocol::kStep, 1, 0, 0, 0, protocol::kStep, 2, 0, 0, 0, protocol::kAnswer};
  const std::string frame = encode(reading);
  for (unsigned i = 0; i < 4; ++i) answer.push_back(static_cast<char>(frame.size() >> (8 * i)));
  const std::vector<std::pair<std::string, std::string>> seeds{
      {"wire/reading.bin", frame},
      {"wire/document.bin", encode(reading.documents[0])},
      {"frame/answer.bin", answer + frame}};
  for (const auto& [name, bytes] : seeds) {
    if (std::getenv("BAOSONG_ACCEPT") != nullptr) daemon::testing::put(folder + name, bytes);
    EXPECT_EQ(daemon::testing::get(folder + name), bytes)
        << "run with BAOSONG_ACCEPT=1 to write " << name << " anew";
  }
}

TEST(Mend, EveryStringBecomesUtf8) {
  Reading reading = full_reading();
  reading.message.forwarded[0].subject = "a\xFF";
  std::get<WordFacts>(reading.documents[0].facts).tables[0].rows[0][0].text = "\xE4\xB8";
  reading.documents[1].path = "\xC0\xAF";
  mend_utf8(reading);
  const auto after = decode_reading(encode(reading));
  ASSERT_TRUE(after);
  EXPECT_EQ(after->message.forwarded[0].subject, "a\xEF\xBF\xBD");
  EXPECT_EQ(after->message.from.name, "张小禾");
}

}  // namespace
}  // namespace baosong::parsers
