// What the commands share by which staff decide: names of things, who decides, the store beside a
// service that runs.
//
// A running service holds the instance lock; these commands do not take it. Each writes one short
// transaction into the store (WAL, busy timeout 5 s), guarded by the state of the row, and the
// service reads the store anew at each turn. Nothing is kept in its memory that they could change.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "daemon/commands/command.hpp"
#include "daemon/settings.hpp"
#include "daemon/store/store.hpp"

namespace baosong::daemon {

// What the digest shows behind each thing that people can decide about.
struct StaffId {
  enum class Kind : std::uint8_t { kLetter, kMail, kAddress, kOutbox };
  Kind kind = Kind::kOutbox;
  std::int64_t letter = 0;  // "L12"
  std::string text;         // "M3f2a91c0": the hash's beginning; an address
};
// Errors: kUsage.
Result<StaffId> parse_staff_id(std::string_view text);

// Who decides, for the audit log: the login name; with sudo, of the one who called it.
std::string login_name();

// The store of a service that was there before. Errors: kUsage when nothing was received yet.
Result<Store> open_for_staff(const Settings& settings);

// The one mail whose hash begins so. Errors: kUsage when there is none or more than one.
Result<std::string> mail_named(Store& store, std::string_view prefix);

// One decision and its line in the audit log, or neither. `decide` gives false when there is
// nothing to decide; then `nothing` says why.
Result<Exit> decide(Store& store, const AuditRow& log, const std::function<Result<bool>()>& decide,
                    const std::function<Result<std::string>()>& nothing, std::string_view done);

// Why nothing can be decided about a letter (any more): "编号L12的信已经发出".
Result<std::string> why_not(Store& store, std::int64_t letter);

}  // namespace baosong::daemon
