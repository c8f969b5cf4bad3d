// Opens what holds other files (mails, archives) and reads what lies in it, in order. An explicit
// stack instead of recursion: only the containers on the way down and the file that is being read
// are held decoded.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "parsers/archive/archive_reader.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/facts.hpp"
#include "parsers/mime/attachments.hpp"
#include "parsers/mime/scan.hpp"
#include "parsers/outlook/packed.hpp"
#include "parsers/pdf/scan_head.hpp"
#include "parsers/worker/guide.hpp"
#include "parsers/worker/sniff.hpp"

namespace baosong::parsers {

class Walk {
 public:
  // Everything found is appended to `out`: documents, problems, inner mails. What `guide` (may be
  // null) leaves out becomes a document that says so. `titles` (may be null) reads those of scans.
  explicit Walk(Reading& out, Guide* guide = nullptr, TitleReader* titles = nullptr)
      : out_(out), guide_(guide), titles_(titles) {}

  // Reads one file: a document, or a container with all that is in it. `bytes` must live until the
  // call returns. `path` is clean; it is made unique.
  void file(std::string_view bytes, std::string path);

  // Reads the mail that the whole Reading is about: its message and what is attached.
  void mail(std::string_view bytes);

 private:
  // A file on its way: where it lay, and its bytes, unless they lie in `Reading`'s own.
  struct File {
    std::unique_ptr<const std::string> owned;  // may be null
    std::string_view bytes;
    std::string path;
    int archives = 0, mails = 0;  // opened on the way down
    bool inline_image = false;
  };
  struct Archive {
    File file;
    Format format;
    ArchiveReader reader;
    std::size_t files = 0, locked = 0;
    bool left_out = false;  // not read to its end, and its document says so
  };
  struct Mail {
    File file;
    mime::Scan scan;
    std::vector<mime::Attachment> attachments;
    std::size_t next = 0;
  };
  struct Bundle {  // a mail as Outlook packs it
    File file;
    outlook::Packed packed;
    std::size_t next = 0;
  };
  using Container =
      std::variant<std::unique_ptr<Archive>, std::unique_ptr<Mail>, std::unique_ptr<Bundle>>;

  void take(File file);
  void open_mail(File file);
  void open_bundle(File file, const Sniffed& kind);
  void run();
  // One entry; false when the container is done with.
  bool step(Archive& archive);
  bool step(Mail& mail);
  bool step(Bundle& bundle);
  void close(const Archive& archive);
  void add(Document document);
  // True when what comes next is left out; then a document of that name says so.
  bool left_out(std::string_view bytes, const std::string& path, Format format);
  bool room();
  std::string unique(const std::string& path);

  Reading& out_;
  Guide* guide_;
  TitleReader* titles_;
  std::vector<Container> open_;
  std::map<std::string, int> paths_;  // in use, and the number the next of that name gets
  std::size_t entries_left_ = limits::kArchiveEntries;
  std::size_t bytes_left_ = limits::kArchiveTotalBytes;
  bool full_ = false;
};

}  // namespace baosong::parsers
