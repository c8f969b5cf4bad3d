#include "parsers/worker/walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "parsers/archive/entry_name.hpp"
#include "parsers/base/hash.hpp"
#include "parsers/mime/cloud_link.hpp"
#include "parsers/mime/decode.hpp"
#include "parsers/mime/message.hpp"
#include "parsers/text/utf8.hpp"
#include "parsers/worker/document.hpp"

namespace baosong::parsers {
namespace {

constexpr int kMailDepth = 8;  // mails as files in mails as files; each is held decoded

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

bool Walk::left_out(std::string_view bytes, const std::string& path, Format format) {
  const auto ended = guide_ == nullptr ? std::nullopt : guide_->enter();
  if (!ended) return false;
  if (path.empty()) {
    out_.problems.emplace_back(kNotReadSafely);  // the mail that all of this is about
  } else {
    add(name_document(bytes, path, format, Trouble::kUnsafe, std::string(text_of(*ended))));
  }
  return true;
}

void Walk::file(std::string_view bytes, std::string path) {
  File file;
  file.bytes = bytes;
  file.path = std::move(path);
  take(std::move(file));
  run();
}

void Walk::mail(std::string_view bytes) {
  File file;
  file.bytes = bytes;
  open_mail(std::move(file));
  run();
}

void Walk::run() {
  while (!open_.empty()) {
    // A step may open another container, so its own is not touched after it.
    const std::size_t depth = open_.size();
    const bool more =
        std::visit([this](auto& container) { return step(*container); }, open_.back());
    if (more) continue;
    const Container done = std::move(open_[depth - 1]);
    open_.pop_back();
    if (const auto* archive = std::get_if<std::unique_ptr<Archive>>(&done)) close(**archive);
  }
}

void Walk::take(File file) {
  if (!room()) return;
  if (file.owned) file.bytes = *file.owned;
  if (left_out(file.bytes, file.path, Format::kUnknown)) return;
  const Sniffed kind = sniff(file.bytes, last_step(file.path));
  const auto shut = [&](const char* why) {
    add(name_document(file.bytes, file.path, kind.format, Trouble::kTooLarge, why));
  };
  if (can_open(kind.format) && kind.trouble == Trouble::kNone) {
    if (file.archives >= limits::kArchiveDepth) return shut("archives nested too deeply");
    if (left_out(file.bytes, file.path, kind.format)) return;
    ++file.archives;
    ArchiveReader reader(file.bytes, kind.format, limits::kArchiveEntries,
                         limits::kArchiveTotalBytes);
    open_.emplace_back(
        std::make_unique<Archive>(Archive{std::move(file), kind.format, std::move(reader)}));
    return;
  }
  const bool packed = (kind.format == Format::kTnef || kind.kind == Kind::kOutlook) &&
                      kind.trouble == Trouble::kNone;
  if (kind.format == Format::kEml || packed) {
    if (file.mails >= kMailDepth) return shut("mails nested too deeply");
    return packed ? open_bundle(std::move(file), kind) : open_mail(std::move(file));
  }
  if (left_out(file.bytes, file.path, kind.format)) return;
  Document document = read_document(file.bytes, std::move(file.path), kind);
  look_at_pages(file.bytes, document, guide_, titles_);
  document.inline_image = file.inline_image && is_image(document.format);
  add(std::move(document));
}

void Walk::open_mail(File file) {
  if (left_out(file.bytes, file.path, Format::kEml)) return;
  auto mail = std::make_unique<Mail>();
  mail->scan = mime::scan(file.bytes);
  mail->attachments = mime::list_attachments(mail->scan);
  Message message = mime::read_message(mail->scan);
  const bool inner = !file.path.empty();
  if (!inner) {
    out_.message = std::move(message);
  } else if (out_.is_mail) {
    // A mail that came as a file is a forwarded mail like one that came as message/rfc822.
    auto& forwarded = out_.message.forwarded;
    forwarded.push_back({message.from, message.subject, message.text});
    std::move(message.forwarded.begin(), message.forwarded.end(), std::back_inserter(forwarded));
  }
  const std::string folder = inner ? file.path + "/" : "";
  for (const auto& problem : mail->scan.problems) out_.problems.push_back(folder + problem);
  for (auto& link : mime::find_cloud_links(mail->scan)) {
    Document document;
    document.path = folder + clean_path(link.name);
    document.format = Format::kCloudLink;
    document.sha256 = sha256_hex(link.url);  // two links to one file are one
    document.facts = std::move(link.facts);
    add(std::move(document));
  }
  ++file.mails;
  mail->file = std::move(file);
  open_.emplace_back(std::move(mail));
}

// winmail.dat holds what the mail around it lacks; a .msg is a forwarded mail.
void Walk::open_bundle(File file, const Sniffed& kind) {
  if (left_out(file.bytes, file.path, kind.format)) return;
  auto bundle = std::make_unique<Bundle>();
  bundle->packed =
      kind.format == Format::kTnef ? outlook::read_tnef(file.bytes) : outlook::read_msg(file.bytes);
  outlook::Packed& packed = bundle->packed;
  if (packed.trouble != Trouble::kNone) {
    Document shut =
        name_document(file.bytes, file.path, kind.format, packed.trouble, std::move(packed.detail));
    shut.kind = Kind::kOutlook;
    add(std::move(shut));
  }
  const bool around =
      kind.format == Format::kTnef && out_.is_mail && file.mails == 1 && file.archives == 0;
  for (std::size_t i = 0; i < packed.mails.size() && out_.is_mail; ++i) {
    Forwarded& mail = packed.mails[i];
    if (around && i == 0) {
      if (trim(out_.message.text).empty()) out_.message.text = std::move(mail.text);
      if (trim(out_.message.subject).empty()) out_.message.subject = std::move(mail.subject);
    } else {
      out_.message.forwarded.push_back(std::move(mail));
    }
  }
  ++file.mails;
  bundle->file = std::move(file);
  open_.emplace_back(std::move(bundle));
}

bool Walk::step(Bundle& bundle) {
  if (bundle.next >= bundle.packed.files.size() || full_) return false;
  outlook::PackedFile& packed = bundle.packed.files[bundle.next++];
  File file;
  file.path = bundle.file.path + "/" + clean_path(packed.name);
  file.owned = std::make_unique<const std::string>(std::move(packed.bytes));
  file.archives = bundle.file.archives;
  file.mails = bundle.file.mails;
  take(std::move(file));
  return true;
}

bool Walk::step(Mail& mail) {
  if (mail.next >= mail.attachments.size() || full_) return false;
  const mime::Attachment& attachment = mail.attachments[mail.next++];
  const mime::Part& part = mail.scan.parts[static_cast<std::size_t>(attachment.part)];
  const std::string path =
      mail.file.path.empty() ? attachment.path : mail.file.path + "/" + attachment.path;
  if (left_out({}, path, Format::kUnknown)) return true;
  auto store = std::make_unique<std::string>();
  File file;
  file.bytes = mime::decode_body(part, *store);
  if (!store->empty()) file.owned = std::move(store);
  file.path = path;
  file.archives = mail.file.archives;
  file.mails = mail.file.mails;
  file.inline_image = attachment.inline_image;
  take(std::move(file));
  return true;
}

bool Walk::step(Archive& archive) {
  if (left_out(archive.file.bytes, archive.file.path, archive.format)) {
    archive.left_out = true;
    return false;
  }
  const auto entry = archive.reader.next();
  if (!entry || full_) return false;
  if (entries_left_ == 0 || bytes_left_ == 0) {
    const char* why = entries_left_ == 0 ? "too many entries" : "too many bytes inside";
    add(name_document(archive.file.bytes, archive.file.path, archive.format, Trouble::kTooLarge,
                      why));
    return false;
  }
  --entries_left_;
  if (entry->directory) return true;
  const std::string inside = clean_path(entry->raw_name);
  if (is_clutter(inside)) return true;
  if (entry->encrypted) {
    ++archive.locked;
    return true;
  }
  const std::size_t cap = std::min(limits::kArchiveEntryBytes, bytes_left_);
  auto data = std::make_unique<std::string>();
  // A declared size that lies costs nothing: pages that are never written are never there.
  data->reserve(std::min<std::uint64_t>(entry->declared, cap));
  const Trouble trouble = archive.reader.read(cap, *data);
  bytes_left_ -= std::min(bytes_left_, data->size());
  if (trouble == Trouble::kEncrypted) {
    ++archive.locked;
    return true;
  }
  ++archive.files;
  File file;
  file.path = archive.file.path + "/" + inside;
  if (trouble != Trouble::kNone) {
    const Format format = sniff(*data, last_step(file.path)).format;
    add(name_document(*data, std::move(file.path), format, trouble, archive.reader.detail()));
    return true;
  }
  file.owned = std::move(data);
  file.archives = archive.file.archives;
  file.mails = archive.file.mails;
  take(std::move(file));
  return true;
}

// An archive that could be opened is no document of its own, unless something of it stayed shut.
void Walk::close(const Archive& archive) {
  if (archive.left_out) return;
  const auto keep = [&](Trouble trouble, std::string detail) {
    add(name_document(archive.file.bytes, archive.file.path, archive.format, trouble,
                      std::move(detail)));
  };
  if (archive.reader.split()) {
    Document volume = name_document(archive.file.bytes, archive.file.path, archive.format,
                                    Trouble::kUnsupported, archive.reader.detail());
    volume.kind = Kind::kVolume;
    add(std::move(volume));
  } else if (archive.reader.trouble() != Trouble::kNone) {
    keep(archive.reader.trouble(), archive.reader.detail());
  } else if (archive.locked > 0) {
    keep(Trouble::kEncrypted, fmt::format("{} locked entries", archive.locked));
  } else if (archive.files == 0 && entries_left_ > 0) {
    keep(Trouble::kEmpty, "archive without a file");
  }
}

}  // namespace baosong::parsers
