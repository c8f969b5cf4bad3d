// The last door before the facts of a mail reach the service: what a reader says is held against
// what we know ourselves and against what a reader may say at all. A reader that obeyed passes; one
// that was taken over by what it read can lie about its own mail and do no more.
#pragma once

#include <cstdint>
#include <string_view>

#include "parsers/facts.hpp"
#include "parsers/mime/parts.hpp"

namespace baosong::daemon {

// False, and `reading` is not to be used: sizes, counts or hashes that cannot be; paths that lead
// elsewhere; facts of another kind than the format; numbers that are none. Where control characters
// could pass into a header or a terminal they are replaced. `size` is that of the input.
bool admit(parsers::Reading& reading, std::uint64_t size);
bool admit(parsers::mime::PartList& parts);

}  // namespace baosong::daemon
