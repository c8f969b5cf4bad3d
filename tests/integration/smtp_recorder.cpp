#include "smtp_recorder.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace baosong::integration {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  return address;
}

// Lines of a client; false from next() when it is gone.
class Lines {
 public:
  explicit Lines(int fd) : fd_(fd) {}
  bool next(std::string& line) {
    for (;;) {
      if (const auto end = buffer_.find("\r\n"); end != std::string::npos) {
        line = buffer_.substr(0, end);
        buffer_.erase(0, end + 2);
        return true;
      }
      std::array<char, 65536> chunk{};
      const ssize_t got = ::recv(fd_, chunk.data(), chunk.size(), 0);
      if (got <= 0) return false;
      buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    }
  }

 private:
  int fd_;
  std::string buffer_;
};

bool say(int fd, std::string_view text) {
  return ::send(fd, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

}  // namespace

SmtpRecorder::SmtpRecorder() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (listener_ < 0 || ::bind(listener_, any, size) != 0 || ::listen(listener_, 64) != 0 ||
      ::getsockname(listener_, any, &size) != 0) {
    throw std::runtime_error("no port on loopback");
  }
  port_ = ntohs(address.sin_port);
  thread_ = std::thread([this] { serve(); });
}

SmtpRecorder::~SmtpRecorder() {
  ending_ = true;
  ::shutdown(listener_, SHUT_RDWR);  // ends a wait for the next client
  thread_.join();
  ::close(listener_);
}

std::string SmtpRecorder::url() const { return "smtp://127.0.0.1:" + std::to_string(port_); }

std::map<std::string, int> SmtpRecorder::taken() const {
  const std::lock_guard lock(mutex_);
  return taken_;
}
void SmtpRecorder::forget() {
  const std::lock_guard lock(mutex_);
  taken_.clear();
}

void SmtpRecorder::settle() const {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port_);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
    std::string line;
    Lines(fd).next(line);  // the greeting: all before us are served
  }
  ::close(fd);
}

void SmtpRecorder::serve() {
  while (!ending_) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) continue;
    talk(client);
    ::close(client);
  }
}

void SmtpRecorder::talk(int client) {
  Lines lines(client);
  std::string line;
  bool going = say(client, "220 recorder\r\n");
  while (going && lines.next(line)) {
    if (line.starts_with("EHLO")) {
      going = say(client, "250-recorder\r\n250 8BITMIME\r\n");
    } else if (line == "DATA") {
      going = say(client, "354 go ahead\r\n");
      std::string id;
      while ((going = going && lines.next(line)) && line != ".") {
        if (line.starts_with("Message-ID: ")) id = line.substr(std::strlen("Message-ID: "));
      }
      if (!going) return;
      {
        const std::lock_guard lock(mutex_);
        ++taken_[id];
      }
      going = say(client, "250 taken\r\n");
    } else if (line == "QUIT") {
      say(client, "221 bye\r\n");
      return;
    } else {
      going = say(client, "250 ok\r\n");
    }
  }
}

}  // namespace baosong::integration
