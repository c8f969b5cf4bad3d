// Loop's waiting: for the clock, a signal, or a mailbox that tells of new mail by itself.
#include <algorithm>

#include "daemon/limits.hpp"
#include "daemon/service/loop.hpp"

namespace baosong::daemon {

Steady::time_point Loop::next_look(std::size_t post, Steady::time_point now) {
  const std::chrono::milliseconds poll = house_.posts[post].settings.poll;
  auto wait = std::max(spread(poll), std::min<std::chrono::milliseconds>(poll, limits::kLeastPoll));
  Mailbox& mailbox = *house_.posts[post].mailbox;
  mailbox.listen();
  if (mailbox.news_socket() >= 0)
    wait = std::min<std::chrono::milliseconds>(wait, limits::kIdleLongest);
  watches_[post].looked = now;
  // A mail may have come between the look and the listening.
  if (mailbox.has_news())
    wait = std::min<std::chrono::milliseconds>(wait, limits::kLeastBetweenLooks);
  return now + wait;
}

void Loop::wait() {
  std::vector<int> sockets;
  for (const Post& post : house_.posts) {
    if (const int socket = post.mailbox->news_socket(); socket >= 0) sockets.push_back(socket);
  }
  signals_.wait(until_next(Steady::now()), sockets);
  if (Signals::stop_asked()) return;
  for (std::size_t i = 0; i < watches_.size(); ++i) {
    if (!house_.posts[i].mailbox->has_news()) continue;
    Watch& watch = watches_[i];
    watch.next = std::min(watch.next, watch.looked + limits::kLeastBetweenLooks);
  }
}

}  // namespace baosong::daemon
