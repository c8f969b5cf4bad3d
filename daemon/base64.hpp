// RFC 4648, 4: pictures in letters, what SMTP wants to hear at a login.
#pragma once

#include <string>
#include <string_view>

namespace baosong::daemon {

// On one line.
std::string base64(std::string_view bytes);

}  // namespace baosong::daemon
