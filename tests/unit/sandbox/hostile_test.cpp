// Bad input through the real worker: each file is a plain finding, within the limits on memory.
// Time is the watchdog's to measure: where it did not bark, there was enough.

#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "daemon/worker/pool.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/worker/read.hpp"
#include "parsers/worker/wire.hpp"
#include "tests/support/kinds.hpp"
#include "tests/support/make_hostile.hpp"
#include "tests/support/make_locked.hpp"
#include "worker/title_reader.hpp"

namespace baosong::daemon {
namespace {

using parsers::Document;
using parsers::Format;
using parsers::Reading;
using parsers::Trouble;
using test::Kind;
using test::kinds;
using test::mail_with;

// The promise for bad input; what the limits allow to any input lies above it.
[[maybe_unused]] constexpr std::uint64_t kPeakKib = 200 * 1024;

class Hostile : public ::testing::Test {
 protected:
  Reading read(const std::string& bytes, const std::string& name) {
    const auto input = in_memory(bytes);
    auto reading = pool.read_file(input->get(), name);
    EXPECT_TRUE(reading) << name;
#ifndef BAOSONG_SANITIZED
    EXPECT_LT(pool.last().peak_kib, kPeakKib) << name;
#endif
    return reading ? *reading : Reading{};
  }
  // Read to its end, no reader lost.
  Reading read_well(const std::string& bytes, const std::string& name) {
    Reading reading = read(bytes, name);
    for (const Casualty& lost : pool.casualties()) {
      ADD_FAILURE() << name << ": " << text_of(lost.ended) << ", " << lost.how;
    }
    return reading;
  }
  Trouble trouble_of(const std::string& bytes, const std::string& name) {
    const Reading reading = read_well(bytes, name);
    return reading.documents.empty() ? Trouble::kNone : reading.documents.back().trouble;
  }
  WorkerPool pool;
};

TEST_F(Hostile, AnEndlessPdfIsNamedAndTheOthersAreRead) {
  const Reading alone = read(test::endless_pdf(), "a.pdf");
  ASSERT_EQ(alone.documents.size(), 1U);
  EXPECT_EQ(alone.documents[0].trouble, Trouble::kUnsafe);
  EXPECT_EQ(alone.documents[0].format, Format::kPdf);
  EXPECT_EQ(alone.documents[0].trouble_detail, text_of(parsers::Ended::kTooSlow));
  ASSERT_EQ(pool.casualties().size(), 1U);

  const std::string zip = test::make_zip({{"b.docx", test::make_docx(test::title("总结"))},
                                          {"c.pdf", test::endless_pdf()},
                                          {"d.jpg", test::make_jpeg(64, 48)}});
  const Reading mail = read(mail_with({{"1.docx", test::make_docx(test::title("总结"))},
                                       {"2.pdf", test::endless_pdf()},
                                       {"3.jpg", test::make_jpeg(64, 48)},
                                       {"4.zip", zip},
                                       {"5.pdf", test::make_pdf({"表"})}}),
                            "a.eml");
  EXPECT_EQ(mail.message.subject, "test");
  std::string found;
  for (const Document& d : mail.documents) {
    found += d.path +
             (d.trouble == Trouble::kNone     ? ""
              : d.trouble == Trouble::kUnsafe ? " unsafe"
                                              : " ?") +
             "\n";
    EXPECT_EQ(std::holds_alternative<std::monostate>(d.facts), d.trouble != Trouble::kNone);
  }
  EXPECT_EQ(found,
            "1.docx\n2.pdf unsafe\n3.jpg\n4.zip/b.docx\n4.zip/c.pdf unsafe\n4.zip/d.jpg\n5.pdf\n");
  EXPECT_EQ(pool.casualties().size(), 2U);
}

TEST_F(Hostile, AMailFullOfThemEndsToo) {
  pool.set_patience({.file_cpu = std::chrono::milliseconds(60)});
  test::Files files;
  for (std::size_t i = 0; i < limits::kUnsafeFiles + 3; ++i) {
    files.emplace_back(std::to_string(i) + ".pdf", test::endless_pdf());
  }
  files.emplace_back("last.docx", test::make_docx(test::title("总结")));
  const Reading mail = read(mail_with(files), "a.eml");
  ASSERT_EQ(mail.documents.size(), files.size());
  EXPECT_EQ(pool.casualties().size(), limits::kUnsafeFiles + 1);
  for (std::size_t i = 0; i < mail.documents.size(); ++i) {
    const Document& d = mail.documents[i];
    EXPECT_EQ(d.trouble, Trouble::kUnsafe) << d.path;
    const auto why = i < limits::kUnsafeFiles ? parsers::Ended::kTooSlow : parsers::Ended::kMany;
    EXPECT_EQ(d.trouble_detail, text_of(why)) << d.path;
  }
}

TEST_F(Hostile, APdfThatIsSlowToDrawKeepsItsText) {
  const std::string text = "Annex 2: what the unit reports";  // enough that it is no scan
  const Reading mail = read(
      mail_with({{"1.pdf", test::slow_pdf(text)}, {"2.pdf", test::make_pdf({"附件"})}}), "a.eml");
  ASSERT_EQ(mail.documents.size(), 2U);
  ASSERT_EQ(pool.casualties().size(), 1U);
  EXPECT_EQ(pool.casualties()[0].ended, parsers::Ended::kTooSlow);
  EXPECT_EQ(mail.documents[0].trouble, Trouble::kNone);
  const auto& slow = std::get<parsers::PdfFacts>(mail.documents[0].facts);
  EXPECT_NE(slow.text.find(text), std::string::npos);
  EXPECT_FALSE(slow.seal_looked_for);
  EXPECT_TRUE(std::get<parsers::PdfFacts>(mail.documents[1].facts).seal_looked_for);
}

TEST_F(Hostile, Bombs) {
  // What overlaps is dropped: one file is left of the five thousand.
  EXPECT_EQ(read_well(test::overlapping_zip(5000, 8 * limits::kMiB), "a.zip").documents.size(), 1U);
  std::string nested = test::make_zip({{"a.txt", "x"}});
  for (int i = 0; i < 20; ++i) nested = test::make_zip({{"z.zip", nested}});
  EXPECT_EQ(trouble_of(nested, "a.zip"), Trouble::kTooLarge);
  test::Files wide;
  const std::string inside =
      test::make_compressed({{"0", std::string(40 * limits::kMiB, '\0')}}, "zip");
  for (int i = 0; i < 100; ++i) wide.emplace_back(std::to_string(i) + ".zip", inside);
  EXPECT_EQ(trouble_of(test::make_zip(wide), "a.zip"), Trouble::kTooLarge);
  EXPECT_EQ(trouble_of(test::entity_docx(), "a.docx"), Trouble::kDamaged);
  EXPECT_NE(trouble_of(test::attribute_docx(200 * limits::kMiB), "a.docx"), Trouble::kNone);
}

TEST_F(Hostile, AHugePhoto) {
  test::Jpeg photo;
  photo.width = photo.height = 8310;  // 69 megapixels
  photo.components = 1;
  photo.scene = [](double, double) { return 128; };
  const Reading reading = read_well(photo.bytes(), "a.jpg");
  const auto& facts = std::get<parsers::PhotoFacts>(reading.documents.at(0).facts);
  EXPECT_EQ(facts.width, photo.width);
  EXPECT_TRUE(facts.measured);
}

TEST_F(Hostile, NamesThatLeadElsewhere) {
  for (const std::string& name :
       {std::string("../../etc/passwd.docx"), std::string("/etc/passwd"),
        std::string("C:\\Windows\\a.docx"), std::string("a\0b.docx", 8), std::string("..\\..\\a"),
        std::string("\r\nBcc: x@y.docx"), std::string("\x1B[2J.docx"),
        std::string("\xE2\x80\xAE"
                    "cod.exe"),
        std::string(5000, 'n'), std::string("\xFF\xFE.docx")}) {
    for (const Reading& reading : {read_well(test::make_zip({{name, "x"}}), "a.zip"),
                                   read_well(test::make_rar4(name, "x"), "a.rar"),
                                   read_well(test::make_rar5(name, "x"), "b.rar"),
                                   read_well(mail_with({{name, "x"}}), "a.eml")}) {
      EXPECT_EQ(reading.problems, std::vector<std::string>{}) << name;
      for (const Document& d : reading.documents) {
        EXPECT_EQ(("/" + d.path + "/").find("/../"), std::string::npos) << name;
        EXPECT_NE(d.path.front(), '/');
        for (const char c : d.path) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << name;
      }
    }
  }
}

TEST_F(Hostile, TruncatedAtEveryKilobyte) {
  for (const Kind& kind : kinds()) {
    for (std::size_t size = 0; size < kind.bytes.size(); size += limits::kKiB) {
      const Reading reading = read_well(kind.bytes.substr(0, size), "a." + kind.extension);
      EXPECT_TRUE(!reading.documents.empty() || reading.is_mail) << kind.extension << " " << size;
    }
  }
}

TEST_F(Hostile, TheNameNeverDecides) {
  const auto all = kinds();
  for (const Kind& kind : all) {
    for (const Kind& other : all) {
      // A file that is called a mail and a mail that is called a file are told by content as well.
      const Reading reading = read_well(kind.bytes, "a." + other.extension);
      if (kind.format == Format::kText && other.extension == "eml") {
        EXPECT_EQ(reading.problems, std::vector<std::string>{std::string(parsers::kNotAMail)});
        continue;
      }
      ASSERT_FALSE(reading.documents.empty()) << kind.extension << " as " << other.extension;
      EXPECT_EQ(reading.documents[0].format, kind.format)
          << kind.extension << " as " << other.extension;
      EXPECT_EQ(reading.documents[0].trouble, Trouble::kNone)
          << kind.extension << " as " << other.extension;
    }
    EXPECT_EQ(trouble_of("", "a." + kind.extension),
              kind.extension == "eml" ? Trouble::kNone : Trouble::kEmpty);
  }
}

TEST_F(Hostile, LockedOfEveryKind) {
  test::Files all;
  for (const test::Locked& locked : test::locked_files()) {
    const Reading alone = read_well(locked.bytes, locked.name);
    ASSERT_EQ(alone.documents.size(), 1U) << locked.name;
    EXPECT_EQ(alone.documents[0].trouble, Trouble::kEncrypted) << locked.name;
    EXPECT_EQ(alone.documents[0].format, locked.format) << locked.name;
    all.emplace_back(locked.name, locked.bytes);
  }
  const Reading mail = read_well(mail_with(all), "a.eml");
  ASSERT_EQ(mail.documents.size(), all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_EQ(mail.documents[i].path, all[i].first);
    EXPECT_EQ(mail.documents[i].trouble, Trouble::kEncrypted) << all[i].first;
  }
}

// No false kill: what the worker says is what an unconfined reading says.
void expect_same(WorkerPool& pool, const std::string& bytes, const std::string& name,
                 parsers::TitleReader* titles = nullptr) {
  const auto input = in_memory(bytes);
  const auto confined = pool.read_file(input->get(), name);
  ASSERT_TRUE(confined) << name;
  EXPECT_TRUE(pool.casualties().empty()) << name << ": " << pool.casualties().front().how;
  EXPECT_EQ(encode(*confined),
            encode(parsers::read(bytes, name, parsers::InputKind::kDetect, nullptr, titles)))
      << name;
}

void make_samples(const testing::Scratch& place, const std::string& options) {
  const std::string command = std::string(BAOSONG_PYTHON) + " " + BAOSONG_SAMPLES + " " +
                              place.path() + " " + options + " > /dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
}

TEST_F(Hostile, EverySampleIsReadAsWithoutWalls) {
  const testing::Scratch place;
  ASSERT_NO_FATAL_FAILURE(make_samples(place, ""));
  pool.read_titles(false);  // that takes long, and has a test of its own
  std::size_t count = 0;
  for (const std::string& root : {place.path(), std::string(BAOSONG_FIXTURES)}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
      if (!entry.is_regular_file()) continue;
      expect_same(pool, testing::get(entry.path().string()), entry.path().filename().string());
      ++count;
    }
  }
  EXPECT_GT(count, 100U);
  for (const Kind& kind : kinds()) expect_same(pool, kind.bytes, "a." + kind.extension);
}

std::string heads_of(const Reading& reading) {
  std::string out;
  for (const Document& document : reading.documents) {
    const auto* pdf = std::get_if<parsers::PdfFacts>(&document.facts);
    if (pdf != nullptr && pdf->head) out += pdf->head->text;
  }
  std::erase(out, ' ');
  return out;
}

TEST_F(Hostile, TitlesOfScansAreReadWithinTheWallsUnlessToldOtherwise) {
  const auto titles = worker::load_title_reader();
  ASSERT_NE(titles, nullptr) << "libtesseract5 or tesseract-ocr-chi-sim is not installed";
  const testing::Scratch place;
  ASSERT_NO_FATAL_FAILURE(make_samples(place, "--only 51-shuangyang-scanner-names"));
  const std::string bytes = testing::get(place / "51-shuangyang-scanner-names.eml");
  expect_same(pool, bytes, "51.eml", titles.get());
  const auto input = in_memory(bytes);
  const auto reading = pool.read_file(input->get(), "51.eml");
  ASSERT_TRUE(reading);
  EXPECT_NE(heads_of(*reading).find("先进个人汇总表"), std::string::npos) << heads_of(*reading);
  EXPECT_NE(heads_of(*reading).find("先进个人申报表"), std::string::npos) << heads_of(*reading);
  pool.read_titles(false);
  const auto without = pool.read_file(input->get(), "51.eml");
  ASSERT_TRUE(without);
  EXPECT_EQ(heads_of(*without), "");
}

}  // namespace
}  // namespace baosong::daemon
