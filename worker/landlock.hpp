// Landlock: which files a process may open, by what lies below which directory. Inherited by
// children, never taken back. Debian's headers know version 2; later ones are asked for by number.
#pragma once

#include <cstdint>
#include <span>

namespace baosong::worker {

// The version that the running kernel offers (1 since Linux 5.13); 0: none.
std::uint32_t landlock_version();

// From now on this process may read what lies below `readable` (what does not exist is skipped)
// and touch nothing else on any disk: no writing, making, removing, running. Where the kernel can
// (version 4 and 6), also no TCP and no signal to a process outside. False when the kernel refused.
// no_new_privs must be set.
bool landlock_restrict(std::uint32_t version, std::span<const char* const> readable);

}  // namespace baosong::worker
