// Prints the folder in which an account keeps sent mail, then the Message-IDs of its newest mails.
//   imap_sent URL USER PASSWORD-FILE CA-FILE MOST
#include <cstdio>
#include <cstdlib>

#include "daemon/mailbox/imap_session.hpp"
#include "daemon/secret.hpp"

namespace {

int complain(const baosong::Error& error) {
  std::fprintf(stderr, "%s\n", error.message.c_str());
  return 3;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace baosong::daemon;
  if (argc != 6) return 2;
  const auto password = read_password(argv[3], "mailbox.password_file");
  if (!password) return complain(password.error());
  auto session = imap::Session::open({{.url = argv[1], .ca_file = argv[4]}, argv[2], *password});
  if (!session) return complain(session.error());
  const auto folder = session->sent_folder();
  if (!folder) return complain(folder.error());
  std::printf("%s\n", folder->c_str());
  if (folder->empty()) return 0;
  const auto ids =
      session->message_ids(*folder, static_cast<std::size_t>(std::strtoul(argv[5], nullptr, 10)));
  if (!ids) return complain(ids.error());
  for (const std::string& id : *ids) std::printf("%s\n", id.c_str());
  session->logout();
  return 0;
}
