// mime_message FILE...: what the MIME library reads out of a mail, for the eye.
#include <fmt/format.h>

#include <fstream>
#include <sstream>
#include <string>

#include "parsers/mime/attachments.hpp"
#include "parsers/mime/cloud_link.hpp"
#include "parsers/mime/message.hpp"

namespace {

using namespace baosong;

std::string when(const std::optional<Time>& time) {
  return time ? format_rfc3339(*time, Zone{}) : "-";
}

void print(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const std::string mail = std::move(bytes).str();
  const auto scan = parsers::mime::scan(mail);
  const auto m = parsers::mime::read_message(scan);
  fmt::print(
      "=== {}\nfrom: {} <{}>  subject: {}\nid: {}  in-reply-to: {}\ndate: {}  received: {}\ntype: "
      "{} {}\n",
      path, m.from.name, m.from.address, m.subject, m.message_id, m.in_reply_to, when(m.date),
      when(m.received), m.content_type, m.report_type);
  for (const auto& a : m.to) fmt::print("to: {} <{}>\n", a.name, a.address);
  for (const auto& f : m.fields) fmt::print("field {}: {}\n", f.name, f.value);
  fmt::print("--- text\n{}\n--- quoted\n{}\n---\n", m.text, m.quoted);
  for (const auto& f : m.forwarded) {
    fmt::print("forwarded: {} <{}> | {} | {}\n", f.from.name, f.from.address, f.subject, f.text);
  }
  if (m.bounce)
    fmt::print("bounce: {} {} {}\n", m.bounce->recipient, m.bounce->status,
               m.bounce->original_message_id);
  for (const auto& a : parsers::mime::list_attachments(scan)) {
    fmt::print("file: {}{}\n", a.path, a.inline_image ? " (inline)" : "");
  }
  for (const auto& l : parsers::mime::find_cloud_links(scan)) {
    fmt::print("link: {} [{}] [{}] {} {}\n", l.name, l.facts.size_text, l.facts.expires,
               l.facts.host, l.url);
  }
  for (const auto& p : scan.problems) fmt::print("problem: {}\n", p);
}

}  // namespace

int main(int argc, char** argv) {
  for (int i = 1; i < argc; ++i) print(argv[i]);
  return 0;
}
