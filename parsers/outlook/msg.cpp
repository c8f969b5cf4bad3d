#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "parsers/base/bytes.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/ole/compound.hpp"
#include "parsers/outlook/packed.hpp"
#include "parsers/outlook/properties.hpp"
#include "parsers/text/html_text.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::outlook {
namespace {

constexpr int kDepth = 8;  // mails in mails

class Reader {
 public:
  explicit Reader(const ole::Compound& file) : file_(file) {}

  // `storage` is the index of a message; its files get `folder` in front of their names.
  void message(std::size_t storage, const std::string& folder, int depth) {
    Forwarded& mail = out_.mails.emplace_back();
    mail.subject = text(storage, kSubject);
    mail.from.name = text(storage, kSenderName);
    mail.from.address = text(storage, kSenderSmtpAddress);
    if (mail.from.address.empty()) mail.from.address = text(storage, kSenderAddress);
    // Inside an organisation it is an X.500 name.
    if (mail.from.address.find('@') == std::string::npos) mail.from.address.clear();
    mail.text = text(storage, kBody);
    if (trim(mail.text).empty()) {
      mail.text = html_to_text(codepage_text(bytes(storage, kHtml, kBinary), 0));
    }
    for (const std::size_t i : attachments_of(storage)) attachment(i, folder, depth);
  }

  Packed take() { return std::move(out_); }

 private:
  // In the order of their numbers, which their names end in; the directory has an order of its own.
  std::vector<std::size_t> attachments_of(std::size_t storage) const {
    const auto& entries = file_.entries();
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].parent == storage && entries[i].kind == ole::EntryKind::kStorage &&
          entries[i].name.starts_with("__attach_version1.0_")) {
        out.push_back(i);
      }
    }
    std::ranges::stable_sort(out, {},
                             [&](std::size_t i) { return std::string_view(entries[i].name); });
    return out;
  }

  void attachment(std::size_t storage, const std::string& folder, int depth) {
    if (out_.files.size() + out_.mails.size() >= limits::kMimeParts) return;
    std::string name = text(storage, kAttachLongName);
    if (name.empty()) name = text(storage, kAttachName);
    if (const ole::Entry* inner = property(storage, kAttachData, kObject);
        inner != nullptr && inner->kind == ole::EntryKind::kStorage) {
      if (depth >= kDepth) {
        out_.trouble = Trouble::kTooLarge;
        out_.detail = "mails nested too deeply";
        return;
      }
      const auto index = static_cast<std::size_t>(inner - file_.entries().data());
      if (name.empty()) name = text(index, kSubject);
      message(index, fmt::format("{}{}/", folder, name), depth + 1);
      return;
    }
    out_.files.push_back({folder + name, bytes(storage, kAttachData, kBinary)});
  }

  // [MS-OXMSG] 2.2.2: the stream of a property is named after its tag.
  const ole::Entry* property(std::size_t storage, Property id, PropertyType type) const {
    return file_.find(fmt::format("__substg1.0_{:04X}{:04X}", static_cast<unsigned>(id),
                                  static_cast<unsigned>(type)),
                      storage);
  }
  std::string bytes(std::size_t storage, Property id, PropertyType type) const {
    const ole::Entry* entry = property(storage, id, type);
    return entry == nullptr ? std::string{} : file_.read(*entry, limits::kArchiveEntryBytes);
  }
  std::string text(std::size_t storage, Property id) const {
    const std::string wide = bytes(storage, id, kUnicode);
    return wide.empty() ? codepage_text(bytes(storage, id, kString8), 0) : utf16_text(wide);
  }

  const ole::Compound& file_;
  Packed out_;
};

}  // namespace

Packed read_msg(std::string_view bytes) {
  const auto file = ole::Compound::open(bytes);
  if (!file) return {{}, {}, Trouble::kDamaged, "OLE2 header or directory damaged"};
  Reader reader(*file);
  reader.message(0, "", 0);
  return reader.take();
}

}  // namespace baosong::parsers::outlook
