// Word files and workbooks for tests, built in memory from pieces of XML.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/make_zip.hpp"

namespace baosong::test {

inline std::string xml_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&') {
      out += "&amp;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '"') {
      out += "&quot;";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

// Pieces of a body. `properties` is what stands in w:rPr or w:pPr.
inline std::string run(std::string_view text, std::string_view properties = {}) {
  return "<w:r><w:rPr>" + std::string(properties) + "</w:rPr><w:t xml:space=\"preserve\">" +
         xml_escaped(text) + "</w:t></w:r>";
}
inline std::string paragraph_of(std::string_view runs, std::string_view properties = {}) {
  return "<w:p><w:pPr>" + std::string(properties) + "</w:pPr>" + std::string(runs) + "</w:p>";
}
inline std::string paragraph(std::string_view text, std::string_view properties = {}) {
  return paragraph_of(run(text), properties);
}
inline std::string cell(std::string_view text, std::string_view properties = {}) {
  return "<w:tc><w:tcPr>" + std::string(properties) + "</w:tcPr>" + paragraph(text) + "</w:tc>";
}
inline std::string row_of(std::string_view cells, std::string_view properties = {}) {
  return "<w:tr><w:trPr>" + std::string(properties) + "</w:trPr>" + std::string(cells) + "</w:tr>";
}
inline std::string table_of(std::string_view rows) {
  return "<w:tbl><w:tblPr/>" + std::string(rows) + "</w:tbl>";
}
inline std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::string out;
  for (const auto& row : rows) {
    std::string cells;
    for (const auto& text : row) cells += cell(text);
    out += row_of(cells);
  }
  return table_of(out);
}
// A title as people make it: centred, bold, size in half points.
inline std::string title(std::string_view text, int half_points = 44) {
  return paragraph_of(run(text, "<w:b/><w:sz w:val=\"" + std::to_string(half_points) + "\"/>"),
                      "<w:jc w:val=\"center\"/>");
}

struct Docx {
  std::string body;                 // inside w:body
  std::string styles;               // inside w:styles
  std::string footnotes, endnotes;  // inside w:footnotes, w:endnotes
  Files media;                      // "image1.png" -> bytes; ids rIdM0, rIdM1 … in this order
  bool strict = false;
  std::string main = "word/document.xml";

  [[nodiscard]] Files parts() const {
    const std::string office =
        strict ? "http://purl.oclc.org/ooxml/officeDocument/relationships"
               : "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string word = strict
                                 ? "http://purl.oclc.org/ooxml/wordprocessingml/main"
                                 : "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    const std::string head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
    const std::string names =
        " xmlns:w=\"" + word + "\" xmlns:r=\"" + office +
        "\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
        " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\""
        " xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\""
        " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
        " xmlns:v=\"urn:schemas-microsoft-com:vml\"";
    const auto part = [&](const char* root, const std::string& inside) {
      return head + "<w:" + root + names + ">" + inside + "</w:" + root + ">";
    };
    const std::string package = "http://schemas.openxmlformats.org/package/2006/";
    const auto relation = [&](const std::string& id, const std::string& type,
                              const std::string& to) {
      return "<Relationship Id=\"" + id + "\" Type=\"" + office + "/" + type + "\" Target=\"" + to +
             "\"/>";
    };
    const auto relations = [&](const std::string& rows) {
      return head + "<Relationships xmlns=\"" + package + "relationships\">" + rows +
             "</Relationships>";
    };
    std::string rows = relation("rId1", "styles", "styles.xml") +
                       relation("rId2", "footnotes", "/word/footnotes.xml") +
                       relation("rId3", "endnotes", "../word/endnotes.xml");
    Files files{{"[Content_Types].xml", head + "<Types xmlns=\"" + package + "content-types\"/>"},
                {"_rels/.rels", relations(relation("rId1", "officeDocument", main))}};
    for (std::size_t i = 0; i < media.size(); ++i) {
      rows += relation("rIdM" + std::to_string(i), "image", "media/" + media[i].first);
      files.emplace_back("word/media/" + media[i].first, media[i].second);
    }
    const std::size_t slash = main.rfind('/');
    files.emplace_back(main.substr(0, slash) + "/_rels" + main.substr(slash) + ".rels",
                       relations(rows));
    files.emplace_back(main, part("document", "<w:body>" + body + "<w:sectPr/></w:body>"));
    files.emplace_back("word/styles.xml", part("styles", styles));
    files.emplace_back("word/footnotes.xml", part("footnotes", footnotes));
    files.emplace_back("word/endnotes.xml", part("endnotes", endnotes));
    return files;
  }
  [[nodiscard]] std::string bytes() const { return make_compressed(parts(), "zip"); }
};

