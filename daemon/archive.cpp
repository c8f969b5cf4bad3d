#include "daemon/archive.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <deque>
#include <filesystem>
#include <set>
#include <stdexcept>
#include <utility>

#include "daemon/pulse.hpp"

namespace baosong::daemon {
namespace fs = std::filesystem;

struct Archive::Incoming::Digest {
  EVP_MD_CTX* context = EVP_MD_CTX_new();

  Digest() {
    if (context == nullptr || EVP_DigestInit_ex(context, EVP_sha256(), nullptr) != 1) {
      throw std::runtime_error("OpenSSL cannot compute SHA-256");
    }
  }
  Digest(const Digest&) = delete;
  Digest& operator=(const Digest&) = delete;
  ~Digest() { EVP_MD_CTX_free(context); }

  void add(std::string_view bytes) const {
    if (EVP_DigestUpdate(context, bytes.data(), bytes.size()) != 1) {
      throw std::runtime_error("OpenSSL cannot compute SHA-256");
    }
  }
  std::string finish() const {
    std::array<unsigned char, 32> digest{};
    if (EVP_DigestFinal_ex(context, digest.data(), nullptr) != 1) {
      throw std::runtime_error("OpenSSL cannot compute SHA-256");
    }
    std::string hex;
    for (const unsigned char byte : digest) hex += fmt::format("{:02x}", byte);
    return hex;
  }
};

Archive::Incoming::Incoming(NewFile file, std::unique_ptr<Digest> digest)
    : file_(std::move(file)), digest_(std::move(digest)) {}
Archive::Incoming::Incoming(Incoming&&) noexcept = default;
Archive::Incoming& Archive::Incoming::operator=(Incoming&&) noexcept = default;
Archive::Incoming::~Incoming() = default;

Result<void> Archive::Incoming::append(std::string_view bytes) {
  if (auto written = file_.append(bytes); !written) return written;
  digest_->add(bytes);
  pulse::beat();
  size_ += bytes.size();
  return {};
}

Archive::Archive(Disk& disk, std::string directory)
    : disk_(&disk), directory_(std::move(directory)) {}

Result<Archive> Archive::open(Disk& disk, std::string directory) {
  const std::string temporary = directory + "/tmp";
  if (auto made = make_directory(disk, temporary); !made) return tl::unexpected(made.error());
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(temporary, error)) {
    std::error_code ignored;
    fs::remove(entry.path(), ignored);
  }
  return Archive(disk, std::move(directory));
}

Result<Archive::Incoming> Archive::begin() {
  auto file = NewFile::create(*disk_, fmt::format("{}/tmp/{}.part", directory_, next_++));
  if (!file) return tl::unexpected(file.error());
  return Incoming(std::move(*file), std::make_unique<Incoming::Digest>());
}

std::string Archive::path_of(std::string_view sha256) const {
  return fmt::format("{}/{}/{}.eml", directory_, sha256.substr(0, 2), sha256);
}

bool Archive::holds(std::string_view sha256, std::uint64_t size) const {
  struct stat there{};
  return ::stat(path_of(sha256).c_str(), &there) == 0 &&
         static_cast<std::uint64_t>(there.st_size) == size;
}

Result<NewFile> Archive::date_file(Arrival arrival) {
  auto note = NewFile::create(*disk_, fmt::format("{}/tmp/{}.part", directory_, next_++));
  if (!note) return note;
  if (auto written = note->append(format_rfc3339(arrival.time, Zone{}) + "\n"); !written) {
    return tl::unexpected(written.error());
  }
  note->start_writing();
  return note;
}

namespace {

// A file on its way to its name.
struct Placing {
  NewFile* file;
  std::string target;
};

// All are at their names and survive a crash.
Result<void> place_all(Disk& disk, const std::vector<Placing>& files,
                       std::set<std::string> folders) {
  for (const Placing& placing : files) {
    if (auto placed = placing.file->place(placing.target); !placed) return placed;
    folders.insert(fs::path(placing.target).parent_path().string());
  }
  for (const std::string& folder : folders) {
    if (disk.sync_directory(folder) != 0) return disk_failure("写入目录", folder, errno);
  }
  return {};
}

}  // namespace

Result<std::vector<Archive::Kept>> Archive::keep(std::vector<Complete> mails) {
  std::vector<Kept> kept;
  std::deque<NewFile> notes;
  std::vector<Placing> dates, bodies;
  std::set<std::string> targets, folders;
  for (Complete& mail : mails) {
    kept.push_back({mail.incoming.digest_->finish(), mail.incoming.size_});
    const std::string target = path_of(kept.back().sha256);
    const std::string folder = fs::path(target).parent_path().string();
    if (auto made = make_directory(*disk_, folder); !made) return tl::unexpected(made.error());
    if (holds(kept.back().sha256, kept.back().size)) {
      // A run that was killed may have renamed without syncing the directory.
      folders.insert(folder);
      continue;
    }
    if (!targets.insert(target).second) continue;
    if (mail.arrival.exact) {
      auto note = date_file(mail.arrival);
      if (!note) return tl::unexpected(note.error());
      notes.push_back(std::move(*note));
      dates.push_back({&notes.back(), fs::path(target).replace_extension(".date").string()});
    }
    if (auto set = mail.incoming.file_.set_time(mail.arrival.time); !set) {
      return tl::unexpected(set.error());
    }
    mail.incoming.complete();
    bodies.push_back({&mail.incoming.file_, target});
  }
  for (const auto* files : {&bodies, &dates}) {
    for (const Placing& placing : *files) {
      if (auto synced = placing.file->sync(); !synced) return tl::unexpected(synced.error());
      pulse::beat();
    }
  }
  // A mail is never seen without its date.
  if (auto placed = place_all(*disk_, dates, {}); !placed) return tl::unexpected(placed.error());
  if (auto placed = place_all(*disk_, bodies, std::move(folders)); !placed) {
    return tl::unexpected(placed.error());
  }
  return kept;
}

Result<Archive::Kept> Archive::keep(Incoming incoming, Arrival arrival) {
  std::vector<Complete> one;
  one.push_back({std::move(incoming), arrival});
  auto kept = keep(std::move(one));
  if (!kept) return tl::unexpected(kept.error());
  return std::move(kept->front());
}

Result<MappedFile> Archive::read(std::string_view sha256) const {
  return MappedFile::open(path_of(sha256));
}

Result<Arrival> Archive::arrival_of(std::string_view sha256) const {
  const std::string target = path_of(sha256);
  const std::string beside = fs::path(target).replace_extension(".date").string();
  std::error_code ignored;
  if (fs::exists(beside, ignored)) {
    auto file = MappedFile::open(beside);
    if (!file) return tl::unexpected(file.error());
    std::string_view text = file->bytes();
    if (text.ends_with('\n')) text.remove_suffix(1);
    if (const auto time = parse_rfc3339(text)) return Arrival{*time, true};
  }
  struct stat status{};
  if (::stat(target.c_str(), &status) != 0) return disk_failure("打开文件", target, errno);
  return Arrival{Time(std::chrono::seconds(status.st_mtim.tv_sec)), false};
}

}  // namespace baosong::daemon
