// Pictures -> facts. A JPEG or PNG is decoded to its last byte, so that a file cut short on its way
// is noticed, but never to its full size: memory is that of a picture 2048 pixels wide. Of HEIC,
// TIFF and BMP the header alone is read.
//
// Throws nothing but std::bad_alloc. Thread rule: safe from any thread.
#pragma once

#include <string>
#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::parsers {

struct PhotoReading {
  PhotoFacts facts;
  Trouble trouble = Trouble::kNone;
  std::string detail;  // English
};

PhotoReading read_photo(std::string_view bytes, Format format);

}  // namespace baosong::parsers
