// Mails that Outlook packs in forms of its own: winmail.dat (TNEF) and .msg.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "parsers/facts.hpp"

namespace baosong::parsers::outlook {

struct PackedFile {
  std::string name;  // as the mail says it, UTF-8; not clean; a path when it lay in an inner mail
  std::string bytes;
};

struct Packed {
  std::vector<Forwarded> mails;  // the outermost first; fields are empty where nothing is said
  std::vector<PackedFile> files;
  Trouble trouble = Trouble::kNone;  // what could be read is there too
  std::string detail;                // English
};

// [MS-OXTNEF]. `bytes` begin with its signature. The formatted text (compressed RTF) is not read.
Packed read_tnef(std::string_view bytes);

// [MS-OXMSG]. `bytes` are a compound file. Mails inside are opened too, to a depth.
Packed read_msg(std::string_view bytes);

}  // namespace baosong::parsers::outlook
