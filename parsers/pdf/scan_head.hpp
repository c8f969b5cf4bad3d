// The top of a scan, where its title stands, read by whoever can read pictures of text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::parsers {

// Rows of grey pixels, black 0, white 255.
struct GreyView {
  const std::uint8_t* data = nullptr;
  std::size_t width = 0, height = 0, stride = 0;
  int dots_per_inch = 0;
};

class TitleReader {
 public:
  virtual ~TitleReader() = default;
  // nullopt: it cannot read anything, now or later. A page without text is an empty text.
  virtual std::optional<ScanHead> read(const GreyView& picture) = 0;
};

// Shows the upper third of the first page, at 200 dpi of an A4 sheet, to `reader`, and fills
// facts.head. The PDF may be damaged. Memory is that of the picture, about a megabyte.
void read_scan_head(std::string_view bytes, TitleReader& reader, PdfFacts& facts);

}  // namespace baosong::parsers