// A docx that holds these pieces of body XML, one after the other.
inline std::string make_docx(std::string_view body) {
  Docx docx;
  docx.body = body;
  return docx.bytes();
}

struct Xlsx {
  // Sheets in order: name, "visible" or "hidden", rows of cells. Text goes to the shared strings,
  // what is all digits is written as a number.
  struct Sheet {
    std::string name, state;
    std::vector<std::vector<std::string>> rows;
    std::string after;  // what follows sheetData: <mergeCells>…
  };
  std::vector<Sheet> sheets;

  [[nodiscard]] Files parts() const {
    const std::string head = R"(<?xml version="1.0" encoding="UTF-8" standalone="yes"?>)";
    const std::string office =
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const std::string sheet_ns = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const std::string package = "http://schemas.openxmlformats.org/package/2006/";
    std::string strings, list, rows;
    Files files{
        {"[Content_Types].xml", head + "<Types xmlns=\"" + package + "content-types\"/>"},
        {"_rels/.rels", head + "<Relationships xmlns=\"" + package +
                            "relationships\"><Relationship Id=\"r\" Type=\"" + office +
                            "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"}};
    int shared = 0;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      const std::string number = std::to_string(i + 1);
      list += "<sheet name=\"" + sheets[i].name + "\" sheetId=\"" + number + "\" state=\"" +
              sheets[i].state + "\" r:id=\"rId" + number + "\"/>";
      rows += "<Relationship Id=\"rId" + number + "\" Type=\"" + office +
              "/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
      std::string data;
      for (std::size_t r = 0; r < sheets[i].rows.size(); ++r) {
        data += "<row r=\"" + std::to_string(r + 1) + "\">";
        for (std::size_t c = 0; c < sheets[i].rows[r].size(); ++c) {
          const std::string& value = sheets[i].rows[r][c];
          if (value.empty()) continue;
          const std::string where =
              std::string(1, static_cast<char>('A' + c)) + std::to_string(r + 1);
          if (value.find_first_not_of("0123456789") == std::string::npos) {
            data += "<c r=\"" + where + "\"><v>" + value + "</v></c>";
          } else {
            data += "<c r=\"" + where + "\" t=\"s\"><v>" + std::to_string(shared++) + "</v></c>";
            strings += "<si><t>" + xml_escaped(value) + "</t></si>";
          }
        }
        data += "</row>";
      }
      files.emplace_back("xl/worksheets/sheet" + number + ".xml",
                         head + "<worksheet xmlns=\"" + sheet_ns + "\"><sheetData>" + data +
                             "</sheetData>" + sheets[i].after + "</worksheet>");
    }
    rows += "<Relationship Id=\"rIdS\" Type=\"" + office +
            "/sharedStrings\" Target=\"sharedStrings.xml\"/>";
    files.emplace_back("xl/workbook.xml", head + "<workbook xmlns=\"" + sheet_ns + "\" xmlns:r=\"" +
                                              office + "\"><sheets>" + list +
                                              "</sheets></workbook>");
    files.emplace_back("xl/_rels/workbook.xml.rels", head + "<Relationships xmlns=\"" + package +
                                                         "relationships\">" + rows +
                                                         "</Relationships>");
    files.emplace_back("xl/sharedStrings.xml",
                       head + "<sst xmlns=\"" + sheet_ns + "\">" + strings + "</sst>");
    return files;
  }
  [[nodiscard]] std::string bytes() const { return make_compressed(parts(), "zip"); }
};

}  // namespace baosong::test
