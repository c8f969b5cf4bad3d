// Names of this machine itself. Only there may a mail server be spoken to without TLS.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace baosong::daemon {

inline constexpr std::array<std::string_view, 3> kLocalHosts{"localhost", "127.0.0.1", "[::1]"};

constexpr bool is_this_machine(std::string_view host) {
  return std::ranges::find(kLocalHosts, host) != kLocalHosts.end();
}

// "imap://127.0.0.1:143/INBOX" -> "127.0.0.1"; an IPv6 address keeps its brackets.
constexpr std::string_view host_of(std::string_view url) {
  const auto begin = url.find("://");
  if (begin == std::string_view::npos) return {};
  url.remove_prefix(begin + 3);
  url = url.substr(0, url.find('/'));
  const auto bracket = url.starts_with('[') ? url.find(']') : 0;
  return url.substr(0, url.find(':', bracket == std::string_view::npos ? 0 : bracket));
}

}  // namespace baosong::daemon
