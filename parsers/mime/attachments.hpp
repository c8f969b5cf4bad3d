// The files of a mail: the leaves that a person would call attachments, with the path that says in
// which forwarded mail they lay.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "parsers/mime/scan.hpp"

namespace baosong::parsers::mime {

struct Attachment {
  std::int32_t part = 0;      // index in Scan::parts; decode_body() gives the bytes
  std::string path;           // "转发.eml/附件1.doc"; unique within the mail
  std::string name;           // last step of the path, never empty
  bool inline_image = false;  // an image that the HTML body shows by its Content-ID
};

// A leaf is a file when it has a name, is marked as an attachment, or is no text. Left out are the
// parts that machines write for machines: delivery reports, receipts, signatures. A file without a
// name gets one ("未命名1.jpg"). Linear in the size of the bodies.
std::vector<Attachment> list_attachments(const Scan& scan);

// Whether this leaf is one of them; what is left is body text.
bool is_file(const Part& part);

}  // namespace baosong::parsers::mime
