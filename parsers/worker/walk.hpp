// Opens what holds other files (archives, mails as files) and reads what lies in it, in order. An
// explicit stack instead of recursion: only the containers on the way down are held in memory.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "parsers/archive/archive_reader.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/facts.hpp"

namespace baosong::parsers {

class Walk {
 public:
  // Everything found is appended to `out`: documents, problems, inner mails.
  explicit Walk(Reading& out) : out_(out) {}

  // Reads one file: a document, or a container with all that is in it. `bytes` must live until the
  // call returns. `path` is clean; it is made unique.
  void add(std::string_view bytes, std::string path, bool inline_image = false);

  // A document that is no file (a cloud link); its path is made unique.
  void add(Document document);

 private:
  struct Frame {
    std::unique_ptr<const std::string> owned;  // the container, when it came out of another one
    std::string_view bytes;
    std::string path;
    Format format = Format::kUnknown;
    int archives = 0;  // archives on the way down, this one included
    std::unique_ptr<ArchiveReader> reader;
    std::size_t files = 0, locked = 0;
  };

  // `owned` may be null: then `bytes` live long enough by themselves.
  void take(std::unique_ptr<const std::string> owned, std::string_view bytes, std::string path,
            int archives, bool inline_image);
  void step();
  void close(const Frame& frame);
  bool room();
  std::string unique(const std::string& path);

  Reading& out_;
  std::vector<Frame> frames_;
  std::map<std::string, int> paths_;  // in use, and the number the next of that name gets
  std::size_t entries_left_ = limits::kArchiveEntries;
  std::size_t bytes_left_ = limits::kArchiveTotalBytes;
  bool full_ = false;
};

}  // namespace baosong::parsers
