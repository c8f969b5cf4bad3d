// A bare document, looked at by itself: what `check` says about a docx, PDF, photo or archive that
// came in no mail.
#pragma once

#include <optional>

#include "daemon/intake.hpp"

namespace baosong::daemon {

// As dry_run(), but nothing is said about what else would belong to the item, about the time or
// about the sender: only what the file alone gives away. The files of an archive belong together,
// so for them pairs and counts are checked. Never has a letter.
DryRun check_document(const rules::Notice& notice, parsers::Reading reading, Time now);

}  // namespace baosong::daemon
