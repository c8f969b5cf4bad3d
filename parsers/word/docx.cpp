#include "parsers/word/docx.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "parsers/base/hash.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/photo/image_header.hpp"
#include "parsers/word/package.hpp"
#include "parsers/word/story.hpp"

namespace baosong::parsers {
namespace {

constexpr std::size_t kHeaderBytes = 128 * limits::kKiB;  // EXIF thumbnails come before the size

// One media part while its bytes stream by.
struct Media {
  Sha256 hash;
  std::uint64_t size = 0;
  std::string head;

  bool take(std::string_view piece) {
    hash.update(piece);
    size += piece.size();
    if (head.size() < kHeaderBytes) head += piece.substr(0, kHeaderBytes - head.size());
    return true;
  }
};

std::string main_part(const Package& package) {
  const std::string target = package.target("", "officeDocument");
  return target.empty() ? "word/document.xml" : target;
}

// Pictures in the order in which the text shows them, then those that only its relationships name.
std::vector<std::string> picture_parts(const Package& package, const std::string& main,
                                       const std::vector<std::string>& links) {
  std::map<std::string, std::string> by_id;
  for (const auto& row : package.relationships(main)) {
    if (row.type == "image" && !row.target.empty()) by_id.emplace(row.id, row.target);
  }
  std::vector<std::string> out;
  std::set<std::string> seen;
  const auto add = [&](const std::string& part) {
    if (seen.insert(part).second) out.push_back(part);
  };
  for (const auto& id : links) {
    if (const auto found = by_id.find(id); found != by_id.end()) add(found->second);
  }
  for (const auto& row : package.relationships(main)) {
    if (row.type == "image" && !row.target.empty()) add(row.target);
  }
  return out;
}

void read_pictures(Package& package, const std::vector<std::string>& parts, WordFacts& facts) {
  std::map<std::string, std::unique_ptr<Media>> media;
  const std::set<std::string> wanted(parts.begin(), parts.end());
  package.walk(limits::kArchiveEntryBytes, [&](const std::string& part) -> Package::Sink {
    if (!wanted.contains(part) || media.contains(part)) return nullptr;
    Media& one = *(media[part] = std::make_unique<Media>());
    return [&one](std::string_view piece) { return one.take(piece); };
  });
  std::set<std::string> hashes;
  for (const auto& part : parts) {
    const auto found = media.find(part);
    if (found == media.end()) continue;
    // Drawings (emf, wmf, svg) are no pictures that anybody took.
    const auto header = read_image_header(found->second->head);
    if (!header) continue;
    EmbeddedImage image{found->second->hash.hex(), found->second->size, header->width,
                        header->height};
    if (hashes.insert(image.sha256).second) facts.images.push_back(std::move(image));
  }
}

}  // namespace

WordReading read_docx(std::string_view bytes) {
  Package package(bytes);
  const std::string main = main_part(package);
  Styles styles;
  if (const std::string part = package.target(main, "styles"); !part.empty()) {
    package.parse({{part, &styles}}, limits::kDocumentXmlBytes);
  }
  StoryOutput output;
  Story body(Story::Kind::kMain, styles, output);
  Story footnotes(Story::Kind::kNotes, styles, output);
  Story endnotes(Story::Kind::kNotes, styles, output);
  std::map<std::string, XmlHandler*> parts{{main, &body}};
  if (const auto part = package.target(main, "footnotes"); !part.empty()) {
    parts.emplace(part, &footnotes);
  }
  if (const auto part = package.target(main, "endnotes"); !part.empty()) {
    parts.emplace(part, &endnotes);
  }
  if (!package.parse(parts, limits::kDocumentXmlBytes).contains(main)) {
    package.fail(Trouble::kDamaged, "no main part");
  }
  read_pictures(package, picture_parts(package, main, output.image_links), output.facts);
  return {std::move(output.facts), package.trouble(), package.detail()};
}

}  // namespace baosong::parsers
