#include "daemon/outbox/smtp_reply.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "daemon/limits.hpp"

namespace baosong::daemon::smtp {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

std::string upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  return out;
}

// "5.1.1 " at the start of a line, of the same class as the code (RFC 2034, 4).
std::string enhanced_in(std::string_view text, int code) {
  const std::string_view word = text.substr(0, text.find(' '));
  std::size_t digits = 0, dots = 0;
  for (const char c : word) {
    if (c == '.') {
      if (digits == 0 || digits > 3) return {};
      digits = 0;
      ++dots;
    } else if (is_digit(c)) {
      ++digits;
    } else {
      return {};
    }
  }
  if (dots != 2 || digits == 0 || digits > 3) return {};
  return word.starts_with(fmt::format("{}.", code / 100)) ? std::string(word) : std::string();
}

}  // namespace

std::string Reply::one_line() const {
  std::string out = std::to_string(code);
  for (const std::string& line : lines) {
    out += ' ';
    for (const char c : line) {
      const auto byte = static_cast<unsigned char>(c);
      out += byte < 0x20 || byte > 0x7E ? '?' : c;
    }
    if (out.size() > limits::kReplyBytes) break;
  }
  return out.substr(0, limits::kReplyBytes);
}

ReplyParser::Step ReplyParser::feed(std::string_view line) {
  if (whole_) reply = {};
  whole_ = false;
  if (line.size() < 3 || line[0] < '2' || line[0] > '5' || !is_digit(line[1]) ||
      !is_digit(line[2])) {
    return Step::kBroken;
  }
  const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (!reply.lines.empty() && code != reply.code) return Step::kBroken;
  const char mark = line.size() == 3 ? ' ' : line[3];
  if ((mark != ' ' && mark != '-') || reply.lines.size() == limits::kReplyLines) {
    return Step::kBroken;
  }
  reply.code = code;
  reply.lines.emplace_back(line.size() > 4 ? line.substr(4) : std::string_view());
  if (mark == '-') return Step::kMore;
  reply.enhanced = enhanced_in(reply.lines.front(), code);
  whole_ = true;
  return Step::kDone;
}

Capabilities capabilities_of(const Reply& ehlo) {
  Capabilities out;
  for (const std::string& line : ehlo.lines) {
    const std::string words = upper(line) + " ";
    // "AUTH=" is how servers of the nineties wrote it; many say it twice.
    if (!words.starts_with("AUTH ") && !words.starts_with("AUTH=")) continue;
    const std::string mechanisms = " " + words.substr(5);
    out.auth_plain = out.auth_plain || mechanisms.find(" PLAIN ") != std::string::npos;
    out.auth_login = out.auth_login || mechanisms.find(" LOGIN ") != std::string::npos;
  }
  return out;
}

Stuffed stuff(std::string_view mail) {
  Stuffed out;
  out.bytes.reserve(mail.size() + mail.size() / 64 + 2);
  while (!mail.empty()) {
    const std::size_t end = mail.find("\r\n");
    const std::string_view line = mail.substr(0, end);
    mail.remove_prefix(end == std::string_view::npos ? mail.size() : end + 2);
    if (line.find_first_of("\r\n") != std::string_view::npos) {
      out.fault = "信件中有不完整的换行";
    } else if (std::ranges::any_of(line, [](unsigned char c) { return c == 0 || c > 0x7F; })) {
      out.fault = "信件中有未经编码的字符";
    } else if (line.size() > limits::kMailLine) {
      out.fault = "信件中有过长的行";
    }
    if (!out.fault.empty()) return out;
    if (line.starts_with('.')) out.bytes += '.';
    out.bytes.append(line);
    out.bytes += "\r\n";
  }
  return out;
}

}  // namespace baosong::daemon::smtp
