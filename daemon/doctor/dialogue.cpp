#include "daemon/doctor/dialogue.hpp"

#include <fmt/format.h>

namespace baosong::daemon::doctor {
namespace {

// A server that never comes to its point is no server.
constexpr std::size_t kLines = 1000;
constexpr std::size_t kShown = 200;

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text.substr(0, kShown)) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(byte < 0x20 || byte == 0x7F ? ' ' : c);
  }
  return out;
}

tl::unexpected<Error> endless() {
  return fail(ErrorKind::kTransient, "服务器的回应没完没了，已断开");
}

}  // namespace

Result<Dialogue> Dialogue::open(const ServerAddress& endpoint) {
  auto connection = Connection::open(endpoint);
  if (!connection) return tl::unexpected(connection.error());
  return Dialogue(std::move(*connection));
}

Result<Reply> Dialogue::ask_imap(std::string_view command) {
  const std::string tag = fmt::format("d{}", ++tags_);
  if (auto sent = connection_.send(fmt::format("{} {}\r\n", tag, command)); !sent) {
    return tl::unexpected(sent.error());
  }
  Reply reply;
  while (reply.others.size() < kLines) {
    auto line = connection_.line();
    if (!line) return tl::unexpected(line.error());
    if (line->starts_with(tag + " ")) {
      reply.text = printable(std::string_view(*line).substr(tag.size() + 1));
      reply.good = reply.text.starts_with("OK");
      return reply;
    }
    if (line->starts_with("* BYE")) {
      reply.text = printable(std::string_view(*line).substr(2));
      return reply;
    }
    reply.others.push_back(printable(*line));
  }
  return endless();
}

Result<Reply> Dialogue::ask_smtp(std::string_view command) {
  if (auto sent = connection_.send(fmt::format("{}\r\n", command)); !sent) {
    return tl::unexpected(sent.error());
  }
  Reply reply;
  while (reply.others.size() < kLines) {
    auto line = connection_.line();
    if (!line) return tl::unexpected(line.error());
    const bool more = line->size() > 3 && (*line)[3] == '-';
    if (more) {
      reply.others.push_back(printable(*line));
      continue;
    }
    reply.text = printable(*line);
    reply.good = reply.text.starts_with('2') || reply.text.starts_with('3');
    return reply;
  }
  return endless();
}

}  // namespace baosong::daemon::doctor
