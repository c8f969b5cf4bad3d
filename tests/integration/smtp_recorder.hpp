// An SMTP server on loopback that takes whatever it is given and remembers how often it took each
// letter. One connection after the other, in the order in which they came.
#pragma once

#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace baosong::integration {

class SmtpRecorder {
 public:
  SmtpRecorder();
  SmtpRecorder(const SmtpRecorder&) = delete;
  SmtpRecorder& operator=(const SmtpRecorder&) = delete;
  ~SmtpRecorder();

  [[nodiscard]] std::string url() const;
  // How often each Message-ID was taken: the mark that ends the data came whole.
  std::map<std::string, int> taken() const;
  void forget();
  // Returns when every connection that was made before has come to its end.
  void settle() const;

 private:
  void serve();
  void talk(int client);

  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ending_{false};
  mutable std::mutex mutex_;
  std::map<std::string, int> taken_;
  std::thread thread_;
};

}  // namespace baosong::integration
