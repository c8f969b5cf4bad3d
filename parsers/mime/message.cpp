#include "parsers/mime/message.hpp"

#include <algorithm>

#include "parsers/mime/address.hpp"
#include "parsers/mime/ascii.hpp"
#include "parsers/mime/body_text.hpp"
#include "parsers/mime/bounce.hpp"
#include "parsers/mime/date.hpp"
#include "parsers/mime/encoded_word.hpp"
#include "parsers/mime/quoting.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::mime {
namespace {

static_assert(std::ranges::is_sorted(kKeptFields));

using Header = std::span<const mime::Field>;

constexpr std::size_t kLongestValue = 16 * 1024;
constexpr std::size_t kMostKept = 100;
constexpr std::size_t kMostIds = 100;

std::string_view raw_value(Header header, std::string_view name) {
  const mime::Field* field = find_field(header, name);
  return field == nullptr ? std::string_view{} : field->value.substr(0, kLongestValue);
}

std::string decoded(std::string_view raw) {
  return std::string(trim(decode_words(unfold(raw.substr(0, kLongestValue)))));
}

// "<a@b> <c@d>": every id in angle brackets; an id without them is taken when it stands alone.
std::vector<std::string> message_ids(std::string_view raw) {
  const std::string text = decoded(raw);
  std::vector<std::string> ids;
  for (std::size_t at = 0; ids.size() < kMostIds;) {
    const std::size_t begin = text.find('<', at);
    const std::size_t end = begin == std::string::npos ? begin : text.find('>', begin);
    if (end == std::string::npos) break;
    std::string id = text.substr(begin, end + 1 - begin);
    std::erase_if(id, is_blank);
    ids.push_back(std::move(id));
    at = end + 1;
  }
  const bool bare = ids.empty() && text.find('@') != std::string::npos &&
                    text.find_first_of(" \t<>") == std::string::npos;
  if (bare) ids.push_back("<" + text + ">");
  return ids;
}

std::string first_id(std::string_view raw) {
  std::vector<std::string> ids = message_ids(raw);
  return ids.empty() ? std::string{} : std::move(ids.front());
}

void keep_fields(Header header, Message& out) {
  for (const mime::Field& field : header) {
    if (out.fields.size() == kMostKept) return;
    std::string name = lower(field.name.substr(0, 64));
    if (!std::ranges::binary_search(kKeptFields, std::string_view(name))) continue;
    out.fields.push_back({std::move(name), decoded(field.value)});
  }
}

void read_header_fields(Header header, Message& out) {
  out.message_id = first_id(raw_value(header, "message-id"));
  out.from = parse_address(raw_value(header, "from"));
  if (out.from.address.empty() && out.from.name.empty())
    out.from = parse_address(raw_value(header, "sender"));
  out.reply_to = parse_address(raw_value(header, "reply-to"));
  out.to = parse_addresses(raw_value(header, "to"));
  out.cc = parse_addresses(raw_value(header, "cc"));
  out.subject = subject_of(header);
  out.in_reply_to = first_id(raw_value(header, "in-reply-to"));
  out.references = message_ids(raw_value(header, "references"));
  out.date = parse_date_time(raw_value(header, "date"));
  out.received = parse_received(raw_value(header, "received"));
  keep_fields(header, out);
}

Forwarded inner_mail(const Scan& scan, std::int32_t index) {
  const Header header = scan.header(scan.parts[static_cast<std::size_t>(index)]);
  Forwarded out;
  out.from = parse_address(raw_value(header, "from"));
  out.subject = subject_of(header);
  out.text = without_links(split_quoted(body_text(scan, index)).fresh);
  return out;
}

}  // namespace

std::string subject_of(std::span<const mime::Field> header) {
  return decoded(raw_value(header, "subject"));
}

Message read_message(const Scan& scan) {
  Message out;
  if (scan.parts.empty()) return out;
  const Part& root = scan.parts.front();
  read_header_fields(scan.header(root), out);
  out.content_type = decode_words(root.type);
  out.report_type = decode_words(lower(root.content_type.get("report-type")));

  SplitText split = split_quoted(body_text(scan, 0));
  out.text = without_links(split.fresh);
  out.quoted = without_links(split.quoted);
  if (split.says_forward || is_forward_subject(out.subject)) {
    for (Forwarded& head : split.heads) {
      head.text = without_links(head.text);
      out.forwarded.push_back(std::move(head));
    }
  }
  constexpr std::size_t kMostInner = 50;
  for (std::size_t i = 1; i < scan.parts.size() && out.forwarded.size() < kMostInner; ++i) {
    const auto index = static_cast<std::int32_t>(i);
    if (scan.parts[i].message == index) out.forwarded.push_back(inner_mail(scan, index));
  }
  out.bounce = find_bounce(scan, out);
  return out;
}

}  // namespace baosong::parsers::mime
