#include "parsers/word/docx.hpp"

#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "parsers/base/limits.hpp"
#include "parsers/word/media.hpp"
#include "parsers/word/package.hpp"
#include "parsers/word/story.hpp"

namespace baosong::parsers {
namespace {

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
  std::map<std::string, std::optional<EmbeddedImage>> images;
  std::optional<Media> media;  // of the last part that was taken: one is held at a time
  std::string name;
  const auto finish = [&] {
    if (media) images[name] = media->finish(images.size() <= limits::kEmbeddedMeasured);
    media.reset();
  };
  const std::set<std::string> wanted(parts.begin(), parts.end());
  package.walk(limits::kArchiveEntryBytes, [&](const std::string& part) -> Package::Sink {
    if (!wanted.contains(part) || images.contains(part)) return nullptr;
    finish();
    images[name = part];
    media.emplace();
    return [&media](std::string_view piece) {
      media->take(piece);
      return true;
    };
  });
  finish();
  for (const auto& part : parts) {
    if (const auto found = images.find(part); found != images.end()) {
      add_image(facts, std::move(found->second));
    }
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
  if (output.foreign) package.fail(Trouble::kUnsupported, "text in a file of its own (altChunk)");
  read_pictures(package, picture_parts(package, main, output.image_links), output.facts);
  return {std::move(output.facts), package.trouble(), package.detail()};
}

}  // namespace baosong::parsers
