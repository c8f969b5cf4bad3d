#include "parsers/word/package.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "parsers/archive/archive_reader.hpp"
#include "parsers/archive/zip_directory.hpp"
#include "parsers/base/limits.hpp"

namespace baosong::parsers {
namespace {

constexpr std::size_t kRelationshipBytes = limits::kMiB;

std::string part_name(std::string_view raw) {
  while (raw.starts_with('/') || raw.starts_with('\\')) raw.remove_prefix(1);
  std::string out(raw);
  for (char& c : out) {
    if (c == '\\') c = '/';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string folder_of(std::string_view part) {
  const std::size_t slash = part.rfind('/');
  return slash == std::string_view::npos ? "" : std::string(part.substr(0, slash + 1));
}

// RFC 3986, section 5.2.4, for the little that a relationship target uses of it.
std::string resolve(const std::string& source, std::string_view target) {
  const bool absolute = target.starts_with('/') || target.starts_with('\\');
  const std::string joined =
      part_name(absolute ? std::string(target) : folder_of(source) + std::string(target));
  std::string out;
  for (std::size_t at = 0; at <= joined.size();) {
    const std::size_t end = std::min(joined.find('/', at), joined.size());
    const std::string_view step = std::string_view(joined).substr(at, end - at);
    at = end + 1;
    if (step.empty() || step == ".") continue;
    if (step == "..") {
      const std::size_t slash = out.rfind('/');
      out.erase(slash == std::string::npos ? 0 : slash);
      continue;
    }
    if (!out.empty()) out.push_back('/');
    out += step;
  }
  return out;
}

// "word/_rels/document.xml.rels" belongs to "word/document.xml", "_rels/.rels" to the package.
std::string source_of(std::string_view rels_part) {
  constexpr std::string_view kFolder = "_rels/", kEnd = ".rels";
  const std::string folder = folder_of(rels_part);
  if (!folder.ends_with(kFolder)) return std::string(rels_part);
  std::string_view name = rels_part.substr(folder.size());
  name.remove_suffix(kEnd.size());
  return folder.substr(0, folder.size() - kFolder.size()) + std::string(name);
}

class RelationshipHandler : public XmlHandler {
 public:
  RelationshipHandler(std::string source, std::vector<Relationship>& out)
      : source_(std::move(source)), out_(out) {}
  void start(Ns ns, std::string_view local, const Attributes& attributes) override {
    if (ns != Ns::kPackage || local != "Relationship" || out_.size() >= limits::kDocxEntries)
      return;
    Relationship row;
    row.id = attributes.find(Ns::kNone, "Id").value_or("");
    const std::string_view type = attributes.find(Ns::kNone, "Type").value_or("");
    row.type = type.substr(type.rfind('/') + 1);
    if (attributes.find(Ns::kNone, "TargetMode").value_or("") != "External") {
      row.target = resolve(source_, attributes.find(Ns::kNone, "Target").value_or(""));
    }
    out_.push_back(std::move(row));
  }
  void end(Ns /*ns*/, std::string_view /*local*/) override {}
  void text(std::string_view /*utf8*/) override {}

 private:
  std::string source_;
  std::vector<Relationship>& out_;
};

}  // namespace

Package::Package(std::string_view bytes) : bytes_(bytes), bytes_left_(limits::kDocxTotalBytes) {
  if (!scan_zip(bytes).complete) fail(Trouble::kDamaged, "the zip directory at the end is missing");
  std::map<std::string, std::string> texts;
  walk(kRelationshipBytes, [&](const std::string& part) -> Sink {
    if (!part.ends_with(".rels")) return nullptr;
    return [&text = texts[part]](std::string_view piece) {
      text.append(piece);
      return true;
    };
  });
  for (const auto& [part, text] : texts) {
    const std::string source = source_of(part);
    RelationshipHandler handler(source, relationships_[source]);
    XmlReader reader(handler);
    if (!reader.feed(text) || !reader.finish()) {
      fail(Trouble::kDamaged, part + ": " + reader.fault());
    }
  }
}

const std::vector<Relationship>& Package::relationships(const std::string& part) const {
  static const std::vector<Relationship> kNone;
  const auto found = relationships_.find(part);
  return found == relationships_.end() ? kNone : found->second;
}

std::string Package::target(const std::string& part, std::string_view type) const {
  for (const auto& row : relationships(part)) {
    if (row.type == type && !row.target.empty()) return row.target;
  }
  return {};
}

void Package::walk(std::size_t part_cap, const std::function<Sink(const std::string&)>& wanted) {
  ArchiveReader reader(bytes_, Format::kZip, limits::kDocxEntries, bytes_left_);
  while (const auto entry = reader.next()) {
    if (entry->directory) continue;
    const std::string part = part_name(entry->raw_name);
    const Sink sink = wanted(part);
    if (!sink) continue;
    const Trouble trouble = reader.stream(part_cap, sink);
    if (trouble != Trouble::kNone) fail(trouble, part + ": " + reader.detail());
    if (trouble == Trouble::kTooLarge) break;
  }
  if (reader.trouble() != Trouble::kNone) fail(reader.trouble(), reader.detail());
  bytes_left_ -= std::min(bytes_left_, reader.streamed());
}

std::set<std::string> Package::parse(const std::map<std::string, XmlHandler*>& parts,
                                     std::size_t part_cap) {
  std::map<std::string, std::unique_ptr<XmlReader>> readers;
  walk(part_cap, [&](const std::string& part) -> Sink {
    const auto handler = parts.find(part);
    // A part that stands in the zip twice is read once, as Word does.
    if (handler == parts.end() || readers.contains(part)) return nullptr;
    XmlReader& reader = *(readers[part] = std::make_unique<XmlReader>(*handler->second));
    return [&reader](std::string_view piece) { return reader.feed(piece); };
  });
  std::set<std::string> found;
  for (const auto& [part, reader] : readers) {
    found.insert(part);
    if (!reader->finish()) fail(Trouble::kDamaged, part + ": " + reader->fault());
  }
  return found;
}

void Package::fail(Trouble trouble, std::string detail) {
  if (trouble_ != Trouble::kNone) return;
  trouble_ = trouble;
  detail_ = std::move(detail);
}

}  // namespace baosong::parsers
