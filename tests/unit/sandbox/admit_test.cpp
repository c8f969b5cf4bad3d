#include "daemon/worker/admit.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "parsers/base/limits.hpp"

namespace baosong::daemon {
namespace {

using parsers::Document;
using parsers::Format;
using parsers::Reading;

Reading good() {
  Reading reading;
  reading.is_mail = true;
  reading.size = 5;
  reading.sha256 = std::string(64, 'a');
  Document document;
  document.path = "材料.zip/附件2.docx";
  document.name = "附件2.docx";
  document.sha256 = std::string(64, '0');
  document.format = Format::kDocx;
  document.facts = parsers::WordFacts{};
  reading.documents = {document};
  return reading;
}

TEST(Admit, AnHonestReadingPasses) {
  Reading reading = good();
  EXPECT_TRUE(admit(reading, 5));
}

TEST(Admit, WhatCannotBeIsRefused) {
  using Change = std::function<void(Reading&, Document&)>;
  const std::vector<Change> changes{
      [](Reading& r, Document&) { r.size = 6; },
      [](Reading& r, Document&) { r.sha256 = "abc"; },
      [](Reading& r, Document&) { r.sha256[3] = 'A'; },
      [](Reading&, Document& d) { d.sha256[0] = '/'; },
      [](Reading&, Document& d) { d.path = "../附件2.docx"; },
      [](Reading&, Document& d) { d.path = "/etc/附件2.docx"; },
      [](Reading&, Document& d) { d.path = "a/./附件2.docx"; },
      [](Reading&, Document& d) { d.path = "a\n/附件2.docx"; },
      [](Reading&, Document& d) { d.path = d.name = ""; },
      [](Reading&, Document& d) { d.path = d.name = ".."; },
      [](Reading&, Document& d) { d.name = "other.docx"; },
      [](Reading&, Document& d) { d.size = limits::kMailBytes + 1; },
      [](Reading&, Document& d) { d.facts = parsers::PdfFacts{}; },
      [](Reading&, Document& d) { d.facts = parsers::PhotoFacts{}; },
      [](Reading&, Document& d) { d.facts = parsers::CloudLink{}; },
      [](Reading&, Document& d) { d.facts = parsers::TextFacts{}; },
      [](Reading&, Document& d) {
        d.format = Format::kJpeg;
        parsers::PhotoFacts photo;
        photo.sharpness = std::nan("");
        d.facts = photo;
      },
      [](Reading&, Document& d) {
        d.format = Format::kPdf;
        parsers::PdfFacts pdf;
        pdf.seal.emplace().x_mm = INFINITY;
        d.facts = pdf;
      },
      [](Reading& r, Document& d) {
        const Document twice = d;
        r.documents.push_back(twice);
      },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Reading reading = good();
    changes[i](reading, reading.documents[0]);
    EXPECT_FALSE(admit(reading, 5)) << i;
  }
}

TEST(Admit, DocumentsAtAndAboveTheLimit) {
  Reading reading = good();
  const Document one = reading.documents[0];
  reading.documents.clear();
  for (std::size_t i = 0; i < limits::kDocuments; ++i) {
    reading.documents.push_back(one);
    reading.documents.back().path = std::to_string(i) + "/" + one.name;
  }
  EXPECT_TRUE(admit(reading, 5));
  reading.documents.push_back(one);
  EXPECT_FALSE(admit(reading, 5));
}

TEST(Admit, WhatCouldBreakAHeaderIsMadeOneLine) {
  Reading reading = good();
  reading.message.message_id = "<a@b>\r\nBcc: c@d";
  reading.message.from.address = "a@b\n";
  reading.message.references = {"<x\0y>"};
  reading.message.subject = "附件\x1B[2J";
  reading.message.text = "two\nlines";
  ASSERT_TRUE(admit(reading, 5));
  EXPECT_EQ(reading.message.message_id, "<a@b>  Bcc: c@d");
  EXPECT_EQ(reading.message.from.address, "a@b ");
  EXPECT_EQ(reading.message.subject, "附件 [2J");
  EXPECT_EQ(reading.message.text, "two\nlines");
}

TEST(Admit, PartsHaveHashes) {
  parsers::mime::PartList list;
  list.parts.emplace_back();
  list.parts[0].sha256 = list.parts[0].sha256_normalised = std::string(64, 'f');
  EXPECT_TRUE(admit(list));
  list.parts[0].sha256_normalised.clear();
  EXPECT_FALSE(admit(list));
}

}  // namespace
}  // namespace baosong::daemon
