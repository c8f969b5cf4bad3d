#include <fmt/format.h>
#include <mimetic/mimetic.h>

#include <array>
#include <memory>
#include <sstream>
#include <stdexcept>

#include "daemon/base64.hpp"
#include "daemon/letters/fields.hpp"
#include "daemon/letters/letter.hpp"
#include "daemon/letters/pictures.hpp"
#include "daemon/letters/reply.hpp"
#include "daemon/letters/wording.hpp"
#include "parsers/base/hash.hpp"
#include "parsers/text/utf8.hpp"

namespace baosong::daemon {
namespace {

constexpr std::size_t kWordBytes =
    39;  // UTF-8 bytes of one encoded word: 52 of base64, 64 with its frame
constexpr std::size_t kLineLength = 76;

// RFC 2047: words of whole characters, each at most 75 long, parted by one blank at which the
// header is folded.
std::string encoded_words(std::string_view utf8) {
  std::string out;
  while (!utf8.empty()) {
    const auto piece = parsers::cut_utf8(utf8, kWordBytes);
    // Invalid UTF-8 could cut to nothing; the caller hands over valid text, so that is our fault.
    if (piece.empty()) throw std::logic_error("header text is not UTF-8");
    if (!out.empty()) out += ' ';
    out += fmt::format("=?UTF-8?B?{}?=", base64(piece));
    utf8.remove_prefix(piece.size());
  }
  return out;
}

// RFC 5322, 3.3, in the notice's zone.
std::string header_date(Time time, const Zone& zone) {
  static constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                         "Thu", "Fri", "Sat"};
  static constexpr std::array<std::string_view, 12> kMonths{
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const Civil at = civil(time, zone);
  const auto offset = zone.offset.count();
  return fmt::format("{}, {} {} {:04} {:02}:{:02}:{:02} {}{:02}{:02}", kDays.at(at.weekday),
                     static_cast<unsigned>(at.date.day()),
                     kMonths.at(static_cast<unsigned>(at.date.month()) - 1),
                     static_cast<int>(at.date.year()), at.hour, at.minute, at.second,
                     offset < 0 ? '-' : '+', std::abs(offset) / 60, std::abs(offset) % 60);
}

// Base64 in lines of 76 that end in CRLF.
std::string in_lines(std::string_view base64) {
  std::string out;
  for (std::size_t at = 0; at < base64.size(); at += kLineLength)
    out.append(base64.substr(at, kLineLength)).append("\r\n");
  return out;
}

// LF text as base64 of CRLF text, in lines of 76 that end in CRLF themselves.
std::string body_of(std::string_view text) {
  std::string lines;
  for (const char c : text) {
    if (c == '\r') continue;
    if (c == '\n') lines += '\r';
    lines += c;
  }
  return in_lines(base64(lines));
}

void set(mimetic::Header& header, const char* name, const std::string& value) {
  if (value.find_first_of("\r\n") != std::string::npos)
    throw std::logic_error(std::string("line break in ") + name);
  header.field(name).value(value);
}

// Owned by the entity that it is added to.
mimetic::MimeEntity* part(const char* type, std::string_view text) {
  auto entity = std::make_unique<mimetic::MimeEntity>();
  set(entity->header(), "Content-Type", type);
  set(entity->header(), "Content-Transfer-Encoding", "base64");
  entity->body().set(body_of(text));
  return entity.release();
}

// Base64 holds no "=_", so a boundary cannot stand in a body.
std::string boundary(std::string_view message_id, std::string_view kind) {
  return fmt::format("=_baosong_{}{}", kind, sha256_hex(message_id).substr(0, 32));
}

// The HTML, and with it the pictures that it shows (RFC 2387).
mimetic::MimeEntity* html_part(const Letter& letter) {
  const Detached html = detach_pictures(letter.html, letter.message_id);
  constexpr const char* kHtml = "text/html; charset=UTF-8";
  if (html.pictures.empty()) return part(kHtml, letter.html);
  auto related = std::make_unique<mimetic::MimeEntity>();
  set(related->header(), "Content-Type",
      fmt::format("multipart/related; type=\"text/html\"; boundary=\"{}\"",
                  boundary(letter.message_id, "related_")));
  related->body().parts().push_back(part(kHtml, html.html));
  for (std::size_t i = 0; i < html.pictures.size(); ++i) {
    auto picture = std::make_unique<mimetic::MimeEntity>();
    auto& header = picture->header();
    set(header, "Content-Type", fmt::format("image/jpeg; name=\"seal-{}.jpg\"", i + 1));
    set(header, "Content-Transfer-Encoding", "base64");
    set(header, "Content-ID", fmt::format("<{}>", html.ids[i]));
    set(header, "Content-Disposition", fmt::format("inline; filename=\"seal-{}.jpg\"", i + 1));
    picture->body().set(in_lines(html.pictures[i]));
    related->body().parts().push_back(picture.release());
  }
  return related.release();
}

void require_address(std::string_view address, const char* name) {
  if (!is_plain_address(address))
    throw std::logic_error(std::string("no plain address in ") + name);
}

}  // namespace

std::string to_rfc5322(const Letter& letter, std::string_view from, std::string_view from_name,
                       Time date, const Zone& zone) {
  require_address(from, "From");
  require_address(letter.to, "To");
  if (!is_message_id(letter.message_id)) throw std::logic_error("no Message-ID");

  mimetic::MimeEntity mail;
  auto& header = mail.header();
  set(header, "Date", header_date(date, zone));
  set(header, "From",
      from_name.empty() ? std::string(from)
                        : fmt::format("{} <{}>", encoded_words(one_line(from_name)), from));
  set(header, "To", letter.to);
  set(header, "Subject", encoded_words(one_line(letter.subject)));
  set(header, "Message-ID", letter.message_id);
  if (is_message_id(letter.in_reply_to)) set(header, "In-Reply-To", letter.in_reply_to);
  std::vector<std::string> references;
  for (const auto& id : letter.references) {
    if (is_message_id(id)) references.push_back(id);
  }
  if (!references.empty()) set(header, "References", join(references, " "));
  // RFC 3834: an answer to a mail; a digest answers none.
  set(header, "Auto-Submitted",
      letter.kind == LetterKind::kDigest ? "auto-generated" : "auto-replied");
  set(header, "X-Baosong-Letter", std::string(template_of(letter.kind)));
  set(header, "MIME-Version", "1.0");
  set(header, "Content-Type",
      fmt::format("multipart/alternative; boundary=\"{}\"", boundary(letter.message_id, "")));
  mail.body().parts().push_back(part("text/plain; charset=UTF-8", letter.text));
  mail.body().parts().push_back(html_part(letter));

  std::ostringstream out;
  out << mail;
  return out.str();
}

}  // namespace baosong::daemon
