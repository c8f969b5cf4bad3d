// The pipeline in one process: mails from memory, a store and an archive that go away with the
// test.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "daemon/intake.hpp"
#include "daemon/outbox/send.hpp"
#include "tests/support/load_notice.hpp"
#include "tests/support/scratch.hpp"

namespace baosong::daemon::testing {

inline Templates shipped_replies() {
  Templates out;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(BAOSONG_CONFIG) + "/replies")) {
    if (entry.path().extension() != ".mustache") continue;
    out.files.push_back({entry.path().filename().string(), get(entry.path().string())});
  }
  std::ranges::sort(out.files, {}, &rules::ConfigFile::name);
  return out;
}

inline Time moment(const std::string& rfc3339) { return *parse_rfc3339(rfc3339); }

struct Attached {
  std::string name, bytes;
};
// A mail as clients write it, `clock` on 24 October 2022 ("09:30").
inline std::string mail(const std::string& id, const std::string& from, const std::string& subject,
                        const std::string& clock, const std::string& text,
                        const std::vector<Attached>& files = {}) {
  std::string out = "From: " + from + "\r\nTo: jlqmxx@126.com\r\nSubject: " + subject +
                    "\r\nMessage-ID: <" + id + "@test.example>\r\nDate: Mon, 24 Oct 2022 " + clock +
                    ":00 +0800\r\nMIME-Version: 1.0\r\n";
  if (files.empty()) {
    return out + "Content-Type: text/plain; charset=utf-8\r\n\r\n" + text + "\r\n";
  }
  out +=
      "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
      "Content-Type: text/plain; charset=utf-8\r\n\r\n" +
      text + "\r\n";
  for (const Attached& file : files) {
    out +=
        "--x\r\nContent-Type: application/octet-stream\r\n"
        "Content-Disposition: attachment; filename=\"" +
        file.name + "\"\r\n\r\n" + file.bytes + "\r\n";
  }
  return out + "--x--\r\n";
}

class MemoryMailbox final : public Mailbox {
 public:
  struct Item {
    std::string key, bytes;
    Arrival arrival;
  };
  std::vector<Item> items;
  std::uint64_t hides = 0;  // mails that it counts but never lists
  int looks_at_all = 0;

  [[nodiscard]] std::string name() const override { return "memory:"; }
  void look_at_all() override { ++looks_at_all; }
  Result<void> receive(Receiver& receiver) override {
    receiver.holds(items.size() + hides);
    for (const Item& item : items) {
      auto known = receiver.known(item.key);
      if (!known) return tl::unexpected(known.error());
      if (*known) continue;
      const MailRef ref{item.key, item.bytes.size(), item.arrival};
      auto incoming = receiver.begin(ref);
      if (!incoming) return tl::unexpected(incoming.error());
      if (auto done = incoming->append(item.bytes); !done) return done;
      if (auto done = receiver.keep(ref, std::move(*incoming)); !done) return done;
    }
    return {};
  }
};

class MemoryOutbox final : public Outbox {
 public:
  std::vector<OutboundMail> delivered;
  std::optional<Error> fails;         // the outbox as a whole
  std::optional<Delivery> answers;    // what becomes of each letter
  std::optional<Delivered> can_tell;  // what look() says; unset: the truth
  std::optional<Error> cannot_look;
  std::vector<LookFor> looked;

  Result<Delivery> deliver(const OutboundMail& mail, const AtEnd& at_end) override {
    if (fails) return tl::unexpected(*fails);
    const Delivery answer = answers.value_or(Delivery{});
    if (answer.fate == Fate::kTaken || answer.fate == Fate::kUnknown) {
      if (auto done = at_end(); !done) return tl::unexpected(done.error());
    }
    if (answer.fate == Fate::kTaken) delivered.push_back(mail);
    return answer;
  }
  Result<Delivered> look(const LookFor& letter) override {
    looked.push_back(letter);
    if (cannot_look) return tl::unexpected(*cannot_look);
    if (can_tell) return *can_tell;
    const bool there = std::ranges::any_of(
        delivered, [&](const OutboundMail& mail) { return mail.message_id == letter.message_id; });
    return there ? Delivered::kYes : Delivered::kNo;
  }
};

class OfficeTest : public ::testing::Test {
 protected:
  // A mail of Chaoyang with a file that cannot be read.
  const std::string broken =
      mail("broken", "cy_demo@126.com", "朝阳区教育局材料", "09:00", "请查收。",
           {{"附件4先进个人申报表（张小禾）.docx", "PK\x03\x04 cut off"}});
  // A mail of Chaoyang that has nothing wrong in it.
  const std::string nil = mail("nil", "cy_demo@126.com", "朝阳区教育局情况说明", "09:02",
                               "朝阳区教育局：我区无先进单位推荐。");
  void arrives(const std::string& bytes, Arrival arrival = {}) {
    mailbox.items.push_back({std::to_string(mailbox.items.size()), bytes, arrival});
  }
  // A turn of the service at this time.
  IntakeCounts turn(const std::string& now, std::function<bool()> stop = [] { return false; }) {
    clock = Clock(moment(now));
    Intake intake({&notice, &templates, &store, &archive, &workers, clock, settings.outbox.settle,
                   std::move(stop)});
    EXPECT_TRUE(intake.receive(mailbox));
    EXPECT_TRUE(intake.read_new());
    EXPECT_TRUE(intake.decide_new());
    return intake.counts();
  }
  SendCounts send(const std::string& now) {
    SendCounts counts;
    const Sender sender{&store, &outbox, &notice, &settings};
    sent = sender.send_due(moment(now), counts);
    return counts;
  }
  std::vector<DecisionRow> decisions() {
    return *store.decisions({Time{}, moment("2100-01-01T00:00:00Z")});
  }
  std::vector<LetterRow> pending() { return *store.letters(LetterState::kPending); }

  const rules::Notice& notice = test::shipped_notice();
  Templates templates = shipped_replies();
  Settings settings;
  Scratch dir;
  Store store = std::move(*Store::open(dir / "baosong.sqlite"));
  Archive archive = std::move(*Archive::open(real_disk(), dir / "archive"));
  WorkerPool workers;
  MemoryMailbox mailbox;
  MemoryOutbox outbox;
  Clock clock;
  Result<void> sent;
};

}  // namespace baosong::daemon::testing
