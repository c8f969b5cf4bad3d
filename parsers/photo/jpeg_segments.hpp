// The marker segments in front of the picture data of a JPEG (ITU T.81, annex B), and the few EXIF
// tags (JEITA CP-3451) that matter. Bounds-checked throughout; nothing is decoded.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace baosong::parsers {

struct JpegSegments {
  std::uint32_t width = 0, height = 0;  // of the first frame header; 0 when none was found
  int components = 0;
  bool progressive = false;
  std::string_view exif;  // a TIFF block, or empty
};

JpegSegments walk_jpeg_segments(std::string_view bytes);

struct Exif {
  int orientation = 1;  // 1-8
  std::string taken;    // DateTimeOriginal, else DateTime, as "2022-10-24T10:15:30"; or empty
};

Exif read_exif(std::string_view tiff_block);

}  // namespace baosong::parsers
