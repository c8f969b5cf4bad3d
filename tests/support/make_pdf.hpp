// PDFs for tests, built in memory: a page for each text, Chinese too (STSong-Light is not embedded,
// poppler-data knows its characters).
#pragma once

#include <qpdf/qpdf-c.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::test {

struct Pdf {
  // UTF-8 of the basic plane, lines by '\n'; "" is a page without text.
  std::vector<std::string> pages;
  std::string producer = "test";
  bool signature_field = false;  // an empty signature field
  bool signed_field = false;     // the same, signed; its kind is inherited from a parent field

  [[nodiscard]] std::string bytes() const {
    std::vector<std::string> objects;  // number 1 first
    const auto add = [&](std::string text) {
      objects.push_back(std::move(text));
      return std::to_string(objects.size()) + " 0 R";
    };
    objects.resize(2);  // the catalogue and the page tree come last
    const std::string info = add("<< /Producer (" + producer + ") >>");
    const std::string descriptor =
        add("<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 900] "
            "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>");
    const std::string child = add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry "
        "(Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor " +
        descriptor + " >>");
    const std::string font =
        add("<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
            "/DescendantFonts [" +
            child + "] >>");
    std::string kids;
    for (const auto& text : pages) {
      const std::string stream = text.empty() ? "0.5 g 50 50 400 400 re f" : drawing(text);
      const std::string content = add("<< /Length " + std::to_string(stream.size()) +
                                      " >>\nstream\n" + stream + "\nendstream");
      kids +=
          add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 " +
              font + " >> >> /Contents " + content + " >>") +
          " ";
    }
    std::string form;
    if (signature_field || signed_field) {
      const std::string value =
          signed_field
              ? " /V " + add("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached "
                             "/ByteRange [0 10 20 10] /Contents <00> >>")
              : "";
      const std::string widget = add("<< /Subtype /Widget /Rect [0 0 0 0] /T (s)" + value + " >>");
      form = " /AcroForm << /SigFlags 3 /Fields [" +
             add("<< /FT /Sig /T (parent) /Kids [" + widget + "] >>") + "] >>";
    }
    objects[0] = "<< /Type /Catalog /Pages 2 0 R" + form + " >>";
    objects[1] =
        "<< /Type /Pages /Count " + std::to_string(pages.size()) + " /Kids [" + kids + "] >>";
    return assemble(objects, info);
  }

  // The same behind a password. With an empty `user` password anybody can open it.
  [[nodiscard]] std::string encrypted(const char* user, const char* owner) const {
    const std::string plain = bytes();
    qpdf_data pdf = qpdf_init();
    const auto check = [](int status) {
      if ((status & QPDF_ERRORS) != 0) throw std::runtime_error("qpdf");
    };
    check(qpdf_read_memory(pdf, "test", plain.data(), plain.size(), nullptr));
    check(qpdf_init_write_memory(pdf));
    qpdf_set_r6_encryption_parameters2(pdf, user, owner, 1, 1, 1, 1, 1, 1, qpdf_r3p_full, 1);
    check(qpdf_write(pdf));
    std::string out(reinterpret_cast<const char*>(qpdf_get_buffer(pdf)),
                    qpdf_get_buffer_length(pdf));
    qpdf_cleanup(&pdf);
    return out;
  }

 private:
  static std::string drawing(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string out = "BT /F1 16 Tf 60 760 Td <";
    for (std::size_t i = 0; i < text.size();) {
      const auto byte = static_cast<unsigned char>(text[i]);
      if (byte == '\n') {
        out += "> Tj 0 -24 Td <";
        ++i;
        continue;
      }
      const std::size_t size = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : 3;
      std::uint32_t code = size == 1 ? byte : byte & (0xFFU >> (size + 1));
      for (std::size_t k = 1; k < size; ++k) {
        code = code << 6U | (static_cast<unsigned char>(text[i + k]) & 0x3FU);
      }
      for (int shift = 12; shift >= 0; shift -= 4) out.push_back(kHex[code >> shift & 15U]);
      i += size;
    }
    return out + "> Tj ET";
  }
  static std::string assemble(const std::vector<std::string>& objects, const std::string& info) {
    std::string out = "%PDF-1.5\n%\xE2\xE3\xCF\xD3\n";
    std::string table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
      std::string offset = std::to_string(out.size());
      table += std::string(10 - offset.size(), '0') + offset + " 00000 n \n";
      out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const std::string size = std::to_string(objects.size() + 1);
    const std::string start = std::to_string(out.size());
    return out + "xref\n0 " + size + "\n" + table + "trailer\n<< /Size " + size +
           " /Root 1 0 R /Info " + info + " >>\nstartxref\n" + start + "\n%%EOF\n";
  }
};

inline std::string make_pdf(const std::vector<std::string>& pages) {
  Pdf pdf;
  pdf.pages = pages;
  return pdf.bytes();
}

}  // namespace baosong::test
