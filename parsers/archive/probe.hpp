// What the first and last bytes of an archive tell before a library sees them. libarchive reports
// an encrypted rar5 as corrupt, and asking it about encryption after a failed open crashes: so the
// headers are looked at here.
#pragma once

#include <string_view>

#include "parsers/facts.hpp"

namespace baosong::parsers {

struct ArchiveProbe {
  bool complete = true;  // zip: the directory at the end is there
  bool split = false;    // one volume of several
  bool empty = false;    // zip: a directory without an entry
  bool locked = false;   // rar, 7z: names or data need a password
};

ArchiveProbe probe_archive(std::string_view bytes, Format format);

}  // namespace baosong::parsers
