// The authorisation code: one line in a file that only the service may read. It is read at each
// login, so that a new code needs no restart, and stands in no message and no log.
//
// A place is a path, or "credential:NAME": the file NAME among the credentials that systemd hands
// to the service (systemd.exec(5), LoadCredential=). Outside of the service there are none; then it
// is looked for where the service manager takes it from, /etc/credstore, which only root can read.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "parsers/base/result.hpp"

namespace baosong::daemon {

// The first line of the file, without blanks and CR at its end. `setting` names the setting in
// errors ("mailbox.password_file"). Errors: kConfig.
Result<std::string> read_password(const std::string& place, std::string_view setting);

// Whether the place is of the form "credential:NAME".
bool is_credential(std::string_view place);

// The file that `place` means.
std::string secret_path(const std::string& place);

// What is wrong with the writing of a place, in Chinese; nullopt: nothing.
std::optional<std::string> secret_form_fault(std::string_view place);

// A warning in Chinese when others than its owner may read the file; nullopt when there is none to
// give, also when the file is not there.
std::optional<std::string> secret_exposure(const std::string& place);

}  // namespace baosong::daemon
