// The authorisation code: one line in a file that only the service may read. It is read at each
// login, so that a new code needs no restart, and stands in no message and no log.
#pragma once

#include <string>
#include <string_view>

#include "parsers/base/result.hpp"

namespace baosong::daemon {

// The first line of the file, without blanks and CR at its end. `setting` names the setting in
// errors ("mailbox.password_file"). Errors: kConfig.
Result<std::string> read_password(const std::string& path, std::string_view setting);

}  // namespace baosong::daemon
