#include "parsers/photo/photo.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <string>

#include "parsers/photo/image_header.hpp"
#include "parsers/photo/jpeg_segments.hpp"
#include "tests/support/make_image.hpp"

namespace baosong::parsers {
namespace {

using namespace std::string_literals;
using test::Jpeg;
using test::make_jpeg;
using test::make_png;

PhotoReading jpeg(const std::string& bytes) { return read_photo(bytes, Format::kJpeg); }

TEST(Photo, JpegSizeAndMeasures) {
  const PhotoReading reading = jpeg(make_jpeg(1600, 1200));
  EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
  EXPECT_EQ(reading.facts.width, 1600U);
  EXPECT_EQ(reading.facts.height, 1200U);
  EXPECT_TRUE(reading.facts.measured);
  EXPECT_FALSE(reading.facts.has_exif);
  EXPECT_TRUE(reading.facts.taken.empty());
}

TEST(Photo, ExifTurnsAndDatesThePicture) {
  Jpeg photo;
  photo.orientation = 6;
  photo.taken = "2022:10:20 09:30:12";
  const PhotoReading reading = jpeg(photo.bytes());
  EXPECT_TRUE(reading.facts.has_exif);
  EXPECT_EQ(reading.facts.taken, "2022-10-20T09:30:12");
  EXPECT_EQ(reading.facts.width, 480U);
  EXPECT_EQ(reading.facts.height, 640U);
}

TEST(Photo, ExifTimesThatAreNone) {
  for (const char* taken : {"0000:00:00 00:00:00", "2022-10-20 09:30:12", "    :  :     :  :  "}) {
    Jpeg photo;
    photo.orientation = 1;
    photo.taken = taken;
    EXPECT_EQ(jpeg(photo.bytes()).facts.taken, "") << taken;
  }
}

TEST(Photo, BrokenExifIsNoFault) {
  Jpeg photo;
  photo.orientation = 3;
  photo.taken = "2022:10:20 09:30:12";
  const std::string exif = photo.exif().substr(6);
  for (std::size_t size = 0; size < exif.size(); ++size) {
    const Exif read = read_exif(std::string_view(exif).substr(0, size));
    EXPECT_TRUE(read.orientation == 1 || read.orientation == 3);
  }
  std::string loops = exif;
  loops[4] = 8;  // the first directory points where it is; the second too
  loops.replace(8 + 2 + 12 + 8, 4, "\x08\0\0\0"s);
  EXPECT_EQ(read_exif(loops).taken, "");
}

TEST(Photo, TheDirectionIsAppliedBeforeHashing) {
  // The picture of orientation 3 is stored upside down: what is shown must hash alike.
  Jpeg upright;
  upright.scene = test::blurred_scene(3);
  Jpeg turned = upright;
  turned.scene = [&](double x, double y) { return upright.scene(1 - x, 1 - y); };
  turned.orientation = 3;
  EXPECT_LE(std::popcount(jpeg(upright.bytes()).facts.dhash ^ jpeg(turned.bytes()).facts.dhash), 2);
  Jpeg sideways = upright;  // orientation 6: the stored left side is the shown top
  sideways.scene = [&](double x, double y) { return upright.scene(1 - y, x); };
  sideways.width = 480;
  sideways.height = 640;
  sideways.orientation = 6;
  const PhotoReading shown = jpeg(sideways.bytes());
  EXPECT_EQ(shown.facts.width, 640U);
  EXPECT_LE(std::popcount(jpeg(upright.bytes()).facts.dhash ^ shown.facts.dhash), 2);
}

TEST(Photo, LikenessSurvivesReencodingAndScaling) {
  Jpeg large;
  large.width = 2400;
  large.height = 1800;
  Jpeg small = large;
  small.width = 1080;
  small.height = 810;
  small.quality = 50;
  const auto one = jpeg(large.bytes()).facts.dhash;
  EXPECT_LE(std::popcount(one ^ jpeg(small.bytes()).facts.dhash), 4);
  const std::string png = make_png(1200, 900, large.scene);
  EXPECT_LE(std::popcount(one ^ read_photo(png, Format::kPng).facts.dhash), 4);
  EXPECT_GT(std::popcount(one ^ jpeg(make_jpeg(1600, 1200, 4)).facts.dhash), 10);
}

TEST(Photo, SharpnessTellsFocus) {
  Jpeg blurred;
  blurred.width = 1600;
  blurred.height = 1200;
  blurred.scene = test::blurred_scene();
  EXPECT_LT(jpeg(blurred.bytes()).facts.sharpness, 50);
  EXPECT_GT(jpeg(make_jpeg(1600, 1200)).facts.sharpness, 150);
}

TEST(Photo, KindsOfJpeg) {
  for (const bool progressive : {false, true}) {
    for (const int components : {1, 3, 4}) {
      Jpeg photo;
      photo.progressive = progressive;
      photo.components = components;
      const PhotoReading reading = jpeg(photo.bytes());
      EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
      EXPECT_TRUE(reading.facts.measured);
    }
  }
}

TEST(Photo, EveryTruncationIsDamage) {
  for (const bool progressive : {false, true}) {
    Jpeg photo;
    photo.width = 64;
    photo.height = 48;
    photo.orientation = 1;
    photo.progressive = progressive;
    const std::string bytes = photo.bytes();
    for (std::size_t size = 3; size < bytes.size() - 1; size += 7) {
      EXPECT_EQ(jpeg(bytes.substr(0, size)).trouble, Trouble::kDamaged) << size;
    }
  }
  const std::string png = make_png(40, 30, test::sharp_scene());
  for (std::size_t size = 8; size < png.size(); size += 11) {
    EXPECT_EQ(read_photo(png.substr(0, size), Format::kPng).trouble, Trouble::kDamaged) << size;
  }
}

TEST(Photo, BytesBehindTheEndAreHarmless) {
  const PhotoReading reading = jpeg(make_jpeg() + std::string(5000, 'x'));
  EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
}

TEST(Photo, AHoleInTheDataIsDamage) {
  std::string bytes = make_jpeg();
  bytes.replace(bytes.size() / 2, 200, std::string("\xFF\xD9", 2) + std::string(198, '\0'));
  EXPECT_EQ(jpeg(bytes).trouble, Trouble::kDamaged);
}

TEST(Photo, AHeaderThatPromisesTooMuch) {
  std::string bytes = make_jpeg(64, 48);
  const std::size_t frame = bytes.find("\xFF\xC0");
  const auto with_size = [&](unsigned side) {
    bytes[frame + 5] = bytes[frame + 7] = static_cast<char>(side >> 8U);
    bytes[frame + 6] = bytes[frame + 8] = static_cast<char>(side & 0xFFU);
    return jpeg(bytes);
  };
  EXPECT_EQ(with_size(8300).trouble, Trouble::kDamaged);   // 69 megapixels of nothing
  EXPECT_EQ(with_size(14142).trouble, Trouble::kDamaged);  // just within the limit
  EXPECT_EQ(with_size(14143).trouble, Trouble::kTooLarge);
  EXPECT_EQ(with_size(65500).trouble, Trouble::kTooLarge);
}

TEST(Photo, PngOfEveryDepth) {
  for (const bool grey : {false, true}) {
    const PhotoReading reading =
        read_photo(make_png(300, 200, test::sharp_scene(), grey), Format::kPng);
    EXPECT_EQ(reading.trouble, Trouble::kNone) << reading.detail;
    EXPECT_EQ(reading.facts.width, 300U);
    EXPECT_EQ(reading.facts.height, 200U);
    EXPECT_TRUE(reading.facts.measured);
  }
}

TEST(Photo, ABadChecksumInAPngIsDamage) {
  std::string bytes = make_png(300, 200, test::sharp_scene());
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 0x55);
  EXPECT_EQ(read_photo(bytes, Format::kPng).trouble, Trouble::kDamaged);
}

TEST(ImageHeader, ReadsSizesOfKindsThatAreNotDecoded) {
  std::string bmp = "BM";
  test::put_little(bmp, 0, 12);
  test::put_little(bmp, 40, 4);
  test::put_little(bmp, 1920, 4);
  test::put_little(bmp, static_cast<std::uint32_t>(-1080), 4);
  const auto top_down = read_image_header(bmp);
  ASSERT_TRUE(top_down);
  EXPECT_EQ(top_down->format, Format::kBmp);
  EXPECT_EQ(top_down->width, 1920U);
  EXPECT_EQ(top_down->height, 1080U);

  std::string tiff("MM\0*\0\0\0\x08\0\x02", 10);
  tiff += "\x01\x00\x00\x03\x00\x00\x00\x01\x0F\xA0\x00\x00"s;
  tiff += "\x01\x01\x00\x04\x00\x00\x00\x01\x00\x00\x0B\xB8"s;
  const auto big_endian = read_image_header(tiff);
  ASSERT_TRUE(big_endian);
  EXPECT_EQ(big_endian->format, Format::kTiff);
  EXPECT_EQ(big_endian->width, 4000U);
  EXPECT_EQ(big_endian->height, 3000U);

  const auto box = [](const std::string& type, const std::string& body) {
    const auto size = static_cast<std::uint32_t>(body.size() + 8);
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(size >> shift));
    return out + type + body;
  };
  const auto ispe = [&](std::string size) { return box("ispe", "\0\0\0\0"s + size); };
  const std::string heic =
      box("ftyp", "heic\0\0\0\0mif1heic"s) +
      box("meta", "\0\0\0\0"s + box("iprp", box("ipco", ispe("\0\0\2\0\0\0\2\0"s) +
                                                            ispe("\0\0\x0F\xC0\0\0\x0B\xD0"s))));
  const auto apple = read_image_header(heic);
  ASSERT_TRUE(apple);
  EXPECT_EQ(apple->format, Format::kHeic);
  EXPECT_EQ(apple->width, 4032U);
  EXPECT_EQ(apple->height, 3024U);
  EXPECT_FALSE(read_image_header("BMW is a car maker, and this is a text about it."));
}

}  // namespace
}  // namespace baosong::parsers
