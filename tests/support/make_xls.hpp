// Makes Excel 97–2003 workbooks (BIFF8), record by record.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/make_ole.hpp"

namespace baosong::test {

inline std::string xls_record(unsigned type, std::string_view data) {
  std::string out;
  put_little(out, type, 2);
  put_little(out, data.size(), 2);
  return out + std::string(data);
}

// u"…" as a string with its length and flags: wide when a character needs it.
inline std::string xls_string(std::u16string_view text, bool short_length = false) {
  bool wide = false;
  for (const char16_t c : text) wide = wide || c > 0xFF;
  std::string out;
  put_little(out, text.size(), short_length ? 1 : 2);
  out.push_back(wide ? '\1' : '\0');
  for (const char16_t c : text) put_little(out, c, wide ? 2 : 1);
  return out;
}

inline std::string xls_cell(unsigned row, unsigned column, std::string_view rest) {
  std::string out;
  for (const unsigned value : {row, column, 15U}) put_little(out, value, 2);
  return out + std::string(rest);
}
inline std::string xls_shared(unsigned row, unsigned column, unsigned index) {
  std::string rest;
  put_little(rest, index, 4);
  return xls_record(0x00FD, xls_cell(row, column, rest));
}
inline std::string xls_number(unsigned row, unsigned column, double value) {
  std::string rest;
  put_little(rest, std::bit_cast<std::uint64_t>(value), 8);
  return xls_record(0x0203, xls_cell(row, column, rest));
}

struct XlsSheet {
  std::u16string name;
  std::string records;  // between BOF and EOF
  unsigned state = 0;   // 1: hidden
};

// `sst` is the whole record of shared strings, with CONTINUEs, or empty.
inline std::string xls_stream(const std::vector<XlsSheet>& sheets, const std::string& sst,
                              const std::string& globals = {}) {
  const auto bof = [](unsigned kind) {
    std::string data;
    for (const unsigned value : {0x0600U, kind, 0x0DBBU, 0x07CCU}) put_little(data, value, 2);
    data.append(8, '\0');
    return xls_record(0x0809, data);
  };
  const std::string eof = xls_record(0x000A, "");
  std::vector<std::string> rows;
  std::size_t size = bof(5).size() + globals.size() + sst.size() + eof.size();
  for (const auto& sheet : sheets) size += xls_record(0, xls_string(sheet.name, true)).size() + 6;
  std::string bound, bodies;
  for (const auto& sheet : sheets) {
    std::string data;
    put_little(data, size + bodies.size(), 4);
    put_little(data, sheet.state, 2);
    bound += xls_record(0x0085, data + xls_string(sheet.name, true));
    bodies += bof(0x10) + sheet.records + eof;
  }
  return bof(5) + globals + bound + sst + eof + bodies;
}

inline std::string xls_sst(const std::vector<std::u16string>& strings) {
  std::string data;
  put_little(data, strings.size(), 4);
  put_little(data, strings.size(), 4);
  for (const auto& text : strings) data += xls_string(text);
  return xls_record(0x00FC, data);
}

inline std::string make_xls(const std::vector<XlsSheet>& sheets, const std::string& sst,
                            const std::string& globals = {}) {
  return make_ole({{"Workbook", xls_stream(sheets, sst, globals)}});
}

}  // namespace baosong::test
