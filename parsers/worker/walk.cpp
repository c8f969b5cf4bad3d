#include "parsers/worker/walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "parsers/archive/entry_name.hpp"
#include "parsers/worker/document.hpp"
#include "parsers/worker/sniff.hpp"

namespace baosong::parsers {
namespace {

bool can_open(Format format) { return is_archive(format) && format != Format::kTnef; }

// "目录/a.jpg", 2 -> "目录/a (2).jpg"
std::string numbered(const std::string& path, int number) {
  const std::size_t name = path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1;
  std::size_t dot = path.rfind('.');
  if (dot == std::string::npos || dot <= name) dot = path.size();
  return fmt::format("{} ({}){}", path.substr(0, dot), number, path.substr(dot));
}

}  // namespace

std::string Walk::unique(const std::string& path) {
  const auto [first, added] = paths_.try_emplace(path, 2);
  if (added) return path;
  for (;;) {
    std::string candidate = numbered(path, first->second++);
    if (paths_.try_emplace(candidate, 2).second) return candidate;
  }
}

bool Walk::room() {
  if (out_.documents.size() < limits::kDocuments) return true;
  if (!std::exchange(full_, true)) {
    out_.problems.push_back(fmt::format("more than {} documents", limits::kDocuments));
  }
  return false;
}

void Walk::add(Document document) {
  if (!room()) return;
  document.path = unique(document.path);
  document.name = last_step(document.path);
  out_.documents.push_back(std::move(document));
}

void Walk::add(std::string_view bytes, std::string path, bool inline_image) {
  take(nullptr, bytes, std::move(path), 0, inline_image);
  while (!frames_.empty()) step();
}

void Walk::take(std::unique_ptr<const std::string> owned, std::string_view bytes, std::string path,
                int archives, bool inline_image) {
  if (!room()) return;
  if (owned) bytes = *owned;
  const Sniffed kind = sniff(bytes, last_step(path));
  if (can_open(kind.format) && kind.trouble == Trouble::kNone) {
    if (archives >= limits::kArchiveDepth) {
      add(name_document(bytes, std::move(path), kind.format, Trouble::kTooLarge,
                        "archives nested too deeply"));
      return;
    }
    Frame& frame = frames_.emplace_back();
    frame.owned = std::move(owned);
    frame.bytes = bytes;
    frame.path = std::move(path);
    frame.format = kind.format;
    frame.archives = archives + 1;
    frame.reader = std::make_unique<ArchiveReader>(bytes, kind.format, limits::kArchiveEntries,
                                                   limits::kArchiveTotalBytes);
    return;
  }
  Document document = read_document(bytes, std::move(path), kind);
  document.inline_image = inline_image && is_image(document.format);
  add(std::move(document));
}

void Walk::step() {
  Frame& frame = frames_.back();
  const auto entry = frame.reader->next();
  if (!entry || full_ || entries_left_ == 0 || bytes_left_ == 0) {
    const Frame done = std::move(frame);
    frames_.pop_back();
    close(done);
    if (entry && !full_) {
      add(name_document(done.bytes, done.path, done.format, Trouble::kTooLarge,
                        entries_left_ == 0 ? "too many entries" : "too many bytes inside"));
    }
    return;
  }
  --entries_left_;
  if (entry->directory) return;
  const std::string inside = clean_path(entry->raw_name);
  if (is_clutter(inside)) return;
  if (entry->encrypted) {
    ++frame.locked;
    return;
  }
  const std::size_t cap = std::min(limits::kArchiveEntryBytes, bytes_left_);
  auto data = std::make_unique<std::string>();
  // A declared size that lies costs nothing: pages that are never written are never there.
  data->reserve(std::min<std::uint64_t>(entry->declared, cap));
  const Trouble trouble = frame.reader->read(cap, *data);
  bytes_left_ -= std::min(bytes_left_, data->size());
  if (trouble == Trouble::kEncrypted) {
    ++frame.locked;
    return;
  }
  ++frame.files;
  std::string path = frame.path + "/" + inside;
  if (trouble == Trouble::kNone) {
    const int archives = frame.archives;
    take(std::move(data), {}, std::move(path), archives, false);
    return;
  }
  const Format format = sniff(*data, last_step(path)).format;
  add(name_document(*data, std::move(path), format, trouble, frame.reader->detail()));
}

// An archive that could be opened is no document of its own, unless something of it stayed shut.
void Walk::close(const Frame& frame) {
  const auto keep = [&](Trouble trouble, std::string detail) {
    add(name_document(frame.bytes, frame.path, frame.format, trouble, std::move(detail)));
  };
  if (frame.reader->trouble() != Trouble::kNone) {
    keep(frame.reader->trouble(), frame.reader->detail());
  } else if (frame.locked > 0) {
    keep(Trouble::kEncrypted, fmt::format("{} locked entries", frame.locked));
  } else if (frame.files == 0 && entries_left_ > 0) {
    keep(Trouble::kEmpty, "archive without a file");
  }
}

}  // namespace baosong::parsers
