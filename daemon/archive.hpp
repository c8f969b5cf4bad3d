// The archive: every mail that a mailbox showed us, byte for byte, under its SHA-256:
//   DIR/ab/abcdef….eml   the raw mail, 0600; its file time is when it arrived
//   DIR/ab/abcdef….date  only when the mailbox itself said when it arrived (IMAP INTERNALDATE):
//                        RFC 3339; that time counts before what the mail says
// So the store can be thrown away and rebuilt from this directory alone. Nothing is ever removed.
// Thread rule: one Incoming belongs to one thread; several may be open at once.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "daemon/disk.hpp"
#include "parsers/base/result.hpp"
#include "parsers/base/time.hpp"

namespace baosong::daemon {

// When a mail arrived, as far as the mailbox knows.
struct Arrival {
  Time time{};
  bool exact = false;  // INTERNALDATE; false: the file's time, a last resort
};

class Archive {
 public:
  // Makes the directory and clears temporary files of a run that was killed: the caller holds the
  // instance lock.
  static Result<Archive> open(Disk& disk, std::string directory);

  // A mail that is being received. Destroyed before keep(), it leaves nothing behind.
  class Incoming {
   public:
    Incoming(Incoming&&) noexcept;
    Incoming& operator=(Incoming&&) noexcept;
    ~Incoming();
    Result<void> append(std::string_view bytes);
    // All bytes are here: lets the disk begin before keep().
    void complete() const { file_.start_writing(); }
    std::uint64_t size() const { return size_; }

   private:
    friend class Archive;
    struct Digest;
    Incoming(NewFile file, std::unique_ptr<Digest> digest);
    NewFile file_;
    std::unique_ptr<Digest> digest_;
    std::uint64_t size_ = 0;
  };
  Result<Incoming> begin();

  struct Kept {
    std::string sha256;
    std::uint64_t size = 0;
  };
  struct Complete {
    Incoming incoming;
    Arrival arrival;
  };
  // After success all of them, in their order, survive a crash of the machine; that costs the disk
  // little more than one mail would. The same bytes kept twice are one file. After an error some
  // may be kept, none of them as a half.
  Result<std::vector<Kept>> keep(std::vector<Complete> mails);
  Result<Kept> keep(Incoming incoming, Arrival arrival);

  std::string path_of(std::string_view sha256) const;
  // Whether the mail lies there with its whole size; its bytes are not looked at.
  [[nodiscard]] bool holds(std::string_view sha256, std::uint64_t size) const;
  Result<MappedFile> read(std::string_view sha256) const;
  // The arrival time that stands beside the mail (see above).
  Result<Arrival> arrival_of(std::string_view sha256) const;

 private:
  Archive(Disk& disk, std::string directory);
  Result<NewFile> date_file(Arrival arrival);
  Disk* disk_;
  std::string directory_;
  std::uint64_t next_ = 0;
};

}  // namespace baosong::daemon
