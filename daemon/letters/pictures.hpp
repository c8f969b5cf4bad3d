// Pictures in the HTML of a letter. A letter holds them in its HTML as data: addresses, so that it
// is whole wherever it is kept or printed. Webmail shows none of those, so a mail has them as parts
// of its own, with cid: addresses.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::daemon {

// What stands in the HTML for the picture until it is put in.
std::string picture_mark(std::size_t number);

// Puts the JPEG pictures in, the first for mark 1.
std::string with_pictures(std::string_view html, std::span<const std::vector<std::uint8_t>> jpegs);

struct Detached {
  std::string html;                   // with cid: addresses
  std::vector<std::string> ids;       // Content-ID without brackets, one for each picture
  std::vector<std::string> pictures;  // base64, not broken into lines
};
// Takes the pictures out again. `key` makes the Content-IDs those of one mail.
Detached detach_pictures(std::string_view html, std::string_view key);

}  // namespace baosong::daemon
