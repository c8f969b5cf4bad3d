// Everything that parsers/mime does with a mail: structure, content, message, files, links.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "parsers/mime/attachments.hpp"
#include "parsers/mime/cloud_link.hpp"
#include "parsers/mime/message.hpp"
#include "parsers/mime/parts.hpp"
#include "parsers/text/utf8.hpp"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace baosong::parsers;
  const std::string_view mail(reinterpret_cast<const char*>(data), size);
  const mime::Scan scan = mime::scan(mail);
  must(!scan.parts.empty());
  for (const mime::Part& part : scan.parts) {
    must(part.parent < static_cast<std::int32_t>(scan.parts.size()));
    must(is_valid_utf8(part.name));
  }
  for (const mime::LeafPart& part : mime::list_parts(mail).parts) must(is_valid_utf8(part.type));
  const Message message = mime::read_message(scan);
  must(is_valid_utf8(message.subject) && is_valid_utf8(message.text) &&
       is_valid_utf8(message.quoted));
  must(is_valid_utf8(message.from.name) && is_valid_utf8(message.from.address));
  for (const auto& file : mime::list_attachments(scan))
    must(!file.name.empty() && is_valid_utf8(file.path));
  for (const auto& link : mime::find_cloud_links(scan))
    must(!link.name.empty() && is_valid_utf8(link.name));
  return 0;
}
