// Mail, told from other text by the names of its fields.
#include <algorithm>
#include <array>

#include "parsers/text/utf8.hpp"
#include "parsers/worker/sniff.hpp"

namespace baosong::parsers {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, {}, lower, lower);
}

struct Known {
  std::string_view name;
  bool only_mail;  // no other kind of text has this field
};
constexpr std::array kFields{
    Known{"received", true},
    Known{"return-path", true},
    Known{"message-id", true},
    Known{"from", true},
    Known{"to", true},
    Known{"subject", false},
    Known{"date", false},
    Known{"mime-version", false},
    Known{"content-type", false},
    Known{"content-transfer-encoding", false},
    Known{"cc", false},
    Known{"reply-to", true},
    Known{"sender", false},
    Known{"delivered-to", true},
    Known{"x-mailer", true},
    Known{"dkim-signature", true},
    Known{"content-disposition", false},
    Known{"authentication-results", true},
};

struct MailSigns {
  int known = 0, only_mail = 0;  // fields whose names mean something, and mail only
  int strange = 0;               // lines that are no field and no fold
};

MailSigns mail_signs(std::string_view bytes) {
  constexpr int kLines = 100;
  constexpr std::size_t kHeader = 256 * 1024;
  bytes = bytes.substr(0, kHeader);
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  while (!bytes.empty() && (bytes[0] == '\n' || bytes[0] == '\r')) bytes.remove_prefix(1);
  MailSigns signs;
  for (int i = 0; i < kLines && !bytes.empty(); ++i) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(end);
    if (bytes.starts_with("\r\n")) bytes.remove_prefix(1);
    if (!bytes.empty()) bytes.remove_prefix(1);
    if (line.empty()) break;
    if (line[0] == ' ' || line[0] == '\t' || (i == 0 && line.starts_with("From "))) continue;
    const std::size_t colon = line.find(':');
    const std::string_view field = trim(line.substr(0, std::min(colon, line.size())));
    const bool is_name =
        colon != std::string_view::npos && !field.empty() &&
        line.find('\0') == std::string_view::npos &&
        std::all_of(field.begin(), field.end(), [](char c) { return c > ' ' && c < '\x7F'; });
    if (!is_name) {
      ++signs.strange;
      continue;
    }
    for (const auto& row : kFields) {
      if (!same_word(row.name, field)) continue;
      ++signs.known;
      signs.only_mail += row.only_mail;
    }
  }
  return signs;
}

}  // namespace

bool looks_like_mail(std::string_view bytes) {
  constexpr int kStrange = 3;
  const MailSigns signs = mail_signs(bytes);
  return signs.strange <= kStrange && signs.known >= 2 && signs.only_mail >= 1;
}

bool may_be_mail(std::string_view bytes) { return mail_signs(bytes).known >= 1; }

}  // namespace baosong::parsers
