#include "daemon/service/house.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace baosong::daemon {
namespace {

auto same_by(const MailboxSettings& s) {
  return std::tie(s.url, s.user, s.password_file, s.ca_file, s.timeout);
}

// The mailboxes that the settings name; those of `old` that stay the same are left out and only
// their place is kept.
Result<std::vector<Post>> open_posts(const Settings& settings, const std::vector<Post>& old) {
  std::vector<Post> posts;
  for (const MailboxSettings& one : all_mailboxes(settings)) {
    const auto is_one = [&](const Post& post) { return same_by(post.settings) == same_by(one); };
    // Named twice, only the first takes the open one over.
    if (std::ranges::any_of(old, is_one) && std::ranges::none_of(posts, is_one)) {
      posts.push_back({one, nullptr});
      continue;
    }
    auto mailbox = open_mailbox(one);
    if (!mailbox) return tl::unexpected(mailbox.error());
    posts.push_back({one, std::move(*mailbox)});
  }
  return posts;
}

}  // namespace

Result<House> House::open(Config config) {
  House house;
  house.config = std::move(config);
  const Settings& settings = house.config.settings;
  auto posts = open_posts(settings, {});
  if (!posts) return tl::unexpected(posts.error());
  house.posts = std::move(*posts);
  auto outbox = open_outbox(real_disk(), settings);
  if (!outbox) return tl::unexpected(outbox.error());
  house.outbox = std::move(*outbox);

  if (auto made = make_directory(real_disk(), settings.state); !made) {
    return tl::unexpected(made.error());
  }
  auto lock = InstanceLock::take(settings.state + "/lock");
  if (!lock) return tl::unexpected(lock.error());
  house.lock = std::make_unique<InstanceLock>(std::move(*lock));
  return house;
}

Result<void> House::refurnish(Config fresh) {
  if (fresh.settings.state != config.settings.state) {
    return fail(ErrorKind::kConfig,
                fmt::format("状态目录（state）不能在运行中从“{}”改为“{}”", config.settings.state,
                            fresh.settings.state),
                "请改回原值，或停止服务后再修改");
  }
  auto wanted = open_posts(fresh.settings, posts);
  if (!wanted) return tl::unexpected(wanted.error());
  // It looks for letters in the mailboxes too, and keeps nothing open between two turns.
  auto opened = open_outbox(real_disk(), fresh.settings);
  if (!opened) return tl::unexpected(opened.error());
  // From here on nothing can fail.
  for (Post& post : *wanted) {
    if (post.mailbox) continue;
    const auto kept = std::ranges::find_if(posts, [&](const Post& old) {
      return old.mailbox && same_by(old.settings) == same_by(post.settings);
    });
    post.mailbox = std::move(kept->mailbox);
  }
  posts = std::move(*wanted);
  outbox = std::move(*opened);
  config = std::move(fresh);
  return {};
}

Result<void> House::open_state() {
  // Two connections at once would be in each other's way.
  store.reset();
  archive.reset();
  const std::string& state = config.settings.state;
  auto mails = Archive::open(real_disk(), state + "/archive");
  if (!mails) return tl::unexpected(mails.error());
  auto opened = Store::open(state + "/" + std::string(kStoreFile));
  if (!opened) return tl::unexpected(opened.error());
  archive.emplace(std::move(*mails));
  store.emplace(std::move(*opened));
  return {};
}

}  // namespace baosong::daemon
