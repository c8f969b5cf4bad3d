// /metrics and /health over HTTP, for this machine only. Two threads that mostly sleep: one
// accepts, one answers; they see nothing but the Board.
#pragma once

#include <memory>
#include <string>

#include "daemon/service/gauges.hpp"
#include "parsers/base/result.hpp"

namespace baosong::daemon {

// Thread rule: made and destroyed by the main thread.
class Endpoint {
 public:
  // `address` is "127.0.0.1:9464" as the settings allow it; port 0 takes any free one. `board`
  // outlives it. kTransient when the port is in use.
  static Result<std::unique_ptr<Endpoint>> open(const std::string& address, const Board& board);

  virtual ~Endpoint() = default;
  [[nodiscard]] virtual int port() const = 0;
};

}  // namespace baosong::daemon
