#include "daemon/letters/points.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "daemon/letters/wording.hpp"

namespace baosong::daemon {
namespace {

using rules::Finding;
using rules::ItemStanding;
using rules::ItemState;
using rules::Severity;

constexpr std::size_t kNamesInARow = 12;  // file names in one row; more are counted

// How a submitter reads the state of an item of which something came.
struct StateWord {
  std::string_view word;
  bool settled;
};
constexpr std::array<StateWord, rules::kItemStateNames.size()> kStateWords{
    {{"未报送", false},
     {"已收，待补充", false},
     {"已收，待补充", false},
     {"已收", true},
     {"已收（逾期报送）", true},
     {"无推荐（已说明）", true},
     {"已报送（待核）", false},
     {"无需报送", true},
     {"已由工作人员登记", true}}};
const StateWord& word_of(ItemState state) {
  return kStateWords.at(static_cast<std::size_t>(state));
}

// Rules whose outcome the letter says in its own way, or that speak to staff alone.
constexpr std::array<std::string_view, 5> kNotPoints{"mail.late", "unit.unknown", "unit.conflict",
                                                     "file.unrecognised", "pdf.seal-not-seen"};
constexpr std::array<std::string_view, 2> kUnreadable{"file.unreadable", "file.encrypted"};
constexpr std::array<std::string_view, 1> kCloud{"file.cloud-link"};
constexpr std::array<std::string_view, 4> kFileSays{"file.unreadable", "file.encrypted",
                                                    "file.cloud-link", "file.duplicate"};

template <class Range>
bool has(const Range& range, std::string_view word) {
  return std::ranges::find(range, word) != std::ranges::end(range);
}

std::string last_step(std::string_view path) {
  const auto slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](unsigned char c) {
    return static_cast<char>(c < 0x80 ? std::tolower(c) : c);
  });
  return out;
}

std::string names_in_a_row(const std::vector<std::string>& names) {
  if (names.size() <= kNamesInARow) return join(names, "、");
  const std::vector<std::string> first(names.begin(), names.begin() + kNamesInARow);
  return fmt::format("{}等{}个文件", join(first, "、"), names.size());
}

// Where the name stands in the sentence, so that it can be taken out.
std::pair<std::size_t, std::size_t> name_in(const Finding& finding) {
  for (const auto& name : {finding.document, last_step(finding.document)}) {
    if (name.empty()) continue;
    if (const auto at = finding.message.find(name); at != std::string::npos)
      return {at, name.size()};
  }
  return {std::string::npos, 0};
}

class Gatherer {
 public:
  explicit Gatherer(const LetterInput& input)
      : in_(input),
        notice_(*input.notice),
        mail_(input.judgement->mail),
        mine_(input.answers.begin(), input.answers.end()) {
    mine_.insert(mail_.sha256);
    own_ = mine_;
    const std::string sender = lower(in_.message->from.address);
    const auto* unit = notice_.unit(in_.judgement->attribution.unit);
    confirmed_ = unit != nullptr && has(unit->addresses, sender);
    if (in_.ledger != nullptr) {
      for (const auto& mail : in_.ledger->mails) {
        if (lower(mail.from) == sender) own_.insert(mail.sha256);
      }
    }
  }

  Points run() {
    if (in_.standing != nullptr) {
      for (const auto& item : in_.standing->items) gather_item(item);
    }
    sort_findings();
    gather_files();
    say_duplicates();
    finish();
    return std::move(out_);
  }

 private:
  bool mine(const std::string& sha256) const { return mine_.contains(sha256); }
  // Whether the reader sent it himself, so that its name tells him nothing new.
  bool knows(const std::string& sha256) const { return confirmed_ || own_.contains(sha256); }

  bool touched(const ItemStanding& item) const {
    const auto mine_of = [&](const auto& row) { return mine(row.message_sha256); };
    if (std::ranges::any_of(item.documents, mine_of)) return true;
    if (std::ranges::any_of(in_.standing->assignments,
                            [&](const auto& row) { return row.item == item.item && mine_of(row); }))
      return true;
    return std::ranges::any_of(mail_.nil_statements,
                               [&](const auto& nil) { return nil.item == item.item; });
  }

