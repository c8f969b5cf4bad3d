// Letters and the digest mask a second time what they put together (rules/mask.hpp).
#pragma once

#include "rules/mask.hpp"

namespace baosong::daemon {

using rules::mask;

}  // namespace baosong::daemon
