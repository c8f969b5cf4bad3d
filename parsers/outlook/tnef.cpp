#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "parsers/base/bytes.hpp"
#include "parsers/base/limits.hpp"
#include "parsers/outlook/packed.hpp"
#include "parsers/outlook/properties.hpp"
#include "parsers/text/html_text.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::outlook {
namespace {

// [MS-OXTNEF] 2.1.3.3
enum Attribute : std::uint32_t {
  kOemCodepage = 0x00069007,
  kMessageSubject = 0x00018004,
  kMessageBody = 0x0002800C,
  kMessageProperties = 0x00069003,
  kAttachBegin = 0x00069002,
  kAttachTitle = 0x00018010,
  kAttachBytes = 0x0006800F,
  kAttachProperties = 0x00069005,
};

constexpr std::size_t kGuid = 16;
constexpr std::size_t kMostProperties = 10'000;

// Fixed sizes of property values, padded to four bytes; nullopt: a length stands in front.
std::optional<std::size_t> fixed_size(std::uint16_t type) {
  switch (type) {
    case 0x0000:
    case 0x0001:
      return 0;
    case 0x0002:
    case 0x0003:
    case 0x0004:
    case 0x000A:
    case 0x000B:
      return 4;
    case 0x0005:
    case 0x0006:
    case 0x0007:
    case 0x0014:
    case 0x0040:
      return 8;
    case 0x0048:
      return kGuid;
    default:
      return std::nullopt;
  }
}

std::size_t padded(std::size_t size) { return (size + 3) / 4 * 4; }

// A cursor over property lists; what lies beyond the end reads as zeros and ends the list.
class PropertyList {
 public:
  explicit PropertyList(std::string_view bytes) : bytes_(bytes), left_(number()) {}

  struct Value {
    std::uint16_t id = 0, type = 0;
    std::string_view bytes;  // of the first value
  };
  std::optional<Value> next() {
    if (left_ == 0 || at_ >= bytes_.size() || ++read_ > kMostProperties) return std::nullopt;
    --left_;
    Value out;
    out.type = little16(bytes_, at_);
    out.id = little16(bytes_, at_ + 2);
    at_ += 4;
    if (out.id >= 0x8000) skip_name();
    const bool many = (out.type & 0x1000U) != 0;
    out.type &= 0xEFFFU;
    const auto fixed = fixed_size(out.type);
    const std::uint32_t count = many || !fixed ? number() : 1;
    for (std::uint32_t i = 0; i < count && at_ < bytes_.size(); ++i) {
      const std::size_t size = fixed ? *fixed : number();
      const std::string_view value = take(size);
      if (i == 0) out.bytes = value;
      if (size == 0 && fixed) break;
    }
    return out;
  }

 private:
  std::uint32_t number() {
    const std::uint32_t value = little32(bytes_, at_);
    at_ += 4;
    return value;
  }
  std::string_view take(std::size_t size) {
    if (at_ >= bytes_.size()) return {};
    const std::string_view out = bytes_.substr(at_, size);
    at_ = size > bytes_.size() - at_ ? bytes_.size() : at_ + padded(size);
    return out;
  }
  void skip_name() {
    at_ += kGuid;
    const bool by_name = number() == 1;
    const std::uint32_t size = number();
    if (by_name) take(size);
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  std::uint32_t left_;
  std::size_t read_ = 0;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) { out_.mails.emplace_back(); }

