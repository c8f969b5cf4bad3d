#include "daemon/service/gauges.hpp"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <string_view>

#include "daemon/limits.hpp"
#include "daemon/log.hpp"
#include "daemon/service/trouble.hpp"

namespace baosong::daemon {
namespace {

class Page {
 public:
  void head(std::string_view name, std::string_view type, std::string_view help) {
    fmt::format_to(std::back_inserter(text_), "# HELP baosong_{0} {2}\n# TYPE baosong_{0} {1}\n",
                   name, type, help);
  }
  template <class Number>
  void value(std::string_view name, std::string_view labels, Number number) {
    fmt::format_to(std::back_inserter(text_), "baosong_{}{} {}\n", name, labels, number);
  }
  template <class Number>
  void one(std::string_view name, std::string_view type, std::string_view help, Number number) {
    head(name, type, help);
    value(name, {}, number);
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

// Values are escaped as the format wants it.
std::string labels(
    std::initializer_list<std::pair<std::string_view, std::string_view>> names_and_values) {
  std::string out = "{";
  for (const auto& [name, value] : names_and_values) {
    out += fmt::format("{}{}=\"", out.size() > 1 ? "," : "", name);
    for (const char c : log::printable(value)) {
      if (c == '\\' || c == '"') out.push_back('\\');
      out.push_back(c);
    }
    out.push_back('"');
  }
  return out + "}";
}

double seconds_of(Steady::duration time) { return std::chrono::duration<double>(time).count(); }

void put_mails(Page& page, const StoreFigures& store, Time now) {
  page.head("mails", "gauge", "Distinct mails by how far they have come; seen is all of them.");
  const MailCounts& mails = store.mails;
  for (const auto& [state, count] :
       {std::pair{"seen", mails.seen}, std::pair{"archived", mails.archived},
        std::pair{"decided", mails.decided}, std::pair{"quarantined", mails.quarantined}}) {
    page.value("mails", labels({{"state", state}}), count);
  }
  page.one("mails_held", "gauge", "Mails that wait for people.", store.held);
  const auto age = store.oldest_undecided ? (now - *store.oldest_undecided).count() : 0;
  page.one("oldest_undecided_seconds", "gauge",
           "Time since the oldest mail came that is not decided; 0 when there is none.",
           std::max<std::int64_t>(0, age));
  page.head("letters", "gauge", "Letters by state.");
  for (std::size_t i = 0; i < store.letters.size(); ++i) {
    page.value("letters", labels({{"state", kLetterStateNames[i]}}), store.letters[i]);
  }
}

void put_posts(Page& page, const Gauges& gauges, const Moment& moment) {
  // By number too: masked, the names of two accounts on one server may be the same.
  const auto each = [&](std::string_view name, std::string_view type, std::string_view help,
                        auto&& value_of) {
    bool first = true;
    for (std::size_t i = 0; i < gauges.posts.size(); ++i) {
      const auto value = value_of(gauges.posts[i]);
      if (!value) continue;
      if (std::exchange(first, false)) page.head(name, type, help);
      const std::string number = std::to_string(i + 1);
      page.value(name, labels({{"mailbox", number}, {"name", gauges.posts[i].name}}), *value);
    }
  };
  using Seconds = std::optional<std::int64_t>;
  each("last_poll_timestamp_seconds", "gauge", "When the mailbox was last read without an error.",
       [&](const PostGauges& post) -> Seconds {
         if (!post.last_success) return std::nullopt;
         return (moment.wall -
                 std::chrono::floor<std::chrono::seconds>(moment.steady - *post.last_success))
             .time_since_epoch()
             .count();
       });
  each("polls_total", "counter", "Times that the mailbox was looked into.",
       [](const PostGauges& post) { return std::optional(post.polls); });
  each("poll_failures_total", "counter", "Times that looking into the mailbox failed.",
       [](const PostGauges& post) { return std::optional(post.failures); });
  each("reconciliation_difference", "gauge",
       "Mails on the server less mails in the archive, when they were last counted.",
       [](const PostGauges& post) { return post.difference; });
}

void put_turns(Page& page, const TurnTimes& turns) {
  page.head("turn_seconds", "histogram", "How long a turn (receive, read, decide, send) took.");
  for (std::size_t i = 0; i < turns.within.size(); ++i) {
    page.value("turn_seconds_bucket", fmt::format("{{le=\"{}\"}}", TurnTimes::kBounds[i]),
               turns.within[i]);
  }
  page.value("turn_seconds_bucket", "{le=\"+Inf\"}", turns.count);
  page.value("turn_seconds_sum", {}, turns.seconds);
  page.value("turn_seconds_count", {}, turns.count);
}

}  // namespace

void TurnTimes::add(std::chrono::duration<double> time) {
  for (std::size_t i = 0; i < kBounds.size(); ++i) {
    if (time.count() <= kBounds[i]) ++within[i];
  }
  ++count;
  seconds += time.count();
}

Moment moment_now(const std::string& state) {
  Moment moment;
  moment.steady = Steady::now();
  moment.wall = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  struct statvfs disk{};
  if (::statvfs(state.c_str(), &disk) == 0) {
    moment.disk_free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  }
  return moment;
}

std::string metrics_text(const Gauges& gauges, const Moment& moment) {
  Page page;
  page.head("build_info", "gauge", "Always 1; the version is in the label.");
  page.value("build_info", labels({{"version", BAOSONG_VERSION}}), 1);
  page.one("uptime_seconds", "gauge", "Time since the service started.",
           seconds_of(moment.steady - gauges.started));
  page.one("healthy", "gauge", "1 when /health answers 200.", ailment(gauges, moment) ? 0 : 1);
  put_mails(page, gauges.store, moment.wall);
  put_posts(page, gauges, moment);
  page.one("outbox_paused", "gauge", "1 while no letter leaves, because the outbox fails.",
           gauges.outbox_trouble.empty() ? 0 : 1);
  put_turns(page, gauges.turns);
  page.head("reloads_total", "counter", "Configurations that were read again.");
  page.value("reloads_total", labels({{"result", "taken"}}), gauges.reloads);
  page.value("reloads_total", labels({{"result", "refused"}}), gauges.refused_reloads);
  if (moment.disk_free) {
    page.one("disk_free_bytes", "gauge", "Room on the disk of the state directory.",
             *moment.disk_free);
  }
  return page.take();
}

std::optional<std::string> ailment(const Gauges& gauges, const Moment& moment) {
  if (!gauges.state_trouble.empty()) return log::printable(gauges.state_trouble);
  for (const PostGauges& post : gauges.posts) {
    const auto age =
        gauges.turn_since.value_or(moment.steady) - post.last_success.value_or(gauges.started);
    if (age <= post.poll * limits::kHealthyPolls) continue;
    const std::string why = post.trouble.empty() ? "" : "：" + post.trouble;
    return log::printable(fmt::format("邮箱（{}）已有{}未能收信{}", post.name,
                                      duration_text(std::chrono::floor<std::chrono::seconds>(age)),
                                      why));
  }
  if (!gauges.outbox_trouble.empty()) {
    return log::printable(fmt::format("发信暂停：{}", gauges.outbox_trouble));
  }
  if (moment.disk_free && *moment.disk_free < limits::kNoRoom) {
    return fmt::format("磁盘空间不足：状态目录所在的磁盘只剩{}MB", *moment.disk_free >> 20U);
  }
  return std::nullopt;
}

}  // namespace baosong::daemon
