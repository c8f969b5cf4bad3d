// What `baosong doctor` looks at: one row a check, in the order in which they are printed. A check
// whose forerunner did not do well is not run. Nothing is stored and no letter leaves; the mailbox
// is opened for reading only.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace baosong::daemon::doctor {

class Patient;

enum class Health : std::uint8_t {
  kWell,
  kMind,     // works, and somebody should look at it
  kFault,    // does not work until somebody mends it
  kWorld,    // does not work now, and may again without us: network, throttling
  kSkipped,  // not looked at, because what it needs is not well
};
inline constexpr std::array<std::string_view, 5> kHealthWords{"正常", "注意", "不通", "不通",
                                                              "未检查"};
inline constexpr std::array<std::string_view, 5> kHealthNames{"well", "mind", "fault", "world",
                                                              "skipped"};

struct Finding {
  Health health = Health::kWell;
  std::string says;  // Chinese, one line
  std::string todo;  // Chinese: what the administrator does now; empty when all is well
};

struct Check {
  std::string_view id;     // "mailbox.login"
  std::string_view name;   // Chinese
  std::string_view needs;  // id of an earlier check that has to do well (or kMind); empty: none
  bool (*applies)(const Patient&);
  Finding (*look)(Patient&);
};
std::span<const Check> check_table();
// The part of it that is about a mailbox, for further ones.
std::span<const Check> mailbox_checks();

struct Line {
  const Check* check = nullptr;
  Finding finding;
};
// Runs every check of `table` that applies.
std::vector<Line> examine(Patient& patient, std::span<const Check> table);

// The looks, by file.
Finding look_at_config(Patient& patient);  // house.cpp
Finding look_at_clock(Patient& patient);
Finding look_at_state(Patient& patient);
Finding look_at_space(Patient& patient);
Finding look_at_lock(Patient& patient);
Finding look_at_store(Patient& patient);
Finding look_at_reader(Patient& patient);
Finding look_at_maildir_in(Patient& patient);
Finding look_at_maildir_out(Patient& patient);

enum class Side : std::uint8_t { kMailbox, kOutbox };  // server.cpp
template <Side side>
Finding look_at_code(Patient& patient);
template <Side side>
Finding look_at_name(Patient& patient);
template <Side side>
Finding look_at_port(Patient& patient);
template <Side side>
Finding look_at_certificate(Patient& patient);

Finding log_in_for_receiving(Patient& patient);  // imap.cpp
Finding say_who_we_are(Patient& patient);
Finding open_folder(Patient& patient);
Finding compare_clocks(Patient& patient);

Finding log_in_for_sending(Patient& patient);  // smtp.cpp
Finding offer_sender(Patient& patient);

}  // namespace baosong::daemon::doctor
