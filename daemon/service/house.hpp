// Everything the service has open: the configuration, the lock, archive and store, the mailboxes
// and the outbox. Thread rule: belongs to one thread.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "daemon/archive.hpp"
#include "daemon/disk.hpp"
#include "daemon/mailbox/mailbox.hpp"
#include "daemon/outbox/outbox.hpp"
#include "daemon/settings.hpp"
#include "daemon/store/store.hpp"

namespace baosong::daemon {

// Where the configuration comes from, as the command line says; read again at each reload.
struct ConfigSource {
  std::string file;              // --config
  std::vector<std::string> set;  // --set, in order
};

// One mailbox that is watched.
struct Post {
  MailboxSettings settings;
  std::unique_ptr<Mailbox> mailbox;
};

struct House {
  Config config;
  std::unique_ptr<InstanceLock> lock;
  std::optional<Archive> archive;
  std::optional<Store> store;
  std::vector<Post> posts;
  std::unique_ptr<Outbox> outbox;

  // Takes the lock; archive and store are opened by open_state(). `config` is without faults. No
  // server is asked for anything. Errors: kConfig for an address that cannot be served, else the
  // state directory cannot be made or another program uses it.
  static Result<House> open(Config config);

  // Opens archive and store, closing them first where they are open. Errors: kTransient when the
  // disk is full or another program has the store locked, kPermanent when it is damaged (see
  // is_damage()) or may not be written. After an error has_state() is false.
  Result<void> open_state();
  [[nodiscard]] bool has_state() const { return archive && store; }

  // Takes the place of the configuration, between two turns. A mailbox or an outbox whose settings
  // stay the same keeps its connection. On an error nothing has changed.
  Result<void> refurnish(Config fresh);
};

}  // namespace baosong::daemon
