#include "parsers/word/media.hpp"

#include <algorithm>
#include <utility>

#include "parsers/base/limits.hpp"
#include "parsers/photo/image_header.hpp"

namespace baosong::parsers {
namespace {

constexpr std::size_t kHeaderBytes = 128 * limits::kKiB;  // EXIF thumbnails come before the size

}  // namespace

void Media::take(std::string_view piece) {
  hash_.update(piece);
  size_ += piece.size();
  if (head_.size() < kHeaderBytes) head_ += piece.substr(0, kHeaderBytes - head_.size());
}

std::optional<EmbeddedImage> Media::finish() {
  const auto header = read_image_header(head_);
  if (!header) return std::nullopt;
  return EmbeddedImage{hash_.hex(), size_, header->width, header->height};
}

void add_image(WordFacts& facts, std::optional<EmbeddedImage> image) {
  if (!image || facts.images.size() >= limits::kFactImages) return;
  const bool known = std::ranges::any_of(
      facts.images, [&](const EmbeddedImage& other) { return other.sha256 == image->sha256; });
  if (!known) facts.images.push_back(*std::move(image));
}

}  // namespace baosong::parsers
