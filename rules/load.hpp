// Config text -> Notice. Reads no file: the caller hands over the text of each, so the checker can
// be tried on text that is not on a disk. Every fault is reported at once.
#pragma once

#include <string>
#include <vector>

#include "rules/notice.hpp"

namespace baosong::rules {

struct Fault {
  std::string file;
  std::uint32_t line = 0, column = 0;  // from 1; 0 when the whole file is meant
  std::string wrong;                   // Chinese: what is wrong
  std::string right;                   // Chinese: what would be right; may be empty
};
// "notices/2022.toml:12:5: 不认识的键“titel”。应为：“title”"
std::string to_text(const Fault& fault);

struct ConfigFile {
  std::string name;  // as faults name it
  std::string text;
};
struct NoticeFiles {
  ConfigFile notice;    // notices/<id>.toml
  ConfigFile units;     // units.toml
  ConfigFile findings;  // replies/findings.toml
};

struct Loaded {
  Notice notice;              // usable only when `faults` is empty
  std::vector<Fault> faults;  // in order of file, line, column
};
Loaded load_notice(const NoticeFiles& files);

}  // namespace baosong::rules
