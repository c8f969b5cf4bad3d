// Files that somebody made to do harm: small to send, large or endless to read.
#pragma once

#include <string>

#include "tests/support/make_docx.hpp"
#include "tests/support/make_pdf.hpp"
#include "tests/support/make_zip.hpp"

namespace baosong::test {

// Objects of a PDF, number 1 the catalogue and 2 the page tree, without any table: viewers rebuild
// it.
inline std::string loose_pdf(const std::vector<std::string>& objects) {
  std::string out = "%PDF-1.5\n";
  for (std::size_t i = 0; i < objects.size(); ++i) {
    out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
  }
  return out + "trailer\n<< /Size " + std::to_string(objects.size() + 1) +
         " /Root 1 0 R >>\nstartxref\n0\n%%EOF\n";
}

// One page that draws ten of what draws ten of what … draws a character: 10^levels of them. No
// reader gets to the end of it.
inline std::string endless_pdf(int levels = 16) {
  const auto stream = [](const std::string& dictionary, const std::string& content) {
    return "<< " + dictionary + " /Length " + std::to_string(content.size()) + " >>\nstream\n" +
           content + "\nendstream";
  };
  constexpr int kFirst = 5;  // object of the first level
  std::vector<std::string> objects{"<< /Type /Catalog /Pages 2 0 R >>",
                                   "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
                                   "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents "
                                   "4 0 R /Resources << /XObject << /X 5 "
                                   "0 R >> >> >>",
                                   stream("", "/X Do")};
  std::string ten;
  for (int i = 0; i < 10; ++i) ten += "/X Do ";
  const std::string form = "/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << ";
  for (int level = 0; level < levels; ++level) {
    objects.push_back(
        stream(form + "/XObject << /X " + std::to_string(kFirst + level + 1) + " 0 R >> >>", ten));
  }
  objects.push_back(
      stream(form + "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
             "BT /F 12 Tf 50 50 Td (x) Tj ET"));
  return loose_pdf(objects);
}

// One page with a line of text, and then the same large picture drawn `times` times: the text is
// read at once, and nobody waits for the page to be shown.
inline std::string slow_pdf(const std::string& text, int times = 400) {
  constexpr int kSide = 4000;
  const auto stream = [](const std::string& dictionary, const std::string& content) {
    return "<< " + dictionary + " /Length " + std::to_string(content.size()) + " >>\nstream\n" +
           content + "\nendstream";
  };
  std::string pixels;  // runs of 128
  for (int i = 0; i < kSide * kSide / 128; ++i) pixels += "\x81\x55";
  std::string page = "BT /F 12 Tf 50 800 Td (" + text + ") Tj ET\n";
  for (int i = 0; i < times; ++i) page += "q 500 0 0 700 40 40 cm /I Do Q\n";
  const std::string side = std::to_string(kSide);
  return loose_pdf(
      {"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
       "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font "
       "<< "
       "/F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> /XObject << /I 5 0 R >> >> >>",
       stream("", page),
       stream("/Type /XObject /Subtype /Image /Width " + side + " /Height " + side +
                  " /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /RunLengthDecode",
              pixels + "\x80")});
}

// A zip whose directory names the same stored bytes over and over (Fifield's bomb in its plain
// form): `entries` files of `size` bytes out of one.
inline std::string overlapping_zip(unsigned entries, std::size_t size) {
  const std::string content(size, 'x');
  const std::string name = "a";
  const std::uint32_t crc = crc32_of(content);
  const auto common = [&](std::string& out) {
    put_little(out, 20, 2);
    put_little(out, 0, 2);
    put_little(out, 0, 2);
    put_little(out, 0x54'78'60'00U, 4);
    put_little(out, crc, 4);
    put_little(out, size, 4);
    put_little(out, size, 4);
    put_little(out, name.size(), 2);
    put_little(out, 0, 2);
  };
  std::string out = "PK\x03\x04";
  common(out);
  out += name + content;
  std::string directory;
  for (unsigned i = 0; i < entries; ++i) {
    directory += "PK\x01\x02";
    put_little(directory, 20, 2);
    common(directory);
    directory.append(6, '\0');
    put_little(directory, 0x20, 4);
    put_little(directory, 0, 4);
    directory += name;
  }
  const std::size_t at = out.size();
  out += directory + "PK\x05\x06";
  put_little(out, 0, 4);
  put_little(out, entries, 2);
  put_little(out, entries, 2);
  put_little(out, directory.size(), 4);
  put_little(out, at, 4);
  put_little(out, 0, 2);
  return out;
}

// A docx whose main part is this XML.
inline std::string docx_of(const std::string& document_xml) {
  Docx docx;
  Files files = docx.parts();
  for (auto& [name, bytes] : files) {
    if (name == docx.main) bytes = document_xml;
  }
  return make_compressed(files, "zip");
}

// Ten entities of ten of ten …
inline std::string entity_docx() {
  std::string xml = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 12; ++i) {
    xml += "<!ENTITY a" + std::to_string(i) + " \"";
    for (int k = 0; k < 10; ++k) xml += "&a" + std::to_string(i - 1) + ";";
    xml += "\">";
  }
  return docx_of(xml + "]><x>&a11;</x>");
}

inline std::string attribute_docx(std::size_t size) {
  return docx_of("<?xml version=\"1.0\"?><w:document xmlns:w=\"w\" a=\"" + std::string(size, 'a') +
                 "\"/>");
}

}  // namespace baosong::test
