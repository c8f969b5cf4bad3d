// What systemd is told (sd_notify(3)) and its watchdog. Without NOTIFY_SOCKET nothing happens, so
// the service runs the same without systemd.
//
// While one Notifier lives, every pulse::beat() is a sign of life; it is passed on four times
// within the time after which systemd would take the service for dead. So the watchdog hears
// nothing when the main thread hangs. Thread rule: the main thread.
#pragma once

#include <chrono>
#include <string_view>

namespace baosong::daemon {

class Notifier {
 public:
  Notifier();
  Notifier(const Notifier&) = delete;
  Notifier& operator=(const Notifier&) = delete;
  ~Notifier();

  // `status` is one line for `systemctl status`.
  void ready(std::string_view status);
  void reloading();  // to be followed by ready()
  void stopping();
  void status(std::string_view status);

  // How long the loop may sleep between two beats; the maximum when nobody watches.
  static std::chrono::milliseconds beat_every();

 private:
  static void beat();
};

}  // namespace baosong::daemon