  Packed read() {
    constexpr std::size_t kHeader = 6, kFrame = 9, kChecksum = 2;
    std::size_t at = kHeader;
    if (bytes_.size() < kHeader) {
      out_.trouble = Trouble::kDamaged;
      out_.detail = "ends inside the header";
    }
    // Mail programs leave a line end behind it.
    while (at < bytes_.size() && bytes_.find_first_not_of("\r\n", at) != std::string_view::npos) {
      const std::size_t size = little32(bytes_, at + 5);
      if (bytes_.size() - at < kFrame || size > bytes_.size() - at - kFrame) {
        out_.trouble = Trouble::kDamaged;
        out_.detail = "ends inside an attribute";
        break;
      }
      attribute(little32(bytes_, at + 1), bytes_.substr(at + kFrame, size));
      at += kFrame + size + kChecksum;
    }
    end_attachment();
    Forwarded& mail = out_.mails.front();
    if (trim(mail.text).empty() && !html_.empty()) {
      mail.text = html_to_text(codepage_text(html_, codepage_));
    }
    return std::move(out_);
  }

 private:
  struct Attachment {
    std::string title, name, long_name;
    std::string_view data;
    std::optional<std::string_view> object;
  };

  std::string text(const PropertyList::Value& value) const {
    return value.type == kUnicode ? utf16_text(value.bytes) : codepage_text(value.bytes, codepage_);
  }

  void attribute(std::uint32_t id, std::string_view data) {
    Forwarded& mail = out_.mails.front();
    switch (id) {
      case kOemCodepage:
        codepage_ = little32(data, 0);
        break;
      case kMessageSubject:
        if (mail.subject.empty()) mail.subject = codepage_text(data, codepage_);
        break;
      case kMessageBody:
        if (mail.text.empty()) mail.text = codepage_text(data, codepage_);
        break;
      case kMessageProperties:
        message_properties(data);
        break;
      case kAttachBegin:
        end_attachment();
        attachment_.emplace();
        break;
      case kAttachTitle:
        if (attachment_) attachment_->title = codepage_text(data, codepage_);
        break;
      case kAttachBytes:
        if (attachment_) attachment_->data = data;
        break;
      case kAttachProperties:
        attachment_properties(data);
        break;
      default:
        break;
    }
  }

  void message_properties(std::string_view data) {
    Forwarded& mail = out_.mails.front();
    PropertyList list(data);
    while (const auto value = list.next()) {
      const bool is_text = value->type == kUnicode || value->type == kString8;
      if (value->id == kHtml && value->type == kBinary) html_ = value->bytes;
      if (!is_text) continue;
      if (value->id == kSubject) mail.subject = text(*value);
      if (value->id == kBody) mail.text = text(*value);
      if (value->id == kSenderName) mail.from.name = text(*value);
      if (value->id == kSenderAddress && value->bytes.find('@') != std::string_view::npos) {
        mail.from.address = text(*value);
      }
      if (value->id == kSenderSmtpAddress) mail.from.address = text(*value);
    }
  }

  void attachment_properties(std::string_view data) {
    if (!attachment_) return;
    PropertyList list(data);
    while (const auto value = list.next()) {
      const bool is_text = value->type == kUnicode || value->type == kString8;
      if (value->id == kAttachLongName && is_text) attachment_->long_name = text(*value);
      if (value->id == kAttachName && is_text) attachment_->name = text(*value);
      if (value->id != kAttachData) continue;
      // An object is behind the id of its interface; for a mail in the mail that is TNEF again.
      if (value->type == kObject && value->bytes.size() > kGuid) {
        attachment_->object = value->bytes.substr(kGuid);
      } else if (value->type == kBinary && attachment_->data.empty()) {
        attachment_->data = value->bytes;
      }
    }
  }

  void end_attachment() {
    if (!attachment_ || out_.files.size() >= limits::kMimeParts) return;
    Attachment& a = *attachment_;
    std::string name = !a.long_name.empty() ? a.long_name : !a.title.empty() ? a.title : a.name;
    out_.files.push_back({std::move(name), std::string(a.object ? *a.object : a.data)});
    attachment_.reset();
  }

  std::string_view bytes_;
  std::uint32_t codepage_ = 0;
  std::string_view html_;
  std::optional<Attachment> attachment_;
  Packed out_;
};

}  // namespace

Packed read_tnef(std::string_view bytes) { return Reader(bytes).read(); }

}  // namespace baosong::parsers::outlook
