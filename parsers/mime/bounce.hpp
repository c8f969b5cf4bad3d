// Mail that came back: delivery status notifications (RFC 3464) and what NetEase and QQ write in
// prose instead.
#pragma once

#include <optional>

#include "parsers/facts.hpp"
#include "parsers/mime/scan.hpp"

namespace baosong::parsers::mime {

// nullopt when the mail is no bounce. `message` is what has been read of the mail so far: From,
// Subject, text and the kept fields are looked at.
std::optional<Bounce> find_bounce(const Scan& scan, const Message& message);

}  // namespace baosong::parsers::mime
