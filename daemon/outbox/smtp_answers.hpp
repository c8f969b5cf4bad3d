// What each refusal of an SMTP server means for a letter: one row a code. NetEase's codes first
// (they stand in the text: "554 DT:SPM …"), then the classes of RFC 5321, 4.2 and RFC 3463. Pure.
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "daemon/outbox/outbox.hpp"
#include "daemon/outbox/smtp_session.hpp"

namespace baosong::daemon::smtp {

enum class Action : std::uint8_t {
  kLater,         // this letter again after `wait`, later each time
  kPause,         // nothing leaves for `wait`
  kTomorrow,      // nothing leaves until `wait` after the beginning of the next day
  kRefuse,        // this letter is held for staff
  kPauseAndTell,  // nothing leaves for `wait`, and staff have to do something about it
};

struct AnswerRow {
  int least, most;        // reply codes
  std::string_view mark;  // stands in the text, in any case; "5.1." is the start of an enhanced
                          // status; empty: any
  std::uint8_t steps;     // where in the talk: bits of Step
  Action action;
  std::chrono::seconds wait;
  bool bad_address;       // the recipient's address is at fault
  std::string_view says;  // for the office
};
std::span<const AnswerRow> answer_table();

// The first row that fits; there is one for every reply that is a refusal.
const AnswerRow& row_for(Step step, const Reply& reply);

// What became of a letter whose handing over ended with this reply.
Delivery delivery_of(Step step, const Reply& reply);

// The table as docs/SMTP.md shows it.
std::string answers_markdown();

}  // namespace baosong::daemon::smtp
