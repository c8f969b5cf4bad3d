#include "parsers/word/media.hpp"

#include <algorithm>
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/photo/image_header.hpp"
#include "parsers/photo/photo.hpp"

namespace baosong::parsers {
namespace {

constexpr std::size_t kHeaderBytes = 128 * limits::kKiB;  // EXIF thumbnails come before the size

}  // namespace

void Media::take(std::string_view piece) {
  hash_.update(piece);
  size_ += piece.size();
  if (size_ <= limits::kEmbeddedBytes) {
    bytes_ += piece;
  } else if (bytes_.size() > kHeaderBytes) {
    bytes_.resize(kHeaderBytes);
    bytes_.shrink_to_fit();
  }
}

std::optional<EmbeddedImage> Media::finish(bool measure) {
  const auto header = read_image_header(bytes_);
  if (!header) return std::nullopt;
  EmbeddedImage image;
  image.sha256 = hash_.hex();
  image.size = size_;
  image.width = header->width;
  image.height = header->height;
  const bool whole = size_ <= limits::kEmbeddedBytes;
  const bool small = std::uint64_t{header->width} * header->height <= limits::kEmbeddedPixels;
  if (measure && whole && small &&
      (header->format == Format::kJpeg || header->format == Format::kPng)) {
    // It may have come as a file of its own too, and Word has shrunk it.
    const PhotoFacts facts = read_photo(bytes_, header->format).facts;
    image.measured = facts.measured;
    image.dhash = facts.dhash;
    image.turned = facts.turned;
  }
  bytes_ = {};
  return image;
}

void add_image(WordFacts& facts, std::optional<EmbeddedImage> image) {
  if (!image || facts.images.size() >= limits::kFactImages) return;
  const bool known = std::ranges::any_of(
      facts.images, [&](const EmbeddedImage& other) { return other.sha256 == image->sha256; });
  if (!known) facts.images.push_back(*std::move(image));
}

}  // namespace baosong::parsers
