// The text of a mail as its reader sees it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "parsers/mime/scan.hpp"

namespace baosong::parsers::mime {

// Links of an HTML body are wanted as text by cloud_link.hpp: kLinkBegin, the address, kLinkEnd
// stand before the text of each. Mail cannot hold these characters: they are dropped on the way in.
inline constexpr char kLinkBegin = '\x0E', kLinkEnd = '\x0F';
std::string without_links(std::string_view text);

// The body text of the mail at Scan::parts[message], its own parts only: text/plain, or the HTML
// where there is no plain text beside it. Files (attachments.hpp) and files inside the text
// (uuencode) are left out. LF line ends, at most limits::kBodyTextBytes.
std::string body_text(const Scan& scan, std::int32_t message);

}  // namespace baosong::parsers::mime
