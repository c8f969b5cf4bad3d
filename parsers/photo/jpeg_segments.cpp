#include "parsers/photo/jpeg_segments.hpp"

#include <algorithm>
#include <array>

#include "parsers/base/bytes.hpp"

namespace baosong::parsers {
namespace {

constexpr int kMostSegments = 4000;
constexpr int kMostTags = 500;

bool is_frame_header(unsigned marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

class TiffReader {
 public:
  explicit TiffReader(std::string_view bytes) : bytes_(bytes), little_(bytes.starts_with("II")) {}

  [[nodiscard]] std::uint16_t get16(std::size_t at) const {
    return little_ ? little16(bytes_, at) : big16(bytes_, at);
  }
  [[nodiscard]] std::uint32_t get32(std::size_t at) const {
    return little_ ? little32(bytes_, at) : big32(bytes_, at);
  }
  // Where the value of the entry at `at` lies when it takes `size` bytes.
  [[nodiscard]] std::string_view value(std::size_t at, std::size_t size) const {
    const std::size_t from = size <= 4 ? at + 8 : std::size_t{get32(at + 8)};
    return from < bytes_.size() ? bytes_.substr(from, size) : std::string_view{};
  }
  template <class Visit>
  void each_tag(std::size_t directory, Visit visit) const {
    if (directory >= bytes_.size()) return;
    const int count = std::min<int>(get16(directory), kMostTags);
    for (int i = 0; i < count; ++i) {
      const std::size_t at = directory + 2 + static_cast<std::size_t>(i) * 12;
      if (at + 12 > bytes_.size()) return;
      visit(get16(at), at);
    }
  }

 private:
  std::string_view bytes_;
  bool little_;
};

// "2022:10:24 10:15:30" -> "2022-10-24T10:15:30"; empty for anything else, as for "0000:00:00 …",
// which cameras without a clock write.
std::string exif_time(std::string_view text) {
  constexpr std::string_view kShape = "dddd:dd:dd dd:dd:dd";
  if (text.size() < kShape.size()) return {};
  std::string out(text.substr(0, kShape.size()));
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool digit = out[i] >= '0' && out[i] <= '9';
    if (kShape[i] == 'd' ? !digit : out[i] != kShape[i]) return {};
  }
  if (out.starts_with("0000")) return {};
  out[4] = out[7] = '-';
  out[10] = 'T';
  return out;
}

}  // namespace

JpegSegments walk_jpeg_segments(std::string_view bytes) {
  constexpr std::string_view kExif("Exif\0\0", 6);
  JpegSegments out;
  std::size_t at = 2;
  for (int i = 0; i < kMostSegments && at + 4 <= bytes.size(); ++i) {
    if (byte_at(bytes, at) != 0xFF) return out;
    const unsigned marker = byte_at(bytes, at + 1);
    if (marker == 0xFF) {  // fill byte
      ++at;
      continue;
    }
    if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {  // no length follows
      at += 2;
      continue;
    }
    const std::size_t size = big16(bytes, at + 2);
    if (size < 2 || marker == 0xD9 || marker == 0xDA) return out;
    const std::string_view body = bytes.substr(at + 4, size - 2);
    if (marker == 0xE1 && out.exif.empty() && body.starts_with(kExif)) {
      out.exif = body.substr(kExif.size());
    }
    if (is_frame_header(marker) && out.components == 0 && body.size() >= 6) {
      out.height = big16(body, 1);
      out.width = big16(body, 3);
      out.components = byte_at(body, 5);
      out.progressive = marker == 0xC2 || marker == 0xC6 || marker == 0xCA || marker == 0xCE;
    }
    at += 2 + size;
  }
  return out;
}

Exif read_exif(std::string_view tiff_block) {
  constexpr unsigned kOrientation = 0x0112, kDateTime = 0x0132, kExifDirectory = 0x8769,
                     kDateTimeOriginal = 0x9003;
  constexpr std::size_t kTimeSize = 20;
  Exif out;
  if (!tiff_block.starts_with("II") && !tiff_block.starts_with("MM")) return out;
  const TiffReader tiff(tiff_block);
  if (tiff.get16(2) != 42) return out;
  std::string changed;
  std::size_t exif_directory = 0;
  tiff.each_tag(tiff.get32(4), [&](unsigned tag, std::size_t at) {
    if (tag == kOrientation && tiff.get16(at + 8) >= 1 && tiff.get16(at + 8) <= 8) {
      out.orientation = tiff.get16(at + 8);
    }
    if (tag == kDateTime) changed = exif_time(tiff.value(at, kTimeSize));
    if (tag == kExifDirectory) exif_directory = tiff.get32(at + 8);
  });
  if (exif_directory != 0) {
    tiff.each_tag(exif_directory, [&](unsigned tag, std::size_t at) {
      if (tag == kDateTimeOriginal) out.taken = exif_time(tiff.value(at, kTimeSize));
    });
  }
  if (out.taken.empty()) out.taken = changed;
  return out;
}

}  // namespace baosong::parsers
