// The system calls that remain for a process that reads hostile bytes, as a seccomp filter. It is
// built once; each child only loads it.
#pragma once

#include <linux/filter.h>

#include <string>
#include <vector>

namespace baosong::worker {

using Filter = std::vector<sock_filter>;

// `may_open`: files may be opened for reading (Landlock says which); else opening fails, and texts
// in fonts that are not embedded come out poorer. Empty, with `fault` set, when libseccomp fails.
Filter build_filter(bool may_open, std::string& fault);

// Only what the filter allows from now on: other calls end the process with SIGSYS, a few fail.
// no_new_privs must be set. False when the kernel refused.
bool load_filter(const Filter& filter);

}  // namespace baosong::worker
