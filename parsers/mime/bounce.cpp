#include "parsers/mime/bounce.hpp"

#include <algorithm>
#include <array>

#include "parsers/mime/address.hpp"
#include "parsers/mime/ascii.hpp"
#include "parsers/mime/decode.hpp"
#include "parsers/text/charset.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::parsers::mime {
namespace {

constexpr std::size_t kReportBytes = 64 * 1024;

// The first "Name: value" line of that name, value trimmed; empty when there is none.
std::string_view report_value(std::string_view report, std::string_view name) {
  while (!report.empty()) {
    const std::size_t end = std::min(report.find_first_of("\r\n"), report.size());
    const std::string_view line = report.substr(0, end);
    report.remove_prefix(std::min(end + 1, report.size()));
    if (istarts_with(line, name) && line.size() > name.size() && line[name.size()] == ':') {
      return trim_blanks(line.substr(name.size() + 1));
    }
  }
  return {};
}

bool is_address_character(char c) {
  return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') ||
         std::string_view("._%+-=&'").find(c) != std::string_view::npos;
}

// The address around the first @ at or behind `from`; `end` is set behind it.
std::string_view address_around(std::string_view text, std::size_t from, std::size_t& end) {
  for (std::size_t sign = text.find('@', from); sign != std::string_view::npos;
       sign = text.find('@', sign + 1)) {
    std::size_t begin = sign;
    end = sign + 1;
    while (begin > from && is_address_character(text[begin - 1])) --begin;
    while (end < text.size() && is_address_character(text[end])) ++end;
    while (end > sign + 1 && text[end - 1] == '.') --end;
    if (begin < sign && end > sign + 1) return text.substr(begin, end - begin);
  }
  return {};
}

// "5.1.1" at the start of a word, or "550 5.1.1".
std::string status_in(std::string_view text) {
  for (std::size_t at = 0; at + 4 < text.size(); ++at) {
    const bool start = at == 0 || !(is_digit(text[at - 1]) || text[at - 1] == '.');
    if (!start || (text[at] != '4' && text[at] != '5') || text[at + 1] != '.' ||
        !is_digit(text[at + 2]))
      continue;
    std::size_t end = at + 2;
    while (end < text.size() && (is_digit(text[end]) || text[end] == '.')) ++end;
    while (text[end - 1] == '.') --end;
    const std::string_view found = text.substr(at, end - at);
    if (std::ranges::count(found, '.') == 2 && found.size() <= 9) return std::string(found);
  }
  return {};
}

bool is_postmaster(std::string_view address) {
  constexpr std::array<std::string_view, 5> kNames{"postmaster", "mailer-daemon", "mailerdaemon",
                                                   "mail-daemon", "mailer_daemon"};
  const std::string local = lower(address.substr(0, address.find('@')));
  return std::ranges::find(kNames, local) != kNames.end();
}

bool speaks_of_return(const Message& message) {
  constexpr std::array<std::string_view, 12> kSigns{
      "退信",         "被退回",           "无法发送到",     "投递失败",        "发送失败",
      "退回",         "undeliver",        "deliverystatus", "deliveryfailure", "returnedmail",
      "mailreturned", "deliveryhasfailed"};
  const std::string subject = fold(message.subject);
  const std::string text =
      fold(cut_utf8(message.text, 4096)) + fold(cut_utf8(message.quoted, 4096));
  return std::ranges::any_of(kSigns, [&](auto sign) {
    return subject.find(sign) != std::string::npos || text.find(sign) != std::string::npos;
  });
}

// The address that the prose complains about: behind one of these words, or the first that is not
// the postmaster's own.
std::string recipient_in(std::string_view text) {
  constexpr std::array<std::string_view, 8> kBefore{
      "无法发送到", "收件人邮件地址",  "收件人地址",      "收件人（",
      "收件人",     "Final-Recipient", "User not found:", "RCPT TO"};
  std::size_t end = 0;
  for (const std::string_view word : kBefore) {
    const std::size_t at = text.find(word);
    if (at == std::string_view::npos) continue;
    const std::string_view near = text.substr(at + word.size(), 300);
    const std::string_view found = address_around(near, 0, end);
    if (!found.empty() && !is_postmaster(found)) return std::string(found);
  }
  for (std::size_t at = 0; at < text.size(); at = end) {
    const std::string_view found = address_around(text, at, end);
    if (found.empty()) break;
    if (!is_postmaster(found)) return std::string(found);
  }
  return {};
}

std::string kept_field(const Message& message, std::string_view name) {
  const auto found = std::ranges::find(message.fields, name, &parsers::Field::name);
  return found == message.fields.end() ? std::string{} : found->value;
}

std::string id_in(std::string_view text) {
  text = trim_blanks(text);
  const std::size_t begin = text.find('<');
  const std::size_t end = begin == std::string_view::npos ? begin : text.find('>', begin);
  return end == std::string_view::npos ? std::string{}
                                       : guess_utf8(text.substr(begin, end + 1 - begin));
}

// The Message-ID of the mail that came back with the report.
std::string original_id(const Scan& scan, const Message& message) {
  std::string id = id_in(kept_field(message, "x-cm-original-message-id"));
  for (std::size_t i = 1; i < scan.parts.size() && id.empty(); ++i) {
    const Part& part = scan.parts[i];
    if (part.message == static_cast<std::int32_t>(i)) {
      const Field* field = find_field(scan.header(part), "message-id");
      if (field != nullptr) id = id_in(field->value);
    } else if (part.type == "text/rfc822-headers") {
      std::string store;
      id = id_in(report_value(decode_body(part, store).substr(0, kReportBytes), "message-id"));
    }
  }
  return id.empty() && !message.in_reply_to.empty() ? message.in_reply_to : id;
}

const Part* status_part(const Scan& scan) {
  const auto found = std::ranges::find_if(scan.parts, [](const Part& part) {
    return part.message == 0 && (part.type == "message/delivery-status" ||
                                 part.type == "message/global-delivery-status");
  });
  return found == scan.parts.end() ? nullptr : &*found;
}

}  // namespace

std::optional<Bounce> find_bounce(const Scan& scan, const Message& message) {
  Bounce out;
  if (const Part* part = status_part(scan)) {
    std::string store;
    const std::string_view report = decode_body(*part, store).substr(0, kReportBytes);
    // "rfc822; a@b"
    std::string_view recipient = report_value(report, "final-recipient");
    if (recipient.empty()) recipient = report_value(report, "original-recipient");
    out.recipient = parse_address(recipient.substr(recipient.find(';') + 1)).address;
    out.status = guess_utf8(report_value(report, "status").substr(0, 16));
  } else {
    const bool machine = is_postmaster(message.from.address) ||
                         message.report_type == "delivery-status" ||
                         !kept_field(message, "x-failed-recipients").empty();
    if (!machine || !(speaks_of_return(message) || message.report_type == "delivery-status" ||
                      !kept_field(message, "x-failed-recipients").empty())) {
      return std::nullopt;
    }
  }
  const std::string text = message.text + "\n" + message.quoted;
  if (out.recipient.empty())
    out.recipient = parse_address(kept_field(message, "x-failed-recipients")).address;
  if (out.recipient.empty()) out.recipient = recipient_in(text);
  if (out.status.empty()) out.status = status_in(text);
  out.original_message_id = original_id(scan, message);
  return out;
}

}  // namespace baosong::parsers::mime
