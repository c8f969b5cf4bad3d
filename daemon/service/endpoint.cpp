#include "daemon/service/endpoint.hpp"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>
#include <fcntl.h>
#include <fmt/format.h>

#include <csignal>

#include "daemon/limits.hpp"

namespace baosong::daemon {
namespace {

namespace net = Poco::Net;

class Answer final : public net::HTTPRequestHandler {
 public:
  explicit Answer(const Board& board) : board_(board) {}

  void handleRequest(net::HTTPServerRequest& request, net::HTTPServerResponse& response) override {
    const std::string& method = request.getMethod();
    const bool head = method == net::HTTPRequest::HTTP_HEAD;
    const std::string path = request.getURI().substr(0, request.getURI().find('?'));
    auto status = net::HTTPResponse::HTTP_OK;
    std::string type = "text/plain; charset=utf-8";
    std::string body;
    if (!head && method != net::HTTPRequest::HTTP_GET) {
      status = net::HTTPResponse::HTTP_METHOD_NOT_ALLOWED;
      response.set("Allow", "GET, HEAD");
      body = "只支持 GET\n";
    } else if (path == "/metrics") {
      const Gauges gauges = board_.get();
      type = "text/plain; version=0.0.4; charset=utf-8";
      body = metrics_text(gauges, moment_now(gauges.state));
    } else if (path == "/health") {
      const Gauges gauges = board_.get();
      const auto wrong = ailment(gauges, moment_now(gauges.state));
      if (wrong) status = net::HTTPResponse::HTTP_SERVICE_UNAVAILABLE;
      body = wrong.value_or("正常") + "\n";
    } else {
      status = net::HTTPResponse::HTTP_NOT_FOUND;
      body = "只有 /metrics 和 /health\n";
    }
    response.setStatusAndReason(status);
    response.setContentType(type);
    response.setContentLength64(static_cast<Poco::Int64>(body.size()));
    response.set("Cache-Control", "no-store");
    std::ostream& out = response.send();
    if (!head) out << body;
  }

 private:
  const Board& board_;
};

class Answers final : public net::HTTPRequestHandlerFactory {
 public:
  explicit Answers(const Board& board) : board_(board) {}
  net::HTTPRequestHandler* createRequestHandler(const net::HTTPServerRequest&) override {
    return new Answer(board_);  // Poco deletes it
  }

 private:
  const Board& board_;
};

// Signals are the main thread's: the threads that are started meanwhile never see one.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_BLOCK, &all, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

class HttpEndpoint final : public Endpoint {
 public:
  HttpEndpoint(const std::string& address, const Board& board)
      : socket_(listening(net::SocketAddress(address))),
        server_(new Answers(board), pool_, socket_, params()) {
    // A worker that is started later must not inherit the port.
    ::fcntl(socket_.impl()->sockfd(), F_SETFD, FD_CLOEXEC);
    server_.start();
  }
  HttpEndpoint(const HttpEndpoint&) = delete;
  HttpEndpoint& operator=(const HttpEndpoint&) = delete;
  ~HttpEndpoint() override { server_.stopAll(true); }

  [[nodiscard]] int port() const override { return socket_.address().port(); }

 private:
  static constexpr int kBacklog = 8;

  // Two programs must not share the port (SO_REUSEPORT is Poco's default): each scrape would see
  // another one.
  static net::ServerSocket listening(const net::SocketAddress& address) {
    net::ServerSocket socket;
    socket.bind(address, true, false);
    socket.listen(kBacklog);
    return socket;
  }
  static net::HTTPServerParams* params() {
    auto* params = new net::HTTPServerParams;  // Poco counts references
    const Poco::Timespan patience(limits::kHttpPatience.count(), 0);
    params->setTimeout(patience);
    params->setKeepAlive(false);
    params->setMaxThreads(1);
    params->setMaxQueued(kBacklog);
    return params;
  }

  Poco::ThreadPool pool_{1, 1};
  net::ServerSocket socket_;
  net::HTTPServer server_;
};

}  // namespace

Result<std::unique_ptr<Endpoint>> Endpoint::open(const std::string& address, const Board& board) {
  const SignalsBlocked blocked;
  try {
    return std::unique_ptr<Endpoint>(std::make_unique<HttpEndpoint>(address, board));
  } catch (const Poco::Exception& e) {
    return fail(ErrorKind::kTransient,
                fmt::format("监控端口 {} 打不开：{}", address, e.displayText()),
                "请检查设置 service.metrics，端口可能已被占用");
  }
}

}  // namespace baosong::daemon