  void gather_item(const ItemStanding& item) {
    const auto* row = notice_.item(item.item);
    if (row == nullptr) return;
    if (word_of(item.state).settled && item.state != ItemState::kNotRequired) ++out_.settled;
    if (touched(item)) {
      touched_items_.insert(item.item);
      if (item.state == ItemState::kNeedsStaff) out_.by_staff = true;
    }
    if (std::ranges::all_of(item.documents,
                            [&](const auto& d) { return knows(d.message_sha256); })) {
      known_items_.insert(item.item);
    }
    if (item.state == ItemState::kMissing || item.state == ItemState::kNotRequired) return;
    const bool any_current = std::ranges::any_of(item.documents, &rules::Counted::current);
    std::vector<std::string> names;
    int others = 0;
    for (const auto& document : item.documents) {
      if (any_current ? !document.current : !mine(document.message_sha256)) continue;
      if (knows(document.message_sha256)) {
        if (!has(names, document.name)) names.push_back(document.name);
      } else {
        ++others;
      }
    }
    std::string files = names_in_a_row(names);
    if (others > 0)
      files += fmt::format("{}此前收到的{}个文件", names.empty() ? "" : "，及", others);
    const auto& word = word_of(item.state);
    out_.received.push_back({row->name, std::move(files), std::string(word.word), word.settled});
  }

  bool about_mine(const Finding& finding) const {
    if (!finding.message_sha256.empty()) return mine(finding.message_sha256);
    return finding.item.empty() || touched_items_.contains(finding.item);
  }

  // The standing speaks of all that the unit sent; the decision adds what concerns the mail alone.
  std::vector<Finding> all_findings() const {
    std::vector<Finding> all;
    if (in_.standing != nullptr) {
      for (const auto& item : in_.standing->items) {
        all.insert(all.end(), item.findings.begin(), item.findings.end());
      }
      all.insert(all.end(), in_.standing->findings.begin(), in_.standing->findings.end());
    }
    all.insert(all.end(), in_.decision->findings.begin(), in_.decision->findings.end());
    std::set<std::tuple<std::string, std::string, std::string, std::string>> seen;
    std::erase_if(all, [&](const Finding& f) {
      return !seen.insert({f.rule, f.item, f.document, f.message}).second;
    });
    return all;
  }

  void sort_findings() {
    std::vector<Finding> errors, hints;
    int mine_errors = 0, unreadable = 0, cloud = 0;
    for (auto& finding : all_findings()) {
      if (finding.rule == "file.duplicate" && about_mine(finding) && !finding.document.empty()) {
        duplicates_.insert(finding.document);
      }
      if (has(kFileSays, finding.rule))
        spoken_for_.insert({finding.message_sha256, finding.document});
      if (has(kNotPoints, finding.rule)) continue;
      if (!finding.about_sent) {
        add_outstanding(finding.item);
      } else if (finding.severity == Severity::kError) {
        const bool about = about_mine(finding);
        mine_errors += about ? 1 : 0;
        unreadable += about && has(kUnreadable, finding.rule) ? 1 : 0;
        cloud += about && has(kCloud, finding.rule) ? 1 : 0;
        errors.push_back(std::move(finding));
      } else if (finding.severity != Severity::kOff && about_mine(finding)) {
        auto& list = finding.rule == "file.duplicate" ? duplicate_hints_ : hints;
        list.push_back(std::move(finding));
      }
    }
    out_.only_unreadable = mine_errors > 0 && unreadable == mine_errors;
    out_.only_cloud = mine_errors > 0 && cloud == mine_errors;
    out_.earlier_only = !errors.empty() && mine_errors == 0;
    add_points(out_.wanted, errors, true);
    add_points(out_.hints, hints, false);
    std::ranges::sort(out_.outstanding, {},
                      [&](const Outstanding& o) { return o.batch - notice_.batches.data(); });
  }

  void add_points(std::vector<Point>& points, const std::vector<Finding>& findings, bool wanted) {
    std::set<std::string> unsaid;
    for (const auto& finding : join_alike(findings)) {
      const auto* item = notice_.item(finding.item);
      if (wanted && item != nullptr) add_batch(out_.wanted_batches, notice_.batch_of(*item));
      const bool known = finding.message_sha256.empty()
                             ? item == nullptr || known_items_.contains(item->id)
                             : knows(finding.message_sha256);
      if (known) {
        points.push_back({item == nullptr ? std::string() : item->name, finding.message});
      } else if (wanted && item != nullptr && unsaid.insert(item->id).second) {
        points.push_back(
            {item->name,
             "此前从其他邮箱收到的该项材料还有待补充之处，请与当时报送的同事核对，或来电了解。"});
      }
    }
  }

  void add_outstanding(const std::string& id) {
    const auto* item = notice_.item(id);
    if (item == nullptr) return;
    const auto* batch = &notice_.batch_of(*item);
    auto at = std::ranges::find(out_.outstanding, batch, &Outstanding::batch);
    if (at == out_.outstanding.end()) at = out_.outstanding.insert(at, Outstanding{batch, {}});
    if (!has(at->items, item->name)) at->items.push_back(item->name);
  }

