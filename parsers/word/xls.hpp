// Excel 97–2003 workbooks (.xls, and .et as WPS writes it; BIFF8, [MS-XLS]): the tables of the
// visible sheets, as read_xlsx() gives them. No library.
#pragma once

#include <string_view>

#include "parsers/word/docx.hpp"

namespace baosong::parsers::word {

// `bytes` are a whole OLE2 file. What can be read of a damaged workbook is there with the trouble.
WordReading read_xls(std::string_view bytes);

}  // namespace baosong::parsers::word
