// What can be watched from outside. The loop fills Gauges after each turn and lays them on the
// Board; the endpoint's thread takes them from there. Text and verdict are pure functions of the
// gauges.
//
// Ages are counted on the steady clock, so a clock that was set makes nobody ill.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "daemon/store/rows.hpp"

namespace baosong::daemon {

using Steady = std::chrono::steady_clock;

// How long turns took: a Prometheus histogram.
struct TurnTimes {
  static constexpr std::array<double, 7> kBounds{0.01, 0.1, 1, 10, 60, 300, 1800};  // seconds
  std::array<std::uint64_t, kBounds.size()> within{};  // turns of at most kBounds[i], cumulative
  std::uint64_t count = 0;
  double seconds = 0;

  void add(std::chrono::duration<double> time);
};

// One mailbox.
struct PostGauges {
  std::string name;
  std::chrono::seconds poll{60};
  std::optional<Steady::time_point> last_success;
  std::uint64_t polls = 0, failures = 0;
  std::string trouble;  // empty: the last poll went well
  // Mails that the server has less those that we have, at the last reconciliation.
  std::optional<std::int64_t> difference;
};

struct Gauges {
  Steady::time_point started{};
  // Set while a turn is under way: a mailbox that is being read is not overdue, however long it
  // takes. Whether the turn gets on is the watchdog's business.
  std::optional<Steady::time_point> turn_since;
  std::string state;  // the directory whose disk is watched
  std::vector<PostGauges> posts;
  StoreFigures store;
  std::string outbox_trouble;  // empty: letters leave; else why not
  std::string state_trouble;   // empty: archive and store work; else why not
  TurnTimes turns;
  std::uint64_t reloads = 0, refused_reloads = 0;
};

// One place where the latest gauges lie. Thread rule: any thread.
class Board {
 public:
  void put(Gauges gauges) {
    const std::lock_guard lock(mutex_);
    gauges_ = std::move(gauges);
  }
  [[nodiscard]] Gauges get() const {
    const std::lock_guard lock(mutex_);
    return gauges_;
  }

 private:
  mutable std::mutex mutex_;
  Gauges gauges_;
};

// The moment at which somebody asks, and what only then is measured.
struct Moment {
  Steady::time_point steady{};
  Time wall{};
  std::optional<std::uint64_t> disk_free;  // bytes on the disk of the state; nullopt: unknown
};
Moment moment_now(const std::string& state);

// The Prometheus text format 0.0.4. Nothing personal: mailboxes without their account's name.
std::string metrics_text(const Gauges& gauges, const Moment& moment);

// nullopt: everything is well; else what is wrong, in one Chinese line.
std::optional<std::string> ailment(const Gauges& gauges, const Moment& moment);

}  // namespace baosong::daemon
