#include "daemon/net/connection.hpp"

#include <curl/curl.h>
#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <stdexcept>

#include "daemon/net/loopback.hpp"
#include "daemon/pulse.hpp"

namespace baosong::daemon {

using Steady = std::chrono::steady_clock;

struct Connection::Handle {
  CURL* easy = nullptr;
  curl_socket_t socket = CURL_SOCKET_BAD;
  std::chrono::seconds silence{60};
  Steady::time_point deadline = Steady::time_point::max();
  std::array<char, 64 * 1024> buffer{};
  std::size_t first = 0, last = 0;  // what is in the buffer and was not taken yet
  std::array<char, CURL_ERROR_SIZE> trouble{};

  Handle() = default;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() {
    if (easy != nullptr) curl_easy_cleanup(easy);
  }
  [[nodiscard]] std::string_view pending() const { return {buffer.data() + first, last - first}; }
  void make_room() {
    if (first == last) first = last = 0;
    if (last < buffer.size()) return;
    std::memmove(buffer.data(), buffer.data() + first, last - first);
    last -= first;
    first = 0;
  }
};

namespace {

void start_curl_once() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

// A certificate that does not fit will not fit in a minute either; anything else may.
bool is_lasting(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE ||
         code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL;
}

struct CertificateFault {
  std::string_view said, means;
};
constexpr std::array kCertificateFaults{
    CertificateFault{"expired", "证书已过期"},
    CertificateFault{"not yet valid", "证书尚未生效"},
    CertificateFault{"does not match", "证书不是发给这个服务器名的"},
    CertificateFault{"no alternative certificate subject name", "证书不是发给这个服务器名的"},
    CertificateFault{"self-signed", "证书是自签名的，不受信任"},
    CertificateFault{"local issuer", "证书的签发者不受信任"},
};

// What libcurl's words say, in the administrator's; empty for words that are not in the table.
std::string_view certificate_fault(std::string_view said) {
  for (const auto& row : kCertificateFaults) {
    if (said.find(row.said) != std::string_view::npos) return row.means;
  }
  return {};
}

Error connect_error(const std::string& url, CURLcode code, const char* detail) {
  if (code == CURLE_ABORTED_BY_CALLBACK) {
    return {ErrorKind::kTransient, fmt::format("程序正在停止，不再连接 {}", url), ""};
  }
  const std::string reason = detail[0] != '\0' ? detail : curl_easy_strerror(code);
  if (code == CURLE_PEER_FAILED_VERIFICATION) {
    const std::string_view why = certificate_fault(reason);
    return {ErrorKind::kPermanent,
            fmt::format("{} 的证书未通过验证：{}", url, why.empty() ? reason : why),
            "请核对服务器地址和本机时间；自建服务器请设置 ca_file"};
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return {ErrorKind::kTransient, fmt::format("连接 {} 超时，服务器没有应答", url),
            "请核对地址、端口和网络"};
  }
  if (code == CURLE_WEIRD_SERVER_REPLY) {
    return {ErrorKind::kTransient, fmt::format("{} 的应答不像邮件服务器，已断开", url),
            "请核对地址和端口"};
  }
  if (code == CURLE_COULDNT_RESOLVE_HOST) {
    return {ErrorKind::kTransient, fmt::format("找不到服务器 {}：{}", url, reason),
            "请核对地址和本机的域名解析"};
  }
  return {is_lasting(code) ? ErrorKind::kPermanent : ErrorKind::kTransient,
          fmt::format("连接不上 {}：{}", url, reason), "请核对地址、端口和网络"};
}

template <class Value>
void set(CURL* easy, CURLoption option, Value value) {
  // Only a wrong type or an option that this libcurl lacks can fail here: a bug, seen in any test.
  if (curl_easy_setopt(easy, option, value) != CURLE_OK) {
    throw std::logic_error("libcurl refuses an option");
  }
}

// CURLOPT_HEADERFUNCTION: libcurl hands over each line of the greeting.
std::size_t hear(const char* data, std::size_t size, std::size_t count, void* endpoint) {
  std::string_view line(data, size * count);
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  static_cast<const ServerAddress*>(endpoint)->heard(line);
  return size * count;
}

enum class Ready { kYes, kNo, kBroken };

// Waits in slices: a stop that is asked for is seen within one, and a bounded wait is no hang.
Ready poll_socket(curl_socket_t socket, short events, std::chrono::milliseconds patience) {
  constexpr std::chrono::milliseconds kSlice{1000};
  const auto deadline = std::chrono::steady_clock::now() + patience;
  for (;;) {
    pulse::beat();
    const auto left = pulse::patience(std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now()));
    const auto slice = std::clamp(left, std::chrono::milliseconds(0), kSlice);
    pollfd entry{socket, events, 0};
    const int got = poll(&entry, 1, static_cast<int>(slice.count()));
    if (got > 0) return Ready::kYes;
    if (got < 0 && errno != EINTR) return Ready::kBroken;
    if (left <= std::chrono::milliseconds(0)) return Ready::kNo;
  }
}

// Asked by libcurl about once a second while it connects; 1 makes it give up.
int while_connecting(void*, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  pulse::beat();
  return pulse::stopping() ? 1 : 0;
}

tl::unexpected<Error> given_up() {
  return fail(ErrorKind::kTransient, "程序正在停止，不再等待服务器");
}

std::chrono::milliseconds time_left(Steady::time_point deadline, std::chrono::seconds silence) {
  if (deadline == Steady::time_point::max()) return silence;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now());
  return std::clamp(left, std::chrono::milliseconds(0), std::chrono::milliseconds(silence));
}