  static void add_batch(std::vector<const rules::Batch*>& batches, const rules::Batch& batch) {
    if (std::ranges::find(batches, &batch) == batches.end()) batches.push_back(&batch);
  }

  std::string item_of(const rules::LedgerDocument& document) const {
    if (in_.standing != nullptr) {
      for (const auto& assignment : in_.standing->assignments) {
        if (assignment.message_sha256 == mail_.sha256 && assignment.path == document.document.path)
          return assignment.item;
      }
    }
    return document.recognition.item;
  }

  void gather_files() {
    for (const auto& document : mail_.documents) {
      ++out_.files;
      if (duplicates_.contains(document.document.path)) ++out_.duplicates;
      if (!item_of(document).empty()) continue;
      if (spoken_for_.contains({mail_.sha256, document.document.path})) continue;
      if (!has(out_.for_staff, document.document.name))
        out_.for_staff.push_back(document.document.name);
    }
  }

  // Files that came before are one hint, however many they are; where nothing else came, the letter
  // is about them anyway.
  void say_duplicates() {
    if (duplicate_hints_.empty() || out_.duplicates == out_.files) return;
    if (duplicate_hints_.size() == 1) {
      out_.hints.push_back({"", duplicate_hints_.front().message});
      return;
    }
    std::vector<std::string> names;
    for (const auto& finding : duplicate_hints_) {
      names.push_back(fmt::format("“{}”", last_step(finding.document)));
    }
    out_.hints.push_back(
        {"", names_in_a_row(names) + "与已收到的文件内容一致，未重复登记，无需处理。"});
  }

  void finish() {
    for (const auto& batch : notice_.batches) {
      const auto of_batch = [&](const std::string& id) {
        const auto* item = notice_.item(id);
        return item != nullptr && item->batch == batch.id;
      };
      if (!std::ranges::any_of(touched_items_, of_batch)) continue;
      out_.touched_batches.push_back(&batch);
      if (mail_.received > batch.closes) out_.late_batches.push_back(&batch);
    }
    out_.all_settled = !out_.touched_batches.empty() && out_.wanted.empty() &&
                       in_.standing != nullptr &&
                       std::ranges::all_of(in_.standing->items, [&](const ItemStanding& item) {
                         const auto* row = notice_.item(item.item);
                         return row == nullptr || word_of(item.state).settled ||
                                std::ranges::find(out_.touched_batches, row->batch,
                                                  &rules::Batch::id) == out_.touched_batches.end();
                       });
    if (!out_.for_staff.empty()) out_.by_staff = true;
  }

  const LetterInput& in_;
  const rules::Notice& notice_;
  const rules::LedgerMail& mail_;
  std::set<std::string> mine_, own_;  // mails that are answered; mails of the same sender
  bool confirmed_ = false;
  std::vector<Finding> duplicate_hints_;
  std::set<std::string> touched_items_, known_items_, duplicates_;
  std::set<std::pair<std::string, std::string>>
      spoken_for_;  // (mail, document) with a finding of its own
  Points out_;
};

}  // namespace

std::vector<Finding> join_alike(const std::vector<Finding>& findings) {
  struct Group {
    Finding first;
    std::string around;  // the sentence with the name taken out
    std::vector<std::string> names;
  };
  std::vector<Group> groups;
  for (const auto& finding : findings) {
    const auto [at, bytes] = name_in(finding);
    std::string around, name;
    if (at != std::string::npos) {
      around = finding.message;
      name = around.substr(at, bytes);
      around.replace(at, bytes, std::string(1, '\0'));
    }
    const auto same = std::ranges::find_if(groups, [&](const Group& g) {
      return !around.empty() && g.around == around && g.first.rule == finding.rule &&
             g.first.item == finding.item;
    });
    if (same == groups.end()) {
      groups.push_back({finding, around, {name}});
    } else if (!has(same->names, name)) {
      same->names.push_back(name);
    }
  }
  std::vector<Finding> out;
  for (auto& group : groups) {
    if (group.names.size() > 1) {
      const auto at = group.around.find('\0');
      const bool quoted =
          group.around.substr(0, at).ends_with("“") && group.around.substr(at + 1).starts_with("”");
      group.first.message = group.around.replace(at, 1, join(group.names, quoted ? "”、“" : "、"));
    }
    out.push_back(std::move(group.first));
  }
  return out;
}

Points gather(const LetterInput& input) { return Gatherer(input).run(); }

}  // namespace baosong::daemon
