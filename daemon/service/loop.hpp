// The service's life: turns, waits, reloads, until it is asked to stop.
//
// What the world does (a mailbox away, a wrong code, a full disk) never ends it: the thing is tried
// again later, with one line when it fails and one when it is well. It ends by itself only when the
// store is damaged.
// Thread rule: the main thread.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "daemon/intake.hpp"
#include "daemon/service/clock_watch.hpp"
#include "daemon/service/endpoint.hpp"
#include "daemon/service/gauges.hpp"
#include "daemon/service/house.hpp"
#include "daemon/service/notify.hpp"
#include "daemon/service/signals.hpp"
#include "daemon/service/trouble.hpp"
#include "daemon/service/turn.hpp"

namespace baosong::daemon {

class Loop {
 public:
  // `house` is without state yet. `source` is read again at each reload; `signals` outlives the
  // loop.
  Loop(House house, ConfigSource source, Clock clock, const Signals& signals);

  // Returns when a stop was asked for. Errors: the store is damaged or from a newer version.
  Result<void> run();

 private:
  // How one mailbox fares.
  struct Watch {
    Trouble trouble;
    Steady::time_point next{};  // when to look again
    PostGauges gauges;
    Steady::time_point looked{};  // when it was read last
  };

  void watch_posts();
  Result<void> open_state();
  Result<void> bring_up_to_date();
  Result<void> turn();
  TurnPlan plan(Steady::time_point now) const;
  Result<void> take_note(const Turn& turn);
  void take_note_of_post(const StepResult& step, Steady::time_point now);
  void reload();
  void open_endpoint();
  void heed_clock();
  void show();  // lays the gauges on the board, tells systemd
  // When to look again into a mailbox that was read just now; until then it listens if it can.
  Steady::time_point next_look(std::size_t post, Steady::time_point now);
  void wait();
  std::chrono::milliseconds until_next(Steady::time_point now) const;
  [[nodiscard]] std::string status() const;
  std::string outbox_trouble();

  House house_;
  ConfigSource source_;
  Clock clock_;
  const Signals& signals_;
  Notifier notifier_;
  bool up_to_date_ = false;     // the facts in the store are of this version
  std::vector<Watch> watches_;  // one for each of house_.posts
  Trouble state_{"打开台账"}, work_{"处理邮件"}, send_{"发信"}, port_{"打开监控端口"};
  ClockWatch clock_watch_;
  Gauges gauges_;
  Board board_;
  std::unique_ptr<Endpoint> endpoint_;  // reads board_
};

}  // namespace baosong::daemon