// Why a wait came to nothing.
tl::unexpected<Error> no_answer(Steady::time_point deadline, std::chrono::seconds silence) {
  if (pulse::stopping()) return given_up();
  if (deadline <= Steady::now()) {
    return fail(ErrorKind::kTransient, "服务器应答太慢，迟迟没有说完，已断开");
  }
  return fail(ErrorKind::kTransient, fmt::format("服务器{}秒没有回应", silence.count()));
}

}  // namespace

Connection::Connection(std::unique_ptr<Handle> handle) : handle_(std::move(handle)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

Result<Connection> Connection::open(const ServerAddress& endpoint) {
  start_curl_once();
  auto handle = std::make_unique<Handle>();
  handle->easy = curl_easy_init();
  if (handle->easy == nullptr) return fail(ErrorKind::kTransient, "内存不足，无法建立连接");
  handle->silence = endpoint.silence;
  CURL* easy = handle->easy;
  set(easy, CURLOPT_URL, endpoint.url.c_str());
  set(easy, CURLOPT_CONNECT_ONLY, 1L);
  set(easy, CURLOPT_NOSIGNAL, 1L);
  set(easy, CURLOPT_ERRORBUFFER, handle->trouble.data());
  set(easy, CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(std::chrono::milliseconds(endpoint.connect_timeout).count()));
  // CONNECT_ONLY reads the greeting and the capabilities too; a server that stalls there is cut
  // off.
  set(easy, CURLOPT_TIMEOUT_MS,
      static_cast<long>(std::chrono::milliseconds(endpoint.connect_timeout * 2).count()));
  set(easy, CURLOPT_XFERINFOFUNCTION, while_connecting);
  set(easy, CURLOPT_NOPROGRESS, 0L);
  // A name server that does not answer must not hold up the end of the program.
  set(easy, CURLOPT_QUICK_EXIT, 1L);
  set(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  set(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  set(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  // A plain scheme insists on STARTTLS: a password never goes over an open line. Only a server on
  // this machine may do without.
  set(easy, CURLOPT_USE_SSL,
      static_cast<long>(is_this_machine(host_of(endpoint.url)) ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  if (!endpoint.ca_file.empty()) set(easy, CURLOPT_CAINFO, endpoint.ca_file.c_str());
  if (endpoint.heard) {
    set(easy, CURLOPT_HEADERFUNCTION, &hear);
    set(easy, CURLOPT_HEADERDATA, &endpoint);
  }
  if (const CURLcode code = curl_easy_perform(easy); code != CURLE_OK) {
    return tl::unexpected(connect_error(endpoint.url, code, handle->trouble.data()));
  }
  if (curl_easy_getinfo(easy, CURLINFO_ACTIVESOCKET, &handle->socket) != CURLE_OK ||
      handle->socket == CURL_SOCKET_BAD) {
    return fail(ErrorKind::kTransient, fmt::format("{} 立即断开了连接", endpoint.url));
  }
  return Connection(std::move(handle));
}

Result<void> Connection::send(std::string_view data) {
  while (!data.empty()) {
    std::size_t sent = 0;
    const CURLcode code = curl_easy_send(handle_->easy, data.data(), data.size(), &sent);
    data.remove_prefix(sent);
    if (code == CURLE_OK) continue;
    if (code != CURLE_AGAIN) {
      return fail(ErrorKind::kTransient,
                  fmt::format("向服务器发送时连接中断：{}", curl_easy_strerror(code)));
    }
    const auto patience = time_left(handle_->deadline, handle_->silence);
    if (poll_socket(handle_->socket, POLLOUT, patience) != Ready::kYes) {
      return no_answer(handle_->deadline, handle_->silence);
    }
  }
  return {};
}

// Reads at least one byte into the buffer. TLS may hold bytes that poll() does not see, so recv is
// asked first.
Result<void> Connection::fill() {
  Handle& h = *handle_;
  h.make_room();
  for (;;) {
    // A server that goes on sending is no reason to stay.
    if (pulse::stopping() && pulse::patience(h.silence).count() == 0) return given_up();
    std::size_t got = 0;
    const CURLcode code =
        curl_easy_recv(h.easy, h.buffer.data() + h.last, h.buffer.size() - h.last, &got);
    if (code == CURLE_OK && got > 0) {
      h.last += got;
      pulse::beat();
      return {};
    }
    if (code == CURLE_OK) return fail(ErrorKind::kTransient, "服务器关闭了连接");
    if (code != CURLE_AGAIN) {
      return fail(ErrorKind::kTransient,
                  fmt::format("从服务器接收时连接中断：{}", curl_easy_strerror(code)));
    }
    // Only who waits looks at the deadline: what is here already is taken.
    if (poll_socket(h.socket, POLLIN, time_left(h.deadline, h.silence)) != Ready::kYes) {
      return no_answer(h.deadline, h.silence);
    }
  }
}

Result<std::string> Connection::line() {
  Handle& h = *handle_;
  std::string out;
  for (;;) {
    const std::string_view have = h.pending();
    const std::size_t end = have.find('\n');
    out.append(have.substr(0, end));
    if (out.size() > kLine) {
      return fail(ErrorKind::kTransient, "服务器的一行回应过长，已断开");
    }
    if (end != std::string_view::npos) {
      h.first += end + 1;
      if (out.ends_with('\r')) out.pop_back();
      return out;
    }
    h.first = h.last;
    if (auto more = fill(); !more) return tl::unexpected(more.error());
  }
}

Result<bool> Connection::has_line() {
  Handle& h = *handle_;
  while (h.pending().find('\n') == std::string_view::npos) {
    h.make_room();
    if (h.last == h.buffer.size()) return true;  // a line that is too long: line() says so
    std::size_t got = 0;
    const CURLcode code =
        curl_easy_recv(h.easy, h.buffer.data() + h.last, h.buffer.size() - h.last, &got);
    if (code == CURLE_AGAIN) return false;
    if (code != CURLE_OK || got == 0) return fail(ErrorKind::kTransient, "服务器关闭了连接");
    h.last += got;
  }
  return true;
}

Result<void> Connection::bytes(std::uint64_t size, const Sink& sink) {
  Handle& h = *handle_;
  while (size > 0) {
    if (h.first == h.last) {
      if (auto more = fill(); !more) return more;
    }
    const std::string_view have = h.pending().substr(
        0, static_cast<std::size_t>(std::min<std::uint64_t>(size, h.pending().size())));
    h.first += have.size();
    size -= have.size();
    if (auto taken = sink(have); !taken) return taken;
  }
  return {};
}

int Connection::socket() const { return handle_->socket; }

void Connection::set_deadline(Steady::time_point deadline) { handle_->deadline = deadline; }

void Connection::extend_deadline(Steady::duration by) {
  if (handle_->deadline != Steady::time_point::max()) handle_->deadline += by;
}

Result<bool> Connection::wait(std::chrono::milliseconds patience) {
  Handle& h = *handle_;
  if (h.first != h.last) return true;
  h.first = h.last = 0;
  std::size_t got = 0;
  const CURLcode code = curl_easy_recv(h.easy, h.buffer.data(), h.buffer.size(), &got);
  if (code == CURLE_OK && got > 0) {
    h.last = got;
    return true;
  }
  if (code != CURLE_AGAIN) return fail(ErrorKind::kTransient, "服务器关闭了连接");
  return poll_socket(h.socket, POLLIN, patience) == Ready::kYes;
}

}  // namespace baosong::daemon
