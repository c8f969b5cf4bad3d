#include "daemon/same_mail.hpp"

#include <fmt/format.h>

#include "parsers/base/hash.hpp"

namespace baosong::daemon {
namespace {

// Length first, so that no two different lists of texts run together into the same bytes.
void append(std::string& out, std::string_view text) {
  out += fmt::format("{}:", text.size());
  out += text;
}

}  // namespace

std::string content_key(const parsers::Reading& reading) {
  const parsers::Message& message = reading.message;
  if (!reading.is_mail || message.message_id.empty()) return {};
  std::string said;
  append(said, message.from.address);
  append(said, message.date ? format_rfc3339(*message.date, Zone{}) : std::string());
  append(said, message.text);
  append(said, message.quoted);
  for (const parsers::Document& document : reading.documents) {
    append(said, document.path);
    append(said, document.sha256);
  }
  return sha256_hex(said);
}

}  // namespace baosong::daemon
